"""The Norwegian working calendar as data: public holidays, part days and common holiday weeks.

Public holidays follow lov om 1. og 17. mai som høgtidsdager (1947) and lov om helligdager og
helligdagsfred (1995). Part days and common holiday weeks are custom and agreement, so they are
chosen, not assumed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from functools import lru_cache

from planengine.instants import HOUR, day, weekday
from planengine.model import NORDIC_WEEK, Calendar, CalendarException, DayHours, Week

SUMMER_WEEKS = (28, 29, 30)
"""ISO weeks of *fellesferien*, when industry and building sites close together."""
HALF_DAY: DayHours = ((8 * HOUR, 12 * HOUR),)
"""08:00–12:00, usual on the day before Maundy Thursday, on Christmas Eve and on New Year's Eve."""

_FIXED = {
    (1, 1): "1. nyttårsdag",
    (5, 1): "1. mai",
    (5, 17): "17. mai",
    (12, 25): "1. juledag",
    (12, 26): "2. juledag",
}
_FROM_EASTER = {
    -3: "Skjærtorsdag",
    -2: "Langfredag",
    0: "1. påskedag",
    1: "2. påskedag",
    39: "Kristi himmelfartsdag",
    49: "1. pinsedag",
    50: "2. pinsedag",
}
_EVES = {(12, 24): "Julaften", (12, 31): "Nyttårsaften"}
_BEFORE_EASTER = (-4, "Onsdag før skjærtorsdag")
_CHRISTMAS = ((12, 27), (12, 31))
_SUMMER, _WINTER = "Fellesferie", "Romjul"


def easter_sunday(year: int) -> date:
    """Gregorian Easter Sunday by Gauss's rule as corrected by Lichtenberg (1997); exact for every
    Gregorian year.
    """
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
    """A year's twelve public holidays with their Norwegian names, in order; fewer dates when two
    fall on one day.
    """
    easter = easter_sunday(year)
    days = {date(year, *month_day): name for month_day, name in _FIXED.items()}
    for offset, name in _FROM_EASTER.items():
        found = easter + timedelta(days=offset)
        days[found] = f"{days[found]}, {name}" if found in days else name
    return dict(sorted(days.items()))


def norwegian_calendar(
    first_year: int,
    last_year: int,
    *,
    uid: int = 1,
    name: str = "Standard",
    week: Week = NORDIC_WEEK,
    half_days: bool = False,
    holiday_weeks: Collection[int] = (),
    christmas_off: bool = False,
) -> Calendar:
    """A calendar of the years `first_year` to `last_year`, both included: 7.5 hours Monday to
    Friday (another `week` if given) and the public holidays off.

    `half_days`: work until 12:00 on the day before Maundy Thursday, Christmas Eve and New Year's
    Eve. `holiday_weeks`: ISO weeks off, such as `SUMMER_WEEKS`. `christmas_off`: nothing from 27 to
    31 December (*romjul*). Exceptions never overlap; days off by the week have none but the public
    holidays. Years before 1583 or after 9998 raise `ValueError`.
    """
    if not 1583 <= first_year <= last_year + 1 <= 9999:
        raise ValueError(f"no calendar for the years {first_year} to {last_year}")
    special: dict[int, tuple[str, DayHours]] = {}
    for year in range(first_year, last_year + 1):
        if half_days:
            special.update(_half_days(year, week))
        closed = [*_weeks(year, holiday_weeks), *(_christmas(year) if christmas_off else ())]
        special.update({one: (why, ()) for one, why in closed if week[weekday(one)]})
        special.update({day(one): (why, ()) for one, why in public_holidays(year).items()})
    return Calendar(uid, name, week, exceptions=tuple(_runs(special)))


def _half_days(year: int, week: Week) -> Iterator[tuple[int, tuple[str, DayHours]]]:
    offset, before_easter = _BEFORE_EASTER
    found = {date(year, *month_day): name for month_day, name in _EVES.items()}
    found[easter_sunday(year) + timedelta(days=offset)] = before_easter
    for one, name in found.items():
        if week[weekday(day(one))]:
            yield day(one), (name, HALF_DAY)


def _weeks(year: int, weeks: Collection[int]) -> Iterator[tuple[int, str]]:
    """The days of ISO weeks; week 53 is left out of years that have none."""
    longest = date(year, 12, 28).isocalendar().week
    for number in sorted({number for number in weeks if 1 <= number <= longest}):
        monday = day(date.fromisocalendar(year, number, 1))
        for one in range(monday, monday + 7):
            yield one, _SUMMER


def _christmas(year: int) -> Iterator[tuple[int, str]]:
    first, last = (day(date(year, *month_day)) for month_day in _CHRISTMAS)
    for one in range(first, last + 1):
        yield one, _WINTER


def _runs(special: dict[int, tuple[str, DayHours]]) -> Iterator[CalendarException]:
    """Days in a row that are the same, as one exception."""
    run: CalendarException | None = None
    for one, (name, hours) in sorted(special.items()):
        if run is not None and (run.last_day + 1, run.name, run.hours) == (one, name, hours):
            run = CalendarException(run.first_day, one, hours, name)
            continue
        if run is not None:
            yield run
        run = CalendarException(one, one, hours, name)
    if run is not None:
        yield run
