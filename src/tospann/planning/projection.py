"""From a plan to the rows people list and filter. Pure: what is written where is ``store``'s."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from planengine import Activity, ActivityKind, Outline, Plan, date_of, outline_numbers, roll_up
from planengine.instants import DAY
from tospann.planning.models import Kind, State
from tospann.ui.holidays import working_days_between

Marks = dict[str, Any]
"""What people are promised: ``{"finish": iso date or None, "milestones": {uid: iso date}}``."""


class Row(NamedTuple):
    """The columns of one activity, except its place and its content."""

    uid: int
    parent_uid: int | None
    number: str
    level: int
    name: str
    kind: str
    start: date | None
    finish: date | None
    duration: int
    percent: float
    state: str
    responsible_id: UUID | None
    deadline: date | None
    is_active: bool
    baseline_start: date | None
    baseline_finish: date | None
    mode: str


@dataclass(frozen=True)
class Totals:
    """What a whole plan adds up to."""

    start: date | None
    finish: date | None
    percent: float
    task_count: int
    done_count: int
    milestone_count: int


def day_of(instant: int | None) -> date | None:
    return None if instant is None else date_of(instant // DAY)


def person_of(activity: Activity) -> UUID | None:
    """The responsible person, when the engine's opaque id is one of ours."""
    try:
        return UUID(activity.responsible) if activity.responsible else None
    except ValueError:
        return None


def rows_of(plan: Plan) -> dict[int, Row]:
    """A row for every activity, in outline order; summaries add up what lies below them."""
    outline = Outline(plan)
    sums, levels, numbers = roll_up(plan), outline.levels(), outline_numbers(plan)
    states = _states(outline)
    rows: dict[int, Row] = {}
    for one in plan.activities:
        total = sums.get(one.uid)
        start, finish, percent = one.start, one.finish, one.progress.percent
        if total is not None and total.start is not None:
            start, finish, percent = total.start, total.finish, total.percent
        base = next((item for item in one.baselines if item.number == 0), None)
        rows[one.uid] = Row(
            one.uid,
            one.parent,
            numbers[one.uid],
            levels[one.uid],
            one.name,
            str(outline.kind(one.uid)),
            day_of(start),
            day_of(finish),
            one.duration,
            round(percent, 2),
            states[one.uid],
            person_of(one),
            day_of(one.deadline),
            one.active,
            day_of(base.start) if base else None,
            day_of(base.finish) if base else None,
            str(one.mode),
        )
    return rows


def rows_after(plan: Plan, was: Plan, rows: dict[int, Row]) -> dict[int, Row] | None:
    """The rows of a plan whose outline is that of another one; None when the outline differs.

    Only what lies under the top rows that something changed under is worked out anew.
    """
    if [(one.uid, one.parent) for one in plan.activities] != [
        (one.uid, one.parent) for one in was.activities
    ]:
        return None
    pairs = zip(plan.activities, was.activities, strict=True)
    touched = {one.uid for one, old in pairs if one is not old}
    again = tuple(one for block in _blocks(plan) for one in _if_touched(block, touched))
    fresh = rows_of(replace(plan, activities=again, links=(), assignments=()))
    found = dict(rows)
    for uid, row in fresh.items():
        numbered = row._replace(number=rows[uid].number)
        if numbered != rows[uid]:
            found[uid] = numbered
    return found


def _blocks(plan: Plan) -> list[list[Activity]]:
    """Each row of the highest level with all that lies below it."""
    blocks: list[list[Activity]] = []
    for one in plan.activities:
        if one.parent is None:
            blocks.append([])
        blocks[-1].append(one)
    return blocks


def _if_touched(block: list[Activity], touched: set[int]) -> list[Activity]:
    return block if any(one.uid in touched for one in block) else []


def _states(outline: Outline) -> dict[int, str]:
    """Not started, under way or done; a summary is done when everything active below it is."""
    states: dict[int, str] = {}
    below: dict[int, set[str]] = {}
    for uid in reversed(outline.in_order()):
        found = below.pop(uid, set())
        if outline.kind(uid) is not ActivityKind.SUMMARY:
            states[uid] = _leaf_state(outline.by_uid[uid])
        else:
            states[uid] = _summary_state(found)
        parent = outline.parent(uid)
        if parent is not None and outline.by_uid[uid].active:
            below.setdefault(parent, set()).add(states[uid])
    return states


def _summary_state(below: set[str]) -> str:
    if len(below) == 1:
        return next(iter(below))
    return str(State.UNDER_WAY if below else State.NOT_STARTED)


def _leaf_state(one: Activity) -> str:
    progress = one.progress
    if progress.percent >= 100 or progress.actual_finish is not None:
        return str(State.DONE)
    begun = progress.percent > 0 or progress.actual_start is not None
    return str(State.UNDER_WAY if begun else State.NOT_STARTED)


def totals_of(rows: Mapping[int, Row]) -> Totals:
    """Counts, first and last day, and the progress of the tasks weighted by how long they are."""
    leaves = [row for row in rows.values() if row.kind != Kind.SUMMARY and row.is_active]
    tasks = [row for row in leaves if row.kind == Kind.TASK]
    weight = sum(row.duration for row in tasks)
    done = sum(row.duration * row.percent for row in tasks)
    return Totals(
        start=min((row.start for row in leaves if row.start), default=None),
        finish=max((row.finish for row in leaves if row.finish), default=None),
        percent=round(done / weight, 2) if weight else 0.0,
        task_count=len(tasks),
        done_count=sum(row.state == State.DONE for row in tasks),
        milestone_count=len(leaves) - len(tasks),
    )


def marks_of(rows: Mapping[int, Row]) -> Marks:
    """The dates that limits are set on: the finish, and every milestone's day."""
    active = [row for row in rows.values() if row.is_active and row.kind != Kind.SUMMARY]
    finish = max((row.finish for row in active if row.finish), default=None)
    return {
        "finish": finish.isoformat() if finish else None,
        "milestones": {
            str(row.uid): row.finish.isoformat()
            for row in active
            if row.kind == Kind.MILESTONE and row.finish
        },
    }


def working_days(before: date | None, after: date | None) -> int:
    """How far a day has moved, in working days: negative when it is earlier, 0 when not known."""
    return working_days_between(before, after) if before and after else 0
