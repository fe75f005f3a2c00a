import django.db.models.deletion
import django.utils.timezone
import tospann.foundation.ids
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('conflicts', '0001_initial')]

    initial = True

    dependencies = [
        ('people', '__first__'),
        ('projects', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Conflict',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('number', models.PositiveIntegerField(unique=True)),
                ('state', models.CharField(choices=[('open', 'To be decided'), ('decided', 'Decided'), ('gone', 'Solved by itself')], default='open', max_length=8)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('weeks', models.JSONField(default=list)),
                ('hours_over', models.DecimalField(decimal_places=1, default=Decimal('0'), max_digits=8)),
                ('found_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('computed_at', models.DateTimeField(null=True)),
                ('chosen', models.CharField(blank=True, max_length=200)),
                ('chosen_key', models.CharField(blank=True, max_length=1)),
                ('reason', models.TextField(blank=True)),
                ('decided_at', models.DateTimeField(null=True)),
                ('operations_hash', models.CharField(blank=True, max_length=64)),
                ('evidence', models.JSONField(default=dict)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-number'],
                'indexes': [models.Index(fields=['state', 'starts_on'], name='conflict_state')],
            },
        ),
        migrations.CreateModel(
            name='Involved',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('hours', models.DecimalField(decimal_places=1, default=Decimal('0'), max_digits=8)),
                ('tasks', models.JSONField(default=list)),
                ('conflict', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='involved', to='conflicts.conflict')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.project')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('conflict', 'project'), name='one_side_of_a_conflict')],
            },
        ),
        migrations.CreateModel(
            name='WayOut',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('key', models.CharField(max_length=1)),
                ('kind', models.CharField(choices=[('levelling', 'Level between the projects'), ('person', 'Another person'), ('later', 'A later start')], max_length=10)),
                ('words', models.JSONField(default=dict)),
                ('operations', models.JSONField(default=list)),
                ('effects', models.JSONField(default=list)),
                ('cost', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=16)),
                ('hours_left', models.DecimalField(decimal_places=1, default=Decimal('0'), max_digits=8)),
                ('inputs_hash', models.CharField(max_length=64)),
                ('content_hash', models.CharField(max_length=64)),
                ('conflict', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ways', to='conflicts.conflict')),
            ],
            options={
                'ordering': ['key'],
                'constraints': [models.UniqueConstraint(fields=('conflict', 'key'), name='one_way_out_key')],
            },
        ),
    ]
