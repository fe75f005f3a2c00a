"""Summaries: from the first start to the last finish of what is active below them."""

from __future__ import annotations

from typing import NamedTuple

from planengine.network.compiled import Network, Passes


class Span(NamedTuple):
    """Dates of one summary, instants: scheduled, early and late."""

    start: int
    finish: int
    early_start: int
    early_finish: int
    late_start: int
    late_finish: int


def spans_of(net: Network, passes: Passes) -> dict[int, Span]:
    """The span of each summary by uid; one with nothing active below stands at the plan's start."""
    if not net.summaries:
        return {}
    dates, early, late = passes.dates, passes.early, passes.late
    sums: dict[int, Span] = {}
    for row in reversed(net.plan.activities):
        node = net.index.get(row.uid)
        above = net.parents.get(row.uid)
        if above is None:
            continue
        if node is None:
            mine = sums.get(row.uid)
            if mine is None:
                continue
        elif node in net.rules and net.rules[node].is_inactive:
            continue
        else:
            mine = Span(
                dates.start[node],
                dates.finish[node],
                early.start[node],
                early.finish[node],
                late.start[node],
                late.finish[node],
            )
        known = sums.get(above)
        sums[above] = mine if known is None else _joined(known, mine)
    nothing = Span(*(net.plan.start,) * 6)
    return {uid: sums.get(uid, nothing) for uid in net.summaries}


def _joined(one: Span, other: Span) -> Span:
    return Span(
        min(one[0], other[0]),
        max(one[1], other[1]),
        min(one[2], other[2]),
        max(one[3], other[3]),
        min(one[4], other[4]),
        max(one[5], other[5]),
    )
