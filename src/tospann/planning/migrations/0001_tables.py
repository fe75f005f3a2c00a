import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import tospann.foundation.ids
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('planning', '0001_initial'), ('planning', '0002_drafts'), ('planning', '0003_baselines_by_name'), ('planning', '0004_uncertain_events'), ('planning', '0005_pending_decisions'), ('planning', '0006_drafts_that_freeze')]

    initial = True

    dependencies = [
        ('cases', '0001_tables'),
        ('people', '__first__'),
        ('projects', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='PendingDecision',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='pending', serialize=False, to='cases.case')),
                ('uids', models.JSONField(default=list)),
                ('need_by', models.DateField(null=True)),
                ('lead_days', models.PositiveSmallIntegerField(default=0)),
                ('slip_days', models.IntegerField(default=0)),
                ('cost_per_week', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=16)),
                ('computed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.project')),
            ],
        ),
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('name', models.CharField(blank=True, max_length=200)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('content_hash', models.CharField(blank=True, max_length=64)),
                ('head', models.JSONField(default=dict)),
                ('next_uid', models.PositiveBigIntegerField(default=1)),
                ('baseline_revision', models.PositiveIntegerField(null=True)),
                ('baselines', models.JSONField(default=list)),
                ('latest_change', models.TextField(blank=True)),
                ('start', models.DateField(null=True)),
                ('finish', models.DateField(null=True)),
                ('percent', models.FloatField(default=0)),
                ('task_count', models.PositiveIntegerField(default=0)),
                ('done_count', models.PositiveIntegerField(default=0)),
                ('milestone_count', models.PositiveIntegerField(default=0)),
                ('is_uncertain', models.BooleanField(default=False)),
                ('project', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='plan', to='projects.project')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='StagedImport',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('file_name', models.CharField(max_length=255)),
                ('file_hash', models.CharField(max_length=64)),
                ('content_hash', models.CharField(max_length=64)),
                ('content', models.BinaryField()),
                ('report', models.JSONField(default=dict)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('expires_at', models.DateTimeField(db_index=True)),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.project')),
            ],
        ),
        migrations.CreateModel(
            name='Waits',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('uids', models.JSONField(default=list, verbose_name='what waits')),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.project')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Activity',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.PositiveBigIntegerField()),
                ('parent_uid', models.PositiveBigIntegerField(null=True)),
                ('position', models.PositiveIntegerField()),
                ('number', models.CharField(max_length=400)),
                ('level', models.PositiveSmallIntegerField()),
                ('name', models.TextField()),
                ('kind', models.CharField(choices=[('task', 'Task'), ('milestone', 'Milestone'), ('summary', 'Summary task')], max_length=10)),
                ('start', models.DateField(null=True)),
                ('finish', models.DateField(null=True)),
                ('duration', models.BigIntegerField(default=0)),
                ('percent', models.FloatField(default=0)),
                ('state', models.CharField(choices=[('not_started', 'Not started'), ('under_way', 'Under way'), ('done', 'Done')], max_length=12)),
                ('deadline', models.DateField(null=True)),
                ('is_critical', models.BooleanField(null=True)),
                ('is_active', models.BooleanField(default=True)),
                ('baseline_start', models.DateField(null=True)),
                ('baseline_finish', models.DateField(null=True)),
                ('mode', models.CharField(max_length=10)),
                ('content', models.TextField()),
                ('project', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.project')),
                ('responsible', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['project', 'position'], name='activity_position'), models.Index(fields=['project', 'kind', 'finish'], name='activity_kind'), models.Index(fields=['responsible', 'finish'], name='activity_responsible')],
                'constraints': [models.UniqueConstraint(fields=('project', 'uid'), name='one_activity_uid')],
            },
        ),
        migrations.CreateModel(
            name='ActivityLink',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('predecessor', models.PositiveBigIntegerField()),
                ('successor', models.PositiveBigIntegerField()),
                ('kind', models.CharField(max_length=2)),
                ('content', models.TextField()),
                ('project', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.project')),
            ],
            options={
                'indexes': [models.Index(fields=['project', 'successor'], name='link_successor')],
                'constraints': [models.UniqueConstraint(fields=('project', 'predecessor', 'successor', 'kind'), name='one_activity_link')],
            },
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200)),
                ('is_shared', models.BooleanField(default=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('base_revision', models.PositiveIntegerField()),
                ('steps', models.JSONField(default=list)),
                ('money', models.JSONField(default=list)),
                ('freezes', models.BooleanField(default=False)),
                ('frozen_as', models.CharField(blank=True, max_length=80)),
                ('state', models.CharField(choices=[('open', 'Being drafted'), ('submitted', 'Submitted'), ('applied', 'Applied'), ('discarded', 'Discarded')], default='open', max_length=10)),
                ('alternative', models.CharField(blank=True, max_length=10)),
                ('revision', models.PositiveIntegerField(null=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('case', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.project')),
            ],
            options={
                'indexes': [models.Index(fields=['project', 'state', 'changed_at'], name='draft_of_project')],
            },
        ),
        migrations.CreateModel(
            name='PlanPart',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('part', models.CharField(max_length=12)),
                ('uid', models.BigIntegerField()),
                ('content', models.TextField()),
                ('project', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.project')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('project', 'part', 'uid'), name='one_plan_part')],
            },
        ),
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('kind', models.CharField(choices=[('edit', 'Edited'), ('progress', 'Progress reported'), ('import', 'Imported'), ('baseline', 'Plan frozen'), ('undo', 'Undone')], max_length=10)),
                ('edits', models.JSONField(default=list)),
                ('inverse', models.JSONField(null=True)),
                ('sentences', models.JSONField(default=list)),
                ('content_hash', models.CharField(max_length=64)),
                ('snapshot', models.BinaryField(null=True)),
                ('marks', models.JSONField(null=True)),
                ('is_decided', models.BooleanField(default=False)),
                ('sequence', models.PositiveBigIntegerField()),
                ('actor_name', models.CharField(blank=True, max_length=200)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to='planning.plan')),
            ],
            options={
                'indexes': [models.Index(fields=['plan', 'sequence'], name='revision_sequence')],
                'constraints': [models.UniqueConstraint(fields=('plan', 'number'), name='one_revision_number')],
            },
        ),
        migrations.CreateModel(
            name='RevisionTouch',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.PositiveBigIntegerField()),
                ('number', models.PositiveIntegerField()),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='planning.plan')),
            ],
            options={
                'indexes': [models.Index(fields=['plan', 'uid', 'number'], name='revision_touch')],
            },
        ),
        migrations.CreateModel(
            name='UncertainEvent',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('probability', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(99)], verbose_name='probability')),
                ('activity_uid', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='plan task')),
                ('delay', models.JSONField(default=list, verbose_name='delay')),
                ('cost', models.JSONField(default=list, verbose_name='cost')),
                ('risk_number', models.PositiveIntegerField(blank=True, null=True, verbose_name='risk')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uncertain_events', to='projects.project')),
            ],
            options={
                'ordering': ['-probability', 'name', 'id'],
                'indexes': [models.Index(fields=['project', 'name'], name='uncertain_event_of_project')],
            },
        ),
    ]
