"""What a change would do to the plan, before anybody makes it. Nothing is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import planengine as engine
from planengine.edits import Edit
from tospann.foundation.authority import Actor, Ruling
from tospann.planning.commands import apply_edits
from tospann.planning.models import Kind, Plan
from tospann.planning.prepare import Prepared, prepare
from tospann.planning.projection import Row, working_days

MOST = 50
"""Rows a preview names one by one."""


@dataclass(frozen=True)
class Moved:
    """A row whose finish would be another day; ``days`` are working days, later is positive."""

    uid: int
    number: str
    name: str
    before: date
    after: date
    days: int


@dataclass(frozen=True)
class Preview:
    """What a change does: to the finish, to the milestones, to how many other rows, and who
    decides it.
    """

    finish_before: date | None
    finish_after: date | None
    finish_days: int
    milestones: tuple[Moved, ...]
    missed_deadlines: tuple[Moved, ...]
    moved: int
    ruling: Ruling

    def to_json(self) -> dict[str, Any]:
        return {
            "finish_before": self.finish_before,
            "finish_after": self.finish_after,
            "finish_days": self.finish_days,
            "milestones": [vars_of(one) for one in self.milestones],
            "missed_deadlines": [vars_of(one) for one in self.missed_deadlines],
            "moved": self.moved,
            "may_decide": self.ruling.may_decide,
            "may_propose": self.ruling.may_propose,
            "because": str(self.ruling),
        }


def vars_of(one: Moved) -> dict[str, Any]:
    return {name: getattr(one, name) for name in Moved.__dataclass_fields__}


def preview(actor: Actor, head: Plan, edits: Sequence[Edit]) -> Preview:
    """Try the edits; ``Invalid`` when they do not fit, ``NotAllowed`` never: looking is free."""
    stored = [engine.edit_to_json(edit) for edit in edits]
    said = {"base_revision": head.revision, "edits": stored}
    return of_change(prepare(head, stored), apply_edits.assess(actor, head, said))


def of_change(tried: Prepared, ruling: Ruling) -> Preview:
    before, after = tried.before.rows, tried.after.rows
    first, last = tried.before.finish, tried.after.finish
    moved = [found for uid, row in after.items() if (found := _moved(before.get(uid), row))]
    milestones = [one for one in moved if after[one.uid].kind == Kind.MILESTONE]
    missed = [one for one in moved if _misses(after[one.uid]) and not _misses(before[one.uid])]
    return Preview(
        finish_before=first,
        finish_after=last,
        finish_days=working_days(first, last),
        milestones=tuple(milestones[:MOST]),
        missed_deadlines=tuple(missed[:MOST]),
        moved=sum(after[one.uid].kind != Kind.SUMMARY for one in moved),
        ruling=ruling,
    )


def _moved(before: Row | None, after: Row) -> Moved | None:
    if before is None or before.finish is None or after.finish is None:
        return None
    if before.finish == after.finish or not after.is_active:
        return None
    days = working_days(before.finish, after.finish)
    return Moved(after.uid, after.number, after.name, before.finish, after.finish, days)


def _misses(row: Row) -> bool:
    return row.deadline is not None and row.finish is not None and row.finish > row.deadline


def delay(plan: engine.Plan, one: engine.Activity, days: int) -> list[Edit]:
    """The activity later by some working days: a later start, or longer when it is under way."""
    step = days * plan.minutes_per_day * 60
    if one.progress.actual_start is not None or one.start is None:
        unit = (one.elapsed, one.estimated, one.unit)
        return [engine.SetDuration(one.uid, max(0, one.duration + step), *unit)]
    calendar = one.calendar if one.calendar is not None else plan.calendar
    time = engine.working_time(plan, calendar)
    start = time.next_start(time.add(one.start, step)) if step else one.start
    if one.mode is engine.Mode.MANUAL:
        finish = None if one.finish is None else time.add(one.finish, step)
        return [engine.SetDates(one.uid, start, finish)]
    kind = engine.ConstraintKind.START_NO_EARLIER_THAN
    return [engine.SetConstraint(one.uid, engine.Constraint(kind, start))]
