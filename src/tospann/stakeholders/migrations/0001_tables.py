import django.db.models.deletion
import django.utils.timezone
import tospann.foundation.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('stakeholders', '0001_initial')]

    initial = True

    dependencies = [
        ('people', '__first__'),
        ('projects', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('organisation', models.CharField(blank=True, max_length=200, verbose_name='organisation')),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='title')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='phone')),
                ('is_active', models.BooleanField(default=True, verbose_name='in use')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='projects.project', verbose_name='project')),
            ],
            options={
                'indexes': [models.Index(fields=['project', 'is_active', 'name'], name='contact_of_project')],
            },
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('number', models.PositiveIntegerField(verbose_name='number')),
                ('text', models.TextField(blank=True, verbose_name='what was said')),
                ('called_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='time')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('contact', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='stakeholders.contact', verbose_name='contact')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='projects.project', verbose_name='project')),
                ('written_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by')),
            ],
            options={
                'indexes': [models.Index(fields=['project', '-called_at'], name='note_of_project')],
                'constraints': [models.UniqueConstraint(fields=('project', 'number'), name='one_note_number')],
            },
        ),
        migrations.CreateModel(
            name='Promise',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('number', models.PositiveIntegerField(verbose_name='number')),
                ('text', models.CharField(max_length=200, verbose_name='what was promised')),
                ('to_name', models.CharField(blank=True, max_length=200, verbose_name='promised to')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='by when')),
                ('state', models.CharField(choices=[('open', 'Open'), ('kept', 'Kept'), ('broken', 'Not kept'), ('withdrawn', 'Withdrawn')], default='open', max_length=10, verbose_name='state')),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('activity_uid', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='task or milestone')),
                ('plan_breaks_on', models.DateField(blank=True, null=True)),
                ('born_in', models.CharField(blank=True, max_length=100)),
                ('born_label', models.CharField(blank=True, max_length=200)),
                ('born_link', models.CharField(blank=True, max_length=500)),
                ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='settled')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('by_contact', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='made', to='stakeholders.contact', verbose_name='promised by')),
                ('by_person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='promises', to=settings.AUTH_USER_MODEL, verbose_name='promised by')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='promises', to='projects.project', verbose_name='project')),
                ('to_contact', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='received', to='stakeholders.contact', verbose_name='promised to')),
                ('to_person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='promised to')),
            ],
            options={
                'indexes': [models.Index(fields=['project', 'state', 'due_on'], name='promise_of_project'), models.Index(fields=['by_person', 'state', 'due_on'], name='promise_by_person'), models.Index(fields=['born_in'], name='promise_born_in')],
                'constraints': [models.UniqueConstraint(fields=('project', 'number'), name='one_promise_number'), models.CheckConstraint(condition=models.Q(models.Q(('by_contact__isnull', True), ('by_person__isnull', False)), models.Q(('by_contact__isnull', False), ('by_person__isnull', True)), _connector='OR'), name='promised_by_one')],
            },
        ),
    ]
