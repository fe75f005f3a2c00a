"""Floats in seconds of working time: how far dates may move before something else does."""

from __future__ import annotations

from planengine.network.compiled import (
    DAWN,
    FINISH_FINISH,
    FINISH_START,
    FOREVER,
    START_START,
    Network,
)

Dates = tuple[list[int], list[int]]


def start_and_finish_slack(net: Network, early: Dates, late: Dates) -> Dates:
    """Late minus early start, and late minus early finish, on each activity's own clock."""
    starts, finishes = [], []
    for node in range(net.leaves):
        clock = net.clocks[node]
        starts.append(clock.between(early[0][node], late[0][node]))
        finishes.append(clock.between(early[1][node], late[1][node]))
    return starts, finishes


def free_slack(net: Network, node: int, dates: Dates, spans: dict[int, tuple[int, int]]) -> int:
    """How far one activity's finish may move before one of its own successors does.

    The gap to the nearest successor on that one's clock; `FOREVER` when it has no link of its own
    (links of summaries above do not count). `spans` are the dates of summaries by uid.
    """
    start, finish = dates
    least = FOREVER
    for other in net.before_of[node]:
        if other < net.leaves:
            least = min(least, net.clocks[other].between(finish[node], start[other]))
        else:
            least = min(least, _to_gate(net, other, finish[node], spans))
    for other, lag in net.lagged_of[node]:
        clock = net.clocks[other]
        first = start[other] if other < net.leaves else _gate_start(net, other, spans)
        least = min(least, clock.between(clock.add(finish[node], lag), first))
    for tie in net.bound_of[node]:
        if tie.kind == DAWN:
            continue
        from_finish = tie.kind in (FINISH_START, FINISH_FINISH)
        then = tie.shift(finish[node] if from_finish else start[node])
        if tie.other >= net.leaves:
            least = min(least, _to_gate(net, tie.other, then, spans))
        else:
            to = start if tie.kind in (FINISH_START, START_START) else finish
            least = min(least, net.clocks[tie.other].between(then, to[tie.other]))
    return least


def _to_gate(net: Network, gate: int, instant: int, spans: dict[int, tuple[int, int]]) -> int:
    if net.gate_of[gate][1] != "entrance":
        return FOREVER
    return net.clocks[gate].between(instant, _gate_start(net, gate, spans))


def _gate_start(net: Network, gate: int, spans: dict[int, tuple[int, int]]) -> int:
    return spans[net.gate_of[gate][0]][0]
