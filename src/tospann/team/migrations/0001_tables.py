import django.db.models.deletion
import tospann.foundation.ids
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('team', '0001_how_people_work_together')]

    initial = True

    dependencies = [
        ('people', '__first__'),
        ('projects', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Responsibility',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('position', models.PositiveIntegerField(default=0, verbose_name='position')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('task_uid', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='task in the plan')),
                ('accountable', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='accountable')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='responsibilities', to='projects.project')),
            ],
            options={
                'verbose_name_plural': 'responsibilities',
                'ordering': ['position', 'id'],
                'indexes': [models.Index(fields=['accountable'], name='accountable_person')],
                'constraints': [models.UniqueConstraint(fields=('project', 'task_uid'), name='one_row_of_a_task')],
            },
        ),
        migrations.CreateModel(
            name='Duty',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('letter', models.CharField(choices=[('R', 'Responsible (R)'), ('C', 'Consulted (C)'), ('I', 'Informed (I)')], max_length=1, verbose_name='part')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.project')),
                ('responsibility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='team.responsibility')),
            ],
            options={
                'verbose_name_plural': 'duties',
                'constraints': [models.UniqueConstraint(fields=('responsibility', 'person', 'letter'), name='one_duty_each')],
            },
        ),
        migrations.CreateModel(
            name='Retrospective',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('number', models.PositiveIntegerField(verbose_name='number')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('state', models.CharField(choices=[('open', 'Collecting thoughts'), ('closed', 'Closed')], default='open', max_length=6, verbose_name='state')),
                ('closes_on', models.DateField(blank=True, null=True, verbose_name='thoughts by')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='closed')),
                ('content', models.JSONField(default=list, verbose_name='what was said')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('opened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('phase', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.phase', verbose_name='phase')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='retrospectives', to='projects.project')),
            ],
            options={
                'ordering': ['-number'],
                'constraints': [models.UniqueConstraint(fields=('project', 'number'), name='one_retrospective_number')],
            },
        ),
        migrations.CreateModel(
            name='Thought',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('keep', 'Keep doing'), ('stop', 'Stop doing'), ('try', 'Try')], max_length=4)),
                ('text', models.CharField(max_length=1000)),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('retrospective', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='thoughts', to='team.retrospective')),
            ],
        ),
        migrations.CreateModel(
            name='DeliveredLetter',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('month', models.DateField(verbose_name='month')),
                ('message', models.TextField(blank=True, verbose_name='message')),
                ('content', models.JSONField(default=list, verbose_name='what was delivered')),
                ('recipients', models.JSONField(default=list, verbose_name='sent to')),
                ('sent_at', models.DateTimeField(verbose_name='sent')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.project')),
                ('sent_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-sent_at'],
                'indexes': [models.Index(fields=['project', 'month'], name='delivered_of_month')],
            },
        ),
        migrations.CreateModel(
            name='Lesson',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('number', models.PositiveIntegerField(verbose_name='number')),
                ('kind', models.CharField(choices=[('keep', 'Keep doing'), ('stop', 'Stop doing'), ('try', 'Try')], default='keep', max_length=4, verbose_name='kind')),
                ('text', models.TextField(verbose_name='what was learned')),
                ('recommendation', models.TextField(blank=True, verbose_name='recommendation')),
                ('born_in', models.CharField(blank=True, max_length=100)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('noted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('phase', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.phase', verbose_name='phase')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lessons', to='projects.project')),
            ],
            options={
                'ordering': ['-number'],
                'indexes': [models.Index(fields=['born_in'], name='lesson_born_in')],
                'constraints': [models.UniqueConstraint(fields=('project', 'number'), name='one_lesson_number')],
            },
        ),
        migrations.CreateModel(
            name='Memo',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('note', models.TextField(blank=True, verbose_name="in one's own words")),
                ('content', models.JSONField(default=list, verbose_name='open items')),
                ('made_at', models.DateTimeField(verbose_name='made')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='hands over')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memos', to='projects.project')),
                ('to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='takes over')),
            ],
            options={
                'ordering': ['-made_at'],
                'indexes': [models.Index(fields=['project', 'person'], name='memo_of_person')],
            },
        ),
        migrations.CreateModel(
            name='PulseTally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('week', models.DateField()),
                ('score', models.PositiveSmallIntegerField()),
                ('count', models.PositiveIntegerField(default=0)),
                ('about', models.CharField(blank=True, max_length=20)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='projects.project')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('project', 'week', 'about', 'score'), name='one_pulse_score'), models.CheckConstraint(condition=models.Q(('score__gte', 1), ('score__lte', 5)), name='pulse_one_to_five')],
            },
        ),
        migrations.CreateModel(
            name='PulseVoter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('week', models.DateField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='projects.project')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('project', 'week', 'person'), name='one_pulse_a_week')],
            },
        ),
    ]
