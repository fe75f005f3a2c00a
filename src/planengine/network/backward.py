"""The backward pass: the latest dates that do not move the plan's finish."""

from __future__ import annotations

from planengine.model import ConstraintKind
from planengine.network.compiled import (
    DAWN,
    FINISH_START,
    FOREVER,
    PLAIN,
    POINT,
    START_FINISH,
    START_START,
    Network,
    Rule,
)
from planengine.network.placement import Span, backward_from, forward_from


def backward(
    net: Network, limits: list[int], start: list[int], finish: list[int]
) -> tuple[list[int], list[int]]:
    """Late start and late finish of every node, in reverse order, none later than its limit.

    `start` and `finish` are the early dates. Work under way and finished work keep their actual
    start, and finished work its finish; neither holds back what came before it.
    """
    late_start = [0] * net.size
    late_finish = [0] * net.size
    kinds, clocks, durations, ceilings = net.kinds, net.clocks, net.durations, net.ceilings
    before_of, lagged_of, bound_of = net.before_of, net.lagged_of, net.bound_of
    for node in reversed(net.order):
        kind = kinds[node]
        if kind > POINT or bound_of[node]:
            late_start[node], late_finish[node] = _settle(
                net, node, limits[node], (start, finish), (late_start, late_finish)
            )
            continue
        late = limits[node]
        if ceilings[node] < late:
            late = ceilings[node]
        for other in before_of[node]:
            if late_start[other] < late:
                late = late_start[other]
        for other, lag in lagged_of[node]:
            clock = clocks[other]
            then = clock.add(late_start[other], -lag)
            if then < late:
                late = then
        if kind == PLAIN:
            clock = clocks[node]
            work = clock.work_at[late]
            late_start[node] = clock.start_at[work - durations[node]]
            late_finish[node] = clock.finish_at[work]
        else:
            late_start[node] = late_finish[node] = late
    _show_actual(net, start, finish, late_start, late_finish)
    return late_start, late_finish


Dates = tuple[list[int], list[int]]


def _settle(net: Network, node: int, limit: int, early: Dates, late: Dates) -> Span:
    """Late dates of a node of any kind, its successors' late dates being known."""
    rule = net.rules.get(node)
    last_start, last_finish = latest(net, node, limit, early, late)
    if rule is None:
        return _within(net, node, last_start, last_finish)
    if rule.is_dawn:
        return last_start, last_finish
    if rule.done is not None or rule.is_inactive:
        return FOREVER, FOREVER
    if rule.manual is not None:
        length = net.clocks[node].between(*rule.manual)
        return net.clocks[node].add(last_finish, -length), last_finish
    if rule.began is not None:
        clock = net.clocks[node]
        return max(rule.resume, rule.began), clock.prev_finish(last_finish)
    return _held(net, node, rule, last_start, last_finish)


def latest(net: Network, node: int, limit: int, early: Dates, late: Dates) -> tuple[int, int]:
    """What successors demand: the latest instant of the start (`FOREVER` when none does) and of the
    finish.
    """
    last_start, last_finish = FOREVER, min(limit, net.ceilings[node])
    late_start, late_finish = late
    for other in net.before_of[node]:
        last_finish = min(last_finish, late_start[other])
    for other, lag in net.lagged_of[node]:
        last_finish = min(last_finish, net.clocks[other].add(late_start[other], -lag))
    for tie in net.bound_of[node]:
        if tie.kind == DAWN:
            if early[0][tie.other] == early[0][node]:
                last_start = min(last_start, late_start[tie.other])
            continue
        into_start = tie.kind in (FINISH_START, START_START)
        demand = late_start[tie.other] if into_start else late_finish[tie.other]
        if demand >= FOREVER:
            continue
        then = tie.unshift(demand)
        if tie.kind in (START_START, START_FINISH):
            last_start = min(last_start, then)
        else:
            last_finish = min(last_finish, then)
    return last_start, last_finish


def _within(net: Network, node: int, last_start: int, last_finish: int) -> Span:
    """The latest place that keeps both ends in time."""
    if not net.durations[node]:
        last = min(last_start, last_finish)
        return last, last
    span = backward_from(net, node, last_finish)
    if span[0] <= last_start:
        return span
    clock = net.clocks[node]
    if clock.work_at[span[0]] == clock.work_at[last_start]:
        return span
    return clock.next_start(last_start), forward_from(net, node, last_start)[1]


def _held(net: Network, node: int, rule: Rule, last_start: int, last_finish: int) -> Span:
    """Constraints on late dates; *must* dates are the late dates when constraints are honoured."""
    kind, date = rule.constraint, rule.date
    honoured = net.plan.options.honor_constraints
    if kind is ConstraintKind.MUST_START_ON and honoured:
        return forward_from(net, node, date)
    if kind is ConstraintKind.MUST_FINISH_ON and honoured:
        return backward_from(net, node, date)
    if kind in (ConstraintKind.MUST_START_ON, ConstraintKind.START_NO_LATER_THAN):
        last_start = min(last_start, date)
    return _within(net, node, last_start, last_finish)


def _show_actual(
    net: Network, start: list[int], finish: list[int], late_start: list[int], late_finish: list[int]
) -> None:
    """What has happened cannot be later than it was."""
    for node, rule in net.rules.items():
        if rule.done is not None:
            late_start[node], late_finish[node] = rule.done
        elif rule.began is not None:
            late_start[node] = rule.began
        elif rule.is_inactive:
            late_start[node], late_finish[node] = start[node], finish[node]
