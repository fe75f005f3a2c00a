"""Closing a month, and booking for good: what comes after is marked, or refused."""

from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext

from tospann.budget import closing
from tospann.budget.models import Budget, ClosedMonth
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.projects.models import Project


@command(needs=Power.CLOSE_MONTH)
def close_month(actor: Actor, project: Project, *, id: UUID, month: date) -> ClosedMonth:
    """Close a month"""
    first = month.replace(day=1)
    until = closing.closed_until(project.pk)
    if first > timezone.localdate():
        raise Invalid(gettext("A month that has not begun cannot be closed."), "month")
    if until is not None and first <= until:
        raise Invalid(gettext("This month is already closed."), "month")
    last = closing.last_of(first)
    closed = ClosedMonth(
        id=id,
        project=project,
        month=first,
        costs=closing.costs_until(project.pk, last),
        accruals=closing.accruals_on(project.pk, last),
        person_id=actor.person_id,
    )
    closed.save()
    return closed


@command(needs=Power.CLOSE_MONTH, undoable=False)
def reopen_month(actor: Actor, closed: ClosedMonth) -> None:
    """Reopen the last closed month"""
    later = ClosedMonth.objects.filter(project_id=closed.project_id, month__gt=closed.month)
    if later.exists():
        raise Invalid(gettext("A later month is closed. Reopen that one first."))
    closed.delete()


@command(needs=Power.CLOSE_MONTH)
def set_last_booking(actor: Actor, budget: Budget, *, last_on: date | None = None) -> Budget:
    """Set the last day for booking costs

    From the day after, no cost is recorded in the project. Without a day, booking is open again.
    """
    budget.last_booking_on = last_on
    budget.save()
    return budget
