"""Lower bounds on the makespan, cheap enough to ask before any search."""

from __future__ import annotations

from collections.abc import Sequence

from planengine.levelling.instance import Instance, topological_order
from planengine.levelling.packing import predecessors_of

PAIRED = 400
"""Activities up to which every pair is looked at."""


def lower_bound(instance: Instance) -> int:
    """No schedule of `instance` is shorter than this many periods.

    The longest path, and for every resource the work of the activities that have at least a head
    before and a tail behind them, done at full capacity between that head and that tail (Carlier's
    bound for one machine, by energy for capacities above one); on up to `PAIRED` activities also
    every two that cannot run at the same time, one after the other.
    """
    order = topological_order(instance)
    heads = _longest_before(instance, order, predecessors_of(instance))
    tails = _longest_before(instance, order[::-1], instance.successors)
    spans = zip(heads, instance.durations, tails, strict=True)
    bound = max((head + duration + tail for head, duration, tail in spans), default=0)
    for resource in range(len(instance.capacities)):
        bound = max(bound, _energy(instance, resource, heads, tails))
    if instance.size <= PAIRED:
        bound = max(bound, _pairs(instance, heads, tails))
    return bound


def _longest_before(
    instance: Instance, order: Sequence[int], before: Sequence[Sequence[int]]
) -> list[int]:
    longest = [0] * instance.size
    for activity in order:
        ends = (longest[other] + instance.durations[other] for other in before[activity])
        longest[activity] = max(ends, default=0)
    return longest


def _energy(instance: Instance, resource: int, heads: list[int], tails: list[int]) -> int:
    rows = [
        (heads[i], tails[i], instance.durations[i] * instance.demands[i][resource])
        for i in range(instance.size)
        if instance.durations[i] * instance.demands[i][resource] > 0
    ]
    capacity, bound = instance.capacities[resource], 0
    by_tail = sorted(rows, key=lambda row: -row[1])
    for head in {row[0] for row in rows}:
        work = 0
        for other, tail, own in by_tail:
            if other >= head:
                work += own
                bound = max(bound, head - (-work // capacity) + tail)
    return bound


def _pairs(instance: Instance, heads: list[int], tails: list[int]) -> int:
    durations, bound = instance.durations, 0
    for one in range(instance.size):
        for other in range(one):
            both = durations[one] + durations[other]
            first = heads[one] + both + tails[other]
            second = heads[other] + both + tails[one]
            if min(first, second) > bound and _exclude(instance, one, other):
                bound = min(first, second)
    return bound


def _exclude(instance: Instance, one: int, other: int) -> bool:
    """Whether some resource cannot serve both at once; what takes no time excludes nothing."""
    if not (instance.durations[one] and instance.durations[other]):
        return False
    needs = zip(instance.demands[one], instance.demands[other], instance.capacities, strict=True)
    return any(first + second > capacity for first, second, capacity in needs)
