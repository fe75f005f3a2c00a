"""Plans from a few plain rows: what template packs, the demo and the quick add begin with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import planengine as engine
from planengine.calendars.norway import norwegian_calendar
from planengine.instants import DAY, HOUR
from tospann.ui.holidays import is_working_day, working_days_between

BEGINS, ENDS = 8 * HOUR, 16 * HOUR
WORKING_DAY = 27_000
"""Seconds of the Norwegian office day of seven and a half hours."""


@dataclass(frozen=True)
class PlannedRow:
    """One row of a plan to be made: a task, a milestone, or a summary when deeper rows follow."""

    name: str
    level: int = 1
    start: date | None = None
    finish: date | None = None
    milestone: bool = False
    responsible: UUID | None = None
    percent: float = 0.0
    notes: str = ""
    after: tuple[int, ...] = field(default=())
    """The rows (counted from 1) that must be finished first."""
    held: bool = True
    """Its own first day binds it, where nothing it waits for does."""


def empty_plan(name: str, start: date, finish: date | None = None) -> engine.Plan:
    """A plan without activities: Norwegian office hours and public holidays."""
    standard = norwegian_calendar(start.year, (finish or start).year + 2)
    return engine.Plan(
        name=name,
        start=engine.day(start) * DAY + BEGINS,
        minutes_per_day=450,
        minutes_per_week=2250,
        calendar=1,
        calendars=(standard,),
    )


def outline_edits(rows: Sequence[PlannedRow], first_uid: int = 1) -> list[dict[str, Any]]:
    """The edits that add these rows, numbered from ``first_uid`` (see ``reserve_uids``)."""
    edits: list[engine.Edit] = []
    above: list[int] = []
    for uid, row in enumerate(rows, first_uid):
        level = min(max(row.level, 1), len(above) + 1)
        del above[level - 1 :]
        edits.append(engine.AddActivity(_activity(uid, row, above[-1] if above else None)))
        above.append(uid)
    edits += _links(rows, first_uid)
    return [engine.edit_to_json(edit) for edit in edits]


def _activity(uid: int, row: PlannedRow, parent: int | None) -> engine.Activity:
    start, finish = span(row.start, row.finish, milestone=row.milestone)
    return engine.Activity(
        uid=uid,
        name=row.name,
        parent=parent,
        milestone=row.milestone,
        duration=0 if row.milestone else duration(row.start, row.finish),
        start=start,
        finish=finish,
        constraint=no_earlier(start) if row.held and not row.after else None,
        responsible=str(row.responsible) if row.responsible else None,
        notes=row.notes,
        progress=_progress(row, start, finish),
    )


def no_earlier(start: int | None) -> engine.Constraint | None:
    """A day somebody has said binds the schedule, and is seen to."""
    if start is None:
        return None
    return engine.Constraint(engine.ConstraintKind.START_NO_EARLIER_THAN, start)


def _progress(row: PlannedRow, start: int | None, finish: int | None) -> engine.Progress:
    if not row.percent:
        return engine.NOT_STARTED
    ended = finish if row.percent >= 100 else None
    return engine.Progress(percent=row.percent, actual_start=start, actual_finish=ended)


def _links(rows: Sequence[PlannedRow], first_uid: int) -> Iterable[engine.Edit]:
    for uid, row in enumerate(rows, first_uid):
        for number in row.after:
            yield engine.AddLink(engine.Link(first_uid + number - 1, uid))


def span(
    start: date | None, finish: date | None, *, milestone: bool
) -> tuple[int | None, int | None]:
    """Days as instants of the office day; a milestone is one moment at the end of its day."""
    if milestone:
        day = finish or start
        moment = None if day is None else engine.day(day) * DAY + ENDS
        return moment, moment
    return (
        None if start is None else engine.day(start) * DAY + BEGINS,
        None if finish is None else engine.day(finish) * DAY + ENDS,
    )


def duration(start: date | None, finish: date | None) -> int:
    """Seconds of work from the first day to the last, both included; a day when not known."""
    if start is None or finish is None or finish < start:
        return WORKING_DAY
    days = working_days_between(start, finish) + is_working_day(finish)
    return max(days, 1) * WORKING_DAY
