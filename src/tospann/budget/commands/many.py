"""Changing several budget lines in one act: what a workbook brings back."""

from datetime import date
from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext
from pydantic import Field

from tospann.budget import limits
from tospann.budget.commands import keeping
from tospann.budget.commands.keeping import Amount, Code
from tospann.budget.models import Budget, BudgetLine
from tospann.budget.money import NOK
from tospann.foundation.arguments import Arguments, Line
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid, Stale

MOST = 2_000


class LineAsIs(Arguments):
    """A line as it is to be; ``version`` is the one it was read at, nothing for a new line."""

    id: UUID
    version: int | None = None
    code: Code = ""
    name: Line
    amount: Amount
    starts_on: date | None = None
    ends_on: date | None = None


Lines = Annotated[list[LineAsIs], Field(min_length=1, max_length=MOST)]


@command(needs=Power.EDIT_BUDGET, kind="budget", measures=limits.of("budget.change_lines"))
def change_lines(actor: Actor, budget: Budget, *, lines: Lines) -> Budget:
    """Change several budget lines"""
    head = keeping.head_of(budget.project_id)
    wanted = {row.id for row in lines}
    if len(wanted) < len(lines):
        raise Invalid(gettext("A line is there twice."), "lines")
    known = {one.pk: one for one in BudgetLine.objects.filter(project_id=head.project_id)}
    for row in lines:
        _write(head, row, known.get(row.id))
    keeping.settle(actor, head)
    return head


def _write(head: Budget, row: LineAsIs, line: BudgetLine | None) -> None:
    keeping.check_dates(row.starts_on, row.ends_on)
    if row.version is None and line is None:
        number = keeping.next_line(head)
        line = BudgetLine(id=row.id, project_id=head.project_id, number=number)
    elif line is None or line.version != row.version:
        raise Stale(row.name)
    elif line.currency != NOK and line.amount != row.amount:
        said = gettext("“%(line)s” is in another currency: change its amount on its own page.")
        raise Invalid(said % {"line": line.name}, "lines")
    line.code, line.name, line.amount = row.code, row.name, row.amount
    line.starts_on, line.ends_on = row.starts_on, row.ends_on
    line.save()
