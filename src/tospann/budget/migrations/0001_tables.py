import django.db.models.deletion
import django.utils.timezone
import tospann.foundation.ids
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('budget', '0001_initial'), ('budget', '0002_counting'), ('budget', '0003_running_costs'), ('budget', '0004_costs'), ('budget', '0005_costs_so_far'), ('budget', '0006_staged_report'), ('budget', '0007_cut_states'), ('budget', '0008_late_costs')]

    initial = True

    dependencies = [
        ('people', '__first__'),
        ('projects', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Budget',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('manager_reserve', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=16, verbose_name="manager's reserve")),
                ('owner_reserve', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=16, verbose_name="owner's reserve")),
                ('manager_released', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=16, verbose_name="released of the manager's reserve")),
                ('owner_released', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=16, verbose_name="released of the owner's reserve")),
                ('agreed_total', models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True, verbose_name='agreed total')),
                ('phase_total', models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True, verbose_name='total as the phase began')),
                ('high_total', models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True, verbose_name='total last decided by the owner')),
                ('manager_left_then', models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="manager's reserve as the phase began")),
                ('owner_left_then', models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="owner's reserve as the phase began")),
                ('approved_total', models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True, verbose_name='approved total')),
                ('lines_made', models.PositiveIntegerField(default=0, verbose_name='number of lines made')),
                ('base_estimate', models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True, verbose_name='base estimate')),
                ('unspecified', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=16, verbose_name='unspecified allowance')),
                ('expected_addition', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=16, verbose_name='expected addition')),
                ('contingency', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=16, verbose_name='contingency')),
                ('frames_source', models.CharField(blank=True, max_length=200, verbose_name='where the frames come from')),
                ('approved_at', models.DateTimeField(blank=True, null=True, verbose_name='approved')),
                ('phase', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.phase')),
                ('project', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='budget', to='projects.project')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='BudgetLine',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('number', models.PositiveIntegerField(verbose_name='number')),
                ('code', models.CharField(blank=True, max_length=20, verbose_name='code')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='from')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='to')),
                ('activity_uid', models.PositiveIntegerField(blank=True, null=True, verbose_name='plan task')),
                ('wbs', models.CharField(blank=True, max_length=40, verbose_name='WBS code')),
                ('cost_type', models.CharField(choices=[('labour', 'Labour'), ('purchase', 'Purchases'), ('equipment', 'Equipment'), ('travel', 'Travel'), ('other', 'Other costs')], default='other', max_length=20, verbose_name='cost type')),
                ('vat_code', models.CharField(blank=True, max_length=10, verbose_name='VAT code')),
                ('with_vat', models.BooleanField(default=False, verbose_name='VAT counts as a cost')),
                ('currency', models.CharField(default='NOK', max_length=3, verbose_name='currency')),
                ('currency_amount', models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True, verbose_name='amount in that currency')),
                ('rate_on', models.DateField(blank=True, null=True, verbose_name='date of the exchange rate')),
                ('periods', models.JSONField(blank=True, default=list, verbose_name='amounts by month')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=16, verbose_name='amount')),
                ('approved', models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True, verbose_name='approved amount')),
                ('spent', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=16, verbose_name='incurred')),
                ('committed', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=16, verbose_name='committed')),
                ('accrued', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=16, verbose_name='accrued')),
                ('forecast', models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True, verbose_name='forecast')),
                ('is_running', models.BooleanField(default=False, verbose_name='grows with time')),
                ('costed_at', models.DateTimeField(blank=True, null=True, verbose_name='date of the figures')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('phase', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.phase', verbose_name='phase')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='budget_lines', to='projects.project')),
            ],
            options={
                'ordering': ['code', 'number'],
                'indexes': [models.Index(fields=['project', 'code'], name='budget_line_of_project')],
                'constraints': [models.UniqueConstraint(fields=('project', 'number'), name='one_budget_line_number')],
            },
        ),
        migrations.CreateModel(
            name='Accrual',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('text', models.CharField(max_length=200, verbose_name='what it is for')),
                ('supplier', models.CharField(blank=True, max_length=200, verbose_name='supplier')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=16, verbose_name='amount')),
                ('booked_on', models.DateField(verbose_name='from')),
                ('released_on', models.DateField(blank=True, null=True, verbose_name='released')),
                ('is_late', models.BooleanField(default=False, verbose_name='after the month was closed')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.project')),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='budget.budgetline')),
            ],
            options={
                'ordering': ['-booked_on', '-created_at'],
            },
        ),
        migrations.CreateModel(
            name='ClosedMonth',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('month', models.DateField(verbose_name='month')),
                ('costs', models.DecimalField(decimal_places=2, max_digits=18, verbose_name='costs until then')),
                ('accruals', models.DecimalField(decimal_places=2, max_digits=18, verbose_name='accruals then')),
                ('closed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='closed')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.project')),
            ],
            options={
                'ordering': ['-month'],
                'constraints': [models.UniqueConstraint(fields=('project', 'month'), name='one_closing_of_a_month')],
            },
        ),
        migrations.CreateModel(
            name='Commitment',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('source', models.CharField(blank=True, max_length=100, verbose_name='source')),
                ('text', models.CharField(max_length=200, verbose_name='what it is for')),
                ('supplier', models.CharField(blank=True, max_length=200, verbose_name='supplier')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=16, verbose_name='amount')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='expected')),
                ('used', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=16, verbose_name='used')),
                ('is_closed', models.BooleanField(default=False, verbose_name='closed')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='budget.budgetline')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.project')),
            ],
            options={
                'ordering': ['due_on', 'created_at', 'id'],
                'indexes': [models.Index(fields=['project', 'source'], name='commitment_of_source')],
            },
        ),
        migrations.CreateModel(
            name='CostBatch',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('number', models.PositiveIntegerField(verbose_name='number')),
                ('source', models.CharField(max_length=100, verbose_name='source')),
                ('file_name', models.CharField(blank=True, max_length=255, verbose_name='file')),
                ('file_hash', models.CharField(blank=True, max_length=64, verbose_name='checksum of the file')),
                ('rows', models.PositiveIntegerField(verbose_name='rows')),
                ('total', models.DecimalField(decimal_places=2, max_digits=18, verbose_name='total')),
                ('first_on', models.DateField(verbose_name='first date')),
                ('last_on', models.DateField(verbose_name='last date')),
                ('late_rows', models.PositiveIntegerField(default=0, verbose_name='rows after the month was closed')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.project')),
                ('reverses', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversed_by', to='budget.costbatch')),
            ],
            options={
                'ordering': ['-number'],
                'indexes': [models.Index(fields=['project', 'source'], name='cost_batch_of_source')],
                'constraints': [models.UniqueConstraint(fields=('project', 'number'), name='one_cost_batch_number')],
            },
        ),
        migrations.CreateModel(
            name='Cost',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('booked_on', models.DateField(verbose_name='date')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=16, verbose_name='amount without VAT')),
                ('vat', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=16, verbose_name='VAT')),
                ('currency', models.CharField(default='NOK', max_length=3, verbose_name='currency')),
                ('amount_nok', models.DecimalField(decimal_places=2, max_digits=16, verbose_name='amount in kroner')),
                ('text', models.CharField(blank=True, max_length=200, verbose_name='text')),
                ('supplier', models.CharField(blank=True, max_length=200, verbose_name='supplier')),
                ('hours', models.DecimalField(blank=True, decimal_places=2, max_digits=8, null=True, verbose_name='hours')),
                ('source', models.CharField(max_length=100, verbose_name='source')),
                ('external_id', models.CharField(blank=True, max_length=80, verbose_name='number where it comes from')),
                ('is_late', models.BooleanField(default=False, verbose_name='after the month was closed')),
                ('commitment', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='budget.commitment')),
                ('line', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='budget.budgetline')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.project')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='costs', to='budget.costbatch')),
            ],
            options={
                'ordering': ['-booked_on', '-id'],
                'indexes': [models.Index(fields=['project', 'booked_on', 'id'], name='cost_by_date'), models.Index(fields=['line', 'booked_on', 'id'], name='cost_of_line'), models.Index(condition=models.Q(('is_late', True)), fields=['project'], name='late_costs')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('project', 'external_id'), name='one_cost_of_external_id')],
            },
        ),
        migrations.CreateModel(
            name='CostDay',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('day', models.DateField()),
                ('amount', models.DecimalField(decimal_places=2, max_digits=18)),
                ('rows', models.PositiveIntegerField()),
                ('line', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='budget.budgetline')),
                ('project', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.project')),
            ],
            options={
                'indexes': [models.Index(fields=['project', 'day'], name='cost_day_of_project')],
                'constraints': [models.UniqueConstraint(fields=('line', 'day'), name='one_cost_day')],
            },
        ),
        migrations.CreateModel(
            name='CutItem',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('name', models.CharField(max_length=200, verbose_name='what can be cut')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=16, verbose_name='saves')),
                ('decide_by', models.DateField(blank=True, null=True, verbose_name='decide by')),
                ('consequence', models.CharField(blank=True, max_length=500, verbose_name='what is lost')),
                ('state', models.CharField(choices=[('possible', 'Can be cut'), ('made', 'Is cut'), ('passed', 'Too late to cut')], default='possible', max_length=10, verbose_name='state')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.project')),
            ],
            options={
                'ordering': ['decide_by', 'created_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='ExchangeRate',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('currency', models.CharField(max_length=3, verbose_name='currency')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('rate', models.DecimalField(decimal_places=6, max_digits=14, verbose_name='kroner for one')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='where it comes from')),
            ],
            options={
                'ordering': ['currency', '-valid_from'],
                'constraints': [models.UniqueConstraint(fields=('currency', 'valid_from'), name='one_exchange_rate_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Funding',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('name', models.CharField(max_length=200, verbose_name='who pays')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=16, verbose_name='amount')),
                ('received', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=16, verbose_name='received')),
                ('is_agreed', models.BooleanField(default=False, verbose_name='agreed')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='note')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.project')),
            ],
            options={
                'ordering': ['created_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='StagedCosts',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('file_name', models.CharField(max_length=255)),
                ('file_hash', models.CharField(max_length=64)),
                ('content', models.BinaryField()),
                ('mapping', models.JSONField(default=dict)),
                ('report', models.JSONField(default=dict)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('expires_at', models.DateTimeField(db_index=True)),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.project')),
            ],
        ),
        migrations.CreateModel(
            name='VatRate',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('code', models.CharField(max_length=10, verbose_name='VAT code')),
                ('percent', models.DecimalField(decimal_places=2, max_digits=5, verbose_name='percent')),
                ('valid_from', models.DateField(verbose_name='valid from')),
            ],
            options={
                'ordering': ['code', '-valid_from'],
                'constraints': [models.UniqueConstraint(fields=('code', 'valid_from'), name='one_vat_rate_a_day')],
            },
        ),
    ]
