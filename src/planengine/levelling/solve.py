"""One door to the methods for instances: by rule, by search, or with proof."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum

from planengine.levelling.exact import can_prove, proved
from planengine.levelling.genetic import SMALL, genetic_search
from planengine.levelling.instance import Instance
from planengine.levelling.solution import DEFAULT_LIMITS, Limits, Solution

SEARCHING = 0.6
"""The part of the time the search has before CP-SAT is asked."""
BY_RULE, HINT, GOOD_HINT = 3, 5_000, 50_000
"""Schedules tried: by the rule alone; before CP-SAT is asked for a proof; the same against time."""


class Method(StrEnum):
    """How hard to try: `fast` one rule, `search` a genetic search, `exact` until it is proved."""

    FAST = "fast"
    SEARCH = "search"
    EXACT = "exact"


def solve(
    instance: Instance,
    method: Method = Method.SEARCH,
    limits: Limits = DEFAULT_LIMITS,
    *,
    seed: int = 1,
    workers: int = 1,
    told: Callable[[int, int], None] | None = None,
) -> Solution:
    """A schedule of `instance`.

    `fast`: latest start first, then justified to the right and to the left (3 schedules).
    `search`: the genetic search within `limits`; with a limit of time and OR-Tools installed, what
    is left of the time goes to CP-SAT on up to `SMALL` activities. `exact`: a short search,
    then CP-SAT on `workers` threads (from two beginnings when there are several) until the proof
    or until `limits.seconds` are over; without OR-Tools the same as `search`. `told` as in
    `genetic_search`. Raises `InvalidInstance`.
    """
    if method is Method.FAST:
        return genetic_search(instance, Limits(BY_RULE), seed=seed, use_numba=False)
    asks_for_proof = can_prove() and (
        method is Method.EXACT or (limits.seconds is not None and instance.size <= SMALL)
    )
    if not asks_for_proof:
        return genetic_search(instance, limits, seed=seed, told=told)
    until = limits.until()
    hints = _hints(instance, limits, seed, workers, told)
    left = None if limits.seconds is None else until - limits.clock()
    return proved(instance, hints, replace(limits, seconds=left), workers=workers, seed=seed)


def _hints(
    instance: Instance,
    limits: Limits,
    seed: int,
    workers: int,
    told: Callable[[int, int], None] | None,
) -> list[Solution]:
    """Schedules for CP-SAT to begin with, the best one first: another one for a second worker."""
    tiny = instance.size <= SMALL // 2
    if limits.seconds is None:
        first = replace(limits, schedules=HINT)
    elif tiny:
        first = replace(limits, schedules=GOOD_HINT, seconds=limits.seconds * SEARCHING)
    else:
        first = replace(limits, schedules=None, seconds=limits.seconds * SEARCHING)
    known = genetic_search(instance, first, seed=seed, told=told)
    if known.is_optimal or workers < 2:
        return [known]
    return [known, genetic_search(instance, Limits(HINT), seed=seed) if tiny else known]
