import django.db.models.deletion
import django.utils.timezone
import tospann.foundation.ids
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('reports', '0001_initial'), ('reports', '0002_crossings')]

    initial = True

    dependencies = [
        ('people', '__first__'),
        ('projects', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='StatusReport',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('number', models.PositiveIntegerField(verbose_name='number')),
                ('form', models.CharField(choices=[('small', 'Small: overall state and five texts'), ('full', 'Full: with a state for each area')], max_length=10, verbose_name='form')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Waiting for signature'), ('returned', 'Returned'), ('signed', 'Signed')], default='draft', max_length=10, verbose_name='state')),
                ('since', models.DateField(verbose_name='since')),
                ('due_on', models.DateField(null=True, verbose_name='due date')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('submitted_at', models.DateTimeField(null=True)),
                ('evidence', models.JSONField(default=dict)),
                ('evidence_hash', models.CharField(blank=True, max_length=64)),
                ('return_reason', models.TextField(blank=True, verbose_name='reason')),
                ('texts', models.JSONField(default=dict)),
                ('saved_at', models.DateTimeField(null=True)),
                ('saved_by', models.CharField(blank=True, max_length=200)),
                ('prepared_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='status_reports', to='projects.project')),
                ('submitted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'project'], name='report_state')],
                'constraints': [models.UniqueConstraint(fields=('project', 'number'), name='one_report_number'), models.UniqueConstraint(condition=models.Q(('state', 'signed'), _negated=True), fields=('project',), name='one_report_under_way')],
            },
        ),
        migrations.CreateModel(
            name='StagedSignature',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField()),
                ('content', models.JSONField()),
                ('pdf', models.BinaryField()),
                ('pdf_sha256', models.CharField(max_length=64)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reports.statusreport')),
            ],
        ),
        migrations.CreateModel(
            name='SignedReport',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('number', models.PositiveIntegerField(verbose_name='number')),
                ('state', models.CharField(choices=[('green', 'On track'), ('amber', 'Watch'), ('red', 'Needs action'), ('none', 'Not assessed')], max_length=10)),
                ('trend', models.CharField(choices=[('first', 'First report'), ('better', 'Better than last time'), ('same', 'As last time'), ('worse', 'Worse than last time')], max_length=10)),
                ('since', models.DateField()),
                ('figures_on', models.DateField()),
                ('signed_on', models.DateField()),
                ('signed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('language', models.CharField(max_length=5)),
                ('content', models.JSONField()),
                ('content_hash', models.CharField(max_length=64)),
                ('pdf', models.BinaryField()),
                ('pdf_size', models.PositiveIntegerField()),
                ('pdf_sha256', models.CharField(db_index=True, max_length=64)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signed_reports', to='projects.project')),
                ('signed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('report', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='signed', to='reports.statusreport')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('project', 'number'), name='one_signed_number')],
            },
        ),
        migrations.CreateModel(
            name='Crossing',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('area', models.CharField(max_length=20)),
                ('deviation_id', models.UUIDField()),
                ('began_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ended_at', models.DateTimeField(null=True)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.project')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('project', 'area'), name='one_crossing_under_way')],
            },
        ),
        migrations.CreateModel(
            name='Reporting',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('form', models.CharField(choices=[('small', 'Small: overall state and five texts'), ('full', 'Full: with a state for each area')], max_length=10, verbose_name='form')),
                ('cadence', models.CharField(choices=[('none', 'No fixed dates'), ('weekly', 'Every week'), ('biweekly', 'Every other week'), ('monthly', 'Every month'), ('quarterly', 'Every quarter')], default='none', max_length=10, verbose_name='how often')),
                ('next_due_on', models.DateField(blank=True, null=True, verbose_name='next due date')),
                ('thresholds', models.JSONField(default=dict)),
                ('recipients', models.JSONField(default=list)),
                ('project', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='reporting', to='projects.project')),
            ],
            options={
                'indexes': [models.Index(fields=['next_due_on'], name='reporting_due')],
            },
        ),
        migrations.CreateModel(
            name='ReportSending',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('sent_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('message', models.TextField(blank=True, verbose_name='message')),
                ('receivers', models.JSONField(default=list)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.project')),
                ('sent_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('signed', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sendings', to='reports.signedreport')),
            ],
            options={
                'indexes': [models.Index(fields=['signed', 'sent_at'], name='sending_of_report')],
            },
        ),
    ]
