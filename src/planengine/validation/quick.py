"""A fast yes for plans that are sound, so that the usual plan is not looked at row by row twice."""

from __future__ import annotations

from itertools import chain

from planengine.instants import EARLIEST, LATEST
from planengine.model import NOT_STARTED, Activity, LagFormat, Link, Plan
from planengine.outline import MAX_DEPTH
from planengine.validation.activities import LARGEST_UID, row_errors
from planengine.validation.calendars import calendar_errors
from planengine.validation.errors import TWO_CENTURIES
from planengine.validation.plan import amount_errors, head_errors, resource_errors


def is_plainly_sound(plan: Plan) -> bool:
    """True only when `validate` would find nothing but, perhaps, circles of links.

    False is no verdict: ask `validate`. Circles are left to whoever puts the activities in order.
    """
    calendars = frozenset(row.uid for row in plan.calendars)
    heads = chain(
        head_errors(plan, calendars),
        calendar_errors(plan.calendars),
        resource_errors(plan, calendars),
    )
    if next(heads, None) is not None:
        return False
    parents = {row.uid: row.parent for row in plan.activities}
    return (
        len(parents) == len(plan.activities)
        and (set(parents.values()) <= {None} or _in_outline_order(plan))
        and all(_is_usual(row, calendars) for row in plan.activities)
        and _links_are_sound(plan, parents)
        and _assignments_are_sound(plan, parents)
    )


def _in_outline_order(plan: Plan) -> bool:
    """Each row stands under an open parent: so parents exist, and none is its own ancestor."""
    path: list[int] = []
    for row in plan.activities:
        above = row.parent
        if above is None:
            path = [row.uid]
            continue
        while path and path[-1] != above:
            path.pop()
        if not path or len(path) >= MAX_DEPTH:
            return False
        path.append(row.uid)
    return True


def _is_usual(row: Activity, calendars: frozenset[int]) -> bool:
    if not row.active or not 1 <= row.uid <= LARGEST_UID:
        return False
    if row.calendar is not None and row.calendar not in calendars:
        return False
    if (
        0 <= row.duration <= TWO_CENTURIES
        and 0 <= row.priority <= 1000
        and row.progress is NOT_STARTED
        and row.constraint is None
        and row.deadline is None
        and row.estimate is None
        and row.work is None
        and not (row.gaps or row.baselines or row.levelling_delay)
    ):
        start = EARLIEST if row.start is None else row.start
        finish = max(start, LATEST - 1) if row.finish is None else row.finish
        return EARLIEST <= start <= finish < LATEST
    return next(row_errors(row), None) is None


def _links_are_sound(plan: Plan, parents: dict[int, int | None]) -> bool:
    before: Link | None = None
    above = set(parents.values()) - {None}
    for link in plan.links:
        first, second, lag = link.predecessor, link.successor, link.lag
        if first not in parents or second not in parents or first == second:
            return False
        if lag and abs(lag) > (1_000_000 if link.lag_format in _PERCENT else TWO_CENTURIES):
            return False
        if before is not None and before.successor == second and before.key == link.key:
            return False
        if (
            above
            and (first in above or second in above)
            and (_lies_under(first, second, parents) or _lies_under(second, first, parents))
        ):
            return False
        before = link
    return True


_PERCENT = (LagFormat.PERCENT, LagFormat.ELAPSED_PERCENT)


def _lies_under(uid: int, summary: int, parents: dict[int, int | None]) -> bool:
    above = parents[uid]
    while above is not None and above != summary:
        above = parents[above]
    return above is not None


def _assignments_are_sound(plan: Plan, parents: dict[int, int | None]) -> bool:
    resources = {row.uid for row in plan.resources}
    return len({row.uid for row in plan.assignments}) == len(plan.assignments) and all(
        row.activity in parents
        and (row.resource is None or row.resource in resources)
        and next(amount_errors(row), None) is None
        for row in plan.assignments
    )
