"""Floats in seconds of working time: how far dates may move before something else does."""

from __future__ import annotations

from collections.abc import Iterable
from operator import sub
from typing import NamedTuple

from planengine.network.compiled import DAWN, FINISH_FINISH, FOREVER, START_START, Dates, Network


class Slack(NamedTuple):
    """Floats by node, seconds of working time on the activity's own clock.

    `start` and `finish` are late minus scheduled start and finish; `total` is the smaller of them,
    the finish's alone once work has begun; `free` is how far the finish may move before a successor
    does, never negative and never more than the finish slack.
    """

    start: list[int]
    finish: list[int]
    total: list[int]
    free: list[int]


def slack_of(net: Network, dates: Dates, late: Dates, gaps: list[int] | None = None) -> Slack:
    """All floats of all activities; summaries have theirs in `Schedule`. `gaps` are those of
    `gaps_of` where they are known.
    """
    begins = list(map(sub, late.work, dates.work[: net.leaves]))
    ends, total = list(begins), list(begins)
    for node, rule in net.rules.items():
        if node < net.leaves:
            ends[node] = net.clocks[node].between(dates.finish[node], late.finish[node])
            begun = rule.began is not None or rule.done is not None
            total[node] = ends[node] if begun else min(begins[node], ends[node])
    gaps = gaps_of(net, dates) if gaps is None else gaps
    rooms = map(min, gaps, ends)
    free = [
        whole if gap >= FOREVER else (room > 0) * room
        for gap, room, whole in zip(gaps, rooms, total, strict=True)
    ]
    return Slack(begins, ends, total, free)


def gaps_of(net: Network, dates: Dates, nodes: Iterable[int] | None = None) -> list[int]:
    """From each activity (each of `nodes`) to the nearest of its successors, on that one's clock.

    Only the activity's own links count, not those of summaries above; `FOREVER` without any.
    """
    gaps = []
    clocks, finish = net.clocks, dates.finish
    before_of, lagged_of, bound_of = net.before_of, net.lagged_of, net.bound_of
    works = with_summaries(net, dates) if net.gates else dates.work
    for node in range(net.leaves) if nodes is None else nodes:
        least = FOREVER
        for other in before_of[node]:
            gap = works[other] - clocks[other].work_at[finish[node]]
            if gap < least:
                least = gap
        if lagged_of[node] or bound_of[node]:
            least = min(least, _over_lags(net, node, dates, works))
        gaps.append(least)
    return gaps


def _over_lags(net: Network, node: int, dates: Dates, works: list[int]) -> int:
    """The smallest gap over links with a lag and links of other kinds than finish-to-start."""
    least = FOREVER
    start, finish, _ = dates
    for other, lag in net.lagged_of[node]:
        clock = net.clocks[other]
        least = min(least, works[other] - clock.work_at[clock.add(finish[node], lag)])
    for tie in net.bound_of[node]:
        other, kind = tie.other, tie.kind
        then = tie.shift(finish[node] if kind < START_START else start[node])
        if kind & FINISH_FINISH:
            gap = net.clocks[other].between(then, finish[other])
        elif kind == DAWN:
            continue
        else:
            gap = works[other] - net.clocks[other].work_at[then]
        least = min(least, gap)
    return least


def with_summaries(net: Network, dates: Dates) -> list[int]:
    """Work coordinates of starts where an entrance stands for its summary's first start, and other
    gates, which pass on the links of summaries, are endlessly far.
    """
    works = list(dates.work)
    for gate, (_, kind) in net.gate_of.items():
        works[gate] = 2 * FOREVER
        if kind == "entrance":
            works[gate] = net.clocks[gate].work_at[_first_below(net, gate, dates)]
    return works


def _first_below(net: Network, gate: int, dates: Dates) -> int:
    """The earliest start of the activities an entrance leads to."""
    starts, gates = [], [gate]
    for one in gates:
        for other in net.before_of[one]:
            if other < net.leaves:
                starts.append(dates.start[other])
            else:
                gates.append(other)
    return min(starts, default=dates.start[gate])
