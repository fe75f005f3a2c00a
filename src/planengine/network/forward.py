"""The forward pass: the earliest dates that floors, links and rules allow."""

from __future__ import annotations

from collections.abc import Iterable

from planengine.model import ConstraintKind, Profile
from planengine.network.compiled import (
    FINISH_FINISH,
    FOREVER,
    POINT,
    RULED,
    START_START,
    Dates,
    Network,
    Rule,
    Tie,
)
from planengine.network.placement import Span, backward_from, forward_from

MUST = (ConstraintKind.MUST_START_ON, ConstraintKind.MUST_FINISH_ON)


def forward(
    net: Network,
    floors: list[int],
    nodes: Iterable[int] | None = None,
    known: Dates | None = None,
) -> Dates:
    """Start and finish of every node, in topological order, from the floors given.

    With `nodes` only those are computed (an iterator may look at what came out before it names the
    next), and `known` holds the dates of all others and receives the new ones.

    Work and points tied by finish-to-start links alone are computed here (the hot loop), other
    links in `_pulled`, nodes with a rule in `settle`.
    """
    start, finish, works = known or ([0] * net.size, [0] * net.size, [0] * net.size)
    kinds, clocks, durations = net.kinds, net.clocks, net.durations
    after, lagged, bound = net.after, net.lagged, net.bound
    for node in net.order if nodes is None else nodes:
        clock = clocks[node]
        if kinds[node] == RULED:
            start[node], finish[node] = settle(net, node, floors[node], start, finish)
            works[node] = clock.work_at[start[node]]
            continue
        early = floors[node]
        for other in after[node]:
            if finish[other] > early:
                early = finish[other]
        for other, lag in lagged[node]:
            then = clock.work_at[finish[other]] + lag
            then = clock.finish_at[then] if lag > 0 else clock.start_at[then]
            if then > early:
                early = then
        target = -FOREVER
        if bound[node]:
            early, target = pulled(bound[node], early, start, finish)
        point = max(early, target)
        works[node] = work = clock.work_at[point if kinds[node] == POINT else early]
        if kinds[node] == POINT:
            start[node] = finish[node] = point
        else:
            start[node] = clock.start_at[work]
            finish[node] = clock.finish_at[work + durations[node]]
        if target > finish[node]:
            start[node], finish[node] = _ending(net, node, (start[node], finish[node]), target)
            works[node] = clock.work_at[start[node]]
    return Dates(start, finish, works)


def pulled(ties: list[Tie], early: int, start: list[int], finish: list[int]) -> tuple[int, int]:
    """What these links demand: an instant for the start, no earlier than `early`, and one for the
    finish (`-FOREVER` when no link ends there).
    """
    target = -FOREVER
    for other, kind, lag, clock in ties:
        then = finish[other] if kind < START_START else start[other]
        if lag > 0:
            then = clock.finish_at[clock.work_at[then] + lag]
        elif lag < 0:
            then = (clock.finish_at if kind & FINISH_FINISH else clock.start_at)[
                clock.work_at[then] + lag
            ]
        if kind & FINISH_FINISH:
            if then > target:
                target = then
        elif then > early:
            early = then
    return early, target


def _ending(net: Network, node: int, span: Span, target: int) -> Span:
    """Dates of an activity whose finish a link pulls to `target`.

    The finish is the target instant itself, even where no work is done (Monday 08:00, not Friday
    17:00), and the start follows from it.
    """
    if not net.durations[node]:
        return target, target
    if net.clocks[node].between(span[1], target) == 0:
        return span[0], target
    return backward_from(net, node, target)[0], target


def settle(net: Network, node: int, floor: int, start: list[int], finish: list[int]) -> Span:
    """Start and finish of one node of any kind, its predecessors' dates being known.

    The order of the rules: a person's dates; what has happened; links; constraints that hold
    against links; levelling delay.
    """
    rule = net.rules.get(node, PLAIN_RULE)
    if rule.is_dawn:
        first = min((start[tie.other] for tie in net.bound[node]), default=floor)
        return first, first
    if rule.manual is not None:
        return rule.manual
    if rule.done is not None:
        return rule.done
    if rule.began is not None:
        resume, target = rule.resume, -FOREVER
        if rule.waits:
            resume, target = earliest(net, node, resume, start, finish)
        return rule.began, max(_finish_of_rest(net, node, rule, resume), target)
    span = _held(net, node, rule, _by_links(net, node, floor, start, finish))
    if rule.delay:
        return forward_from(net, node, span[0] + rule.delay)
    return span


PLAIN_RULE = Rule()
"""The rule of a node that has none."""


def earliest(
    net: Network, node: int, floor: int, start: list[int], finish: list[int]
) -> tuple[int, int]:
    """What floor and links demand: the earliest instant of the start, and of the finish
    (`-FOREVER` when no link ends there).
    """
    early, clock = floor, net.clocks[node]
    for other in net.after[node]:
        early = max(early, finish[other])
    for other, lag in net.lagged[node]:
        early = max(early, clock.add(finish[other], lag))
    return pulled(net.bound[node], early, start, finish)


def _by_links(net: Network, node: int, floor: int, start: list[int], finish: list[int]) -> Span:
    """Links into starts push the start; links into the finish pull the whole activity along."""
    early, target = earliest(net, node, floor, start, finish)
    span = forward_from(net, node, early)
    return span if target <= span[1] else _ending(net, node, span, target)


def _held(net: Network, node: int, rule: Rule, span: Span) -> Span:
    """Constraints that hold against links, when the plan honours its constraints."""
    kind, date, options = rule.constraint, rule.date, net.plan.options
    if kind is None or not options.honor_constraints:
        return span
    if options.profile is Profile.P6 and kind not in MUST:
        return span  # P6: only mandatory constraints hold against links
    late_start = kind is ConstraintKind.START_NO_LATER_THAN and span[0] > date
    late_finish = kind is ConstraintKind.FINISH_NO_LATER_THAN and span[1] > date
    if late_start or kind is ConstraintKind.MUST_START_ON:
        return forward_from(net, node, date)
    if late_finish or kind is ConstraintKind.MUST_FINISH_ON:
        return backward_from(net, node, date)
    return span


def _finish_of_rest(net: Network, node: int, rule: Rule, resume: int) -> int:
    """Work under way goes on where it is to resume, each leg on its own clock."""
    if rule.legs:
        return max(leg.clock.add(resume, leg.remaining) for leg in rule.legs)
    return net.clocks[node].add(resume, rule.remaining)
