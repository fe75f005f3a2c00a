import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import tospann.foundation.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('risks', '0001_initial')]

    initial = True

    dependencies = [
        ('cases', '0001_tables'),
        ('people', '__first__'),
        ('projects', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='StagedRisks',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('file_name', models.CharField(max_length=255)),
                ('content_hash', models.CharField(max_length=64)),
                ('rows', models.JSONField()),
                ('counts', models.JSONField(default=dict)),
                ('expires_at', models.DateTimeField(db_index=True, null=True)),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.project')),
            ],
        ),
        migrations.CreateModel(
            name='Deviation',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('number', models.PositiveIntegerField(verbose_name='number')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('cause', models.TextField(blank=True, verbose_name='cause')),
                ('consequence', models.TextField(blank=True, verbose_name='consequence')),
                ('corrective_action', models.TextField(blank=True, verbose_name='corrective action')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='due date')),
                ('state', models.CharField(choices=[('open', 'Open'), ('corrected', 'Corrected')], default='open', max_length=10, verbose_name='state')),
                ('born_in', models.CharField(blank=True, max_length=100)),
                ('born_label', models.CharField(blank=True, max_length=200)),
                ('born_link', models.CharField(blank=True, max_length=500)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('moved_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='last moved')),
                ('case', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deviations', to='projects.project')),
                ('raised_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='raised by')),
            ],
            options={
                'indexes': [models.Index(fields=['project', 'state', 'due_on'], name='deviation_of_project'), models.Index(fields=['project', 'moved_at'], name='deviation_moved'), models.Index(fields=['owner', 'state', 'due_on'], name='deviation_of_owner'), models.Index(fields=['born_in'], name='deviation_born_in')],
                'constraints': [models.UniqueConstraint(fields=('project', 'number'), name='one_deviation_number')],
            },
        ),
        migrations.CreateModel(
            name='Movement',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('row_id', models.UUIDField(db_index=True)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('before', models.JSONField()),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.project')),
            ],
            options={
                'indexes': [models.Index(fields=['project', 'at'], name='movement_of_project')],
            },
        ),
        migrations.CreateModel(
            name='Problem',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('number', models.PositiveIntegerField(verbose_name='number')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('description', models.TextField(blank=True, verbose_name='description')),
                ('solution', models.TextField(blank=True, verbose_name='solution')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='due date')),
                ('state', models.CharField(choices=[('open', 'Open'), ('solved', 'Solved')], default='open', max_length=10, verbose_name='state')),
                ('born_in', models.CharField(blank=True, max_length=100)),
                ('born_label', models.CharField(blank=True, max_length=200)),
                ('born_link', models.CharField(blank=True, max_length=500)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('moved_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='last moved')),
                ('case', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='problems', to='projects.project')),
                ('raised_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='raised by')),
            ],
            options={
                'indexes': [models.Index(fields=['project', 'state', 'due_on'], name='problem_of_project'), models.Index(fields=['project', 'moved_at'], name='problem_moved'), models.Index(fields=['owner', 'state', 'due_on'], name='problem_of_owner'), models.Index(fields=['born_in'], name='problem_born_in')],
                'constraints': [models.UniqueConstraint(fields=('project', 'number'), name='one_problem_number')],
            },
        ),
        migrations.CreateModel(
            name='Risk',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('number', models.PositiveIntegerField(verbose_name='number')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('kind', models.CharField(choices=[('threat', 'Threat'), ('opportunity', 'Opportunity')], default='threat', max_length=12, verbose_name='kind')),
                ('cause', models.TextField(blank=True, verbose_name='cause')),
                ('event', models.TextField(blank=True, verbose_name='event')),
                ('effect', models.TextField(blank=True, verbose_name='effect')),
                ('probability', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='probability')),
                ('impact', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='impact')),
                ('residual_probability', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='probability after measures')),
                ('residual_impact', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='impact after measures')),
                ('proximity', models.CharField(blank=True, choices=[('immediate', 'Immediately'), ('this_phase', 'In this phase'), ('within_project', 'Later in the project'), ('after_project', 'After the project')], max_length=60, verbose_name='proximity')),
                ('strategy', models.CharField(blank=True, choices=[('avoid', 'Avoid'), ('reduce', 'Reduce'), ('transfer', 'Transfer'), ('share', 'Share it'), ('accept', 'Accept'), ('monitor', 'Monitor'), ('exploit', 'Exploit'), ('enhance', 'Enhance')], max_length=60, verbose_name='strategy')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='next review')),
                ('state', models.CharField(choices=[('open', 'Open'), ('occurred', 'Occurred'), ('closed', 'No longer relevant')], default='open', max_length=10, verbose_name='state')),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('born_in', models.CharField(blank=True, max_length=100)),
                ('born_label', models.CharField(blank=True, max_length=200)),
                ('born_link', models.CharField(blank=True, max_length=500)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('moved_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='last moved')),
                ('case', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='risks', to='projects.project')),
                ('raised_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='raised by')),
            ],
            options={
                'indexes': [models.Index(fields=['project', 'state', 'due_on'], name='risk_of_project'), models.Index(fields=['project', 'moved_at'], name='risk_moved'), models.Index(fields=['owner', 'state', 'due_on'], name='risk_of_owner'), models.Index(fields=['born_in'], name='risk_born_in')],
                'constraints': [models.UniqueConstraint(fields=('project', 'number'), name='one_risk_number')],
            },
        ),
    ]
