import django.db.models.deletion
import tospann.foundation.ids
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('timesheets', '0001_initial'), ('timesheets', '0002_staged'), ('timesheets', '0003_sheets_by_week')]

    initial = True

    dependencies = [
        ('people', '__first__'),
        ('projects', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='StagedHours',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('file_name', models.CharField(max_length=255)),
                ('content_hash', models.CharField(max_length=64)),
                ('rows', models.JSONField(default=list)),
                ('expires_at', models.DateTimeField(db_index=True)),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.project')),
            ],
        ),
        migrations.CreateModel(
            name='Week',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('monday', models.DateField(verbose_name='week')),
                ('state', models.CharField(choices=[('open', 'Not sent'), ('submitted', 'Sent for approval'), ('approved', 'Approved'), ('returned', 'Returned')], default='open', max_length=10, verbose_name='state')),
                ('hours', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=6, verbose_name='hours')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'monday'), name='one_week_of_person')],
            },
        ),
        migrations.CreateModel(
            name='Sheet',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('monday', models.DateField(verbose_name='week')),
                ('state', models.CharField(choices=[('open', 'Not sent'), ('submitted', 'Sent for approval'), ('approved', 'Approved'), ('returned', 'Returned')], default='open', max_length=10, verbose_name='state')),
                ('lines', models.JSONField(default=list, verbose_name='lines')),
                ('hours', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=6, verbose_name='hours')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='sent')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='approved or returned')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='why returned')),
                ('costed', models.PositiveSmallIntegerField(default=0, verbose_name='times costs were recorded')),
                ('decided_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.project')),
                ('week', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='timesheets.week')),
            ],
            options={
                'indexes': [models.Index(fields=['project', 'state', 'monday'], name='sheet_of_project'), models.Index(fields=['project', 'monday', 'id'], name='sheet_by_week')],
                'constraints': [models.UniqueConstraint(fields=('person', 'monday', 'project'), name='one_sheet')],
            },
        ),
        migrations.CreateModel(
            name='Hours',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('day', models.DateField()),
                ('uid', models.PositiveBigIntegerField(null=True)),
                ('kind', models.CharField(blank=True, max_length=60)),
                ('hours', models.DecimalField(decimal_places=2, max_digits=4)),
                ('comment', models.CharField(blank=True, max_length=300)),
                ('project', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.project')),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='timesheets.sheet')),
            ],
            options={
                'indexes': [models.Index(fields=['project', 'uid'], name='hours_of_task')],
            },
        ),
    ]
