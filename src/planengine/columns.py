"""A plan's rows and links as columns, read once for whoever looks at all of them.

In a large plan fetching a row from memory costs more than what is then done with it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from planengine.model import NOT_STARTED, Activity, LagFormat, Link, LinkKind, Mode, Plan

Numbers = npt.NDArray[np.int64]


class Columns(NamedTuple):
    """By place in the outline: uid, parent's uid, duration, calendar; `special` are the places of
    rows of which anything else says something about dates or may be unsound. `is_unique` tells that
    no uid stands twice.

    By link: the places of predecessor and successor in the outline (−1 when there is none such),
    the lag as written; `odd` are the links that are not finish-to-start with working lag.
    """

    uids: list[int]
    parents: list[int | None]
    durations: list[int]
    calendars: list[int | None]
    special: list[int]
    is_unique: bool
    first: Numbers
    second: Numbers
    lag: Numbers
    odd: Numbers


def columns_of(plan: Plan) -> Columns:
    """Raises `OverflowError` when a uid or a lag is no 64-bit number, as in no sound plan."""
    rows = plan.activities
    uids = [row.uid for row in rows]
    links, odd = _links(plan.links)
    first, second, is_unique = _places(links, np.array(uids, dtype=np.int64))
    return Columns(
        uids,
        [row.parent for row in rows],
        [row.duration for row in rows],
        [row.calendar for row in rows],
        _special(rows),
        is_unique,
        first,
        second,
        links[2],
        np.array(odd, dtype=np.int64),
    )


_AT_ONCE = 1_000
"""Links read together: few enough that all passes over them but the first find them in the cache,
wherever in memory they lie.
"""


def _links(links: tuple[Link, ...]) -> tuple[Numbers, list[int]]:
    """Predecessors, successors and lags of the links, and the numbers of the odd ones."""
    usual, working = LinkKind.FS, LagFormat.WORKING
    columns = np.empty((3, len(links)), dtype=np.int64)
    odd: list[int] = []
    for begin in range(0, len(links), _AT_ONCE):
        some = links[begin : begin + _AT_ONCE]
        here = slice(begin, begin + len(some))
        columns[0, here] = [one.predecessor for one in some]
        columns[1, here] = [one.successor for one in some]
        columns[2, here] = [one.lag for one in some]
        odd += [
            number
            for number, one in enumerate(some, begin)
            if one.kind is not usual or one.lag_format is not working
        ]
    return columns, odd


def _special(rows: tuple[Activity, ...]) -> list[int]:
    auto = Mode.AUTO
    return [
        place
        for place, row in enumerate(rows)
        if row.constraint is not None
        or row.progress is not NOT_STARTED
        or row.deadline is not None
        or row.start is not None
        or row.finish is not None
        or row.elapsed
        or row.mode is not auto
        or not row.active
        or row.gaps
        or row.levelling_delay
        or row.estimate is not None
        or row.work is not None
        or row.baselines
        or row.priority != 500
    ]


def _places(links: Numbers, uids: Numbers) -> tuple[Numbers, Numbers, bool]:
    """Where predecessors and successors stand among the uids, −1 for one that does not; whether
    the uids are all different.
    """
    if not len(uids):
        nowhere = np.full(links.shape[1], -1)
        return nowhere, nowhere, True
    order: Numbers | None = None
    ordered = uids
    if not (uids[1:] > uids[:-1]).all():
        order = np.argsort(uids, kind="stable")
        ordered = uids[order]
    found = np.minimum(np.searchsorted(ordered, links[:2]), len(uids) - 1)
    places = found if order is None else order[found]
    places[ordered[found] != links[:2]] = -1
    return places[0], places[1], order is None or bool((ordered[1:] > ordered[:-1]).all())
