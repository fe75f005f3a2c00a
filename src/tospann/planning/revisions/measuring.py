"""Which baseline a reader measures the plan against: hers until she chooses another."""

from collections.abc import Iterable
from typing import Any

from tospann.planning import baselines
from tospann.planning.baselines import Baseline
from tospann.planning.models import Plan
from tospann.planning.projection import day_of, working_days
from tospann.planning.queries import Row
from tospann.projects.pages import ProjectRequest

_KEPT = "baselines"


def chosen(request: ProjectRequest, head: Plan) -> Baseline | None:
    """The baseline named in the address, else the one she chose last, else the one in force."""
    key = str(head.pk)
    mine: dict[str, str] = request.session.get(_KEPT, {})
    asked = baselines.called(head, request.GET.get("baseline", ""))
    if asked is not None and mine.get(key) != asked.key:
        request.session[_KEPT] = {**mine, key: asked.key}
    return asked or baselines.called(head, mine.get(key, "")) or baselines.in_force(head)


def shown(request: ProjectRequest, head: Plan) -> dict[str, Any]:
    """What a page needs to say what the plan is measured against, and let another be chosen."""
    return {"against": chosen(request, head), "baselines": baselines.all_of(head)}


def beside(head: Plan, rows: Iterable[Row], against: Baseline | None) -> list[Row]:
    """The rows with the frozen dates of that baseline, and how far each finish is from it."""
    found = list(rows)
    if against is not None and against != baselines.in_force(head):
        frozen = baselines.dates(head, against)
        for row in found:
            was = frozen.get(row["uid"])
            row["baseline_start"] = day_of(was.start) if was else None
            row["baseline_finish"] = day_of(was.finish) if was else None
    for row in found:
        row["drift"] = working_days(row["baseline_finish"], row["finish"])
    return found
