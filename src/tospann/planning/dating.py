"""The engine's dates: every change of a plan is scheduled, and the plan keeps what came of it.

Pure: a plan in, a plan with its dates out. Whoever sets dates by hand keeps them, and a row nobody
has said anything about has none.
"""

from dataclasses import replace

import planengine as engine
from tospann.planning.kept import Kept
from tospann.planning.store import Loaded

MOST_KEPT = 40_000
"""Activities of all the schedules a process keeps: each keeps its compiled network too."""
_kept = Kept[str, engine.Schedule](MOST_KEPT, lambda one: len(one.uids))


def dated(plan: engine.Plan) -> engine.Plan:
    """The sound plan with the dates the engine computes; scheduling it again changes nothing."""
    return scheduled(plan, checked=True)[0]


def scheduled(
    plan: engine.Plan, *, checked: bool = False
) -> tuple[engine.Plan, engine.Schedule | None]:
    """The plan with its dates, and the schedule they come from; none when it has no activities.

    ``InvalidPlan`` when it is not sound.
    """
    if not plan.activities:
        if not checked and (errors := engine.validate(plan)):
            raise engine.InvalidPlan(errors)
        return plan, None
    found = engine.schedule(plan, checked=checked)
    rows = _rows(plan, found)
    return plan if rows == plan.activities else replace(plan, activities=rows), found


def _rows(plan: engine.Plan, found: engine.Schedule) -> tuple[engine.Activity, ...]:
    """The activities with their dates, read by column: whole rows cost three times as much."""
    places = found.network.index
    starts, finishes = found.passes.dates[:2]

    def dates(uid: int) -> tuple[int, int]:
        place = places.get(uid)
        return found[uid][1:3] if place is None else (starts[place], finishes[place])

    return tuple([_with_dates(one, *dates(one.uid)) for one in plan.activities])


def _with_dates(one: engine.Activity, start: int, finish: int) -> engine.Activity:
    if one.mode is engine.Mode.MANUAL or (start, finish) == (one.start, one.finish):
        return one
    return replace(one, start=start, finish=finish)


def critical(loaded: Loaded) -> frozenset[int]:
    """What is on the critical path: the unfinished tasks and milestones that have no slack."""
    found = schedule_of(loaded)
    if found is None:
        return frozenset()
    limit, slack = loaded.plan.options.critical_slack, found.slack.total
    near = [uid for uid, place in found.network.index.items() if slack[place] <= limit]
    return frozenset(uid for uid in near if found[uid].is_critical and loaded.rows[uid].is_active)


def schedule_of(loaded: Loaded) -> engine.Schedule | None:
    """The schedule of a plan as it is stored, from memory when the process has met it."""
    if not loaded.plan.activities:
        return None
    found = _kept.get(loaded.hash)
    if found is None:
        found = remember(loaded, engine.schedule(loaded.plan, checked=True))
    return found


def remember(loaded: Loaded, found: engine.Schedule) -> engine.Schedule:
    """Keep the schedule of a plan, so that the page after a change need not compute it again."""
    return _kept.put(loaded.hash, found)
