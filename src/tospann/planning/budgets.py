"""What the plan tells the budget: when a task is, and what it is called."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from tospann.budget.sources import PlanSource, Span
from tospann.planning.models import Activity


def _dates(project: UUID, uids: Iterable[int]) -> Mapping[int, Span]:
    found = Activity.objects.filter(
        project_id=project, uid__in=list(uids), start__isnull=False, finish__isnull=False
    )
    return {
        uid: (start, finish)
        for uid, start, finish in found.values_list("uid", "start", "finish")
        if start and finish and start <= finish
    }


def _names(project: UUID, most: int) -> list[tuple[int, str]]:
    listed = Activity.objects.filter(project_id=project, is_active=True).order_by("position")
    rows = listed.values_list("uid", "number", "name")[:most]
    return [(uid, f"{number} {name}") for uid, number, name in rows]


def _name(project: UUID, uid: int) -> str:
    found = Activity.objects.filter(project_id=project, uid=uid)
    return next((f"{n} {name}" for n, name in found.values_list("number", "name")), "")


SOURCE = PlanSource(_dates, _names, _name)
