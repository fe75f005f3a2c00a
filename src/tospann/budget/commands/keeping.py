"""What the commands share: their arguments, the head, and what is looked up and put right."""

from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext
from pydantic import Field, StringConstraints

from tospann.budget.models import Budget, BudgetLine
from tospann.budget.reading import anew, current_phase, has_moved_on, ledger_of
from tospann.foundation.authority import RANK, Actor, Role
from tospann.foundation.errors import Invalid
from tospann.projects.models import Phase

Amount = Annotated[Decimal, Field(ge=0, max_digits=16, decimal_places=2)]
Positive = Annotated[Decimal, Field(gt=0, max_digits=16, decimal_places=2)]
Code = Annotated[str, StringConstraints(strip_whitespace=True, max_length=20)]
Uid = Annotated[int, Field(ge=1, le=2_147_483_647)]
TOO_MUCH = Decimal(100000000000000)


def head_of(project_id: UUID) -> Budget:
    """The budget to be changed, counting from the phase that is under way."""
    head = Budget.objects.filter(project_id=project_id).first()
    if head is None:
        raise Invalid(gettext("The project has no budget yet. Start it first."))
    if has_moved_on(head):
        _count_anew(head)
    return head


def agreed_head_of(project_id: UUID) -> Budget:
    """The budget, once there is something to release from."""
    head = head_of(project_id)
    if head.phase_total is None:
        raise Invalid(gettext("Approve the budget first. Until then, change the reserve itself."))
    return head


def _count_anew(head: Budget) -> None:
    counted = anew(ledger_of(head.project_id))
    head.phase = current_phase(head.project_id)
    head.agreed_total, head.high_total = counted.agreed_total, counted.high_total
    head.phase_total = counted.phase_total
    head.manager_left_then = counted.manager.left_then
    head.owner_left_then = counted.owner.left_then


def settle(actor: Actor, head: Budget) -> None:
    """Save the head after a change; a decision is an agreement on how it is now."""
    now = ledger_of(head.project_id)
    if abs(now.planned) >= TOO_MUCH:
        raise Invalid(gettext("This is more money than can be kept."), "amount")
    total = now.planned + head.manager_left + head.owner_left
    if actor.mandate is not None and head.agreed_total is not None:
        head.agreed_total = total
    if head.high_total is not None and decides_as_owner(actor, head.project_id):
        head.high_total = total
    head.save()


def next_line(head: Budget) -> int:
    """Lines are numbered within the budget, and no number is used twice."""
    head.lines_made += 1
    return head.lines_made


def decides_as_owner(actor: Actor, project_id: UUID) -> bool:
    """Whether what she does is agreed to by somebody as high as the owner."""
    highest = max((RANK.get(role, 0) for role in actor.roles_in(project_id)), default=0)
    return actor.kind == "system" or highest >= RANK[Role.OWNER]


def phase_of(project_id: UUID, phase: UUID | None) -> UUID | None:
    if phase is not None and not Phase.objects.filter(project_id=project_id, pk=phase).exists():
        raise Invalid(gettext("There is no such phase in this project."), "phase")
    return phase


def check_dates(starts_on: date | None, ends_on: date | None) -> None:
    if (starts_on is None) != (ends_on is None):
        raise Invalid(
            gettext("Give both dates, or neither."), "ends_on" if starts_on else "starts_on"
        )
    if starts_on and ends_on and ends_on < starts_on:
        raise Invalid(gettext("The end date is before the start date."), "ends_on")


def other_line(line: BudgetLine, to: UUID) -> BudgetLine:
    found = BudgetLine.objects.filter(project_id=line.project_id, pk=to).first()
    if found is None or found.pk == line.pk:
        raise Invalid(gettext("Choose another line of this budget."), "to")
    return found
