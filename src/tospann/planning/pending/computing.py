"""What waits for a case, by when it must be decided, and what a week later does to the finish.

Two runs of the engine: decided as late as can be, and a week after that. Nothing is written.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import planengine as engine
from planengine.edits import Edit
from tospann.planning import dating
from tospann.planning.models import Kind, State
from tospann.planning.projection import day_of, working_days
from tospann.planning.store import Loaded
from tospann.ui.holidays import add_working_days

WEEK = 5
"""Working days."""


@dataclass(frozen=True)
class Pending:
    """``slip_days``: working days that the finish moves when the decision is a week late."""

    uids: tuple[int, ...]
    latest: date | None
    slip_days: int

    def need_by(self, lead_days: int) -> date | None:
        """Early enough for those who decide to take the time they usually take."""
        return None if self.latest is None else add_working_days(self.latest, -lead_days)

    def cost(self, running_per_week: Decimal) -> Decimal:
        """Of a week's delay: what runs with time runs for as much longer as the finish moves."""
        if self.slip_days <= 0:
            return Decimal(0)
        return (running_per_week * self.slip_days / WEEK).quantize(Decimal(1))


def computed(loaded: Loaded, uids: Iterable[int]) -> Pending:
    """When the first of these can start at the latest, and what a week later costs the finish."""
    rows = loaded.rows
    waiting = tuple(sorted(uid for uid in set(uids) if uid in rows and _waits(loaded, uid)))
    found = dating.schedule_of(loaded)
    if not waiting or found is None:
        return Pending(waiting, None, 0)
    latest = min(found[uid].late_start for uid in waiting)
    finishes = [
        _finish(loaded.plan, _held(loaded.plan, waiting, found, late)) for late in (0, WEEK)
    ]
    return Pending(waiting, day_of(latest), working_days(*finishes))


def _waits(loaded: Loaded, uid: int) -> bool:
    row = loaded.rows[uid]
    return row.is_active and row.kind != Kind.SUMMARY and row.state == State.NOT_STARTED


def _held(plan: engine.Plan, uids: Sequence[int], found: engine.Schedule, late: int) -> list[Edit]:
    """None of them begins before the latest moment at which the first could, or later still."""
    latest = min(found[uid].late_start for uid in uids)
    by_uid = {one.uid: one for one in plan.activities}
    edits: list[Edit] = []
    for uid in uids:
        one = by_uid[uid]
        start = found[uid].start
        base = max(start, latest)
        edits += _begun(plan, one, base, late)
    return edits


def _begun(plan: engine.Plan, one: engine.Activity, base: int, late: int) -> list[Edit]:
    time = engine.working_time(plan, plan.calendar if one.calendar is None else one.calendar)
    step = late * plan.minutes_per_day * 60
    start = time.next_start(time.add(base, step)) if step else base
    if one.mode is engine.Mode.MANUAL:
        length = 0 if one.start is None or one.finish is None else one.finish - one.start
        return [engine.SetDates(one.uid, start, start + length)]
    kind = engine.ConstraintKind.START_NO_EARLIER_THAN
    return [engine.SetConstraint(one.uid, engine.Constraint(kind, start))]


def _finish(plan: engine.Plan, edits: Sequence[Edit]) -> date | None:
    after, _schedule = dating.scheduled(engine.apply_all(plan, edits))
    finishes = [one.finish for one in after.activities if one.active and one.finish is not None]
    return day_of(max(finishes, default=None))


def touched(operations: Iterable[Mapping[str, Any]]) -> set[int]:
    """The activities that stored changes of the plan are about."""
    found: set[int] = set()
    for stored in operations:
        if stored["command"] == "planning.apply_edits":
            for edit in stored["arguments"].get("edits", ()):
                found |= _uids(edit)
    return found


def _uids(edit: Mapping[str, Any]) -> set[int]:
    """Of a link what comes after; the ``uid`` of a resource or a calendar is no activity."""
    match str(edit["kind"]).partition(".")[0]:
        case "activity":
            uid = edit.get("uid")
        case "link":
            uid = (edit.get("link") or edit).get("successor")
        case "assignment":
            uid = (edit.get("assignment") or {}).get("activity")
        case _:
            uid = None
    return {uid} if isinstance(uid, int) else set()


def gate_rows(loaded: Loaded, code: str) -> set[int]:
    """The milestone of a gate: its name begins with the gate's code."""
    return {
        uid
        for uid, row in loaded.rows.items()
        if row.kind == Kind.MILESTONE and row.name.split(" ")[0] == code
    }
