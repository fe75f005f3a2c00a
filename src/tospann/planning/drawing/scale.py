"""Time along a drawing: where an instant lies, and what the two lines above the rows say."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

import planengine as engine
from planengine.instants import DAY, date_of
from tospann.planning.drawing.text import width
from tospann.ui.formats import is_norwegian, month

DAYS, WEEKS, MONTHS, QUARTERS = 15.0, 3.2, 0.75, 0.2
"""Pixels a day must have for the lower line to show days, weeks, months or quarters."""


class Division(NamedTuple):
    """A part of the axis with its name."""

    x: float
    width: float
    label: str


@dataclass(frozen=True)
class Scale:
    """Instants to pixels: ``first`` at ``left``, ``last`` at ``right``; drawn until ``end``."""

    first: int
    last: int
    left: float
    right: float
    end: float

    @property
    def a_day(self) -> float:
        """Pixels a day has."""
        return (self.right - self.left) * DAY / max(DAY, self.last - self.first)

    def x(self, instant: int) -> float:
        return self.left + (instant - self.first) / DAY * self.a_day

    def inside(self, instant: int) -> float:
        """As ``x``, but at the edge for what lies outside."""
        return min(max(self.x(instant), self.left), self.end)

    def shows(self, instant: int) -> bool:
        return self.left <= self.x(instant) <= self.end

    @property
    def days(self) -> range:
        """The numbers of the days that are drawn."""
        return range(self.first // DAY, self.first // DAY + int(self._length / self.a_day) + 2)

    @property
    def _length(self) -> float:
        return self.end - self.left

    def tiers(self, language: str) -> tuple[list[Division], list[Division]]:
        """The upper and the lower line of the heading."""
        a_day = self.a_day
        if a_day >= WEEKS:
            upper = self._divided(_months, lambda one: month(one, language))
            if a_day >= DAYS:
                return upper, self._divided(_days, lambda one: str(one.day))
            return upper, self._divided(_weeks, lambda one: str(one.isocalendar().week))
        if a_day >= MONTHS:
            lower = self._divided(_months, lambda one: month(one, language)[:3])
            return self._divided(_years, _year), lower
        if a_day >= QUARTERS:
            letter = "K" if is_norwegian(language) else "Q"
            return self._divided(_years, _year), self._divided(
                _quarters, lambda one: f"{letter}{(one.month + 2) // 3}"
            )
        return [], self._divided(_years, _year)

    def _divided(
        self, steps: Callable[[date], Iterator[date]], name: Callable[[date], str]
    ) -> list[Division]:
        found: list[Division] = []
        begins: date | None = None
        for following in steps(date_of(self.first // DAY)):
            if begins is not None:
                left, right = self._at(begins), self._at(following)
                if right - left > 1:
                    label = name(begins)
                    fits = width(label, 10) + 3 <= right - left
                    found.append(Division(left, right - left, label if fits else ""))
            if self.x(_instant(following)) >= self.end:
                break
            begins = following
        return found

    def _at(self, day: date) -> float:
        return self.inside(_instant(day))


def _instant(day: date) -> int:
    return engine.day(day) * DAY


def _days(day: date) -> Iterator[date]:
    while True:
        yield day
        day += timedelta(days=1)


def _weeks(day: date) -> Iterator[date]:
    day -= timedelta(days=day.weekday())
    while True:
        yield day
        day += timedelta(days=7)


def _months(day: date) -> Iterator[date]:
    return _by_month(day, 1)


def _quarters(day: date) -> Iterator[date]:
    return _by_month(day.replace(month=(day.month - 1) // 3 * 3 + 1), 3)


def _years(day: date) -> Iterator[date]:
    return _by_month(day.replace(month=1), 12)


def _by_month(day: date, step: int) -> Iterator[date]:
    count = day.year * 12 + day.month - 1
    while True:
        yield date(count // 12, count % 12 + 1, 1)
        count += step


def _year(day: date) -> str:
    return str(day.year)
