"""Why a date is what it is: the chain that drives it, back to what has no cause but itself."""

from __future__ import annotations

from planengine.network import Schedule
from planengine.why.chain import ROOTS, Cause, Chain, DaysOff, End, Point, Step
from planengine.why.early import early_step
from planengine.why.latest import late_step
from planengine.why.lookup import Lookup

__all__ = ["ROOTS", "Cause", "Chain", "DaysOff", "End", "Point", "Step", "why"]


def why(schedule: Schedule, uid: int, end: End = "start") -> Chain:
    """The chain behind a date of an activity or summary: `start` or `finish` as scheduled,
    `late_start` or `late_finish`.

    Linear time in the size of the plan. Raises `KeyError` when the plan has no such activity.
    """
    row = schedule[uid]
    seen = Lookup(schedule)
    at = {
        "start": row.start,
        "finish": row.finish,
        "late_start": row.late_start,
        "late_finish": row.late_finish,
    }[end]
    steps: list[Step] = []
    point: Point | None = Point(uid, end, at)
    while point is not None:
        if point.uid is None or (steps and steps[-1].cause == "own"):
            seen = seen.before_lateness()
        step = _step(seen, point)
        steps.append(step)
        point = step.by
    return Chain(schedule.plan, steps[0].date, tuple(steps))


def _step(seen: Lookup, point: Point) -> Step:
    if point.uid is None:
        return _finish_of_all(seen, point)
    if point.end in ("late_start", "late_finish"):
        return late_step(seen, point)
    return early_step(seen, point)


def _finish_of_all(seen: Lookup, point: Point) -> Step:
    """The plan’s finish is that of the activity that finishes last."""
    last = [
        seen.net.uids[node]
        for node in range(seen.net.leaves)
        if seen.early.finish[node] == point.at and not seen.is_off(node)
    ]
    if not last:
        return Step(point, "project_start", point.at)
    return Step(point, "child", point.at, Point(last[0], "finish", point.at), only=len(last) == 1)
