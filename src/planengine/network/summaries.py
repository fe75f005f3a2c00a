"""Summaries: from the first start to the last finish of what is active below them."""

from __future__ import annotations

from typing import NamedTuple

from planengine.network.compiled import Dates, Network, Passes


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
    nodes, lower = _parts(net)
    found: dict[int, Span] = {}
    for uid in reversed(net.summaries):
        below = [found[one] for one in lower[uid] if one in found]
        if nodes[uid] or below:
            found[uid] = _span(passes, nodes[uid], below)
    nothing = Span(*(net.plan.start,) * 6)
    return {uid: found.get(uid, nothing) for uid in net.summaries}


def _parts(net: Network) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """The active nodes, and the summaries, directly under each summary."""
    nodes: dict[int, list[int]] = {uid: [] for uid in net.summaries}
    lower: dict[int, list[int]] = {uid: [] for uid in net.summaries}
    idle = {node for node, rule in net.rules.items() if rule.is_inactive}
    for uid, above in net.parents.items():
        node = net.index.get(uid)
        if node is None:
            lower[above].append(uid)
        elif node not in idle:
            nodes[above].append(node)
    return nodes, lower


def _span(passes: Passes, nodes: list[int], below: list[Span]) -> Span:
    def ends(dates: Dates, place: int) -> tuple[int, int]:
        starts = [dates.start[node] for node in nodes] + [one[place] for one in below]
        finishes = [dates.finish[node] for node in nodes] + [one[place + 1] for one in below]
        return min(starts), max(finishes)

    scheduled = ends(passes.dates, 0)
    early = scheduled if passes.early is passes.dates else ends(passes.early, 2)
    return Span(*scheduled, *early, *ends(passes.late, 4))
