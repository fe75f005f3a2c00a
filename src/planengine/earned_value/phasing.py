"""Money spread over working time: which share of each activity lies before a moment.

NumPy is imported where it is used, so that a process that never measures does not load it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from planengine.instants import DAY
from planengine.model import Plan
from planengine.working_days import WorkingDays

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]


class Clock:
    """Seconds of working time of one calendar up to any moment between two days."""

    def __init__(self, days: WorkingDays, calendar: int | None, first: int, last: int) -> None:
        self._starts: list[int] = []
        self._finishes: list[int] = []
        self._before: list[int] = []
        done = 0
        for day in range(first, last + 1):
            for begin, end in days.hours(calendar, day):
                self._starts.append(day * DAY + begin)
                self._finishes.append(day * DAY + end)
                self._before.append(done)
                done += end - begin

    def work(self, moment: int) -> int:
        """Working seconds before `moment`."""
        place = bisect_right(self._starts, moment) - 1
        if place < 0:
            return 0
        return self._before[place] + min(moment, self._finishes[place]) - self._starts[place]

    def moment(self, work: float) -> int | None:
        """The first moment with so much work before it; `None` when it lies beyond the last day."""
        place = max(bisect_left(self._before, work) - 1, 0)
        if not self._starts:
            return None
        found = self._starts[place] + round(work) - self._before[place]
        return found if found <= self._finishes[place] else None


class Clocks:
    """The clocks of a plan, made when first asked for; all reach over the same days."""

    def __init__(self, plan: Plan, first: int, last: int) -> None:
        self._days = WorkingDays(plan.calendars)
        self._range = (first // DAY - 1, last // DAY + 1)
        self.of = lru_cache(maxsize=None)(self._make)

    def _make(self, calendar: int | None) -> Clock:
        return Clock(self._days, calendar, *self._range)


@dataclass(frozen=True, slots=True)
class Span:
    """Money between two instants; spread over the working time of `calendar`, or over wall clock
    when `elapsed`.
    """

    amount: float
    start: int
    finish: int
    calendar: int | None
    elapsed: bool = False


class Spread:
    """Spans laid out for asking, again and again, how much of each lies before a moment."""

    def __init__(self, clocks: Clocks, spans: Iterable[Span]) -> None:
        import numpy as np

        rows = tuple(spans)
        self._groups: list[tuple[Clock | None, npt.NDArray[np.intp]]] = []
        self._amount = np.array([row.amount for row in rows], dtype=np.float64)
        self._start = np.zeros(len(rows))
        self._length = np.zeros(len(rows))
        self._finish = np.array([row.finish for row in rows], dtype=np.float64)
        places: dict[Clock | None, list[int]] = {}
        for place, row in enumerate(rows):
            clock = None if row.elapsed else clocks.of(row.calendar)
            if clock is not None and clock.work(row.finish) == clock.work(row.start):
                clock = None
            first = row.start if clock is None else clock.work(row.start)
            self._start[place] = first
            self._length[place] = (row.finish if clock is None else clock.work(row.finish)) - first
            places.setdefault(clock, []).append(place)
        for clock, members in places.items():
            self._groups.append((clock, np.array(members, dtype=np.intp)))

    def shares(self, moment: int) -> Floats:
        """The share of each span before `moment`, 0–1; a span without length is a step."""
        import numpy as np

        now = np.full(len(self._amount), float(moment))
        for clock, members in self._groups:
            if clock is not None:
                now[members] = clock.work(moment)
        point = self._length <= 0
        share = (now - self._start) / np.where(point, 1.0, self._length)
        return np.where(point, self._finish <= moment, np.clip(share, 0.0, 1.0))

    def amounts(self, moment: int) -> Floats:
        """The money of each span before `moment`, unrounded."""
        return self._amount * self.shares(moment)

    def total(self, moment: int) -> float:
        """All money before `moment`, unrounded."""
        return float(self.amounts(moment).sum())

    def rounded(self, moment: int) -> int:
        """All money before `moment`, each span rounded to the whole by itself, half to even."""
        import numpy as np

        return int(np.rint(self.amounts(moment)).sum())
