import django.db.models.deletion
import tospann.foundation.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('rooms', '0001_room_requests_questions')]

    initial = True

    dependencies = [
        ('documents', '0001_tables'),
        ('people', '__first__'),
        ('projects', '0001_tables'),
        ('sharing', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Room',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('welcome', models.TextField(blank=True, verbose_name='welcome')),
                ('shows_status', models.BooleanField(default=False, verbose_name='shows the state of the last signed report')),
                ('logo_sha256', models.CharField(blank=True, max_length=64)),
                ('logo_size', models.PositiveIntegerField(default=0)),
                ('contact', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who to ask')),
                ('project', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='room', to='projects.project')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='AcceptanceRequest',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('document_version', models.PositiveIntegerField(verbose_name='version')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('text', models.TextField(blank=True, verbose_name='what is asked')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='due date')),
                ('state', models.CharField(choices=[('open', 'Waits for an answer'), ('accepted', 'Accepted'), ('declined', 'Not accepted'), ('withdrawn', 'Withdrawn')], default='open', max_length=10, verbose_name='state')),
                ('asked_at', models.DateTimeField(auto_now_add=True)),
                ('answered_name', models.CharField(blank=True, max_length=200, verbose_name='answered by')),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answer', models.TextField(blank=True, verbose_name='answer')),
                ('decision_number', models.PositiveIntegerField(blank=True, null=True)),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.document')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acceptance_requests', to='projects.project')),
                ('share', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='sharing.share')),
            ],
            options={
                'indexes': [models.Index(fields=['project', 'state'], name='request_of_project')],
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('asked_name', models.CharField(max_length=200, verbose_name='asked by')),
                ('text', models.TextField(verbose_name='question')),
                ('asked_at', models.DateTimeField(auto_now_add=True)),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='due date')),
                ('answer', models.TextField(blank=True, verbose_name='answer')),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='room_questions', to='projects.project')),
                ('share', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='sharing.share')),
            ],
            options={
                'indexes': [models.Index(fields=['project', 'answered_at'], name='question_of_project')],
            },
        ),
        migrations.CreateModel(
            name='RoomItem',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('kind', models.CharField(choices=[('milestone', 'Milestone'), ('meeting', 'Meeting')], max_length=10, verbose_name='kind')),
                ('item', models.CharField(max_length=40)),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='room_items', to='projects.project')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('project', 'kind', 'item'), name='one_room_item')],
            },
        ),
    ]
