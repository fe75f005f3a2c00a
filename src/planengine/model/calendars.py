"""Working time: which seconds of which days count."""

from __future__ import annotations

from dataclasses import dataclass

from planengine.instants import HOUR

Interval = tuple[int, int]
"""`(from, to)` in seconds after midnight, `0 <= from < to <= 86400`; 86400 is midnight at the end
of the day.
"""
DayHours = tuple[Interval, ...]
"""The working intervals of one day, ascending and apart; `()` is a day off."""
Week = tuple[
    DayHours | None,
    DayHours | None,
    DayHours | None,
    DayHours | None,
    DayHours | None,
    DayHours | None,
    DayHours | None,
]
"""Seven days, Monday first; `None` takes the day from the base calendar (a day off when there is
none).
"""

OFFICE_DAY: DayHours = ((8 * HOUR, 12 * HOUR), (13 * HOUR, 17 * HOUR))
"""08–12 and 13–17, Microsoft Project's standard day of eight hours."""
OFFICE_WEEK: Week = (OFFICE_DAY, OFFICE_DAY, OFFICE_DAY, OFFICE_DAY, OFFICE_DAY, (), ())
"""Monday to Friday of `OFFICE_DAY`."""
NORDIC_DAY: DayHours = ((8 * HOUR, 11 * HOUR + 1800), (12 * HOUR, 16 * HOUR))
"""08:00–11:30 and 12:00–16:00: seven and a half hours, the usual Norwegian office day."""
NORDIC_WEEK: Week = (NORDIC_DAY, NORDIC_DAY, NORDIC_DAY, NORDIC_DAY, NORDIC_DAY, (), ())
"""Monday to Friday of `NORDIC_DAY` (37.5 hours)."""
INHERITED_WEEK: Week = (None, None, None, None, None, None, None)
"""Every day as in the base calendar."""


@dataclass(frozen=True, slots=True)
class CalendarException:
    """Days that differ from the week: a holiday (`hours == ()`) or other hours.

    `first_day` and `last_day` are day numbers (days since 1970-01-01), both included. A calendar
    has at most one exception for the same pair; where several cover a day the shortest range wins,
    then the earliest.
    """

    first_day: int
    last_day: int
    hours: DayHours = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class WorkWeek:
    """Another week pattern for a range of days, both included; a `None` day follows the ordinary
    week.
    """

    first_day: int
    last_day: int
    week: Week
    name: str = ""


@dataclass(frozen=True, slots=True)
class Calendar:
    """A working calendar, perhaps built on another one (`base`, a calendar uid).

    Exceptions win over work weeks, work weeks over the week; the calendar's own data wins over its
    base's.
    """

    uid: int
    name: str
    week: Week = OFFICE_WEEK
    base: int | None = None
    exceptions: tuple[CalendarException, ...] = ()
    work_weeks: tuple[WorkWeek, ...] = ()

    def __post_init__(self) -> None:
        """Sort exceptions and work weeks by their days, so that equal content is equal."""
        object.__setattr__(self, "exceptions", tuple(sorted(self.exceptions, key=_days)))
        object.__setattr__(self, "work_weeks", tuple(sorted(self.work_weeks, key=_days)))


def _days(row: CalendarException | WorkWeek) -> tuple[int, int]:
    return (row.first_day, row.last_day)
