"""Until which day a project's months are closed, and what stood in the books on a day."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from tospann.budget.models import Accrual, Budget, ClosedMonth, CostDay
from tospann.budget.money import rounded
from tospann.budget.summing import summed
from tospann.foundation.errors import Invalid
from tospann.ui.formats import short_date
from tospann.ui.jinja import language


def last_of(month: date) -> date:
    """The last day of the month that a day lies in."""
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def closed_until(project_id: UUID) -> date | None:
    """The last closed day; None while every month is open."""
    found = ClosedMonth.objects.filter(project_id=project_id).order_by("-month")
    month = found.values_list("month", flat=True).first()
    return None if month is None else last_of(month)


def closed_untils(project_ids: Iterable[UUID]) -> dict[UUID, date]:
    """The last closed day of each of the projects that has one."""
    found = ClosedMonth.objects.filter(project_id__in=list(project_ids)).order_by("month")
    return {project: last_of(month) for project, month in found.values_list("project_id", "month")}


def is_closed(project_id: UUID, day: date) -> bool:
    until = closed_until(project_id)
    return until is not None and day <= until


def require_open(project_id: UUID, latest: date) -> None:
    """Refuse costs booked on such a day, or booked now, after the last day for booking."""
    found = Budget.objects.filter(project_id=project_id, last_booking_on__isnull=False)
    last = found.values_list("last_booking_on", flat=True).first()
    if last is None or max(latest, timezone.localdate()) <= last:
        return
    said = gettext("Costs could be booked until %(day)s. Nothing more is recorded after that day.")
    raise Invalid(said % {"day": short_date(last, language())}, "booked_on")


def costs_until(project_id: UUID, day: date) -> Decimal:
    """All costs booked until the end of a day."""
    found = CostDay.objects.filter(project_id=project_id, day__lte=day)
    return rounded(found.aggregate(all=summed("amount"))["all"])


def accruals_on(project_id: UUID, day: date) -> Decimal:
    """The accruals that stand at the end of a day."""
    stands = Q(released_on=None) | Q(released_on__gt=day)
    found = Accrual.objects.filter(stands, project_id=project_id, booked_on__lte=day)
    return rounded(found.aggregate(all=summed("amount"))["all"])
