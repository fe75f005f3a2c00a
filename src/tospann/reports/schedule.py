"""When reports are due. Pure functions."""

from datetime import date, timedelta

from tospann.reports.models import Cadence
from tospann.ui.holidays import add_working_days, is_working_day

_DAYS = {Cadence.WEEKLY: 7, Cadence.BIWEEKLY: 14}
_MONTHS = {Cadence.MONTHLY: 1, Cadence.QUARTERLY: 3}
_AHEAD = {Cadence.WEEKLY: 7, Cadence.BIWEEKLY: 14, Cadence.MONTHLY: 31, Cadence.QUARTERLY: 92}


def days_ahead(cadence: str) -> int:
    """How long the next period is; a month when nobody has said."""
    return _AHEAD.get(Cadence(cadence), 31) if cadence else 31


def working(day: date) -> date:
    """The day itself, or the last working day before it."""
    return day if is_working_day(day) else add_working_days(day, -1)


def first_due(cadence: str, today: date) -> date | None:
    """Monthly and quarterly at the end of the month, otherwise on Fridays."""
    kind = Cadence(cadence)
    if kind in _MONTHS:
        return working(_end_of_month(today))
    if kind in _DAYS:
        return today + timedelta(days=(4 - today.weekday()) % 7)
    return None


def next_due(cadence: str, due: date, today: date) -> date | None:
    """The first due date after both the one that was met and today."""
    kind, following = Cadence(cadence), due
    if kind is Cadence.NONE:
        return None
    at_the_end = due >= working(_end_of_month(due))
    while following <= max(due, today):
        if kind in _DAYS:
            following += timedelta(days=_DAYS[kind])
        else:
            following = _months_on(following, _MONTHS[kind], due.day, at_the_end=at_the_end)
    return following if kind in _DAYS else working(following)


def _months_on(day: date, months: int, of_month: int, *, at_the_end: bool) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = _end_of_month(date(year, month + 1, 1))
    return last if at_the_end else last.replace(day=min(of_month, last.day))


def _end_of_month(day: date) -> date:
    following = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return following - timedelta(days=1)
