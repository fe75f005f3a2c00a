"""One calendar as intervals and cumulative work, and the arithmetic on it.

The *work coordinate* of an instant is the working seconds counted from an origin of the calendar's
own. Several instants share one coordinate (Friday 17:00 and Monday 08:00), so the way back has two
roles: the **finish role** is the first of them (17:00), the **start role** the last (08:00).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from itertools import chain
from threading import Lock
from typing import Literal

import numpy as np
import numpy.typing as npt

from planengine.instants import DAY

Numbers = npt.NDArray[np.int64]
Spans = tuple[list[int], list[int]]
"""Starts and finishes of intervals, ascending; neighbours may touch."""
Table = tuple[list[int], list[int], list[int]]
"""Starts and finishes of intervals that do not touch, and the work coordinate of each start."""
Source = Callable[[int, int], Spans]
"""Gives the working intervals of the days from the first to, not including, the second."""

FIRST_DAY = -365 * 400
"""Day number (about year 1570) before which every second counts as working time."""
LAST_DAY = 365 * 830
"""Day number (about year 2800) from which every second counts as working time."""
_FAR = 1 << 60
_REMEMBERED = 250_000


class _Remembered(dict[int, int]):
    """A function of one integer that keeps its answers: `f[x]`, in the hot loops."""

    __slots__ = ("_of",)

    def __init__(self, of: WorkingTime) -> None:
        super().__init__()
        self._of = of

    def _keep(self, key: int, value: int) -> int:
        if len(self) >= _REMEMBERED:
            self.clear()
        self[key] = value
        return value


class _WorkAt(_Remembered):
    """The work coordinate of an instant."""

    __slots__ = ()

    def __missing__(self, instant: int) -> int:
        starts, finishes, before = self._of.table_at(instant)
        place = bisect_right(starts, instant) - 1
        if place < 0:
            return self._keep(instant, before[0] if before else 0)
        finish = finishes[place]
        work = before[place] + min(instant, finish) - starts[place]
        return self._keep(instant, work)


class _StartAt(_Remembered):
    """The last instant with so much work done."""

    __slots__ = ()

    def __missing__(self, work: int) -> int:
        starts, _, before = self._of.table_of(work)
        place = bisect_right(before, work) - 1
        return self._keep(work, starts[place] + work - before[place])


class _FinishAt(_Remembered):
    """The first instant with so much work done."""

    __slots__ = ()

    def __missing__(self, work: int) -> int:
        starts, _, before = self._of.table_of(work)
        place = bisect_left(before, work) - 1
        return self._keep(work, starts[place] + work - before[place])


class _Identity(dict[int, int]):
    """`f[x]` is `x`."""

    __slots__ = ()

    def __missing__(self, key: int) -> int:
        return key


class WorkingTime:
    """A compiled calendar. Instants are seconds since 1970, amounts are seconds of working time.

    To whoever asks it never changes: it grows at either end when a question goes beyond what is
    compiled, without changing an answer, and may be shared between plans and threads. Before the
    year 1570 and after 2800 every second counts, so that each question has an answer.

    `starts`, `finishes`, `before` are the intervals compiled so far: interval `k` is
    `starts[k] <= t < finishes[k]` and `before[k]` is the work coordinate of its start.
    `work_at[t]`, `start_at[w]`, `finish_at[w]` are the three functions everything else is made of,
    remembering their answers: the work coordinate of an instant, and its inverses in the start role
    (last instant with that much work done) and the finish role (first such instant).
    """

    __slots__ = (
        "_arrays",
        "_first",
        "_last",
        "_least",
        "_lock",
        "_most",
        "_since",
        "_table",
        "_until",
        "finish_at",
        "key",
        "source",
        "start_at",
        "work_at",
    )

    def __init__(self, key: object, source: Source, first_day: int, last_day: int) -> None:
        self.key = key
        self.source = source
        self._lock = Lock()
        self._first = self._last = max(FIRST_DAY, min(first_day, LAST_DAY))
        self._since = self._until = self._first * DAY
        self._table: Table = ([], [], [])
        self._arrays: tuple[Table, tuple[Numbers, Numbers, Numbers]] | None = None
        self._least, self._most = _FAR, -_FAR
        self.work_at: dict[int, int] = _WorkAt(self)
        self.start_at: dict[int, int] = _StartAt(self)
        self.finish_at: dict[int, int] = _FinishAt(self)
        self._grow_after(last_day)

    @property
    def starts(self) -> list[int]:
        """Starts of the intervals compiled so far, ascending instants; not to be changed."""
        return self._table[0]

    @property
    def finishes(self) -> list[int]:
        """Finishes of the intervals compiled so far, ascending instants; not to be changed."""
        return self._table[1]

    @property
    def before(self) -> list[int]:
        """Work coordinate of each interval's start, ascending; not to be changed."""
        return self._table[2]

    @property
    def is_idle(self) -> bool:
        """True when the part compiled so far has no working time at all."""
        return not self._table[0]

    def work(self, instant: int) -> int:
        """Work coordinate of an instant: only differences between two of them mean something."""
        return self.work_at[instant]

    def between(self, first: int, second: int) -> int:
        """Working seconds from the first instant to the second; negative when it lies before."""
        return self.work_at[second] - self.work_at[first]

    def add(self, instant: int, seconds: int) -> int:
        """The instant `seconds` of working time later (finish role), or earlier when negative
        (start role); the same instant for 0.
        """
        if seconds > 0:
            return self.finish_at[self.work_at[instant] + seconds]
        if seconds < 0:
            return self.start_at[self.work_at[instant] + seconds]
        return instant

    def next_start(self, instant: int) -> int:
        """The instant itself when work can start there, else the next start of working time."""
        return self.start_at[self.work_at[instant]]

    def prev_finish(self, instant: int) -> int:
        """The instant itself when work can finish there, else the last finish before it."""
        return self.finish_at[self.work_at[instant]]

    def cover(self, first: int, last: int) -> None:
        """Have everything between two instants compiled, for whoever reads the lists directly."""
        self._reach_instant(first)
        self._reach_instant(last)

    def table_at(self, instant: int) -> Table:
        """`starts`, `finishes` and `before`, compiled far enough for an instant."""
        if not self._since <= instant < self._until:
            self._reach_instant(instant)
        return self._table

    def table_of(self, work: int) -> Table:
        """The same, with some work before and some after a work coordinate."""
        if not self._least < work < self._most:
            self._reach_work(work)
        return self._table

    def works_at(self, instants: Numbers) -> Numbers:
        """`work_at` of many instants at once (int64 array, any shape)."""
        if not instants.size:
            return instants
        self.cover(int(instants.min()), int(instants.max()))
        starts, finishes, before = self.arrays()
        place = np.maximum(np.searchsorted(starts, instants, "right") - 1, 0)
        inside = np.clip(instants, starts[place], finishes[place])
        return before[place] + inside - starts[place]

    def starts_at(self, works: Numbers) -> Numbers:
        """`start_at` of many work coordinates at once."""
        return self._instants_at(works, "right")

    def finishes_at(self, works: Numbers) -> Numbers:
        """`finish_at` of many work coordinates at once."""
        return self._instants_at(works, "left")

    def add_all(self, instants: Numbers, seconds: Numbers) -> Numbers:
        """`add` for many instants at once, each with its own amount."""
        works = self.works_at(instants) + seconds
        moved = np.where(seconds > 0, self.finishes_at(works), self.starts_at(works))
        return np.where(seconds == 0, instants, moved)

    def _instants_at(self, works: Numbers, side: Literal["left", "right"]) -> Numbers:
        if not works.size:
            return works
        self.table_of(int(works.min()))
        self.table_of(int(works.max()))
        starts, _, before = self.arrays()
        place = np.searchsorted(before, works, side) - 1
        return starts[place] + works - before[place]

    def arrays(self) -> tuple[Numbers, Numbers, Numbers]:
        """`starts`, `finishes` and `before` as int64 arrays, as far as compiled; do not change."""
        table, kept = self._table, self._arrays
        if kept is None or kept[0] is not table:
            columns = (np.array(table[0]), np.array(table[1]), np.array(table[2]))
            kept = self._arrays = (table, columns)
        return kept[1]

    @property
    def remembered(self) -> int:
        """How many answers are kept for speed."""
        return len(self.work_at) + len(self.start_at) + len(self.finish_at)

    def forget(self) -> None:
        """Drop the answers kept for speed."""
        for answers in (self.work_at, self.start_at, self.finish_at):
            answers.clear()

    def _reach_instant(self, instant: int) -> None:
        while instant >= self._until and self._last < LAST_DAY:
            self._grow_after(max(2 * self._last - self._first, instant // DAY + 366))
        while instant < self._since and self._first > FIRST_DAY:
            self._grow_before(min(2 * self._first - self._last, instant // DAY - 366))

    def _reach_work(self, work: int) -> None:
        while work >= self._most and self._last < LAST_DAY:
            self._grow_after(2 * self._last - self._first + 366)
        while work <= self._least and self._first > FIRST_DAY:
            self._grow_before(2 * self._first - self._last - 366)

    def _grow_after(self, last_day: int) -> None:
        with self._lock:
            last = min(last_day, LAST_DAY)
            if last <= self._last:
                return  # another thread was faster
            new = self.source(self._last, last)
            if last == LAST_DAY:
                new = ([*new[0], last * DAY], [*new[1], _FAR])
            self._set(_joined(self._table[:2], new, self._origin()))
            self._last = last
            self._until = _FAR if last == LAST_DAY else last * DAY

    def _grow_before(self, first_day: int) -> None:
        with self._lock:
            first = max(first_day, FIRST_DAY)
            if first >= self._first:
                return  # another thread was faster
            new = self.source(first, self._first)
            if first == FIRST_DAY:
                new = ([-_FAR, *new[0]], [first * DAY, *new[1]])
            work = sum(new[1]) - sum(new[0])
            self._set(_joined(new, self._table[:2], self._origin() - work))
            self._first = first
            self._since = -_FAR if first == FIRST_DAY else first * DAY

    def _set(self, table: Table) -> None:
        starts, finishes, before = self._table = table
        if starts:
            self._least, self._most = before[0], before[-1] + finishes[-1] - starts[-1]

    def _origin(self) -> int:
        before = self._table[2]
        return before[0] if before else 0


def _joined(one: Spans, other: Spans, origin: int) -> Table:
    """Earlier and later intervals as one list, touching ones made one, and the work before each."""
    starts: list[int] = []
    finishes: list[int] = []
    before: list[int] = []
    total = origin
    for start, finish in chain(zip(*one, strict=True), zip(*other, strict=True)):
        if finishes and finishes[-1] == start:
            finishes[-1] = finish
        else:
            starts.append(start)
            finishes.append(finish)
            before.append(total)
        total += finish - start
    return starts, finishes, before


def _around_the_clock() -> WorkingTime:
    always = WorkingTime("always", lambda first, last: ([first * DAY], [last * DAY]), 0, 1)
    always._table = ([-_FAR], [_FAR], [-_FAR])
    always._since, always._until = -_FAR - 1, _FAR + 1
    always._first, always._last = FIRST_DAY, LAST_DAY
    always._least, always._most = -_FAR - 1, _FAR + 1
    always.work_at = always.start_at = always.finish_at = _Identity()
    return always


ALWAYS = _around_the_clock()
"""The wall clock: every second is working time and an instant is its own work coordinate."""
