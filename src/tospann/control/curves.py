"""The curves period by period: planned, earned, spent and expected. Pure; in hundredths."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import accumulate

from tospann.control.measuring import Point, Span, Work

DAY = timedelta(days=1)
MOST_WEEKS = 520
"""A curve over more weeks than this is drawn by months."""


class Step(StrEnum):
    """How long a period is."""

    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True)
class Rest:
    """What a line is expected to cost from now on, and on which days."""

    amount: int
    days: Span


@dataclass(frozen=True)
class Period:
    """A week or a month: what was planned, earned, spent and is expected in it, and until its end.

    ``earned`` and ``spent`` are None in periods that have not begun, ``expected`` in those that are
    over.
    """

    first: date
    last: date
    planned: int
    earned: int | None
    spent: int | None
    expected: int | None
    planned_so_far: int
    earned_so_far: int | None
    spent_so_far: int | None

    @property
    def cost_variance(self) -> int | None:
        return None if self.earned is None or self.spent is None else self.earned - self.spent

    @property
    def schedule_variance(self) -> int | None:
        return None if self.earned is None else self.earned - self.planned


def ends(first: date, last: date, step: Step) -> list[date]:
    """The last day of each period from the one of the first day to the one of the last."""
    if step is Step.WEEK and (last - first).days > 7 * MOST_WEEKS:
        step = Step.MONTH
    found, day = [], first
    while True:
        end = end_of_period(day, step)
        found.append(end)
        if end >= last:
            return found
        day = end + DAY


def end_of_period(day: date, step: Step) -> date:
    if step is Step.WEEK:
        return day + timedelta(days=6 - day.weekday())
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1) - DAY


def first_of(last: date, step: Step) -> date:
    """The first day of the period that ends on a day."""
    return last - timedelta(days=6) if step is Step.WEEK else last.replace(day=1)


class Spent:
    """What had been spent by the end of a day; what is dated in the future counts today."""

    def __init__(self, by_day: Mapping[date, int], today: date) -> None:
        clipped: dict[date, int] = {}
        for day, amount in by_day.items():
            key = min(day, today)
            clipped[key] = clipped.get(key, 0) + amount
        self.days = sorted(clipped)
        self.sums = list(accumulate(clipped[day] for day in self.days))

    def until(self, day: date) -> int:
        place = bisect_right(self.days, day)
        return self.sums[place - 1] if place else 0


def rest_until(rests: Iterable[Rest], day: date) -> int:
    """What is expected to be spent from now until the end of a day: each line evenly over its
    days, rounded to the hundredth, half to even.
    """
    return sum(_part(one, day) for one in rests)


def _part(one: Rest, day: date) -> int:
    first, last = one.days
    whole = (last - first).days + 1
    gone = min(max((day - first).days + 1, 0), whole)
    half = 2 * one.amount * gone + whole
    part, left = divmod(half, 2 * whole)
    return part - 1 if not left and part % 2 else part


def points(
    work: Work, spent: Spent, rests: Sequence[Rest], days: Iterable[date], today: date
) -> list[Point]:
    """A point for each day and one for today, in order."""
    now = spent.until(today)
    found = []
    for day in sorted({*days, today}):
        pv, ev = work.curve.get(day, (0, 0 if day <= today else None))
        found.append(
            Point(
                day,
                pv,
                ev,
                spent.until(day) if day <= today else None,
                now + rest_until(rests, day) if day >= today else None,
            )
        )
    return found


def periods(found: Sequence[Point], step: Step, today: date) -> list[Period]:
    """The differences from period to period; the one that is under way counts until today."""
    whole = [point for point in found if point.on == end_of_period(point.on, step)]
    status = next(point for point in found if point.on == today)
    rows, before = [], Point(date.min, 0, 0, 0, status.ac)
    for point in whole:
        first = first_of(point.on, step)
        has_begun = first <= today
        earned = (point.ev if point.on <= today else status.ev) if has_begun else None
        spent = (point.ac if point.on <= today else status.ac) if has_begun else None
        forecast = point.forecast if point.on >= today else None
        rows.append(
            Period(
                first,
                point.on,
                planned=point.pv - before.pv,
                earned=_less(earned, before.ev),
                spent=_less(spent, before.ac),
                expected=_less(forecast, before.forecast),
                planned_so_far=point.pv,
                earned_so_far=earned,
                spent_so_far=spent,
            )
        )
        rest = status.ac if forecast is None else forecast
        before = Point(point.on, point.pv, earned, spent, rest)
    return rows


def _less(now: int | None, before: int | None) -> int | None:
    return None if now is None else now - (before or 0)
