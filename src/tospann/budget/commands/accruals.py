"""What is used before the invoice comes: accruals, and their release."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext

from tospann.budget import closing, posting
from tospann.budget.commands.keeping import Positive
from tospann.budget.models import Accrual, BudgetLine
from tospann.foundation.arguments import Line, OptionalLine
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.foundation.models import AuditEntry
from tospann.foundation.undo import put_back


@command(needs=Power.KEEP_COSTS)
def accrue(
    actor: Actor,
    line: BudgetLine,
    *,
    id: UUID,
    text: Line,
    amount: Positive,
    booked_on: date,
    supplier: OptionalLine = "",
) -> Accrual:
    """Record an accrual"""
    made = Accrual(
        id=id,
        project_id=line.project_id,
        line=line,
        text=text,
        supplier=supplier,
        amount=amount,
        booked_on=booked_on,
        is_late=closing.is_closed(line.project_id, booked_on),
    )
    made.save()
    posting.recount([line])
    return made


@command(needs=Power.KEEP_COSTS)
def release_accrual(actor: Actor, accrual: Accrual, *, released_on: date) -> Accrual:
    """Release an accrual"""
    if accrual.released_on is not None:
        raise Invalid(gettext("This accrual is already released."))
    if released_on < accrual.booked_on:
        raise Invalid(gettext("It cannot be released before it was recorded."), "released_on")
    accrual.released_on = released_on
    accrual.save()
    posting.recount([accrual.line])
    return accrual


@accrue.undo
def _not_accrued(actor: Actor, line: BudgetLine, entry: AuditEntry) -> None:
    put_back(entry.detail.changes or {})
    posting.recount([line])


@release_accrual.undo
def _not_released(actor: Actor, accrual: Accrual, entry: AuditEntry) -> None:
    put_back(entry.detail.changes or {})
    posting.recount([accrual.line])
