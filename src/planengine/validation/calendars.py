"""Rules of calendars: sound hours, sound ranges, no circles, some working time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planengine.instants import DAY, EARLIEST, LATEST
from planengine.model import Calendar, CalendarException, DayHours, WorkWeek
from planengine.phrases import say_day
from planengine.validation.circles import circular
from planengine.validation.errors import PlanError, about


def calendar_errors(calendars: tuple[Calendar, ...]) -> Iterator[PlanError]:
    """What is wrong with each calendar."""
    by_uid = {row.uid: row for row in calendars}
    seen: set[int] = set()
    for row in calendars:
        if row.uid in seen:
            yield about(row, "uid.duplicate")
        seen.add(row.uid)
        yield from _row_errors(row)
    circles = circular({uid: row.base for uid, row in by_uid.items()})
    for row in by_uid.values():
        if row.base is not None and row.base not in by_uid:
            yield about(row, "calendar.unknown", str(row.base))
        elif row.uid in circles:
            yield about(row, "calendar.cycle")
    for uid in _empty(by_uid, circles):
        yield about(by_uid[uid], "calendar.empty")


def _row_errors(row: Calendar) -> Iterator[PlanError]:
    if row.uid < 1:
        yield about(row, "uid.range")
    days: list[DayHours | None] = [*row.week, *(item.hours for item in row.exceptions)]
    for extra in row.work_weeks:
        days.extend(extra.week)
    if not all(_sound(hours) for hours in days if hours) or len(row.week) != 7:
        yield about(row, "calendar.hours")
    yield from _range_errors(row, row.exceptions)
    yield from _range_errors(row, row.work_weeks)
    before: tuple[int, int] | None = None
    for item in row.exceptions:
        here = (item.first_day, item.last_day)
        if here == before:
            yield about(row, "calendar.exception_twice", say_day(item.first_day, "en"))
        before = here


def _sound(hours: DayHours) -> bool:
    end = 0
    for start, finish in hours:
        if not end <= start < finish <= DAY:
            return False
        end = finish
    return True


def _range_errors(
    row: Calendar, items: Iterable[CalendarException | WorkWeek]
) -> Iterator[PlanError]:
    for item in items:
        sane = item.first_day * DAY >= EARLIEST and item.last_day * DAY < LATEST
        if item.last_day < item.first_day or not sane:
            span = f"{say_day(item.first_day, 'en')} – {say_day(item.last_day, 'en')}"
            yield about(row, "calendar.range", span)


def _empty(by_uid: dict[int, Calendar], circles: set[int]) -> Iterator[int]:
    """Calendars that never have working time; each resolved after its base, without recursion."""
    weeks: dict[int, tuple[bool, ...]] = {}
    works: dict[int, bool] = {}
    for first in by_uid:
        chain: list[int] = []
        uid: int | None = first
        while uid is not None and uid in by_uid and uid not in weeks and uid not in circles:
            chain.append(uid)
            uid = by_uid[uid].base
        if uid is not None and uid not in weeks:
            continue  # the base is unknown or circular, which is its own error
        for below in reversed(chain):
            base = by_uid[below].base
            inherited = weeks[base] if base is not None else (False,) * 7
            row = by_uid[below]
            weeks[below] = tuple(
                up if own is None else bool(own)
                for own, up in zip(row.week, inherited, strict=False)
            )
            special = base is not None and works[base] and not any(weeks[base])
            works[below] = any(weeks[below]) or special or _works_sometimes(row)
    return (uid for uid, busy in works.items() if not busy)


def _works_sometimes(row: Calendar) -> bool:
    return any(item.hours for item in row.exceptions) or any(
        any(extra.week) for extra in row.work_weeks
    )
