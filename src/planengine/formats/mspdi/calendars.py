"""Calendars of the file: weeks, exceptions old and new, recurrences, work weeks."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from planengine.formats.account import Account
from planengine.formats.mspdi.leftovers import lose_rest
from planengine.formats.mspdi.values import Fields
from planengine.formats.mspdi.xml import Node
from planengine.instants import DAY, date_of, day, weekday
from planengine.model import (
    OFFICE_DAY,
    OFFICE_WEEK,
    Calendar,
    CalendarException,
    DayHours,
    Interval,
    Week,
    WorkWeek,
)

_MOST_EXCEPTIONS = 5000
KEPT = frozenset(
    (
        *("UID", "Name", "IsBaseCalendar", "BaseCalendarUID", "IsBaselineCalendar"),
        *("WeekDays", "Exceptions", "WorkWeeks"),
    )
)


def read_calendar(node: Node, where: str, account: Account) -> Calendar:
    """One calendar; its base is checked when all of them are known."""
    row = Fields(node, where)
    base: int | None = row.whole("BaseCalendarUID", -1)
    if row.flag("IsBaseCalendar") or base is None or base <= 0:
        base = None
    days = node.all("WeekDays", "WeekDay")
    week = _week(days, where, base is None, account)
    if base is None and not any(Fields(item, where).whole("DayType") for item in days):
        account.warn("calendar.week", where)
        week = OFFICE_WEEK
    exceptions = _exceptions(node, where, account)
    work_weeks = tuple(_work_weeks(node, where, account))
    account.keep("calendar")
    account.keep("exception", len(exceptions))
    account.keep("work_week", len(work_weeks))
    lose_rest(account, row, KEPT, frozenset(), {})
    return Calendar(row.whole("UID"), row.text("Name"), week, base, tuple(exceptions), work_weeks)


def _week(days: list[Node], where: str, is_base: bool, account: Account) -> Week:
    """Monday first; the file counts Sunday as 1. Days it leaves out are inherited, or off."""
    found: list[DayHours | None] = [() if is_base else None] * 7
    for node in days:
        row = Fields(node, where)
        kind = row.whole("DayType")
        if not 1 <= kind <= 7:
            continue
        hours: DayHours | None = ()
        if row.flag("DayWorking"):
            hours = _hours(node, where, account) or (OFFICE_DAY if is_base else None)
        found[(kind + 5) % 7] = hours
    monday, tuesday, wednesday, thursday, friday, saturday, sunday = found
    return (monday, tuesday, wednesday, thursday, friday, saturday, sunday)


def _hours(node: Node, where: str, account: Account) -> DayHours:
    spans: list[Interval] = []
    for item in node.all("WorkingTimes", "WorkingTime"):
        row = Fields(item, where)
        if not row.text("FromTime") and not row.text("ToTime"):
            continue
        start, finish = row.clock("FromTime"), row.clock("ToTime") or DAY
        if finish <= start:
            account.warn("calendar.range", where)
            continue
        spans.append((start, finish))
    return _merged(sorted(spans), where, account)


def _merged(spans: list[Interval], where: str, account: Account) -> DayHours:
    merged: list[Interval] = []
    for start, finish in spans:
        if merged and start <= merged[-1][1]:
            if start < merged[-1][1]:
                account.warn("calendar.hours", where)
            merged[-1] = (merged[-1][0], max(finish, merged[-1][1]))
        else:
            merged.append((start, finish))
    return tuple(merged)


def _exceptions(node: Node, where: str, account: Account) -> list[CalendarException]:
    """The file's exceptions; those written the old way count only when there are no new ones."""
    items = node.all("Exceptions", "Exception") or [
        item for item in node.all("WeekDays", "WeekDay") if item.fields.get("DayType") == "0"
    ]
    found: dict[tuple[int, int], CalendarException] = {}
    tried = 0
    for place, item in enumerate(items):
        row = Fields(item, where)
        hours = _hours(item, where, account) if row.flag("DayWorking") else ()
        for first, last in _occurrences(item, where, account):
            tried += 1
            if tried > _MOST_EXCEPTIONS:
                account.warn("calendar.exceptions", where, _MOST_EXCEPTIONS)
                account.lose(
                    "exception", where, row.text("Name") or row.node.tag, len(items) - place
                )
                return list(found.values())
            if (first, last) in found:
                account.warn("calendar.exception_twice", where)
                continue
            found[first, last] = CalendarException(first, last, hours, row.text("Name"))
    return list(found.values())


