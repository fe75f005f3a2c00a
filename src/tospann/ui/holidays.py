"""Norwegian public holidays and the working days between two dates."""

from datetime import date, timedelta
from functools import lru_cache

FIXED = {(1, 1): "1. nyttårsdag", (5, 1): "1. mai", (5, 17): "17. mai"}
CHRISTMAS = {(12, 25): "1. juledag", (12, 26): "2. juledag"}
FROM_EASTER = {
    -3: "Skjærtorsdag",
    -2: "Langfredag",
    0: "1. påskedag",
    1: "2. påskedag",
    39: "Kristi himmelfartsdag",
    49: "1. pinsedag",
    50: "2. pinsedag",
}


def easter_sunday(year: int) -> date:
    """Gregorian Easter after Gauss as corrected by Lichtenberg; exact for every Gregorian year."""
    century = year // 100
    moon = 15 + (3 * century + 3) // 4 - (8 * century + 13) // 25
    sun = 2 - (3 * century + 3) // 4
    golden = year % 19
    seed = (19 * golden + moon) % 30
    correction = (seed + golden // 11) // 29
    full_moon = 21 + seed - correction
    first_sunday = 7 - (year + year // 4 + sun) % 7
    return date(year, 3, 1) + timedelta(days=full_moon + 7 - (full_moon - first_sunday) % 7 - 1)


@lru_cache(maxsize=512)
def public_holidays(year: int) -> dict[date, str]:
    """A year's twelve public holidays with their names; fewer dates when two fall on one day."""
    easter = easter_sunday(year)
    days = {date(year, *month_day): name for month_day, name in (FIXED | CHRISTMAS).items()}
    for offset, name in FROM_EASTER.items():
        day = easter + timedelta(days=offset)
        days[day] = f"{days[day]}, {name}" if day in days else name
    return dict(sorted(days.items()))


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
