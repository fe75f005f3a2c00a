import django.db.models.deletion
import tospann.foundation.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('cases', '0001_initial'), ('cases', '0002_decision_born_in'), ('cases', '0003_decision_text'), ('cases', '0004_consequences'), ('cases', '0005_deciders_and_verdicts')]

    initial = True

    dependencies = [
        ('people', '__first__'),
        ('projects', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='AuthorityRule',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('kind', models.CharField(max_length=40)),
                ('measure', models.CharField(blank=True, max_length=60)),
                ('operator', models.CharField(default='>', max_length=1)),
                ('limit', models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                ('deciders', models.JSONField(default=list)),
                ('people', models.JSONField(blank=True, default=list)),
                ('mode', models.CharField(choices=[('any', 'One of them'), ('all', 'All of them'), ('quorum', 'A certain number of them')], default='any', max_length=6)),
                ('quorum', models.PositiveSmallIntegerField(default=0)),
                ('in_order', models.BooleanField(default=False)),
                ('four_eyes', models.BooleanField(default=False)),
                ('within_days', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('escalates_to', models.JSONField(blank=True, default=list)),
                ('valid_from', models.DateField(blank=True, null=True)),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('phase', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.phase')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='authority_rules', to='projects.project')),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('number', models.PositiveIntegerField()),
                ('kind', models.CharField(choices=[('change', 'Change'), ('gate', 'Gate'), ('other', 'Other matter')], default='change', max_length=10)),
                ('title', models.CharField(max_length=200)),
                ('situation', models.TextField(blank=True)),
                ('recommendation', models.TextField(blank=True)),
                ('recommended', models.CharField(blank=True, max_length=10)),
                ('state', models.CharField(choices=[('draft', 'Being prepared'), ('submitted', 'Waiting for a decision'), ('returned', 'Returned with a question'), ('decided', 'Decided'), ('withdrawn', 'Withdrawn')], default='draft', max_length=10)),
                ('submitted_at', models.DateTimeField(blank=True, null=True)),
                ('need_by', models.DateField(blank=True, null=True)),
                ('deciders', models.JSONField(default=list)),
                ('mode', models.CharField(default='any', max_length=6)),
                ('because', models.JSONField(default=dict)),
                ('people', models.JSONField(default=list)),
                ('decide_by', models.DateTimeField(blank=True, null=True)),
                ('escalated_at', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('gate', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='projects.gate')),
                ('prepared_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='projects.project')),
            ],
            options={
                'ordering': ['-number'],
                'indexes': [models.Index(fields=['project', 'state'], name='case_project_state')],
                'constraints': [models.UniqueConstraint(fields=('project', 'number'), name='one_case_number')],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('number', models.PositiveIntegerField()),
                ('title', models.CharField(max_length=200)),
                ('outcome', models.CharField(choices=[('approved', 'Approved'), ('conditions', 'Approved with conditions'), ('partly', 'Approved in part'), ('rejected', 'Rejected'), ('recorded', 'Recorded')], max_length=12)),
                ('chosen', models.CharField(blank=True, max_length=200)),
                ('reason', models.TextField(blank=True)),
                ('text', models.TextField(blank=True)),
                ('conditions', models.JSONField(default=list)),
                ('authority', models.CharField(blank=True, max_length=120)),
                ('body', models.CharField(blank=True, max_length=200)),
                ('body_reference', models.CharField(blank=True, max_length=100)),
                ('decided_on', models.DateField()),
                ('recorded_at', models.DateTimeField(auto_now_add=True)),
                ('operations_hash', models.CharField(blank=True, max_length=64)),
                ('evidence', models.JSONField(default=dict)),
                ('evidence_hash', models.CharField(blank=True, max_length=64)),
                ('consequences_hash', models.CharField(blank=True, max_length=64)),
                ('born_in', models.CharField(blank=True, db_index=True, max_length=100)),
                ('born_label', models.CharField(blank=True, max_length=200)),
                ('born_link', models.CharField(blank=True, max_length=500)),
                ('case', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='cases.case')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='projects.project')),
            ],
            options={
                'ordering': ['-decided_on', '-number'],
                'constraints': [models.UniqueConstraint(fields=('project', 'number'), name='one_decision_number')],
            },
        ),
        migrations.AddField(
            model_name='case',
            name='reverses',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversals', to='cases.decision'),
        ),
        migrations.CreateModel(
            name='Remark',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('text', models.TextField()),
                ('is_question', models.BooleanField(default=False)),
                ('said_at', models.DateTimeField(auto_now_add=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remarks', to='cases.case')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.project')),
            ],
            options={
                'ordering': ['said_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Assent',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('role', models.CharField(max_length=30)),
                ('alternative', models.CharField(max_length=10)),
                ('given_at', models.DateTimeField(auto_now_add=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.project')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assents', to='cases.case')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('case', 'role', 'person'), name='one_assent_each')],
            },
        ),
        migrations.CreateModel(
            name='Alternative',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('key', models.CharField(max_length=10)),
                ('title', models.CharField(max_length=200)),
                ('description', models.TextField(blank=True)),
                ('operations', models.JSONField(default=list)),
                ('verdict', models.JSONField(default=dict)),
                ('consequences', models.JSONField(default=dict)),
                ('consequences_hash', models.CharField(blank=True, max_length=64)),
                ('computed_at', models.DateTimeField(blank=True, null=True)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.project')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='alternatives', to='cases.case')),
            ],
            options={
                'ordering': ['position', 'key'],
                'constraints': [models.UniqueConstraint(fields=('case', 'key'), name='one_alternative_key')],
            },
        ),
    ]