def _range(node: Node, where: str) -> tuple[int, int] | None:
    for period in node.all("TimePeriod"):
        row = Fields(period, where)
        start, finish = row.moment("FromDate"), row.moment("ToDate")
        if start is not None and finish is not None and start <= finish:
            # an end at midnight exactly is the end of the day before, unless it is one day only
            last = finish // DAY
            if finish % DAY == 0 and start < finish:
                last -= 1
            return start // DAY, max(last, start // DAY)
    return None


def _occurrences(node: Node, where: str, account: Account) -> Iterator[tuple[int, int]]:
    """The day ranges an exception covers, its recurrence written out."""
    span = _range(node, where)
    if span is None:
        account.warn("calendar.range", where)
        return
    first, last = span
    row = Fields(node, where)
    kind, period = row.whole("Type", 1), max(row.whole("Period", 1), 1)
    most = row.whole("Occurrences") if row.flag("EnteredByOccurrences") else 0
    days: Iterator[int]
    if kind in (2, 3):
        days = _yearly(row, kind, first, last)
    elif kind in (4, 5):
        days = _monthly(row, kind, period, first, last)
    elif kind == 6:
        days = _weekly(row.whole("DaysOfWeek"), period, first, last)
    elif period > 1 and kind in (1, 7):
        days = iter(range(first, last + 1, period))
    else:
        yield first, last
        return
    for count, one in enumerate(days, 1):
        yield one, one
        if count == most:
            return


def _weekly(mask: int, period: int, first: int, last: int) -> Iterator[int]:
    """`mask` has Sunday as bit 0; weeks are counted from the one `first` lies in."""
    chosen = [place for place in range(7) if mask >> place & 1]
    if not chosen:
        return
    sunday = first - (weekday(first) + 1) % 7
    for start in range(sunday, last + 1, 7 * period):
        for place in chosen:
            if first <= start + place <= last:
                yield start + place


def _monthly(row: Fields, kind: int, period: int, first: int, last: int) -> Iterator[int]:
    _check_rule(row, kind == 4, 31)
    year, month = date_of(first).year, date_of(first).month
    while (year, month) <= (date_of(last).year, date_of(last).month):
        found = _in_month(row, kind == 4, year, month)
        if found is not None and first <= found <= last:
            yield found
        year, month = divmod(year * 12 + month - 1 + period, 12)
        month += 1


def _yearly(row: Fields, kind: int, first: int, last: int) -> Iterator[int]:
    month = row.whole("Month") + 1
    if not 1 <= month <= 12:
        raise row.fail("value.range", "Month", month - 1)
    _check_rule(row, kind == 2, monthrange(2024, month)[1])
    for year in range(date_of(first).year, date_of(last).year + 1):
        found = _in_month(row, kind == 2, year, month)
        if found is not None and first <= found <= last:
            yield found


def _check_rule(row: Fields, by_date: bool, longest: int) -> None:
    """Refuse rules that can never name a day."""
    names = (
        (("MonthDay", 1, longest),) if by_date else (("MonthItem", 0, 9), ("MonthPosition", 0, 4))
    )
    for name, low, high in names:
        if not low <= row.whole(name) <= high:
            raise row.fail("value.range", name, row.whole(name))


def _in_month(row: Fields, by_date: bool, year: int, month: int) -> int | None:
    """The day of a month a rule names: a date, or for instance its last Friday."""
    if by_date:
        try:
            return day(date(year, month, row.whole("MonthDay")))
        except ValueError:
            return None
    item, position = row.whole("MonthItem"), row.whole("MonthPosition")
    start = day(date(year, month, 1))
    whole = range(start, start + monthrange(year, month)[1])
    fitting = [one for one in whole if _fits(item, one)]
    if position >= 4:
        return fitting[-1] if fitting else None
    return fitting[position] if 0 <= position < len(fitting) else None


def _fits(item: int, one: int) -> bool:
    """0 any day, 1 Monday–Friday, 2 weekend, 3 Sunday … 9 Saturday."""
    found = weekday(one)
    if item <= 0:
        return True
    if item in (1, 2):
        return (found < 5) == (item == 1)
    return (found + 1) % 7 == item - 3


def _work_weeks(node: Node, where: str, account: Account) -> Iterator[WorkWeek]:
    for item in node.all("WorkWeeks", "WorkWeek"):
        span = _range(item, where)
        if span is None:
            account.warn("calendar.range", where)
            continue
        week = _week(item.all("WeekDays", "WeekDay"), where, False, account)
        yield WorkWeek(*span, week, item.fields.get("Name", ""))
