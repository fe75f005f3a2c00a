import django.db.models.deletion
import django.utils.timezone
import tospann.foundation.ids
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('resources', '0001_people_and_their_time')]

    initial = True

    dependencies = [
        ('people', '__first__'),
        ('projects', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Skill',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('name', models.CharField(max_length=100, unique=True, verbose_name='name')),
                ('is_active', models.BooleanField(default=True)),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Request',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('number', models.PositiveIntegerField(verbose_name='number')),
                ('role', models.CharField(max_length=200, verbose_name='role')),
                ('percent', models.PositiveSmallIntegerField(verbose_name='per cent')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(verbose_name='to')),
                ('text', models.TextField(blank=True, verbose_name='what for')),
                ('state', models.CharField(choices=[('open', 'Awaits an answer'), ('offered', 'Offered'), ('countered', 'Counter-offer made'), ('agreed', 'Agreed'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn')], default='open', max_length=10, verbose_name='state')),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='people_requests', to='projects.project')),
                ('skill', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='resources.skill', verbose_name='skill')),
            ],
            options={
                'ordering': ['-number'],
                'indexes': [models.Index(fields=['person', 'state'], name='request_of_person')],
                'constraints': [models.UniqueConstraint(fields=('project', 'number'), name='one_request_number')],
            },
        ),
        migrations.CreateModel(
            name='Offer',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('percent', models.PositiveSmallIntegerField(verbose_name='per cent')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(verbose_name='to')),
                ('rate', models.DecimalField(blank=True, decimal_places=2, max_digits=10, null=True, verbose_name='rate an hour')),
                ('currency', models.CharField(default='NOK', max_length=3, verbose_name='currency')),
                ('notice_days', models.PositiveSmallIntegerField(default=14, verbose_name='days of notice')),
                ('end_clause', models.TextField(blank=True, verbose_name='end clause')),
                ('side', models.CharField(choices=[('line', 'The line manager'), ('project', 'The project')], max_length=10, verbose_name='offered by')),
                ('state', models.CharField(choices=[('open', 'Open'), ('accepted', 'Accepted'), ('replaced', 'Replaced by another offer'), ('closed', 'Lapsed')], default='open', max_length=10, verbose_name='state')),
                ('text', models.TextField(blank=True, verbose_name='comment')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.project')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='resources.request')),
            ],
            options={
                'ordering': ['created_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('manager', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='line manager')),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.AddField(
            model_name='request',
            name='unit',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='resources.unit', verbose_name='unit'),
        ),
        migrations.CreateModel(
            name='Employment',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('percent', models.PositiveSmallIntegerField(default=100, verbose_name='per cent of full time')),
                ('hours_per_day', models.DecimalField(decimal_places=2, default=Decimal('7.5'), max_digits=4, verbose_name='hours a day')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='to')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='employments', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='employments', to='resources.unit', verbose_name='unit')),
            ],
            options={
                'ordering': ['starts_on'],
                'indexes': [models.Index(fields=['unit', 'starts_on'], name='employment_of_unit')],
            },
        ),
        migrations.CreateModel(
            name='Absence',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(verbose_name='to')),
                ('kind', models.CharField(choices=[('holiday', 'Holiday'), ('leave', 'Leave'), ('absent', 'Absent')], default='absent', max_length=10, verbose_name='kind')),
                ('percent', models.PositiveSmallIntegerField(default=100, verbose_name='per cent of the day')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='absences', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['starts_on'],
                'indexes': [models.Index(fields=['person', 'ends_on'], name='absence_of_person')],
            },
        ),
        migrations.CreateModel(
            name='Load',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('week', models.PositiveIntegerField()),
                ('planned', models.PositiveIntegerField(default=0)),
                ('agreed', models.PositiveIntegerField(default=0)),
                ('minutes', models.PositiveIntegerField(default=0)),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='projects.project')),
            ],
            options={
                'indexes': [models.Index(fields=['person', 'week'], name='load_of_person')],
                'constraints': [models.UniqueConstraint(fields=('project', 'person', 'week'), name='one_load')],
            },
        ),
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('percent', models.PositiveSmallIntegerField(verbose_name='per cent')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(verbose_name='to')),
                ('rate', models.DecimalField(blank=True, decimal_places=2, max_digits=10, null=True, verbose_name='rate an hour')),
                ('currency', models.CharField(default='NOK', max_length=3, verbose_name='currency')),
                ('notice_days', models.PositiveSmallIntegerField(default=14, verbose_name='days of notice')),
                ('end_clause', models.TextField(blank=True, verbose_name='end clause')),
                ('number', models.PositiveIntegerField(verbose_name='number')),
                ('agreed_until', models.DateField(verbose_name='agreed until')),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='projects.project')),
                ('offer', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agreement', to='resources.offer')),
            ],
            options={
                'ordering': ['starts_on', 'number'],
                'indexes': [models.Index(fields=['person', 'ends_on'], name='agreement_of_person')],
                'constraints': [models.UniqueConstraint(fields=('project', 'number'), name='one_agreement_number'), models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='agreement_has_days')],
            },
        ),
        migrations.CreateModel(
            name='Rate',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='title')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=10, verbose_name='rate')),
                ('currency', models.CharField(default='NOK', max_length=3, verbose_name='currency')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('person__isnull', False)), fields=('person', 'valid_from'), name='one_rate_of_person'), models.UniqueConstraint(condition=models.Q(('person__isnull', True)), fields=('title', 'valid_from'), name='one_rate_of_title')],
            },
        ),
        migrations.CreateModel(
            name='PersonSkill',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('level', models.PositiveSmallIntegerField(choices=[(1, 'Is learning it'), (2, 'Works on her own'), (3, 'Leads others')], default=2, verbose_name='level')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='skills', to=settings.AUTH_USER_MODEL)),
                ('skill', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='people', to='resources.skill')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'skill'), name='one_skill_of_person')],
            },
        ),
        migrations.AddIndex(
            model_name='request',
            index=models.Index(fields=['unit', 'state'], name='request_of_unit'),
        ),
    ]
