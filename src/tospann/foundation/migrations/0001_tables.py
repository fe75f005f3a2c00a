import django.core.serializers.json
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('foundation', '0001_initial')]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='AuditEntry',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('scope_id', models.UUIDField()),
                ('sequence', models.PositiveBigIntegerField()),
                ('parent', models.PositiveBigIntegerField(null=True)),
                ('at', models.DateTimeField(db_index=True)),
                ('person_id', models.UUIDField(db_index=True, null=True)),
                ('actor_kind', models.CharField(max_length=10)),
                ('authority', models.CharField(max_length=120)),
                ('command', models.CharField(max_length=80)),
                ('subject', models.CharField(db_index=True, max_length=100)),
                ('detail_hash', models.CharField(max_length=64)),
                ('previous_hash', models.CharField(max_length=64)),
                ('hash', models.CharField(max_length=64)),
            ],
            options={
                'indexes': [models.Index(fields=['scope_id', '-at'], name='audit_scope_at')],
                'constraints': [models.UniqueConstraint(fields=('scope_id', 'sequence'), name='one_sequence')],
            },
        ),
        migrations.CreateModel(
            name='AuditHead',
            fields=[
                ('scope_id', models.UUIDField(primary_key=True, serialize=False)),
                ('sequence', models.PositiveBigIntegerField(default=0)),
                ('hash', models.CharField(default='', max_length=64)),
                ('number', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='OwedReaction',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('due_at', models.DateTimeField()),
                ('done_at', models.DateTimeField(null=True)),
                ('error', models.TextField(blank=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('done_at__isnull', True)), fields=['due_at'], name='reaction_due')],
            },
        ),
        migrations.CreateModel(
            name='AuditDetail',
            fields=[
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='detail', serialize=False, to='foundation.auditentry')),
                ('salt', models.CharField(max_length=32)),
                ('actor_name', models.CharField(max_length=200)),
                ('arguments', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, null=True)),
                ('changes', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, null=True)),
                ('erased_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Undone',
            fields=[
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='foundation.auditentry')),
                ('by_sequence', models.PositiveBigIntegerField()),
            ],
        ),
        migrations.AddField(
            model_name='owedreaction',
            name='entry',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='foundation.auditentry'),
        ),
    ]
