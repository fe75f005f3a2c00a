"""ISO weeks as numbers that can be counted: Mondays since the first one of the calendar."""

from datetime import date, timedelta
from functools import lru_cache

from tospann.ui.holidays import is_working_day

Weeks = range
"""A run of weeks, one after the other."""


def week_of(day: date) -> int:
    return (day.toordinal() - 1) // 7


def monday(week: int) -> date:
    return date.fromordinal(week * 7 + 1)


def sunday(week: int) -> date:
    return monday(week) + timedelta(days=6)


def weeks_from(day: date, count: int) -> Weeks:
    first = week_of(day)
    return range(first, first + count)


def weeks_of(first: date, last: date) -> Weeks:
    return range(week_of(first), week_of(last) + 1)


def number_of(week: int) -> tuple[int, int]:
    """The year and the number people call it by."""
    found = monday(week).isocalendar()
    return found.year, found.week


@lru_cache(maxsize=4096)
def working_days(week: int) -> tuple[date, ...]:
    """Monday to Friday without public holidays."""
    days = (monday(week) + timedelta(days=step) for step in range(5))
    return tuple(day for day in days if is_working_day(day))


def days_between(week: int, first: date, last: date) -> int:
    """How many working days of the week lie between two days, both included."""
    return sum(first <= day <= last for day in working_days(week))
