"""The measures of a change of money, which the authority matrix sets limits on.

They are counted from what was agreed, so that a change cannot be split up to stay under a limit:
``cost_change`` from the last approval, decision or start of a phase, ``cumulative_cost_change``
from the last approval or start of a phase, whatever was decided on the way. What is moved between
lines, or released of a reserve, is inside the frame and increases nothing. Before anything is
agreed there is nothing to exceed.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tospann.budget.ledger import STEPS, Ledger, Reserve
from tospann.budget.models import BudgetLine
from tospann.budget.reading import ledger_of
from tospann.foundation.authority import measure
from tospann.foundation.commands import Operation

COST = measure("cost_change", _("the cost increase"), "NOK").key
COST_IN_PHASE = measure(
    "cumulative_cost_change", _("the total cost increase in the phase"), "NOK"
).key
LEFT = measure("contingency_left_percent", _("the contingency left"), "percent").key
MANAGERS = measure(
    "manager_reserve_released", _("what is released of the manager's reserve"), "NOK"
).key
OWNERS = measure("owner_reserve_released", _("what is released of the owner's reserve"), "NOK").key
Measured = Mapping[str, Decimal]


def of(command: str) -> Callable[[Any, Any], Measured]:
    """The measures of a command of this capability, by its name."""

    def measured(subject: Any, arguments: Any) -> Measured:
        before = ledger_of(subject.project_id)
        line = subject.pk if isinstance(subject, BudgetLine) else None
        given = {name: getattr(arguments, name) for name in type(arguments).model_fields}
        return between(before, STEPS[command](before, line, given))

    return measured


def of_all(project_id: UUID, operations: Sequence[Operation]) -> Measured:
    """The measures of several operations taken together: what one would be, had it done it all."""
    from tospann.budget.trying import tried

    before = ledger_of(project_id)
    return between(before, tried(before, operations))


def between(before: Ledger, after: Ledger) -> Measured:
    """What becomes of the frame and the reserves."""
    found = {
        COST: _increase(before.total, after.total, before.agreed_total),
        COST_IN_PHASE: _increase(before.total, after.total, before.phase_total),
        MANAGERS: _released(before.manager, after.manager),
        OWNERS: _released(before.owner, after.owner),
    }
    aside = after.manager.set_aside + after.owner.set_aside
    if before.phase_total is not None and aside > 0 and after.left < before.left:
        found[LEFT] = (100 * after.left / aside).quantize(Decimal("0.1"))
    return found


def _increase(before: Decimal, after: Decimal, agreed: Decimal | None) -> Decimal:
    """From what was agreed, when this adds to it; a saving is just that."""
    if agreed is None:
        return Decimal(0)
    return after - agreed if after > before else after - before


def _released(before: Reserve, after: Reserve) -> Decimal:
    if before.left_then is None or after.left >= before.left:
        return Decimal(0)
    return max(before.left, before.left_then) - after.left
