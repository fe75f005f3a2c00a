"""Adding, changing and removing budget lines, and moving money between them."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext

from tospann.budget import limits
from tospann.budget.commands import keeping
from tospann.budget.commands.keeping import Amount, Code, Positive, Uid
from tospann.budget.models import BudgetLine
from tospann.foundation.arguments import Line, OptionalText
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.projects.models import Project


@command(needs=Power.EDIT_BUDGET, kind="budget", measures=limits.of("budget.add_line"))
def add_line(
    actor: Actor,
    project: Project,
    *,
    id: UUID,
    name: Line,
    amount: Amount,
    code: Code = "",
    phase: UUID | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    activity_uid: Uid | None = None,
    is_running: bool = False,
) -> BudgetLine:
    """Add a budget line"""
    head = keeping.head_of(project.pk)
    keeping.check_dates(starts_on, ends_on)
    line = BudgetLine(
        id=id,
        project=project,
        number=keeping.next_line(head),
        code=code,
        name=name,
        amount=amount,
        phase_id=keeping.phase_of(project.pk, phase),
        starts_on=starts_on,
        ends_on=ends_on,
        activity_uid=activity_uid,
        is_running=is_running,
    )
    line.save()
    keeping.settle(actor, head)
    return line


@command(needs=Power.EDIT_BUDGET, kind="budget", measures=limits.of("budget.change_line"))
def change_line(
    actor: Actor,
    line: BudgetLine,
    *,
    name: Line,
    amount: Amount,
    code: Code = "",
    phase: UUID | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    activity_uid: Uid | None = None,
    is_running: bool = False,
) -> BudgetLine:
    """Change a budget line"""
    head = keeping.head_of(line.project_id)
    keeping.check_dates(starts_on, ends_on)
    line.code, line.name, line.amount = code, name, amount
    line.phase_id = keeping.phase_of(line.project_id, phase)
    line.starts_on, line.ends_on, line.activity_uid = starts_on, ends_on, activity_uid
    line.is_running = is_running
    line.save()
    keeping.settle(actor, head)
    return line


@command(needs=Power.EDIT_BUDGET, kind="budget", measures=limits.of("budget.remove_line"))
def remove_line(actor: Actor, line: BudgetLine) -> None:
    """Remove a budget line"""
    head = keeping.head_of(line.project_id)
    if line.spent:
        raise Invalid(gettext("Money has been used on this line, so it stays."))
    line.delete()
    keeping.settle(actor, head)


@command(needs=Power.EDIT_BUDGET, kind="budget", measures=limits.of("budget.move_money"))
def move_money(
    actor: Actor, line: BudgetLine, *, to: UUID, amount: Positive, reason: OptionalText = ""
) -> BudgetLine:
    """Move money to another budget line"""
    head = keeping.head_of(line.project_id)
    other = keeping.other_line(line, to)
    if amount > line.amount:
        raise Invalid(gettext("There is less than that on the line."), "amount")
    line.amount -= amount
    other.amount += amount
    line.save()
    other.save()
    keeping.settle(actor, head)
    return line
