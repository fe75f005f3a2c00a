import django.db.models.deletion
import django.utils.timezone
import tospann.foundation.ids
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('blanks', '0001_initial'), ('blanks', '0002_filling_in')]

    initial = True

    dependencies = [
        ('people', '__first__'),
        ('projects', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Blank',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('key', models.CharField(max_length=80)),
                ('name', models.CharField(max_length=200)),
                ('kind', models.CharField(choices=[('baseline', 'Baseline document'), ('record', 'Register document'), ('report', 'Report')], max_length=10)),
                ('gate', models.CharField(blank=True, max_length=20)),
                ('prepared_by', models.CharField(blank=True, max_length=200)),
                ('approved_by', models.CharField(blank=True, max_length=200)),
                ('definition', models.JSONField(default=dict)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='blanks', to='projects.project')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('project', 'key'), name='one_blank')],
            },
        ),
        migrations.CreateModel(
            name='Filled',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('number', models.PositiveIntegerField(verbose_name='number')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('state', models.CharField(choices=[('draft', 'Being written'), ('submitted', 'Waiting for decision'), ('approved', 'Approved'), ('published', 'Published')], default='draft', max_length=10, verbose_name='state')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('sequence', models.PositiveIntegerField(default=0)),
                ('asked', models.PositiveSmallIntegerField(default=0)),
                ('answered', models.PositiveSmallIntegerField(default=0)),
                ('saved_at', models.DateTimeField(null=True)),
                ('saved_by', models.CharField(blank=True, max_length=200)),
                ('blank', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='filled', to='blanks.blank')),
                ('prepared_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='filled', to='projects.project')),
            ],
            options={
                'ordering': ['-number'],
                'indexes': [models.Index(fields=['project', 'state'], name='filled_of_project')],
                'constraints': [models.UniqueConstraint(fields=('project', 'number'), name='one_filled_number')],
            },
        ),
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('number', models.PositiveIntegerField(verbose_name='version')),
                ('state', models.CharField(choices=[('submitted', 'Waiting for decision'), ('returned', 'Not approved'), ('approved', 'Approved'), ('published', 'Published')], default='submitted', max_length=10, verbose_name='state')),
                ('comment', models.CharField(blank=True, max_length=200, verbose_name='what is new')),
                ('values', models.JSONField(default=dict)),
                ('live', models.JSONField(default=dict)),
                ('content_hash', models.CharField(max_length=64)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('settled_by', models.CharField(blank=True, max_length=200, verbose_name='decided by')),
                ('settled_at', models.DateTimeField(null=True)),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('case_label', models.CharField(blank=True, max_length=40)),
                ('case_link', models.CharField(blank=True, max_length=200)),
                ('document_id', models.UUIDField(null=True)),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.project')),
                ('filled', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='editions', to='blanks.filled')),
            ],
            options={
                'ordering': ['-number'],
                'constraints': [models.UniqueConstraint(fields=('filled', 'number'), name='one_edition_number')],
            },
        ),
        migrations.CreateModel(
            name='Earlier',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('field', models.CharField(max_length=130)),
                ('number', models.PositiveIntegerField()),
                ('value', models.JSONField(null=True)),
                ('by', models.CharField(blank=True, max_length=200)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('is_beside', models.BooleanField(default=False)),
                ('filled', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='earlier', to='blanks.filled')),
            ],
            options={
                'ordering': ['-at'],
                'indexes': [models.Index(fields=['filled', 'field', 'number'], name='earlier_of_field')],
            },
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('section', models.CharField(max_length=80)),
                ('text', models.TextField()),
                ('said_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('settled_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.project')),
                ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('filled', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='blanks.filled')),
            ],
            options={
                'ordering': ['said_at'],
                'indexes': [models.Index(fields=['filled', 'said_at'], name='comment_of_filled')],
            },
        ),
        migrations.CreateModel(
            name='Value',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(max_length=130)),
                ('number', models.PositiveIntegerField(default=1)),
                ('sequence', models.PositiveIntegerField(default=0)),
                ('value', models.JSONField(null=True)),
                ('by', models.CharField(blank=True, max_length=200)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('filled', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='values', to='blanks.filled')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('filled', 'field'), name='one_value')],
            },
        ),
        migrations.CreateModel(
            name='WordTemplate',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('key', models.CharField(max_length=80, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('size', models.PositiveIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('known', models.JSONField(default=list)),
                ('unknown', models.JSONField(default=list)),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
    ]
