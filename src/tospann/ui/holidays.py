"""The working days between two dates; the public holidays are the engine's."""

from datetime import date, timedelta

from planengine.calendars.norway import public_holidays

__all__ = ["add_working_days", "is_working_day", "public_holidays", "working_days_between"]


def is_working_day(day: date) -> bool:
    """Monday to Friday and no public holiday."""
    return day.weekday() < 5 and day not in public_holidays(day.year)


def working_days_between(start: date, end: date) -> int:
    """Working days in the half-open interval [start, end); negative when end lies before start."""
    if end < start:
        return -working_days_between(end, start)
    whole_weeks, rest = divmod((end - start).days, 7)
    weekdays = whole_weeks * 5 + sum(
        (start + timedelta(days=whole_weeks * 7 + step)).weekday() < 5 for step in range(rest)
    )
    free = sum(
        start <= day < end and day.weekday() < 5
        for year in range(start.year, end.year + 1)
        for day in public_holidays(year)
    )
    return weekdays - free


def add_working_days(day: date, count: int) -> date:
    """The date `count` working days after `day` (before it when negative); `day` itself for 0."""
    step = timedelta(days=1 if count > 0 else -1)
    for _ in range(abs(count)):
        day += step
        while not is_working_day(day):
            day += step
    return day
