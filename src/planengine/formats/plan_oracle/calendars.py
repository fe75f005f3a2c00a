"""Calendars of plan-oracle/1."""

from __future__ import annotations

from planengine.formats.plan_oracle.words import WEEKDAYS
from planengine.formats.rows import Row, clock
from planengine.formats.tidy import joined
from planengine.instants import DAY
from planengine.model import Calendar, CalendarException, DayHours, Week, WorkWeek


def read_calendar(row: Row) -> Calendar:
    """One calendar; of two exceptions for the same days the first counts."""
    exceptions: dict[tuple[int, int], CalendarException] = {}
    for item in row.rows("exceptions"):
        first, last = _range(item)
        hours = _hours(item, "times", item.list("times"))
        exceptions.setdefault(
            (first, last), CalendarException(first, last, hours, item.text("name"))
        )
    return Calendar(
        uid=row.uid(),
        name=row.text("name"),
        week=_week(row.row("week")),
        base=row.whole("parent"),
        exceptions=tuple(exceptions.values()),
        work_weeks=tuple(_work_week(item) for item in row.rows("work_weeks")),
    )


def _range(row: Row) -> tuple[int, int]:
    first, last = row.day("from"), row.day("to")
    if first is None:
        raise row.fail("value.missing", "from")
    return first, first if last is None else last


def _work_week(row: Row) -> WorkWeek:
    return WorkWeek(*_range(row), _week(row.row("week")), row.text("name"))


def _week(row: Row) -> Week:
    monday, tuesday, wednesday, thursday, friday, saturday, sunday = (
        _hours(row, name, row.list(name)) if row.has(name) else None for name in WEEKDAYS
    )
    return (monday, tuesday, wednesday, thursday, friday, saturday, sunday)


def _hours(row: Row, name: str, spans: list[object]) -> DayHours:
    found = []
    for span in spans:
        if not isinstance(span, list) or len(span) != 2:
            raise row.fail("json.kind", name, "[from, to]")
        start, finish = clock(span[0], row, name), clock(span[1], row, name) or DAY
        if finish <= start:
            raise row.fail("value.time", name, span[1])
        found.append((start, finish))
    return joined(found)
