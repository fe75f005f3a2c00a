"""Everything somebody is responsible for in the plans of all her projects, by when it is due."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from tospann.foundation.authority import Actor, Power, rule
from tospann.planning.queries import Row, tasks_of
from tospann.projects.queries import visible_projects

MOST = 300


@dataclass(frozen=True)
class Group:
    """Tasks that are due in the same period."""

    key: str
    title: str
    rows: list[Row]


def groups(actor: Actor, today: date | None = None) -> list[Group]:
    """Late, this week, next week, later, and without a date; two queries."""
    if actor.person_id is None:
        return []
    now = today or timezone.localdate()
    seen = visible_projects(actor).values_list("pk", flat=True)
    rows = tasks_of(actor.person_id, projects=seen, limit=MOST)
    may = _reportable(actor, {row["project_id"] for row in rows})
    by: dict[str, list[Row]] = {key: [] for key, _title in _titles()}
    for row in rows:
        by[_when(row, now)].append({**row, "may_report": row["project_id"] in may})
    return [Group(key, title, by[key]) for key, title in _titles() if by[key]]


def _reportable(actor: Actor, projects: set[UUID]) -> set[UUID]:
    return {one for one in projects if rule(actor, Power.REPORT_PROGRESS, one).may_decide}


def _when(row: Row, today: date) -> str:
    sunday = today + timedelta(days=6 - today.weekday())
    if row["finish"] is None:
        return "undated"
    if row["is_late"]:
        return "late"
    if row["finish"] <= sunday:
        return "week"
    return "next" if row["finish"] <= sunday + timedelta(days=7) else "later"


def _titles() -> list[tuple[str, str]]:
    return [
        ("late", _("Late")),
        ("week", _("This week")),
        ("next", _("Next week")),
        ("later", _("Later")),
        ("undated", _("Without a date")),
    ]
