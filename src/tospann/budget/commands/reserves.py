"""Starting and approving the budget, and its two reserves."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext
from pydantic import BaseModel, ConfigDict, Field

from tospann.budget import limits
from tospann.budget.commands import keeping
from tospann.budget.commands.keeping import Amount, Code, Positive
from tospann.budget.models import Budget, BudgetLine
from tospann.budget.reading import current_phase, ledger_of
from tospann.foundation.arguments import Line, OptionalText
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.foundation.ids import new_id
from tospann.foundation.records import save_all
from tospann.projects import commands as projects
from tospann.projects.models import Project

MODULE = "money"


class FirstLine(BaseModel):
    """A line the budget begins with."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Line
    code: Code = ""
    amount: Amount = Decimal(0)
    phase: UUID | None = None
    is_running: bool = False


FirstLines = Annotated[list[FirstLine], Field(max_length=500)]


@command(needs=Power.EDIT_BUDGET, kind="budget", undoable=False)
def start_budget(
    actor: Actor,
    project: Project,
    *,
    id: UUID,
    lines: FirstLines | None = None,
    manager_reserve: Amount = Decimal(0),
    owner_reserve: Amount = Decimal(0),
) -> Budget:
    """Start the budget"""
    if Budget.objects.filter(project=project).exists():
        raise Invalid(gettext("The project already has a budget."))
    head = Budget(
        id=id,
        project=project,
        manager_reserve=manager_reserve,
        owner_reserve=owner_reserve,
        phase=current_phase(project.pk),
        lines_made=len(lines or []),
    )
    head.save()
    save_all(_first(project, lines or []))
    if project.modules and MODULE not in project.modules:
        projects.set_modules(actor, project, modules=[*project.modules, MODULE])
    return head


def _first(project: Project, lines: Sequence[FirstLine]) -> list[BudgetLine]:
    return [
        BudgetLine(
            id=new_id(),
            project=project,
            number=number,
            code=line.code,
            name=line.name,
            amount=line.amount,
            phase_id=keeping.phase_of(project.pk, line.phase),
            is_running=line.is_running,
        )
        for number, line in enumerate(lines, 1)
    ]


@command(needs=Power.CHANGE_BASELINE, kind="baseline")
def approve_budget(actor: Actor, budget: Budget) -> Budget:
    """Approve the budget"""
    head = keeping.head_of(budget.project_id)
    for line in BudgetLine.objects.filter(project_id=head.project_id):
        if line.approved != line.amount:
            line.approved = line.amount
            line.save()
    now = ledger_of(head.project_id)
    head.approved_total = now.total
    head.agreed_total = head.phase_total = now.total
    if head.high_total is None or keeping.decides_as_owner(actor, head.project_id):
        head.high_total = now.total
    head.manager_left_then, head.owner_left_then = head.manager_left, head.owner_left
    head.approved_at, head.phase = timezone.now(), current_phase(head.project_id)
    head.save()
    return head


@command(needs=Power.EDIT_BUDGET, kind="budget", measures=limits.of("budget.set_reserves"))
def set_reserves(
    actor: Actor, budget: Budget, *, manager_reserve: Amount, owner_reserve: Amount
) -> Budget:
    """Set the reserves"""
    head = keeping.head_of(budget.project_id)
    if manager_reserve < head.manager_released:
        raise Invalid(gettext("More than that is already released."), "manager_reserve")
    if owner_reserve < head.owner_released:
        raise Invalid(gettext("More than that is already released."), "owner_reserve")
    head.manager_reserve, head.owner_reserve = manager_reserve, owner_reserve
    keeping.settle(actor, head)
    return head


@command(
    needs=Power.RELEASE_RESERVE,
    kind="budget",
    measures=limits.of("budget.release_managers_reserve"),
)
def release_managers_reserve(
    actor: Actor, line: BudgetLine, *, amount: Positive, reason: OptionalText = ""
) -> BudgetLine:
    """Release some of the manager's reserve"""
    head = keeping.agreed_head_of(line.project_id)
    if amount > head.manager_left:
        raise Invalid(gettext("There is less than that left of the reserve."), "amount")
    head.manager_released += amount
    return _given_to(actor, head, line, amount)


@command(
    needs=Power.RELEASE_OWNERS_RESERVE,
    kind="budget",
    measures=limits.of("budget.release_owners_reserve"),
)
def release_owners_reserve(
    actor: Actor, line: BudgetLine, *, amount: Positive, reason: OptionalText = ""
) -> BudgetLine:
    """Release some of the owner's reserve"""
    head = keeping.agreed_head_of(line.project_id)
    if amount > head.owner_left:
        raise Invalid(gettext("There is less than that left of the reserve."), "amount")
    head.owner_released += amount
    return _given_to(actor, head, line, amount)


def _given_to(actor: Actor, head: Budget, line: BudgetLine, amount: Decimal) -> BudgetLine:
    line.amount += amount
    line.save()
    keeping.settle(actor, head)
    return line
