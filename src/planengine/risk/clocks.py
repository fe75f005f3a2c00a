"""Calendars as lookup tables: working time up to any instant, and back, for many samples at once.

A table has one row per slot of 2^k seconds that says which working interval the slot begins in;
one comparison then finds the interval itself, so answers are exact to the second. Instants and work
are counted from the table's own origin and fit 32 bits (68 years).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from planengine.calendars import ALWAYS, WorkingTime

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]

LONGEST = 2**31 - 2
"""Seconds a simulation may reach over."""
_COARSEST, _FINEST = 14, 8


@dataclass(frozen=True, slots=True)
class Slots:
    """Slot number → the interval to begin the search in; `rounds` comparisons settle it."""

    shift: int
    rounds: int
    first: Longs


class ClockTable:
    """One calendar between two instants. Rows of int32 in and out, counted from `origin`.

    `work` gives the working seconds before instants, `start` the last instants with so much work
    done and `finish` the first ones (the roles of `WorkingTime`). `operations` is the module `rows`
    or its compiled twin.
    """

    def __init__(self, clock: WorkingTime, origin: int, horizon: int, operations: Any) -> None:
        self.clock, self.origin, self.operations = clock, origin, operations
        self.is_wall = clock is ALWAYS
        self.zero = clock.work(origin)
        if self.is_wall:
            return
        clock.cover(origin, horizon)
        starts, finishes, _ = clock.arrays()
        inside = (finishes > origin) & (starts < horizon)
        starts = np.maximum(starts[inside], origin) - origin
        finishes = np.minimum(finishes[inside], horizon) - origin
        done = np.cumsum(finishes - starts)
        self.until: Ints = np.concatenate(([0], done)).astype(np.int32)
        self.moved: Ints = np.concatenate(([0], finishes - done)).astype(np.int32)
        self.edges: Ints = np.concatenate((starts, [LONGEST + 1])).astype(np.int32)
        self.by_time = _slots(starts, horizon - origin, begins=True)
        self.by_finish = _slots(self.until, int(self.until[-1]), begins=False)
        self.by_start = _slots(self.until, int(self.until[-1]), begins=True)

    def coordinate(self, instant: int) -> int:
        """Working seconds before one instant of the plan, from the table's origin."""
        return self.clock.work(instant) - self.zero

    def work(self, t: Ints) -> Ints:
        """Working seconds before each instant."""
        if self.is_wall:
            return t
        out, by = np.empty_like(t), self.by_time
        self.operations.work(
            t, out, by.first, by.shift, by.rounds, self.edges, self.moved, self.until
        )
        return out

    def finish(self, w: Ints) -> Ints:
        """The first instants with so much work done."""
        if self.is_wall:
            return w
        out, by = np.empty_like(w), self.by_finish
        self.operations.finish(w, out, by.first, by.shift, by.rounds, self.moved, self.until)
        return out

    def start(self, w: Ints) -> Ints:
        """The last instants with so much work done."""
        if self.is_wall:
            return w
        out, by = np.empty_like(w), self.by_start
        self.operations.start(w, out, by.first, by.shift, by.rounds, self.moved, self.until)
        return out

    def later(self, t: Ints, lag: int | Ints, *, into_finish: bool = False) -> Ints:
        """Each instant `lag` of working time later (finish role) or earlier (start role, or finish
        role for what leads into a finish).
        """
        if self.is_wall:
            return t + lag
        moved = self.work(t) + lag
        earlier = self.finish if into_finish else self.start
        if isinstance(lag, int):
            return self.finish(moved) if lag > 0 else earlier(moved) if lag < 0 else t
        back: Ints = np.where(lag < 0, earlier(moved), t)
        onward: Ints = np.where(lag > 0, self.finish(moved), back)
        return onward


def _slots(edges: npt.NDArray[Any], length: int, *, begins: bool) -> Slots:
    """The slots of rising edges, as coarse as at most one edge in each allows.

    The interval a slot begins in is the number of edges before it, with (`begins`) or without an
    edge at the very beginning.
    """
    for shift in range(_COARSEST, _FINEST - 1, -1):
        grid = np.arange((length >> shift) + 2, dtype=np.int64) << shift
        first = np.searchsorted(edges, grid, side="right" if begins else "left")
        rounds = int(np.diff(first).max(initial=0))
        if rounds <= 1:
            break
    return Slots(shift, rounds, np.minimum(first, len(edges)).astype(np.int64))
