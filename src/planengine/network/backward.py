"""The backward pass: the latest dates that do not move the plan's finish."""

from __future__ import annotations

from collections.abc import Iterable

from planengine.calendars import WorkingTime
from planengine.model import ConstraintKind
from planengine.network.compiled import (
    DAWN,
    FINISH_FINISH,
    FOREVER,
    POINT,
    RULED,
    START_START,
    Dates,
    Network,
    Tie,
)
from planengine.network.placement import Span, backward_from, forward_from


def backward(net: Network, limits: list[int], early: Dates) -> Dates:
    """Late start and finish of every node, none finishing later than its limit (see `limits_of`).

    `early` are the early dates. Finished work holds nothing back, and both finished work and work
    under way show their actual start.
    """
    late = demanded(net, limits, early)
    show_actual(net, early, late, net.rules)
    return late


def demanded(
    net: Network,
    limits: list[int],
    early: Dates,
    nodes: Iterable[int] | None = None,
    known: Dates | None = None,
) -> Dates:
    """What every node demands of those before it, in reverse order: its late dates, `FOREVER` for
    what holds nothing back.

    Work and points tied by finish-to-start links alone are computed here (the hot loop), other
    links in `pushed`, nodes with a rule in `_settle`. `nodes` and `known` as in `forward`.
    """
    start, finish, works = known or ([0] * net.size, [0] * net.size, [0] * net.size)
    kinds, clocks, durations, ended = net.kinds, net.clocks, net.durations, early.finish
    before_of, lagged_of, bound_of = net.before_of, net.lagged_of, net.bound_of
    for node in reversed(net.order) if nodes is None else nodes:
        late, last_start = limits[node], FOREVER
        for other in before_of[node]:
            if start[other] < late:
                late = start[other]
        if lagged_of[node]:
            late = _before_lags(net, node, late, start)
        if bound_of[node]:
            last_start, late = pushed(bound_of[node], late, start, finish)
            last_start = _before_dawn(net, node, last_start, early, start)
        clock = clocks[node]
        if kinds[node] == RULED:
            start[node], finish[node] = _settle(net, node, last_start, late, ended[node])
            continue
        if kinds[node] == POINT:
            start[node] = finish[node] = min(late, last_start)
            works[node] = clock.work_at[start[node]]
        else:
            work = clock.work_at[late] - durations[node]
            if last_start < FOREVER and clock.work_at[last_start] < work:
                work = clock.work_at[last_start]
            works[node] = work
            start[node] = clock.start_at[work]
            finish[node] = clock.finish_at[work + durations[node]]
            if finish[node] < ended[node]:
                finish[node] = not_before(clock, finish[node], ended[node], late)
    return Dates(start, finish, works)


def not_before(clock: WorkingTime, finish: int, early: int, late: int) -> int:
    """A late finish drawn back to where work ends, or the early finish where that comes after it
    and no working time lies between: a link holds the finish in time off, and what holds it is not
    late. Never later than `late`, the instant successors allow.
    """
    if finish < early and clock.work_at[finish] == clock.work_at[early]:
        return max(finish, min(late, early))
    return finish


def _before_lags(net: Network, node: int, late: int, start: list[int]) -> int:
    """What finish-to-start links with working lag allow, no later than `late`."""
    for other, lag in net.lagged_of[node]:
        if start[other] < FOREVER:
            late = min(late, net.clocks[other].add(start[other], -lag))
    return late


def pushed(ties: list[Tie], late: int, start: list[int], finish: list[int]) -> tuple[int, int]:
    """What these links allow: the latest start (`FOREVER` when none says), and the latest finish,
    no later than `late`.
    """
    last_start = FOREVER
    for other, kind, lag, clock in ties:
        then = finish[other] if kind & FINISH_FINISH else start[other]
        if kind == DAWN or then >= FOREVER:
            continue
        if lag > 0:
            then = clock.start_at[clock.work_at[then] - lag]
        elif lag < 0:
            then = clock.finish_at[clock.work_at[then] - lag]
        if kind < START_START:
            if then < late:
                late = then
        elif then < last_start:
            last_start = then
    return last_start, late


def _before_dawn(net: Network, node: int, last: int, early: Dates, start: list[int]) -> int:
    """An activity that starts first under a summary is held by what waits for that start."""
    for tie in net.bound_of[node] if net.gates else ():
        if tie.kind == DAWN and early.start[tie.other] == early.start[node]:
            last = min(last, start[tie.other])
    return last


def _settle(net: Network, node: int, last_start: int, last_finish: int, early: int) -> Span:
    """Late dates of a node with a rule, from what its successors allow and its early finish.

    The order is that of `forward.settle`: a person's dates are not drawn to working time; what is
    done or inactive holds nothing back; what has begun holds back until it resumes.
    """
    rule, clock = net.rules[node], net.clocks[node]
    if rule.is_dawn:
        return last_start, last_start
    if rule.done is not None or rule.is_inactive:
        return FOREVER, FOREVER
    if rule.manual is not None:
        return clock.add(last_finish, -clock.between(*rule.manual)), last_finish
    if rule.began is not None:
        if not net.durations[node]:
            return last_finish, last_finish
        if rule.waits:
            return clock.add(last_finish, -rule.remaining), clock.prev_finish(last_finish)
        return max(rule.resume, rule.began), clock.prev_finish(last_finish)
    kind, date = rule.constraint, rule.date
    honoured = net.plan.options.honor_constraints
    if kind is ConstraintKind.MUST_START_ON and honoured:
        return forward_from(net, node, date)
    if kind is ConstraintKind.MUST_FINISH_ON and honoured:
        return backward_from(net, node, date)
    if kind in (ConstraintKind.MUST_START_ON, ConstraintKind.START_NO_LATER_THAN):
        last_start = min(last_start, date)
    span = within(net, node, last_start, last_finish)
    finish = not_before(clock, span[1], early, last_finish)
    return span[0] - rule.delay, finish  # the delay comes before the start; see `_show_actual`


def within(net: Network, node: int, last_start: int, last_finish: int) -> Span:
    """The latest place of an activity that keeps both its ends in time."""
    if not net.durations[node]:
        last = min(last_start, last_finish)
        return last, last
    span = backward_from(net, node, last_finish)
    if last_start >= FOREVER or net.clocks[node].between(span[0], last_start) >= 0:
        return span
    return forward_from(net, node, last_start)


def show_actual(net: Network, early: Dates, late: Dates, nodes: Iterable[int]) -> None:
    """Turn what nodes with a rule demand into what they show, in `late`: what has happened cannot
    be later than it was, and what is inactive has no late dates.
    """
    start, finish, works = late
    for node in nodes:
        rule = net.rules[node]
        if rule.done is not None:
            start[node], finish[node] = rule.done
        elif rule.is_inactive:
            start[node], finish[node] = early.start[node], early.finish[node]
        elif rule.began is not None:
            start[node] = rule.began
        elif rule.delay:
            start[node] = net.clocks[node].next_start(start[node] + rule.delay)
        works[node] = net.clocks[node].work_at[start[node]] if start[node] < FOREVER else FOREVER
