import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('notifications', '0001_initial'), ('notifications', '0002_attachments'), ('notifications', '0003_alter_notification_kind_alter_preference_kind'), ('notifications', '0004_mail_of_a_project'), ('notifications', '0005_meeting_kind'), ('notifications', '0006_unsubscribe')]

    initial = True

    dependencies = [
        ('people', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='OutboxMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=200, unique=True)),
                ('to', models.EmailField(max_length=254)),
                ('project_id', models.UUIDField(null=True)),
                ('subject', models.CharField(max_length=250)),
                ('body', models.TextField()),
                ('html', models.TextField(blank=True)),
                ('calendar', models.TextField(blank=True)),
                ('attached', models.JSONField(default=list)),
                ('unsubscribe', models.CharField(blank=True, max_length=700)),
                ('message_id', models.UUIDField(default=uuid.uuid4)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('due_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('error', models.TextField(blank=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('sent_at__isnull', True)), fields=['due_at'], name='mail_due'), models.Index(condition=models.Q(('project_id__isnull', False)), fields=['project_id', 'to'], name='mail_of_project')],
            },
        ),
        migrations.CreateModel(
            name='Notification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('decision', 'A decision waits for you'), ('asked', 'You are asked something'), ('mentioned', 'You are mentioned'), ('due', 'Something of yours is due today'), ('action', 'You are given an action'), ('outcome', 'Something you proposed is decided'), ('done', 'Something you asked for is done'), ('role', 'You are given a role'), ('report', 'A report is published'), ('meeting', 'You are called to a meeting, or its minutes are out'), ('news', 'Something else has happened in your projects'), ('monday', 'The Monday letter: your week as a mail')], max_length=12)),
                ('text', models.JSONField()),
                ('link', models.CharField(max_length=500)),
                ('project_id', models.UUIDField(null=True)),
                ('project_key', models.CharField(blank=True, max_length=10)),
                ('project_name', models.CharField(blank=True, max_length=200)),
                ('key', models.CharField(max_length=120)),
                ('entry_id', models.PositiveBigIntegerField(null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('read_at', models.DateTimeField(null=True)),
                ('mail_state', models.CharField(blank=True, choices=[('', ''), ('waits', 'Waits'), ('sent', 'Sent')], max_length=5)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notifications', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['person', '-id'], name='inbox_of'), models.Index(condition=models.Q(('read_at__isnull', True)), fields=['person'], name='inbox_unread'), models.Index(condition=models.Q(('mail_state', 'waits')), fields=['person'], name='waits_for_digest')],
                'constraints': [models.UniqueConstraint(fields=('person', 'kind', 'key'), name='told_once')],
            },
        ),
        migrations.CreateModel(
            name='Preference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('decision', 'A decision waits for you'), ('asked', 'You are asked something'), ('mentioned', 'You are mentioned'), ('due', 'Something of yours is due today'), ('action', 'You are given an action'), ('outcome', 'Something you proposed is decided'), ('done', 'Something you asked for is done'), ('role', 'You are given a role'), ('report', 'A report is published'), ('meeting', 'You are called to a meeting, or its minutes are out'), ('news', 'Something else has happened in your projects'), ('monday', 'The Monday letter: your week as a mail')], max_length=12)),
                ('how', models.CharField(choices=[('immediate', 'Mail at once'), ('daily', 'In the daily summary'), ('none', 'Only in the inbox')], max_length=10)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'kind'), name='one_preference')],
            },
        ),
    ]
