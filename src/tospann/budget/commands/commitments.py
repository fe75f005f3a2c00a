"""What is ordered: commitments on budget lines, by hand or from contracts."""

from datetime import date
from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext
from pydantic import StringConstraints

from tospann.budget import posting
from tospann.budget.commands.keeping import Amount
from tospann.budget.models import BudgetLine, Commitment
from tospann.foundation.arguments import Line, OptionalLine
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.foundation.models import AuditEntry
from tospann.foundation.undo import put_back

SourceOf = Annotated[
    str, StringConstraints(pattern=r"^([a-z_]{1,40}\.[a-z_]{1,40}:[0-9a-f-]{32,36})?$")
]


@command(needs=Power.KEEP_COSTS)
def commit(
    actor: Actor,
    line: BudgetLine,
    *,
    id: UUID,
    text: Line,
    amount: Amount,
    supplier: OptionalLine = "",
    due_on: date | None = None,
    source: SourceOf = "",
) -> Commitment:
    """Record a commitment"""
    made = Commitment(
        id=id,
        project_id=line.project_id,
        line=line,
        text=text,
        amount=amount,
        supplier=supplier,
        due_on=due_on,
        source=source,
    )
    made.save()
    posting.recount([line])
    return made


@command(needs=Power.KEEP_COSTS)
def change_commitment(
    actor: Actor,
    commitment: Commitment,
    *,
    text: Line,
    amount: Amount,
    supplier: OptionalLine = "",
    due_on: date | None = None,
    is_closed: bool = False,
) -> Commitment:
    """Change a commitment"""
    if amount < commitment.used:
        raise Invalid(gettext("More than that is already used of it."), "amount")
    commitment.text, commitment.amount, commitment.supplier = text, amount, supplier
    commitment.due_on, commitment.is_closed = due_on, is_closed
    commitment.save()
    posting.recount([commitment.line])
    return commitment


@commit.undo
def _not_committed(actor: Actor, line: BudgetLine, entry: AuditEntry) -> None:
    put_back(entry.detail.changes or {})
    posting.recount([line])


@change_commitment.undo
def _as_before(actor: Actor, commitment: Commitment, entry: AuditEntry) -> None:
    put_back(entry.detail.changes or {})
    posting.recount([commitment.line])
