"""The passes over arrays: what `forward`, `backward` and `slack` do, in a form numba compiles.

Read `forward.py` and `backward.py` for the rules; a test holds the two to the same dates. Plain
loops over int64 arrays, no objects. A node with a rule stops the pass: the caller settles it in
Python and goes on from the next place.

Clocks lie one after the other in `table` (rows: starts, finishes, work before), clock `c` from
`edges[c]` to `edges[c + 1]`. Links lie in `ties` (rows: other node, kind, lag, clock of the lag),
those of node `n` from `ends[n]` to `ends[n + 1]`. `dates` has the rows start, finish and work.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]

FOREVER = 1 << 60
POINT, RULED = 1, 2
FINISH, START_START, DAWN = 1, 2, 4


def _after(column: Numbers, low: int, high: int, value: int) -> int:
    """The first place between two whose number is greater than the value."""
    while low < high:
        middle = (low + high) >> 1
        if column[middle] <= value:
            low = middle + 1
        else:
            high = middle
    return low


def work_at(instant: int, clock: int, table: Numbers, edges: Numbers) -> int:
    """The work coordinate of an instant."""
    place = max(_after(table[0], edges[clock], edges[clock + 1], instant) - 1, edges[clock])
    return int(table[2, place] + min(instant, table[1, place]) - table[0, place])


def start_at(work: int, clock: int, table: Numbers, edges: Numbers) -> int:
    """The last instant with so much work done."""
    place = max(_after(table[2], edges[clock], edges[clock + 1], work) - 1, edges[clock])
    return int(table[0, place] + work - table[2, place])


def finish_at(work: int, clock: int, table: Numbers, edges: Numbers) -> int:
    """The first instant with so much work done."""
    place = max(_after(table[2], edges[clock], edges[clock + 1], work - 1) - 1, edges[clock])
    return int(table[0, place] + work - table[2, place])


def shifted(
    instant: int, lag: int, clock: int, to_finish: bool, table: Numbers, edges: Numbers
) -> int:
    """An instant moved by a lag; `to_finish` asks for the finish role."""
    if lag == 0:
        return instant
    work = work_at(instant, clock, table, edges) + lag
    if to_finish:
        return finish_at(work, clock, table, edges)
    return start_at(work, clock, table, edges)


def grouped(nodes: Numbers, size: int) -> tuple[Numbers, Numbers]:
    """Places of links sorted by one of their ends, and where each node's begin."""
    ends = np.zeros(size + 1, np.int64)
    for node in nodes:
        ends[node + 1] += 1
    for node in range(size):
        ends[node + 1] += ends[node]
    at = ends[:-1].copy()
    places = np.empty(len(nodes), np.int64)
    for link in range(len(nodes)):
        places[at[nodes[link]]] = link
        at[nodes[link]] += 1
    return places, ends


def demand(
    node: int, early: int, ties: Numbers, ends: Numbers, dates: Numbers, table: Numbers,
    edges: Numbers,
) -> tuple[int, int]:  # fmt: skip
    """What links demand of a start, no earlier than `early`, and of a finish."""
    target = -FOREVER
    for link in range(ends[node], ends[node + 1]):
        other, kind, lag = ties[0, link], ties[1, link], ties[2, link]
        then = dates[1, other] if kind < START_START else dates[0, other]
        to_finish = lag > 0 or kind & FINISH != 0
        then = shifted(then, lag, ties[3, link], to_finish, table, edges)
        if kind & FINISH:
            target = max(target, then)
        else:
            early = max(early, then)
    return early, target


