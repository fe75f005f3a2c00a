"""The budget as it is, read from the database (three queries)."""

from dataclasses import fields, replace
from uuid import UUID

from tospann.budget.ledger import Ledger, Line, Reserve
from tospann.budget.models import Budget, BudgetLine
from tospann.projects.models import Phase, PhaseState

_FIELDS = [field.name for field in fields(Line)]


def ledger_of(project_id: UUID) -> Ledger:
    """All of a project's budget; an empty one when it has none."""
    rows = BudgetLine.objects.filter(project_id=project_id).order_by("code", "number")
    lines = {row["id"]: Line(**row) for row in rows.values(*_FIELDS)}
    return counted(Budget.objects.filter(project_id=project_id).first(), lines)


def counted(head: Budget | None, lines: dict[UUID, Line]) -> Ledger:
    """The lines with what changes of them count from. A phase that has begun counts anew."""
    if head is None:
        return Ledger(lines)
    manager = Reserve(head.manager_reserve, head.manager_left, head.manager_left_then)
    owner = Reserve(head.owner_reserve, head.owner_left, head.owner_left_then)
    now = Ledger(
        lines,
        manager,
        owner,
        agreed_total=head.agreed_total,
        phase_total=head.phase_total,
        high_total=head.high_total,
        approved_total=head.approved_total,
        is_begun=True,
    )
    return anew(now) if has_moved_on(head) else now


def anew(ledger: Ledger) -> Ledger:
    """Counting from how it is now; while there is no money in it, nothing is agreed."""
    total = ledger.total or None
    counted = replace(ledger, agreed_total=total, phase_total=total, high_total=total)
    if total is None:
        return counted
    return replace(counted, manager=_then(ledger.manager), owner=_then(ledger.owner))


def _then(reserve: Reserve) -> Reserve:
    return replace(reserve, left_then=reserve.left)


def has_moved_on(head: Budget) -> bool:
    """Whether another phase than the one the totals are of is under way."""
    current = current_phase(head.project_id)
    return current is not None and current.position > 1 and current.pk != head.phase_id


def current_phase(project_id: UUID) -> Phase | None:
    begun = Phase.objects.filter(project_id=project_id, state=PhaseState.CURRENT)
    return begun.order_by("-started_at", "-position").first()
