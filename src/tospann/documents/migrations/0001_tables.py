import django.db.models.deletion
import tospann.foundation.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('documents', '0001_initial'), ('documents', '0002_attachment'), ('documents', '0003_documents_versions_locks'), ('documents', '0004_dead_properties_and_open_addresses'), ('documents', '0005_needed_by_criterion'), ('documents', '0006_contents'), ('documents', '0007_released_documents'), ('documents', '0008_passing_files')]

    initial = True

    dependencies = [
        ('people', '__first__'),
        ('projects', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Content',
            fields=[
                ('sha256', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('form', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(max_length=20)),
                ('warnings', models.JSONField(default=list)),
                ('pages', models.PositiveIntegerField(null=True)),
                ('examined_at', models.DateTimeField(auto_now=True)),
                ('text', models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name='Folder',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('number', models.CharField(blank=True, max_length=40)),
                ('name', models.CharField(max_length=255)),
                ('name_key', models.CharField(default='', editable=False, max_length=800)),
                ('classification', models.CharField(choices=[('open', 'Open'), ('internal', 'Internal'), ('confidential', 'Confidential'), ('strictly_confidential', 'Strictly confidential')], default='internal', max_length=30)),
                ('trashed_at', models.DateTimeField(blank=True, null=True)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='inside', to='documents.folder')),
                ('phase', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='folders', to='projects.phase')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='folders', to='projects.project')),
            ],
            options={
                'ordering': ['number', 'name_key'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('number', ''), _negated=True), fields=('project', 'number'), name='one_folder'), models.UniqueConstraint(condition=models.Q(('trashed_at__isnull', True)), fields=('parent', 'name_key'), name='one_folder_name'), models.UniqueConstraint(condition=models.Q(('trashed_at__isnull', True), ('parent__isnull', True)), fields=('project', 'name_key'), name='one_top_folder_name')],
            },
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('number', models.PositiveIntegerField(verbose_name='number')),
                ('name', models.CharField(max_length=255, verbose_name='name')),
                ('name_key', models.CharField(editable=False, max_length=800)),
                ('media_type', models.CharField(max_length=100)),
                ('size', models.PositiveBigIntegerField()),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('version_number', models.PositiveIntegerField(default=1)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('changed_at', models.DateTimeField()),
                ('classification', models.CharField(blank=True, choices=[('open', 'Open'), ('internal', 'Internal'), ('confidential', 'Confidential'), ('strictly_confidential', 'Strictly confidential')], max_length=30)),
                ('has_personal_data', models.BooleanField(default=False)),
                ('is_exempt', models.BooleanField(default=False)),
                ('state', models.CharField(choices=[('working', 'In progress'), ('for_approval', 'For approval'), ('approved', 'Approved'), ('published', 'Released')], default='working', max_length=15)),
                ('approved_version', models.PositiveIntegerField(blank=True, null=True)),
                ('approved_at', models.DateTimeField(blank=True, null=True)),
                ('document_type', models.CharField(blank=True, max_length=60)),
                ('retain_until', models.DateField(blank=True, null=True)),
                ('is_held', models.BooleanField(default=False)),
                ('hold_reason', models.CharField(blank=True, max_length=500)),
                ('trashed_at', models.DateTimeField(blank=True, null=True)),
                ('url', models.CharField(blank=True, max_length=500)),
                ('source', models.CharField(blank=True, max_length=100)),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('phase', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='projects.phase')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='projects.project')),
                ('trashed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('folder', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='documents.folder')),
            ],
            options={
                'ordering': ['name_key'],
                'indexes': [models.Index(fields=['sha256'], name='document_sha256'), models.Index(fields=['source'], name='document_source'), models.Index(fields=['project', 'trashed_at'], name='document_trashed'), models.Index(fields=['project', '-changed_at'], name='document_changed')],
                'constraints': [models.UniqueConstraint(fields=('project', 'number'), name='one_document_number'), models.UniqueConstraint(condition=models.Q(('trashed_at__isnull', True)), fields=('folder', 'name_key'), name='one_document_name'), models.UniqueConstraint(condition=models.Q(('trashed_at__isnull', True), ('folder__isnull', True)), fields=('project', 'name_key'), name='one_top_document_name')],
            },
        ),
        migrations.CreateModel(
            name='DeadProperty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=300)),
                ('xml', models.TextField()),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='projects.project')),
                ('document', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='documents.document')),
                ('folder', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='documents.folder')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('document__isnull', False)), fields=('document', 'name'), name='one_property_of_document'), models.UniqueConstraint(condition=models.Q(('folder__isnull', False)), fields=('folder', 'name'), name='one_property_of_folder'), models.UniqueConstraint(condition=models.Q(('document__isnull', True), ('folder__isnull', True)), fields=('project', 'name'), name='one_property_of_project')],
            },
        ),
        migrations.CreateModel(
            name='Lock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(max_length=100, unique=True)),
                ('is_deep', models.BooleanField(default=False)),
                ('is_shared', models.BooleanField(default=False)),
                ('is_checkout', models.BooleanField(default=False)),
                ('owner_xml', models.TextField(blank=True)),
                ('actor_name', models.CharField(max_length=200)),
                ('comment', models.CharField(blank=True, max_length=500)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('seconds', models.PositiveIntegerField(null=True)),
                ('expires_at', models.DateTimeField(db_index=True, null=True)),
                ('document', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='locks', to='documents.document')),
                ('folder', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='locks', to='documents.folder')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='projects.project')),
            ],
            options={
                'indexes': [models.Index(fields=['project'], name='locks_of_project')],
            },
        ),
        migrations.CreateModel(
            name='NeededDocument',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('description', models.TextField(blank=True, verbose_name='description')),
                ('template', models.CharField(blank=True, max_length=80, verbose_name='template')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='due date')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('approver', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('criterion', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='needed', to='projects.gatecriterion')),
                ('document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='documents.document')),
                ('folder', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.folder')),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('phase', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.phase')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='needed_documents', to='projects.project')),
            ],
            options={
                'ordering': ['due_on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='OpenAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('name', models.CharField(max_length=255)),
                ('may_write', models.BooleanField(default=False)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('expires_at', models.DateTimeField(db_index=True)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='documents.document')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='PassingFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.UUIDField()),
                ('name', models.CharField(max_length=255)),
                ('name_key', models.CharField(max_length=255)),
                ('sha256', models.CharField(max_length=64)),
                ('size', models.PositiveBigIntegerField()),
                ('kept_at', models.DateTimeField(db_index=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='projects.project')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('place', 'person', 'name_key'), name='one_passing_file')],
            },
        ),
        migrations.CreateModel(
            name='Version',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('number', models.PositiveIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('size', models.PositiveBigIntegerField()),
                ('media_type', models.CharField(max_length=100)),
                ('comment', models.CharField(blank=True, max_length=500)),
                ('made_at', models.DateTimeField()),
                ('restored_from', models.PositiveIntegerField(blank=True, null=True)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='documents.document')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.project')),
            ],
            options={
                'ordering': ['document', '-number'],
                'indexes': [models.Index(fields=['sha256'], name='version_sha256')],
                'constraints': [models.UniqueConstraint(fields=('document', 'number'), name='one_version_number')],
            },
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('born_in', models.CharField(blank=True, max_length=100)),
                ('name', models.CharField(max_length=200)),
                ('media_type', models.CharField(max_length=100)),
                ('size', models.PositiveBigIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('added_at', models.DateTimeField(auto_now_add=True)),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='projects.project')),
            ],
            options={
                'indexes': [models.Index(fields=['born_in'], name='attachment_born_in'), models.Index(fields=['sha256'], name='attachment_sha256')],
            },
        ),
    ]
