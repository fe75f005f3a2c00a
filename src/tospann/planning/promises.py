"""What the plan says of promises: when it finishes what a promise depends on."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import F

from tospann.planning.models import Activity, Kind, State
from tospann.stakeholders.promises import PlanDate
from tospann.ui.jinja import maybe_url

MOST_OFFERED = 300


def plan_dates(project_id: UUID, uids: Collection[int] | None) -> Mapping[int, PlanDate]:
    """These activities' dates; without uids, what is worth tying a promise to: one query.

    Offered are milestones that are not reached, by date; in a plan without them, open tasks.
    """
    rows = Activity.objects.filter(project=project_id, is_active=True)
    if uids is not None:
        return _dates(rows.filter(uid__in=uids).values_list(*_NAMES))
    is_open = rows.exclude(state=State.DONE).exclude(kind=Kind.SUMMARY)
    ordered = is_open.order_by("kind", F("finish").asc(nulls_last=True), "position")
    return _dates(ordered.values_list(*_NAMES)[:MOST_OFFERED])


_NAMES = ("uid", "number", "name", "finish", "state", "project__key")


def _dates(rows: Iterable[Any]) -> dict[int, PlanDate]:
    return {
        uid: PlanDate(
            f"{number} {name}", finish, state == State.DONE, maybe_url("plan_task", key, uid) or ""
        )
        for uid, number, name, finish, state, key in rows
    }
