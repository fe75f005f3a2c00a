"""When the next meeting of a series is: by how often it meets, on a working day in Norway."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from tospann.meetings.models import Cadence
from tospann.ui.holidays import add_working_days, is_working_day

USUAL_TIME = time(9, 0)
NOTICE = 5
"""Working days' notice when a series has never met."""
_WEEKS = {Cadence.WEEKLY: 1, Cadence.BIWEEKLY: 2}
_MONTHS = {Cadence.MONTHLY: 1, Cadence.QUARTERLY: 3}


def next_start(cadence: str, earlier: Sequence[datetime], now: datetime | None = None) -> datetime:
    """The next meeting after the earlier ones: same weekday and time, moved off holidays."""
    zone = timezone.get_current_timezone()
    today = timezone.localtime(now).date()
    held = sorted(moment.astimezone(zone) for moment in earlier)
    if not held:
        return _at(add_working_days(today, NOTICE), USUAL_TIME, zone)
    last = held[-1]
    day = _after(cadence, last.date(), _usual_weekday([one.date() for one in held]))
    while day <= today:
        day = _after(cadence, day, day.weekday()) if cadence in _REPEATED else _working(today, 1)
    return _at(_moved(day), last.time(), zone)


_REPEATED = {*_WEEKS, *_MONTHS}


def _usual_weekday(days: list[date]) -> int:
    """The weekday most of the last five were on; a meeting moved off a holiday changes nothing."""
    counted = Counter(day.weekday() for day in reversed(days[-5:]))
    return counted.most_common(1)[0][0]


def _after(cadence: str, last: date, weekday: int) -> date:
    monday = last - timedelta(days=last.weekday())
    if weeks := _WEEKS.get(Cadence(cadence)):
        return monday + timedelta(weeks=weeks, days=weekday)
    if months := _MONTHS.get(Cadence(cadence)):
        usual = monday + timedelta(days=weekday)
        return _same_weekday(usual, months)
    return _working(last, NOTICE)


def _same_weekday(day: date, months: int) -> date:
    """The second Tuesday stays the second Tuesday, or becomes the last where there is none."""
    place = (day.day - 1) // 7
    ahead = day.month - 1 + months
    first = date(day.year + ahead // 12, ahead % 12 + 1, 1)
    found = first + timedelta(days=(day.weekday() - first.weekday()) % 7 + 7 * place)
    return found if found.month == first.month else found - timedelta(days=7)


def _working(day: date, count: int) -> date:
    return add_working_days(day, count)


def _moved(day: date) -> date:
    return day if is_working_day(day) else add_working_days(day, 1)


def _at(day: date, clock: time, zone: ZoneInfo | object) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock.replace(tzinfo=None)))
