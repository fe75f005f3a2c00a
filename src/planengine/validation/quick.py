"""A fast yes for plans that are sound, so that the usual plan is not looked at row by row twice."""

from __future__ import annotations

from itertools import chain

import numpy as np

from planengine.columns import Columns, columns_of
from planengine.instants import EARLIEST, LATEST
from planengine.model import NOT_STARTED, Activity, LagFormat, Plan
from planengine.outline import MAX_DEPTH
from planengine.validation.activities import LARGEST_UID, row_errors
from planengine.validation.calendars import calendar_errors
from planengine.validation.errors import TWO_CENTURIES
from planengine.validation.plan import amount_errors, head_errors, resource_errors


def soundly_read(plan: Plan) -> Columns | None:
    """The plan's columns when `validate` would find nothing but, perhaps, circles of links.

    `None` is no verdict: ask `validate`. Circles are left to whoever puts the activities in order.
    """
    calendars = frozenset(row.uid for row in plan.calendars)
    heads = chain(
        head_errors(plan, calendars),
        calendar_errors(plan.calendars),
        resource_errors(plan, calendars),
    )
    if next(heads, None) is not None:
        return None
    try:
        columns = columns_of(plan)
    except OverflowError:
        return None
    sound = (
        columns.is_unique
        and set(columns.calendars) - {None} <= calendars
        and (set(columns.parents) <= {None} or _in_outline_order(plan))
        and _are_within(columns.uids, 1, LARGEST_UID)
        and _are_within(columns.durations, 0, TWO_CENTURIES)
        and all(_is_usual(plan.activities[place]) for place in columns.special)
        and _links_are_sound(plan, columns)
        and _assignments_are_sound(plan, columns)
    )
    return columns if sound else None


def _are_within(numbers: list[int], least: int, most: int) -> bool:
    return not numbers or least <= min(numbers) <= max(numbers) <= most


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


def _is_usual(row: Activity) -> bool:
    """Whether what is said of a row beyond its columns is sound."""
    if not row.active:
        return False
    if (
        0 <= row.priority <= 1000
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


def _links_are_sound(plan: Plan, columns: Columns) -> bool:
    first, second, lag = columns.first, columns.second, columns.lag
    if not len(first):
        return True
    if first.min() < 0 or second.min() < 0 or (first == second).any():
        return False
    if lag.max() > TWO_CENTURIES or lag.min() < -TWO_CENTURIES:
        return False
    far = columns.odd[np.abs(lag[columns.odd]) > _MOST_PERCENT]
    if any(plan.links[n].lag_format in _PERCENT for n in far):
        return False
    again = (first[1:] == first[:-1]) & (second[1:] == second[:-1])
    if any(plan.links[n].key == plan.links[n + 1].key for n in np.flatnonzero(again)):
        return False
    return not _some_are_nested(plan, columns)


_PERCENT = (LagFormat.PERCENT, LagFormat.ELAPSED_PERCENT)
_MOST_PERCENT = 1_000_000


def _some_are_nested(plan: Plan, columns: Columns) -> bool:
    """True when a link joins a summary and something under it."""
    above = set(columns.parents) - {None}
    if not above:
        return False
    parents = dict(zip(columns.uids, columns.parents, strict=True))
    is_above = np.array([uid in above for uid in columns.uids])
    ends = (
        plan.links[n].key[:2]
        for n in np.flatnonzero(is_above[columns.first] | is_above[columns.second])
    )
    return any(
        _lies_under(first, second, parents) or _lies_under(second, first, parents)
        for first, second in ends
    )


def _lies_under(uid: int, summary: int, parents: dict[int, int | None]) -> bool:
    above = parents[uid]
    while above is not None and above != summary:
        above = parents[above]
    return above is not None


def _assignments_are_sound(plan: Plan, columns: Columns) -> bool:
    known = set(columns.uids) if plan.assignments else set()
    resources = {row.uid for row in plan.resources}
    return len({row.uid for row in plan.assignments}) == len(plan.assignments) and all(
        row.activity in known
        and (row.resource is None or row.resource in resources)
        and next(amount_errors(row), None) is None
        for row in plan.assignments
    )
