"""Reading the decisions the plan waits for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.http import Http404
from django.utils import timezone

from tospann.cases.models import OPEN_STATES, Case, CaseState
from tospann.planning.models import Activity, PendingDecision
from tospann.projects.models import Project

SOON = timedelta(days=7)
FIELDS = (
    "need_by",
    "slip_days",
    "cost_per_week",
    "lead_days",
    "uids",
    "case__number",
    "case__title",
    "case__state",
    "case__deciders",
    "case__need_by",
)


@dataclass(frozen=True)
class Cost:
    """What waiting with a case costs, for a list of cases."""

    need_by: date | None
    slip_days: int
    cost_per_week: Decimal

    @property
    def urgency(self) -> tuple[bool, Decimal, int, date]:
        """Sorts first what costs most now: what is needed within a week, then by the date."""
        soon = self.need_by is not None and self.need_by <= timezone.localdate() + SOON
        cost = (-self.cost_per_week, -self.slip_days) if soon else (Decimal(0), 0)
        return (not soon, *cost, self.need_by or date.max)


def of_cases(projects: Iterable[UUID]) -> dict[tuple[UUID, int], Cost]:
    """What waiting costs, by project and number of the case (one query)."""
    rows = PendingDecision.objects.filter(
        project__in=list(projects), case__state=CaseState.SUBMITTED
    ).values_list("project_id", "case__number", "need_by", "slip_days", "cost_per_week")
    return {
        (project, number): Cost(need_by, slip, cost)
        for project, number, need_by, slip, cost in rows
    }


def pending(project: Project) -> list[dict[str, Any]]:
    """The decisions the plan waits for, the first needed first, with what waits (two queries)."""
    rows = [
        dict(row)
        for row in _open(project)
        .order_by(F("need_by").asc(nulls_last=True), "case__number")
        .values(*FIELDS)
    ]
    wanted = {uid for row in rows for uid in row["uids"]}
    shown = ("uid", "number", "name")
    lines = Activity.objects.filter(project=project, uid__in=wanted) if wanted else ()
    named = {line["uid"]: line for line in (lines.values(*shown) if wanted else ())}  # type: ignore[union-attr]  # a queryset when wanted
    today = timezone.localdate()
    for row in rows:
        row["waits"] = [named[uid] for uid in row["uids"] if uid in named]
        row["is_late"] = row["need_by"] is not None and row["need_by"] < today
    return rows


def _open(project: Project) -> QuerySet[PendingDecision]:
    return PendingDecision.objects.filter(project=project, case__state__in=OPEN_STATES)


def open_case(project: Project, number: int) -> Case:
    """The case, while it is open."""
    found = Case.objects.filter(project=project, number=number, state__in=OPEN_STATES).first()
    if found is None:
        raise Http404
    return found


def waiting(case: Case) -> list[int]:
    """What waits for it, as it was last computed."""
    found = PendingDecision.objects.filter(case=case).values_list("uids", flat=True).first()
    return list(found or ())


def tasks(project: Project, most: int = 1000) -> list[tuple[str, str]]:
    """What can be said to wait: tasks and milestones that are not done."""
    rows = Activity.objects.filter(project=project, is_active=True).exclude(kind="summary")
    open_ = rows.exclude(state="done").order_by("position")
    return [
        (str(uid), f"{number} {name}")
        for uid, number, name in open_.values_list("uid", "number", "name")[:most]
    ]
