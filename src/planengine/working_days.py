"""Which hours of which days are worked: calendars with their bases, work weeks and exceptions."""

from __future__ import annotations

from collections.abc import Iterable

from planengine.instants import DAY, weekday
from planengine.model import OFFICE_WEEK, Calendar, CalendarException, DayHours, WorkWeek

_LONGEST_SEARCH = 400
"""Days `has_work` looks at before it takes working time for granted."""


class WorkingDays:
    """Answers questions about days, remembering what it has answered; made for sound calendars.

    The calendar `None`, and one that does not exist, is Monday to Friday 08–12 and 13–17.
    """

    def __init__(self, calendars: Iterable[Calendar]) -> None:
        self._calendars = {row.uid: row for row in calendars}
        self._known: dict[tuple[int, int], DayHours] = {}

    def hours(self, calendar: int | None, day: int) -> DayHours:
        """The working intervals of a day number, in seconds after midnight; `()` for a day off."""
        if calendar is None or calendar not in self._calendars:
            return OFFICE_WEEK[weekday(day)] or ()
        key = (calendar, day)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._resolve(calendar, day)
        return found

    def _resolve(self, calendar: int, day: int) -> DayHours:
        uid: int | None = calendar
        seen: set[int] = set()
        while uid is not None and uid in self._calendars and uid not in seen:
            seen.add(uid)
            row = self._calendars[uid]
            special = _narrowest(row.exceptions, day)
            if isinstance(special, CalendarException):
                return special.hours
            other = _narrowest(row.work_weeks, day)
            hours = other.week[weekday(day)] if isinstance(other, WorkWeek) else None
            if hours is None:
                hours = row.week[weekday(day)]
            if hours is not None:
                return hours
            uid = row.base
        return ()

    def has_work(self, calendar: int | None, start: int, finish: int) -> bool:
        """True when there is working time between two instants.

        Stretches of more than 400 days are taken to have some.
        """
        first, last = start // DAY, finish // DAY
        if last - first > _LONGEST_SEARCH:
            return True
        for day in range(first, last + 1):
            midnight = day * DAY
            for begin, end in self.hours(calendar, day):
                if midnight + begin < finish and midnight + end > start:
                    return True
        return False


def _narrowest(
    rows: tuple[CalendarException, ...] | tuple[WorkWeek, ...], day: int
) -> CalendarException | WorkWeek | None:
    covering = [row for row in rows if row.first_day <= day <= row.last_day]
    return min(covering, key=lambda row: row.last_day - row.first_day, default=None)
