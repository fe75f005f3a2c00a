import django.db.models.deletion
import tospann.foundation.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('projects', '0001_initial'), ('projects', '0002_tombstone')]

    initial = True

    dependencies = [
        ('people', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Phase',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('position', models.PositiveSmallIntegerField()),
                ('key', models.CharField(max_length=60)),
                ('name', models.CharField(max_length=200)),
                ('description', models.TextField(blank=True)),
                ('owner', models.CharField(blank=True, max_length=20)),
                ('state', models.CharField(choices=[('future', 'Not started'), ('current', 'Under way'), ('done', 'Done')], default='future', max_length=10)),
                ('starts_on', models.DateField(blank=True, null=True)),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('started_at', models.DateTimeField(blank=True, null=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='Tombstone',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('buried', models.UUIDField(unique=True, verbose_name='project')),
                ('project_key', models.CharField(max_length=10, verbose_name='project key')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('began_on', models.DateField(verbose_name='start')),
                ('buried_at', models.DateTimeField(verbose_name='deleted')),
                ('by', models.UUIDField(null=True, verbose_name='deleted by')),
                ('reason', models.TextField(verbose_name='reason')),
                ('chain_sequence', models.PositiveBigIntegerField(verbose_name='last act')),
                ('chain_hash', models.CharField(max_length=64, verbose_name='hash of the last act')),
                ('removed', models.JSONField(default=dict, verbose_name='rows removed')),
                ('is_open', models.BooleanField(default=False)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Gate',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('position', models.PositiveSmallIntegerField()),
                ('code', models.CharField(max_length=20)),
                ('name', models.CharField(max_length=200)),
                ('deciders', models.JSONField(default=list)),
                ('mode', models.CharField(default='any', max_length=3)),
                ('decider_label', models.CharField(blank=True, max_length=200)),
                ('is_binding', models.BooleanField(default=True)),
                ('outcomes', models.JSONField(default=list)),
                ('due_on', models.DateField(blank=True, null=True)),
                ('state', models.CharField(choices=[('open', 'Not decided'), ('rework', 'To be reworked'), ('hold', 'On hold'), ('passed', 'Passed'), ('stopped', 'Project stopped')], default='open', max_length=10)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('ends', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='gates_out', to='projects.phase')),
                ('opens', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='gates_in', to='projects.phase')),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='Project',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('key', models.CharField(max_length=10, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('purpose', models.TextField(blank=True)),
                ('state', models.CharField(choices=[('founding', 'Being founded'), ('active', 'Active'), ('closed', 'Closed')], default='founding', max_length=10)),
                ('start', models.DateField()),
                ('finish', models.DateField()),
                ('language', models.CharField(default='nb', max_length=5)),
                ('pack_key', models.CharField(blank=True, max_length=60)),
                ('pack_version', models.PositiveIntegerField(default=0)),
                ('role_labels', models.JSONField(default=dict)),
                ('modules', models.JSONField(default=list)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('finish__gte', models.F('start'))), name='finish_after_start')],
            },
        ),
        migrations.AddField(
            model_name='phase',
            name='project',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='phases', to='projects.project'),
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('role', models.CharField(choices=[('owner', 'Project owner'), ('manager', 'Project manager'), ('coordinator', 'Project coordinator'), ('steering', 'Steering group'), ('benefit_responsible', 'Benefit manager'), ('member', 'Team member'), ('guest', 'Guest')], max_length=30)),
                ('until', models.DateField(blank=True, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='projects.project')),
            ],
            options={
                'indexes': [models.Index(fields=['person', 'project'], name='membership_person')],
                'constraints': [models.UniqueConstraint(fields=('project', 'person', 'role'), name='one_membership')],
            },
        ),
        migrations.CreateModel(
            name='Goal',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('level', models.CharField(choices=[('societal_goal', 'Societal goal'), ('business_goal', 'Business goal'), ('outcome_goal', 'Outcome goal'), ('output_goal', 'Output goal')], default='output_goal', max_length=20)),
                ('description', models.TextField()),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='goals', to='projects.project')),
            ],
            options={
                'ordering': ['position', 'id'],
            },
        ),
        migrations.CreateModel(
            name='GateCriterion',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('position', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('check', 'Checklist point'), ('document', 'Document')], default='check', max_length=10)),
                ('text', models.CharField(max_length=500)),
                ('document_key', models.CharField(blank=True, max_length=60)),
                ('state', models.CharField(choices=[('open', 'Open'), ('done', 'Done'), ('not_relevant', 'Not relevant')], default='open', max_length=15)),
                ('reason', models.TextField(blank=True)),
                ('evidence', models.CharField(blank=True, max_length=500)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('gate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='criteria', to='projects.gate')),
                ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.project')),
            ],
            options={
                'ordering': ['gate__position', 'position'],
            },
        ),
        migrations.AddField(
            model_name='gate',
            name='project',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='gates', to='projects.project'),
        ),
        migrations.CreateModel(
            name='ChoiceList',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('key', models.CharField(max_length=60)),
                ('values', models.JSONField(default=list)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='choice_lists', to='projects.project')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('project', 'key'), name='one_choice_list')],
            },
        ),
        migrations.CreateModel(
            name='RegisterDefinition',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('key', models.CharField(max_length=60)),
                ('title', models.CharField(max_length=200)),
                ('columns', models.JSONField(default=list)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='registers', to='projects.project')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('project', 'key'), name='one_register')],
            },
        ),
        migrations.CreateModel(
            name='SuccessCriterion',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('text', models.TextField()),
                ('target', models.CharField(blank=True, max_length=200)),
                ('result', models.CharField(choices=[('open', 'Not assessed'), ('met', 'Met'), ('not_met', 'Not met')], default='open', max_length=10)),
                ('goal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='success_criteria', to='projects.goal')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.project')),
            ],
            options={
                'verbose_name_plural': 'success criteria',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Tolerance',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('area', models.CharField(max_length=20)),
                ('allowed', models.CharField(max_length=500)),
                ('days', models.PositiveIntegerField(blank=True, null=True)),
                ('percent', models.PositiveIntegerField(blank=True, null=True)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tolerances', to='projects.project')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('project', 'area'), name='one_tolerance')],
            },
        ),
        migrations.AddConstraint(
            model_name='phase',
            constraint=models.UniqueConstraint(fields=('project', 'key'), name='one_phase_key'),
        ),
        migrations.AddConstraint(
            model_name='gate',
            constraint=models.UniqueConstraint(fields=('project', 'code'), name='one_gate_code'),
        ),
    ]
