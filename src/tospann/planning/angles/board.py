"""The plan as a board: what has not begun, what is under way, what is done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

import planengine as engine
from planengine.instants import DAY
from tospann.foundation.authority import Actor
from tospann.planning.models import Activity, Kind, Plan, State
from tospann.planning.projection import day_of
from tospann.planning.queries import COLUMNS, Row, shown
from tospann.planning.revisions import past
from tospann.planning.store import Loaded

MOST = 40
"""Cards in a column; the rest is in the list."""
REOPENED = 50.0
"""What is noted of a task that was done and is under way again, until somebody says better."""


@dataclass(frozen=True)
class Column:
    """A state with its cards: those due first, or finished last, at the top."""

    state: State
    total: int
    cards: list[Row]


def columns(actor: Actor, head: Plan, *, mine: bool, under: str = "") -> list[Column]:
    """The three columns: four queries, however long the plan is."""
    rows = Activity.objects.filter(project=head.project_id, is_active=True)
    rows = rows.exclude(kind=Kind.SUMMARY)
    if mine:
        rows = rows.filter(responsible=actor.person_id)
    if under:
        rows = rows.filter(number__startswith=f"{under}.")
    counts = rows.aggregate(**{str(state): Count("pk", filter=Q(state=state)) for state in State})
    return [Column(state, counts[str(state)], list(_cards(rows, state))) for state in State]


def columns_then(loaded: Loaded, day: date, *, of: UUID | None, under: str = "") -> list[Column]:
    """The same of a plan as it was."""
    rows = [
        row
        for row in loaded.rows.values()
        if row.is_active
        and row.kind != Kind.SUMMARY
        and of in {None, row.responsible_id}
        and row.number.startswith(f"{under}." if under else "")
    ]
    rows.sort(key=lambda row: row.finish or date.max)
    found = []
    for state in State:
        here = [row for row in rows if row.state == state]
        here = here[::-1] if state == State.DONE else here
        found.append(Column(state, len(here), past.shown(here[:MOST], day)))
    return found


def _cards(rows: QuerySet[Activity], state: State) -> Iterable[Row]:
    by_date = F("finish").desc(nulls_last=True) if state == State.DONE else F("finish").asc(
        nulls_last=True
    )  # fmt: skip
    found = rows.filter(state=state).order_by(by_date, "position")
    return shown(found.values(*COLUMNS)[:MOST])


def phases(head: Plan) -> list[tuple[str, str]]:
    """The outermost summaries, to choose among: one query."""
    rows = Activity.objects.filter(project=head.project_id, kind=Kind.SUMMARY, level=1)
    return list(rows.order_by("position").values_list("number", "name")[:100])


def facts(one: engine.Activity, to: State, today: date | None = None) -> dict[str, Any]:
    """What moving a card to a column reports: the arguments of ``report_progress``."""
    now = today or timezone.localdate()
    begun, before = one.progress.actual_start, one.progress.percent
    if to == State.NOT_STARTED:
        return {"percent": 0, "actual_start": None, "actual_finish": None}
    if to == State.DONE:
        begun_on = min(now, engine.date_of(begun // DAY)) if begun is not None else None
        return {"percent": 100, "actual_start": begun_on, "actual_finish": now}
    if before >= 100:
        return {"percent": REOPENED, "actual_start": day_of(begun), "actual_finish": None}
    return {"percent": before, "actual_start": day_of(begun) or now, "actual_finish": None}
