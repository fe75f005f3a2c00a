"""Indicators of benefits across projects: what is to be measured, and what is behind.

Benefits outlive their project, so those of closed projects are here too.
"""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import DateField, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from tospann.benefits.measuring import Measured, reading
from tospann.benefits.models import Indicator, Measurement
from tospann.benefits.queries import OPEN
from tospann.foundation.authority import Actor
from tospann.projects.queries import visible_projects

SOON = timedelta(days=30)
Row = dict[str, Any]


def table(actor: Actor) -> QuerySet[Any, Any]:
    """The indicators of benefits that are not settled, with when each is to be measured next."""
    seen = visible_projects(actor).order_by().values("pk")
    left = Measurement.objects.filter(indicator=OuterRef("pk"), measured_on__isnull=True)
    first = left.order_by("due_on").values("due_on")[:1]
    found = Indicator.objects.filter(project__in=seen, benefit__state__in=OPEN)
    return found.annotate(
        due_on=Subquery(first, output_field=DateField()), full_from=F("benefit__full_from")
    )


def behind(rows: QuerySet[Any, Any], today: date | None = None) -> QuerySet[Any, Any]:
    """Not measured when it should be, or not realised by the day of full effect."""
    now = today or timezone.localdate()
    return rows.filter(Q(due_on__lt=now) | Q(full_from__lt=now))


def due(rows: QuerySet[Any, Any], today: date | None = None) -> QuerySet[Any, Any]:
    """To be measured within a month, or behind."""
    now = today or timezone.localdate()
    return rows.filter(Q(due_on__lte=now + SOON) | Q(full_from__lt=now))


def complete(rows: list[Row]) -> None:
    """Add how far each indicator is on its way (one query)."""
    found = Measurement.objects.filter(indicator__in=[row["pk"] for row in rows])
    by_indicator: dict[UUID, list[Measured]] = defaultdict(list)
    shown = ("moment", "due_on", "value", "measured_on")
    for pk, *values in found.order_by().values_list("indicator_id", *shown):
        by_indicator[pk].append(Measured(*values))
    for row in rows:
        row["reading"] = reading(row["target"], by_indicator[row["pk"]])
        row["is_behind"] = _is_past(row["due_on"]) or _is_past(row["full_from"])


def _is_past(day: date | None) -> bool:
    return day is not None and day < timezone.localdate()
