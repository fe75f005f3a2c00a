"""Large neighbourhood search: one window of a good schedule is taken apart and put together by
CP-SAT, while the rest keeps who follows whom on each unit of a resource.
"""

from __future__ import annotations

import random
from collections.abc import Collection
from itertools import pairwise

from planengine.levelling.exact import Pair, model_of, solved
from planengine.levelling.instance import Instance
from planengine.levelling.solution import Limits, Solution, solution_of

EFFORT = 0.25
"""CP-SAT's deterministic seconds on one window."""
SMALLEST, LARGEST = 20, 70
"""How many activities a window holds."""


def improved(instance: Instance, known: Solution, limits: Limits, *, seed: int = 1) -> Solution:
    """`known`, or the shortest schedule found by re-solving windows within `limits` (each window
    counts as one schedule).

    Partial-order schedules after Policella et al. (2007), windows after Palpant, Artigues and
    Michelon (2004).
    """
    chance = random.Random(seed)  # noqa: S311 - a search, not a secret
    until, rounds, size = limits.until(), 0, 40
    most = limits.schedules or 1 << 60
    while not known.is_optimal and rounds < most and limits.clock() < until:
        rounds += 1
        loose = _window(instance, known, size, chance)
        left = None if limits.seconds is None else until - limits.clock()
        shorter, status = _rearranged(instance, known, loose, left, chance.randrange(1 << 30))
        if shorter is not None:
            known = shorter
        elif status == "INFEASIBLE":
            size = min(LARGEST, size + 1)
        else:
            size = max(SMALLEST, size - 1)
    return known


def _window(instance: Instance, known: Solution, size: int, chance: random.Random) -> set[int]:
    """The activities running nearest a moment drawn from the schedule."""
    moment = chance.random() * known.makespan

    def distance(activity: int) -> float:
        start = known.starts[activity]
        return max(start - moment, moment - start - instance.durations[activity], 0)

    mixed = list(range(instance.size))
    chance.shuffle(mixed)
    return set(sorted(mixed, key=distance)[:size])


def _rearranged(
    instance: Instance, known: Solution, loose: Collection[int], seconds: float | None, seed: int
) -> tuple[Solution | None, str]:
    kept = handovers(instance, known, loose)
    model, starts, _ = model_of(instance, known.lower_bound, known.makespan - 1, kept)
    for start, at in zip(starts, known.starts, strict=True):
        model.add_hint(start, at)
    solver, status = solved(model, seconds=seconds, workers=1, seed=seed, effort=EFFORT)
    if status not in {"OPTIMAL", "FEASIBLE"}:
        return None, status
    found = [solver.value(start) for start in starts]
    return solution_of(instance, found, known.lower_bound, known.schedules), status


def handovers(instance: Instance, known: Solution, loose: Collection[int]) -> set[Pair]:
    """Who hands a unit of a resource on to whom in `known`, the `loose` activities left out."""
    order = sorted(range(instance.size), key=lambda activity: known.starts[activity])
    pairs: set[Pair] = set()
    for resource, capacity in enumerate(instance.capacities):
        users = [a for a in order if instance.demands[a][resource] and instance.durations[a]]
        units: list[list[int]] = [[] for _ in range(capacity)]
        for activity in users:
            _take(instance, known, units, activity, instance.demands[activity][resource])
        for unit in units:
            kept = [activity for activity in unit if activity not in loose]
            pairs.update(pairwise(kept))
    return pairs


def _take(
    instance: Instance, known: Solution, units: list[list[int]], activity: int, wanted: int
) -> None:
    """Give `activity` units that are free, those of the latest finisher first."""

    def finish(unit: list[int]) -> int:
        return known.starts[unit[-1]] + instance.durations[unit[-1]] if unit else 0

    free = [unit for unit in units if finish(unit) <= known.starts[activity]]
    free.sort(key=lambda unit: (finish(unit), unit[-1] if unit else -1), reverse=True)
    for unit in free[:wanted]:
        unit.append(activity)
