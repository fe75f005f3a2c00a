"""What a search gives back, and how long it may go on."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from planengine.levelling.instance import Instance

Clock = Callable[[], float]
"""Seconds that only grow, from any beginning."""


@dataclass(frozen=True, slots=True)
class Solution:
    """A schedule of an instance: `starts` (n periods), its `makespan`, a `lower_bound` no schedule
    can beat, and how many `schedules` were tried.
    """

    starts: tuple[int, ...]
    makespan: int
    lower_bound: int
    schedules: int = 0

    @property
    def is_optimal(self) -> bool:
        """Whether it is proved that nothing shorter exists."""
        return self.makespan <= self.lower_bound


@dataclass(frozen=True, slots=True)
class Limits:
    """When a search ends at the latest: after `schedules` schedules or `seconds` of `clock`,
    whichever is set. With `seconds` unset a search is repeatable.
    """

    schedules: int | None = 50_000
    seconds: float | None = None
    clock: Clock = time.monotonic

    def until(self) -> float:
        """The reading of the clock at which a search that begins now is over."""
        return float("inf") if self.seconds is None else self.clock() + self.seconds


DEFAULT_LIMITS = Limits()
"""50,000 schedules, however long they take."""


def solution_of(instance: Instance, starts: Sequence[int], bound: int, tried: int) -> Solution:
    """The `Solution` with these `starts` (n periods)."""
    pairs = zip(starts, instance.durations, strict=True)
    span = max((int(start) + duration for start, duration in pairs), default=0)
    return Solution(tuple(int(start) for start in starts), span, bound, tried)
