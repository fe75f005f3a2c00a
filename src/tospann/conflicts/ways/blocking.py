"""Levelling one project around the days another has the person.

The engine levels a plan in which those days hold her: what is hers and may move, makes way.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import count

import planengine as engine
from planengine.edits import Edit
from planengine.instants import DAY
from planengine.levelling import Method
from tospann.conflicts.sides import Busy, Side, Task

A_LITTLE = 0.001
"""Her tasks do not stand in each other's way: only the days that are taken do."""
PINNED = 1000
NO_LIMIT = 1_000_000.0


def blocked(others: Busy, share: float, full: float) -> set[int]:
    """The days on which she has no time for a task that takes ``share`` of them."""
    return {day for day, taken in others.items() if taken + share > full + 1e-6}


def around(side: Side, movable: Sequence[Task], days: Collection[int]) -> list[Edit]:
    """The delays that keep these tasks away from these days, as far as the engine finds them."""
    uids = {one.uid for one in movable if one.movable}
    if not uids or not days:
        return []
    found = engine.level(_held(side.loaded.plan, uids, days), Method.FAST)
    return [
        one for one in found.edits if isinstance(one, engine.SetLevellingDelay) and one.uid in uids
    ]


def _held(plan: engine.Plan, movable: set[int], days: Collection[int]) -> engine.Plan:
    """The plan with the days as work that stands where it is, and only her tasks free to move."""
    rows = tuple(
        one if one.uid in movable else replace(one, priority=PINNED) for one in plan.activities
    )
    uid = count(max((one.uid for one in plan.activities), default=0) + 1)
    number = count(max((one.uid for one in plan.assignments), default=0) + 1)
    her = max((one.uid for one in plan.resources), default=0) + 1
    resources = tuple(replace(one, max_units=NO_LIMIT) for one in plan.resources)
    held = tuple(_standing(plan, next(uid), *run) for run in runs(days))
    assignments = [engine.Assignment(next(number), one, her, A_LITTLE) for one in sorted(movable)]
    assignments += [engine.Assignment(next(number), one.uid, her) for one in held]
    return replace(
        plan,
        activities=(*rows, *held),
        resources=(*resources, engine.Resource(her, "wanted elsewhere")),
        assignments=(*plan.assignments, *assignments),
    )


def _standing(plan: engine.Plan, uid: int, first: int, last: int) -> engine.Activity:
    shift = _ordinal_of_epoch()
    start, finish = (first - shift) * DAY, (last - shift + 1) * DAY
    clock = engine.working_time(plan, None)
    start, finish = clock.next_start(start), clock.prev_finish(finish)
    long = clock.between(start, finish)
    return engine.Activity(
        uid, "elsewhere", duration=long, mode=engine.Mode.MANUAL, start=start, finish=finish
    )


def _ordinal_of_epoch() -> int:
    return engine.date_of(0).toordinal()


def runs(days: Collection[int]) -> list[tuple[int, int]]:
    """Days that follow one another, weekends between them passed over: first and last of each."""
    found: list[tuple[int, int]] = []
    for day in sorted(days):
        if found and day - found[-1][1] <= 1:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found