def forward(
    place: int, order: Numbers, nodes: Numbers, floors: Numbers, ties: Numbers, ends: Numbers,
    dates: Numbers, table: Numbers, edges: Numbers,
) -> int:  # fmt: skip
    """Early dates from a place of the order on; the place of the next ruled node, or its end.

    `nodes` has the rows kind, clock and duration.
    """
    while place < len(order):
        node = order[place]
        kind, clock, duration = nodes[0, node], nodes[1, node], nodes[2, node]
        if kind == RULED:
            return place
        place += 1
        early, target = demand(node, floors[node], ties, ends, dates, table, edges)
        if kind == POINT:
            early = max(early, target)
            dates[0, node] = dates[1, node] = early
            dates[2, node] = work_at(early, clock, table, edges)
            continue
        work = work_at(early, clock, table, edges)
        finish = finish_at(work + duration, clock, table, edges)
        if target > finish:
            work = max(work, work_at(target, clock, table, edges) - duration)
            finish = target
        dates[0, node], dates[1, node] = start_at(work, clock, table, edges), finish
        dates[2, node] = work
    return place


def allowed(
    node: int, late: int, ties: Numbers, ends: Numbers, starts: Numbers, dates: Numbers,
    table: Numbers, edges: Numbers,
) -> tuple[int, int]:  # fmt: skip
    """What links allow: the latest start (`FOREVER` when none says) and finish, at most `late`.

    `starts` are the early starts, by which a dawn gate knows what starts first.
    """
    last = FOREVER
    for link in range(ends[node], ends[node + 1]):
        other, kind, lag = ties[0, link], ties[1, link], ties[2, link]
        then = dates[1, other] if kind & FINISH else dates[0, other]
        if then >= FOREVER:
            continue
        if kind == DAWN:
            if starts[other] == starts[node]:
                last = min(last, then)
            continue
        then = shifted(then, -lag, ties[3, link], lag < 0, table, edges)
        if kind < START_START:
            late = min(late, then)
        else:
            last = min(last, then)
    return last, late


def backward(
    place: int, order: Numbers, nodes: Numbers, limits: Numbers, ties: Numbers, ends: Numbers,
    earlies: Numbers, dates: Numbers, table: Numbers, edges: Numbers,
) -> int:  # fmt: skip
    """Late dates from a place of the order back; the place of the next ruled node, or −1.

    `earlies` has the rows early start and early finish.
    """
    while place >= 0:
        node = order[place]
        kind, clock, duration = nodes[0, node], nodes[1, node], nodes[2, node]
        if kind == RULED:
            return place
        place -= 1
        last, late = allowed(node, limits[node], ties, ends, earlies[0], dates, table, edges)
        if kind == POINT:
            late = min(late, last)
            dates[0, node] = dates[1, node] = late
            dates[2, node] = work_at(late, clock, table, edges)
            continue
        work = work_at(late, clock, table, edges) - duration
        if last < FOREVER:
            work = min(work, work_at(last, clock, table, edges))
        dates[0, node] = start_at(work, clock, table, edges)
        dates[1, node] = finish_at(work + duration, clock, table, edges)
        dates[2, node] = work
        early = earlies[1, node]
        if dates[1, node] < early and work_at(early, clock, table, edges) == work + duration:
            dates[1, node] = max(dates[1, node], min(late, early))
    return place


def gaps(
    leaves: int, nodes: Numbers, works: Numbers, ties: Numbers, ends: Numbers, dates: Numbers,
    table: Numbers, edges: Numbers,
) -> Numbers:  # fmt: skip
    """From each activity to the nearest of its successors, on that one's clock."""
    found = np.full(leaves, FOREVER, np.int64)
    for node in range(leaves):
        for link in range(ends[node], ends[node + 1]):
            other, kind, lag = ties[0, link], ties[1, link], ties[2, link]
            if kind == DAWN:
                continue
            then = dates[1, node] if kind < START_START else dates[0, node]
            to_finish = lag > 0 or kind & FINISH != 0
            then = shifted(then, lag, ties[3, link], to_finish, table, edges)
            clock = nodes[1, other]
            until = works[other]
            if kind & FINISH:
                until = work_at(dates[1, other], clock, table, edges)
            found[node] = min(found[node], until - work_at(then, clock, table, edges))
    return found
