"""The measures of a change of money, which the authority matrix sets limits on.

They are counted from what was agreed, so that a change cannot be split up to stay under a limit:
``cost_change`` from the last approval, decision (before an owner's limit: an owner's) or start of
a phase, ``cumulative_cost_change`` from the last approval or start of a phase, whatever was
decided on the way. What is moved between
lines, or released of a reserve, is inside the frame and increases nothing. Before anything is
agreed there is nothing to exceed.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tospann.budget.ledger import STEPS, ZERO, Ledger, Reserve
from tospann.budget.models import BudgetLine
from tospann.budget.reading import ledger_of
from tospann.budget.trying import tried
from tospann.foundation.authority import RANK, Role, at_rank, measure
from tospann.foundation.commands import Operation

Measured = Mapping[str, Decimal]


OWNERS_RANK = RANK[Role.OWNER]


def increase(ledger: Ledger) -> Decimal:
    return ZERO if ledger.agreed_total is None else ledger.total - ledger.agreed_total


def increase_by_others(ledger: Ledger) -> Decimal:
    """Since somebody as high as the owner last decided: what lower deciders let through."""
    return ZERO if ledger.high_total is None else ledger.total - ledger.high_total


def increase_in_phase(ledger: Ledger) -> Decimal:
    return ZERO if ledger.phase_total is None else ledger.total - ledger.phase_total


def _counted(now: Decimal, step: Decimal) -> Decimal:
    """What it becomes when this adds to it; what is given back needs nobody's leave."""
    return now + step if step > 0 else step


def released(reserve: Reserve) -> Decimal:
    return max(reserve.released_in_phase, ZERO)


def percent_left(ledger: Ledger) -> Decimal:
    aside = ledger.manager.set_aside + ledger.owner.set_aside
    return (100 * ledger.left / aside).quantize(Decimal("0.1")) if aside > 0 else Decimal(100)


COST = measure("cost_change", _("the cost increase"), "NOK").key
COST_IN_PHASE = measure(
    "cumulative_cost_change", _("the total cost increase in the phase"), "NOK"
).key
MANAGERS = measure(
    "manager_reserve_released", _("what is released of the manager's reserve"), "NOK"
).key
OWNERS = measure("owner_reserve_released", _("what is released of the owner's reserve"), "NOK").key
LEFT = measure("contingency_left_percent", _("the contingency left"), "percent").key


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
    before = ledger_of(project_id)
    return between(before, tried(before, operations))


def between(before: Ledger, after: Ledger) -> Measured:
    """What becomes of the frame and the reserves. Before anything is agreed: nothing."""
    if before.phase_total is None:
        return dict.fromkeys((COST, COST_IN_PHASE, MANAGERS, OWNERS), ZERO)  # nothing to exceed
    more = after.total - before.total
    found = {
        COST: _counted(increase(before), more),
        at_rank(COST, OWNERS_RANK): _counted(increase_by_others(before), more),
        COST_IN_PHASE: _counted(increase_in_phase(before), more),
        MANAGERS: _counted(released(before.manager), before.manager.left - after.manager.left),
        OWNERS: _counted(released(before.owner), before.owner.left - after.owner.left),
    }
    if after.left < before.left:
        found[LEFT] = percent_left(after)
    return found
