"""The forward pass: the earliest dates that floors, links and rules allow."""

from __future__ import annotations

from planengine.model import ConstraintKind
from planengine.network.compiled import (
    FINISH_FINISH,
    FINISH_START,
    FOREVER,
    PLAIN,
    POINT,
    START_FINISH,
    Network,
    Rule,
)
from planengine.network.placement import Span, backward_from, forward_from


def forward(net: Network, floors: list[int]) -> tuple[list[int], list[int]]:
    """Start and finish of every node, in topological order, from the floors given.

    Plain work with finish-to-start links is computed in place; everything else in `settle`.
    """
    start = [0] * net.size
    finish = [0] * net.size
    kinds, clocks, durations = net.kinds, net.clocks, net.durations
    after, lagged, bound = net.after, net.lagged, net.bound
    for node in net.order:
        kind = kinds[node]
        if kind > POINT or bound[node] or (kind == POINT and lagged[node]):
            start[node], finish[node] = settle(net, node, floors[node], start, finish)
            continue
        early = floors[node]
        for other in after[node]:
            if finish[other] > early:
                early = finish[other]
        if kind == PLAIN:
            clock = clocks[node]
            work = clock.work_at[early]
            for other, lag in lagged[node]:
                then = clock.work_at[finish[other]] + lag
                if then > work:
                    work = then
            start[node] = clock.start_at[work]
            finish[node] = clock.finish_at[work + durations[node]]
        else:
            start[node] = finish[node] = early
    return start, finish


def settle(net: Network, node: int, floor: int, start: list[int], finish: list[int]) -> Span:
    """Start and finish of one node of any kind, its predecessors' dates being known."""
    rule = net.rules.get(node)
    if rule is None:
        return _by_links(net, node, floor, start, finish)
    if rule.is_dawn:
        first = min((start[tie.other] for tie in net.bound[node]), default=floor)
        return first, first
    if rule.manual is not None:
        return rule.manual
    if rule.done is not None:
        return rule.done
    if rule.began is not None:
        return rule.began, _finish_of_rest(net, node, rule)
    span = _held(net, node, rule, _by_links(net, node, floor, start, finish))
    if rule.delay:
        return forward_from(net, node, span[0] + rule.delay)
    return span


def _by_links(net: Network, node: int, floor: int, start: list[int], finish: list[int]) -> Span:
    """Links into starts push the start; links into the finish pull the whole activity along."""
    early, target = earliest(net, node, floor, start, finish)
    span = forward_from(net, node, early)
    if target <= span[1]:
        return span
    clock = net.clocks[node]
    if clock.work_at[target] == clock.work_at[span[1]]:
        return span[0], target
    return backward_from(net, node, target)[0], target


def earliest(
    net: Network, node: int, floor: int, start: list[int], finish: list[int]
) -> tuple[int, int]:
    """What links demand: the earliest instant of the start, and of the finish (`-FOREVER` when no
    link goes there).
    """
    early, target = floor, -FOREVER
    for other in net.after[node]:
        early = max(early, finish[other])
    for other, lag in net.lagged[node]:
        early = max(early, net.clocks[node].add(finish[other], lag))
    for tie in net.bound[node]:
        from_finish = tie.kind in (FINISH_START, FINISH_FINISH)
        then = tie.shift(finish[tie.other] if from_finish else start[tie.other])
        if tie.kind in (FINISH_FINISH, START_FINISH):
            target = max(target, then)
        else:
            early = max(early, then)
    return early, target


def _held(net: Network, node: int, rule: Rule, span: Span) -> Span:
    """Constraints that hold against links, when the plan honours its constraints."""
    kind, date = rule.constraint, rule.date
    if kind is None or not net.plan.options.honor_constraints:
        return span
    late_start = kind is ConstraintKind.START_NO_LATER_THAN and span[0] > date
    late_finish = kind is ConstraintKind.FINISH_NO_LATER_THAN and span[1] > date
    if late_start or kind is ConstraintKind.MUST_START_ON:
        return forward_from(net, node, date)
    if late_finish or kind is ConstraintKind.MUST_FINISH_ON:
        return backward_from(net, node, date)
    return span


def _finish_of_rest(net: Network, node: int, rule: Rule) -> int:
    """Work under way goes on where it is to resume, each leg on its own clock."""
    if rule.legs:
        return max(leg.clock.add(rule.resume, leg.remaining) for leg in rule.legs)
    return net.clocks[node].add(rule.resume, rule.remaining)
