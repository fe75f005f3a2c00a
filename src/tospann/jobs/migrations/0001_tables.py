import django.db.models.deletion
import tospann.foundation.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('jobs', '0001_initial')]

    initial = True

    dependencies = [
        ('people', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='ScheduledJob',
            fields=[
                ('name', models.CharField(max_length=200, primary_key=True, serialize=False)),
                ('spec', models.CharField(max_length=60)),
                ('next_at', models.DateTimeField()),
                ('last_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Attempt',
            fields=[
                ('task_id', models.UUIDField(primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField(default=0)),
                ('worker', models.CharField(blank=True, max_length=64)),
                ('lease_until', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('worker', ''), _negated=True), fields=['lease_until'], name='attempt_held')],
            },
        ),
        migrations.CreateModel(
            name='Progress',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('title', models.JSONField()),
                ('done', models.PositiveIntegerField(default=0)),
                ('total', models.PositiveIntegerField(default=0)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('running', 'Running'), ('done', 'Done'), ('failed', 'Failed')], default='waiting', max_length=10)),
                ('link', models.CharField(blank=True, max_length=500)),
                ('error', models.JSONField(default=dict)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['person', '-created_at'], name='progress_person')],
            },
        ),
    ]
