"""What has been used, and what it is expected to end at: facts, recorded at once."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import timezone

from tospann.budget import closing, posting
from tospann.budget.commands.keeping import Amount
from tospann.budget.models import BudgetLine, Cost
from tospann.budget.money import ZERO
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.foundation.ids import new_id
from tospann.foundation.models import AuditEntry
from tospann.foundation.undo import put_back

REPORTED = "reported"


@command(needs=Power.KEEP_COSTS)
def report_cost(
    actor: Actor, line: BudgetLine, *, spent: Amount, forecast: Amount | None = None
) -> BudgetLine:
    """Report what a budget line has cost"""
    _level(actor, line, spent)
    line.forecast, line.costed_at = forecast, timezone.now()
    line.save()
    return line


def _level(actor: Actor, line: BudgetLine, spent: Decimal) -> None:
    """A cost for the difference, so that the line has cost what is said."""
    if more := spent - line.spent:
        until = closing.closed_until(line.project_id)
        known = posting.Book(line.project_id, {line.pk: line}, closed_until=until)
        row = posting.Row(line.pk, timezone.localdate(), more, vat=ZERO)
        posting.post(actor, known, new_id(), REPORTED, [known.cost(row, REPORTED)])


@report_cost.undo
def _as_before(actor: Actor, line: BudgetLine, entry: AuditEntry) -> None:
    """The forecast is put back; the cost stays, with its opposite beside it."""
    changes: dict[str, Any] = entry.detail.changes or {}
    batches = [UUID(key.partition(":")[2]) for key in changes if key.startswith(_BATCH)]
    put_back({key: one for key, one in changes.items() if not key.startswith(_BATCH)})
    for one in Cost.objects.filter(batch_id__in=batches):
        fresh = BudgetLine.objects.get(pk=line.pk)
        _level(actor, fresh, fresh.spent - one.amount_nok)


_BATCH = "budget.costbatch:"
