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

from planengine.instants import DAY

Spans = tuple[list[int], list[int]]
"""Starts and finishes of intervals, ascending; neighbours may touch."""
Source = Callable[[int, int], Spans]
"""Gives the working intervals of the days from the first to, not including, the second."""

FIRST_DAY = -365 * 400
"""Day number (about year 1570) before which every second counts as working time."""
LAST_DAY = 365 * 830
"""Day number (about year 2800) from which every second counts as working time."""
_FAR = 1 << 60
_REMEMBERED = 200_000


class Remembered(dict[int, int]):
    """A function of one integer that keeps its answers: `f[x]`, in the hot loops; bounded."""

    __slots__ = ("_compute",)

    def __init__(self, compute: Callable[[int], int]) -> None:
        super().__init__()
        self._compute = compute

    def __missing__(self, key: int) -> int:
        if len(self) >= _REMEMBERED:
            self.clear()
        value = self[key] = self._compute(key)
        return value


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
        "_first",
        "_last",
        "_lock",
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
        self._table: tuple[list[int], list[int], list[int]] = ([], [], [])
        self.work_at: dict[int, int] = Remembered(self._work_at)
        self.start_at: dict[int, int] = Remembered(self._start_at)
        self.finish_at: dict[int, int] = Remembered(self._finish_at)
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

    def _work_at(self, instant: int) -> int:
        if not self._since <= instant < self._until:
            self._reach_instant(instant)
        starts, finishes, before = self._table
        place = bisect_right(starts, instant) - 1
        if place < 0:
            return before[0] if before else 0
        finish = finishes[place]
        return before[place] + min(instant, finish) - starts[place]

    def _start_at(self, work: int) -> int:
        self._reach_work(work)
        starts, _, before = self._table
        place = bisect_right(before, work) - 1
        return starts[place] + work - before[place]

    def _finish_at(self, work: int) -> int:
        self._reach_work(work)
        starts, _, before = self._table
        place = bisect_left(before, work) - 1
        return starts[place] + work - before[place]

    def _reach_instant(self, instant: int) -> None:
        while instant >= self._until:
            self._grow_after(max(2 * self._last - self._first, instant // DAY + 366))
        while instant < self._since:
            self._grow_before(min(2 * self._first - self._last, instant // DAY - 366))

    def _reach_work(self, work: int) -> None:
        """Compile until the coordinate lies inside: some work before it and some after."""
        while self._done() <= work:
            self._grow_after(2 * self._last - self._first + 366)
        while self._table[2][0] >= work:
            self._grow_before(2 * self._first - self._last - 366)

    def _done(self) -> int:
        starts, finishes, before = self._table
        return before[-1] + finishes[-1] - starts[-1] if starts else -_FAR

    def _grow_after(self, last_day: int) -> None:
        with self._lock:
            last = min(last_day, LAST_DAY)
            if last <= self._last:
                return  # another thread was faster
            new = self.source(self._last, last)
            if last == LAST_DAY:
                new = ([*new[0], last * DAY], [*new[1], _FAR])
            self._table = _joined(self._table[:2], new, self._origin())
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
            self._table = _joined(new, self._table[:2], self._origin() - work)
            self._first = first
            self._since = -_FAR if first == FIRST_DAY else first * DAY

    def _origin(self) -> int:
        before = self._table[2]
        return before[0] if before else 0


def _joined(one: Spans, other: Spans, origin: int) -> tuple[list[int], list[int], list[int]]:
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
    always._since, always._until = -_FAR, _FAR
    always.work_at = always.start_at = always.finish_at = _Identity()
    return always


ALWAYS = _around_the_clock()
"""The wall clock: every second is working time and an instant is its own work coordinate."""
