import django.db.models.deletion
import tospann.foundation.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('sharing', '0001_shares_and_rules'), ('sharing', '0002_passwords_asked'), ('sharing', '0003_words')]

    initial = True

    dependencies = [
        ('people', '__first__'),
        ('projects', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='OrganisationSharing',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('allows_guests', models.BooleanField(default=True, verbose_name='guests may be invited')),
                ('allows_links', models.BooleanField(default=True, verbose_name='links may be made')),
                ('links_need_password', models.BooleanField(default=False, verbose_name='links need a password')),
                ('outside_only_views', models.BooleanField(default=False, verbose_name='nothing is downloaded outside')),
                ('needs_case', models.BooleanField(default=False, verbose_name='sharing outside needs a decision')),
                ('domains', models.JSONField(default=list, verbose_name='allowed domains')),
                ('max_days', models.PositiveIntegerField(blank=True, null=True, verbose_name='days at most')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='AccessLog',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('project_id', models.UUIDField()),
                ('subject', models.CharField(max_length=100)),
                ('what', models.CharField(choices=[('opened', 'opened it'), ('downloaded', 'downloaded it'), ('previewed', 'looked at its pages'), ('uploaded', 'handed in a file')], max_length=12)),
                ('person_id', models.UUIDField(null=True)),
                ('share_id', models.UUIDField(null=True)),
                ('name', models.CharField(max_length=200)),
                ('address', models.CharField(blank=True, max_length=45)),
            ],
            options={
                'indexes': [models.Index(fields=['subject', '-at'], name='access_of_subject'), models.Index(fields=['project_id', '-at'], name='access_of_project'), models.Index(fields=['at'], name='access_at')],
            },
        ),
        migrations.CreateModel(
            name='Share',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('subject', models.CharField(max_length=100, verbose_name='what is shared')),
                ('title', models.CharField(max_length=300, verbose_name='title')),
                ('ceiling', models.CharField(default='internal', max_length=30, verbose_name='reaches up to')),
                ('kind', models.CharField(choices=[('person', 'A person with an account'), ('guest', 'A guest, by e-mail'), ('link', 'Anybody who has the link')], max_length=10, verbose_name='shared with')),
                ('email', models.CharField(blank=True, max_length=254, verbose_name='e-mail address')),
                ('name', models.CharField(blank=True, max_length=200, verbose_name='name')),
                ('role', models.CharField(choices=[('view', 'View only'), ('comment', 'View and comment'), ('edit', 'View and change'), ('upload', 'Hand in files')], default='view', max_length=10, verbose_name='may')),
                ('may_download', models.BooleanField(default=True, verbose_name='may download')),
                ('has_watermark', models.BooleanField(default=False, verbose_name='watermark')),
                ('asks_code', models.BooleanField(default=True, verbose_name='code by e-mail')),
                ('asks_password', models.BooleanField(default=False, verbose_name='password')),
                ('password_hash', models.CharField(blank=True, max_length=200)),
                ('token_hash', models.CharField(max_length=64, null=True, unique=True)),
                ('counts_from', models.DateField(verbose_name='counted from')),
                ('expires_on', models.DateField(blank=True, null=True, verbose_name='until')),
                ('download_limit', models.PositiveIntegerField(blank=True, null=True, verbose_name='downloads at most')),
                ('downloads', models.PositiveIntegerField(default=0, verbose_name='downloads')),
                ('message', models.TextField(blank=True, verbose_name='message')),
                ('state', models.CharField(choices=[('active', 'Active'), ('paused', 'Paused'), ('revoked', 'Stopped')], default='active', max_length=10, verbose_name='state')),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('approved_case', models.CharField(blank=True, max_length=100)),
                ('reviewed_on', models.DateField(blank=True, null=True, verbose_name='last reviewed')),
                ('last_used_at', models.DateTimeField(blank=True, null=True, verbose_name='last used')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='shares', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='projects.project')),
            ],
            options={
                'indexes': [models.Index(fields=['project', 'state'], name='share_of_project'), models.Index(fields=['subject'], name='share_of_subject'), models.Index(fields=['person', 'project'], name='share_with_person'), models.Index(fields=['email', 'project'], name='share_with_guest')],
            },
        ),
        migrations.CreateModel(
            name='SharingPolicy',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('allows_guests', models.BooleanField(default=True, verbose_name='guests may be invited')),
                ('allows_links', models.BooleanField(default=True, verbose_name='links may be made')),
                ('links_need_password', models.BooleanField(default=False, verbose_name='links need a password')),
                ('outside_only_views', models.BooleanField(default=False, verbose_name='nothing is downloaded outside')),
                ('needs_case', models.BooleanField(default=False, verbose_name='sharing outside needs a decision')),
                ('domains', models.JSONField(default=list, verbose_name='allowed domains')),
                ('max_days', models.PositiveIntegerField(blank=True, null=True, verbose_name='days at most')),
                ('is_stopped', models.BooleanField(default=False, verbose_name='all sharing outside is stopped')),
                ('reviewed_on', models.DateField(blank=True, null=True, verbose_name='last reviewed')),
                ('project', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='sharing_policy', to='projects.project')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Visit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('secret_hash', models.CharField(db_index=True, max_length=64)),
                ('is_open', models.BooleanField(default=False)),
                ('code_hash', models.CharField(blank=True, max_length=64)),
                ('code_until', models.DateTimeField(blank=True, null=True)),
                ('began_at', models.DateTimeField(auto_now_add=True)),
                ('last_at', models.DateTimeField(auto_now=True)),
                ('share', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='visits', to='sharing.share')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('secret_hash', 'share'), name='one_visit_of_share')],
            },
        ),
    ]
