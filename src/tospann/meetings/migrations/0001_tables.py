import django.db.models.deletion
import tospann.foundation.ids
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('meetings', '0001_initial'), ('meetings', '0002_meetings'), ('meetings', '0003_live_drafts'), ('meetings', '0004_contacts')]

    initial = True

    dependencies = [
        ('people', '__first__'),
        ('projects', '0001_tables'),
        ('stakeholders', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('number', models.PositiveIntegerField(verbose_name='number')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('purpose', models.TextField(blank=True, verbose_name='purpose')),
                ('starts_at', models.DateTimeField(verbose_name='starts')),
                ('duration_minutes', models.PositiveSmallIntegerField(verbose_name='duration in minutes')),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='place')),
                ('video_link', models.CharField(blank=True, max_length=500, verbose_name='video link')),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('under_way', 'Under way'), ('held', 'Held, minutes not published'), ('published', 'Minutes published'), ('locked', 'Minutes locked'), ('cancelled', 'Cancelled')], default='planned', max_length=10, verbose_name='state')),
                ('own_points_only', models.BooleanField(default=False, verbose_name='external parties get only their own points')),
                ('invited_at', models.DateTimeField(blank=True, null=True, verbose_name='invitations sent')),
                ('sequence', models.PositiveIntegerField(default=0, verbose_name='edition of the invitation')),
                ('message', models.TextField(blank=True, verbose_name='message')),
                ('remarks_due_on', models.DateField(blank=True, null=True, verbose_name='deadline for remarks')),
                ('started_at', models.DateTimeField(blank=True, null=True, verbose_name='began')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='minutes published')),
                ('locked_at', models.DateTimeField(blank=True, null=True, verbose_name='minutes locked')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('called_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='called by')),
                ('minutes_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='minutes by')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='projects.project', verbose_name='project')),
            ],
            options={
                'indexes': [models.Index(fields=['project', 'starts_at'], name='meeting_of_project'), models.Index(fields=['state', 'remarks_due_on'], name='meeting_remarks_due')],
                'constraints': [models.UniqueConstraint(fields=('project', 'number'), name='one_meeting_number')],
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail address')),
                ('organisation', models.CharField(blank=True, max_length=200, verbose_name='organisation')),
                ('is_external', models.BooleanField(default=False, verbose_name='external')),
                ('answer', models.CharField(choices=[('none', 'Has not answered'), ('yes', 'Comes'), ('no', 'Does not come'), ('maybe', 'May come')], default='none', max_length=5, verbose_name='answer')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='note')),
                ('is_present', models.BooleanField(blank=True, null=True, verbose_name='present')),
                ('contact', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='stakeholders.contact', verbose_name='contact')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.project')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='meetings.meeting', verbose_name='meeting')),
            ],
            options={
                'ordering': ['is_external', 'name', 'id'],
                'indexes': [models.Index(fields=['person', 'answer'], name='attendance_of_person')],
                'constraints': [models.UniqueConstraint(fields=('meeting', 'person'), name='called_once'), models.UniqueConstraint(fields=('meeting', 'contact'), name='contact_called_once')],
            },
        ),
        migrations.CreateModel(
            name='AgendaItem',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('minutes', models.PositiveSmallIntegerField(default=0, verbose_name='time in minutes')),
                ('kind', models.CharField(choices=[('information', 'For information'), ('discussion', 'For discussion'), ('decision', 'For decision')], default='discussion', max_length=12, verbose_name='kind')),
                ('text', models.TextField(blank=True, verbose_name='minutes')),
                ('number', models.PositiveIntegerField(blank=True, null=True, verbose_name='number')),
                ('year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='year')),
                ('about', models.CharField(blank=True, max_length=100, verbose_name='about')),
                ('about_label', models.CharField(blank=True, max_length=200)),
                ('about_link', models.CharField(blank=True, max_length=500)),
                ('private', models.BooleanField(default=False, verbose_name='not for external parties')),
                ('concerns', models.JSONField(default=list, verbose_name='concerns')),
                ('started_at', models.DateTimeField(blank=True, null=True, verbose_name='began')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.project')),
                ('responsible', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='responsible')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='meetings.meeting', verbose_name='meeting')),
            ],
            options={
                'ordering': ['position', 'id'],
                'indexes': [models.Index(fields=['about'], name='item_about')],
                'constraints': [models.UniqueConstraint(fields=('project', 'year', 'number'), name='one_item_number')],
            },
        ),
        migrations.CreateModel(
            name='KeptText',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('client', models.UUIDField()),
                ('text', models.TextField()),
                ('kept_at', models.DateTimeField(auto_now_add=True)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='kept_texts', to='meetings.agendaitem')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['kept_at', 'id'],
                'constraints': [models.UniqueConstraint(fields=('item', 'client'), name='one_kept_text')],
            },
        ),
        migrations.CreateModel(
            name='PublishedMinutes',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('content', models.JSONField()),
                ('sha256', models.CharField(max_length=64)),
                ('pdf_sha256', models.CharField(max_length=64)),
                ('pdf_size', models.PositiveIntegerField()),
                ('language', models.CharField(max_length=5)),
                ('published_at', models.DateTimeField()),
                ('meeting', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='published', to='meetings.meeting', verbose_name='meeting')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.project')),
                ('published_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='published by')),
            ],
            options={
                'verbose_name_plural': 'published minutes',
            },
        ),
        migrations.CreateModel(
            name='Remark',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('by_name', models.CharField(max_length=200, verbose_name='by')),
                ('text', models.TextField(verbose_name='remark')),
                ('answer', models.TextField(blank=True, verbose_name='answer')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='answered by')),
                ('attendance', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='meetings.attendance', verbose_name='by')),
                ('item', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='remarks', to='meetings.agendaitem', verbose_name='item')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remarks', to='meetings.meeting', verbose_name='meeting')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.project')),
            ],
            options={
                'ordering': ['created_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Series',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('key', models.CharField(max_length=80)),
                ('name', models.CharField(max_length=200)),
                ('cadence', models.CharField(choices=[('weekly', 'Weekly'), ('biweekly', 'Every second week'), ('monthly', 'Monthly'), ('quarterly', 'Quarterly'), ('per_phase', 'Once per phase'), ('once', 'Once')], max_length=10)),
                ('duration_minutes', models.PositiveSmallIntegerField()),
                ('participants', models.JSONField(default=list)),
                ('agenda', models.JSONField(default=list)),
                ('phases', models.JSONField(default=list)),
                ('minutes_template', models.CharField(blank=True, max_length=80)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meeting_series', to='projects.project')),
            ],
            options={
                'verbose_name_plural': 'series',
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('project', 'key'), name='one_series')],
            },
        ),
        migrations.AddField(
            model_name='meeting',
            name='series',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='meetings.series', verbose_name='series'),
        ),
        migrations.CreateModel(
            name='Writer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('client', models.UUIDField()),
                ('sequence', models.PositiveBigIntegerField(default=0)),
                ('text', models.TextField(blank=True)),
                ('written_at', models.DateTimeField(auto_now=True)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='meetings.agendaitem')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('item', 'client'), name='one_writer')],
            },
        ),
        migrations.CreateModel(
            name='ItemDraft',
            fields=[
                ('item', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='draft', serialize=False, to='meetings.agendaitem')),
                ('text', models.TextField(blank=True)),
                ('recorded', models.TextField(blank=True)),
                ('sequence', models.PositiveBigIntegerField(default=0)),
                ('held_until', models.DateTimeField(null=True)),
                ('spent_seconds', models.PositiveIntegerField(default=0)),
                ('held_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='meetings.meeting')),
            ],
            options={
                'indexes': [models.Index(fields=['meeting', 'sequence'], name='draft_of_meeting')],
            },
        ),
        migrations.CreateModel(
            name='Desk',
            fields=[
                ('meeting', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, serialize=False, to='meetings.meeting')),
                ('sequence', models.PositiveBigIntegerField(default=0)),
                ('turned_at', models.DateTimeField(null=True)),
                ('current', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='meetings.agendaitem')),
            ],
        ),
        migrations.AddIndex(
            model_name='meeting',
            index=models.Index(fields=['series', 'starts_at'], name='meeting_of_series'),
        ),
    ]
