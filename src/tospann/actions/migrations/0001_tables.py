import django.db.models.deletion
import tospann.foundation.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('actions', '0001_initial'), ('actions', '0002_keep_watch'), ('actions', '0003_alter_action_origin_kind'), ('actions', '0004_ask_somebody_for_help')]

    initial = True

    dependencies = [
        ('people', '__first__'),
        ('projects', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Action',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('number', models.PositiveIntegerField(verbose_name='number')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('description', models.TextField(blank=True, verbose_name='description')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='due date')),
                ('priority', models.CharField(choices=[('normal', 'Normal'), ('high', 'High')], default='normal', max_length=10, verbose_name='priority')),
                ('state', models.CharField(choices=[('open', 'Open'), ('done', 'Done'), ('dropped', 'Dropped')], default='open', max_length=10, verbose_name='state')),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('origin_kind', models.CharField(choices=[('none', 'Added by hand'), ('condition', 'Condition of a decision'), ('checklist', 'Checklist point'), ('goal', 'Goal'), ('meeting', 'Meeting'), ('risk', 'Risk'), ('problem', 'Problem'), ('deviation', 'Deviation'), ('retrospective', 'Retrospective')], default='none', max_length=20, verbose_name='born in')),
                ('born_in', models.CharField(blank=True, max_length=100)),
                ('born_label', models.CharField(blank=True, max_length=200)),
                ('born_link', models.CharField(blank=True, max_length=500)),
                ('began_at', models.DateTimeField(blank=True, null=True, verbose_name='begun')),
                ('done_at', models.DateTimeField(blank=True, null=True, verbose_name='completed')),
                ('stuck_since', models.DateTimeField(blank=True, null=True, verbose_name='stuck since')),
                ('stuck_text', models.TextField(blank=True, verbose_name='why it is stuck')),
                ('reply_by', models.DateField(blank=True, null=True, verbose_name='answer asked for by')),
                ('helped_at', models.DateTimeField(blank=True, null=True, verbose_name='answered')),
                ('proposed_due_on', models.DateField(blank=True, null=True, verbose_name='due date asked for')),
                ('escalated_due', models.DateField(blank=True, null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('flagged_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='said by')),
                ('given_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='given by')),
                ('helper', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked for help')),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='actions', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='projects.project', verbose_name='project')),
            ],
            options={
                'indexes': [models.Index(fields=['owner', 'state', 'due_on'], name='action_of_owner'), models.Index(fields=['project', 'state', 'due_on'], name='action_of_project'), models.Index(fields=['born_in'], name='action_born_in'), models.Index(fields=['helper', 'state'], name='action_of_helper')],
                'constraints': [models.UniqueConstraint(fields=('project', 'number'), name='one_action_number')],
            },
        ),
        migrations.CreateModel(
            name='ActionLink',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('address', models.CharField(max_length=500, verbose_name='address')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='actions.action')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.project')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('text', models.TextField(verbose_name='text')),
                ('mentions', models.JSONField(default=list, verbose_name='mentioned')),
                ('said_at', models.DateTimeField(auto_now_add=True)),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='actions.action')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.project')),
            ],
            options={
                'indexes': [models.Index(fields=['action', 'said_at'], name='comments_of_action')],
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('on', models.DateField()),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='actions.action')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.project')),
            ],
            options={
                'indexes': [models.Index(fields=['project', 'on'], name='reminders_of_project')],
                'constraints': [models.UniqueConstraint(fields=('action', 'on'), name='one_reminder_a_day')],
            },
        ),
    ]
