"""Calendars for the file: flat where Microsoft Project wants them flat."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from planengine.formats.account import Account
from planengine.formats.mspdi.order import LONGEST_NAME, clock, escaped, flag, when, writable
from planengine.instants import DAY, MINUTE, weekday
from planengine.model import Calendar, CalendarException, DayHours, Plan, Week, WorkWeek
from planengine.working_days import WorkingDays


class CalendarRows:
    """The calendars of a plan as the file holds them.

    Microsoft Project lets only resources have calendars with a base, and a base none of its own;
    and it lets no two exceptions cover the same day. Others are written as base calendars with
    what they inherit put in, and with exceptions apart.
    """

    def __init__(self, plan: Plan, account: Account) -> None:
        self._account = account
        self._plan = plan
        self._by_uid = {row.uid: row for row in plan.calendars}
        self._days = WorkingDays(plan.calendars)
        self._own = {plan.calendar, *(row.calendar for row in plan.activities)}
        self._own.update(row.base for row in plan.calendars)

    def lines(self) -> Iterator[str]:
        """The `Calendars` element."""
        yield "  <Calendars>"
        for row in self._plan.calendars:
            yield from self._calendar(self._suited(row))
        yield "  </Calendars>"

    def _suited(self, row: Calendar) -> Calendar:
        where = f"Calendar UID={row.uid}"
        if row.base is not None and row.uid in self._own:
            self._account.warn("calendar.flat", where, row.base)
            return self._flat(row)
        if any(one.last_day >= two.first_day for one, two in pairwise(row.exceptions)):
            self._account.warn("calendar.overlap", where)
            special = _covered(row.exceptions)
            return replace(row, exceptions=tuple(self._exceptions(row.uid, special, None)))
        return row

    def _flat(self, row: Calendar) -> Calendar:
        """A calendar without a base that has the same working time."""
        chain: list[Calendar] = [row]
        while chain[-1].base in self._by_uid and len(chain) <= len(self._by_uid):
            chain.append(self._by_uid[chain[-1].base or 0])
        week = _flat_week(chain)
        items: list[CalendarException | WorkWeek] = []
        for one in chain:
            items += [*one.exceptions, *one.work_weeks]
        special = _covered(items)
        exceptions = self._exceptions(row.uid, special, week)
        return replace(row, base=None, week=week, exceptions=tuple(exceptions), work_weeks=())

    def _exceptions(
        self, uid: int, special: dict[int, str], week: Week | None
    ) -> Iterator[CalendarException]:
        """Runs of days with the same hours and name, left out where they are the week's own."""
        run: CalendarException | None = None
        for day, name in sorted(special.items()):
            hours = self._days.hours(uid, day)
            if week is not None and hours == week[weekday(day)]:
                continue
            if run is not None and (run.last_day, run.hours, run.name) == (day - 1, hours, name):
                run = replace(run, last_day=day)
                continue
            if run is not None:
                yield run
            run = CalendarException(day, day, hours, name)
        if run is not None:
            yield run

    def _calendar(self, row: Calendar) -> Iterator[str]:
        where = f"Calendar UID={row.uid}"
        account = self._account
        account.keep("calendar")
        account.keep("exception", len(row.exceptions))
        account.keep("work_week", len(row.work_weeks))
        yield "    <Calendar>"
        yield f"      <UID>{row.uid}</UID>"
        yield f"      <Name>{named(row.name, where, account)}</Name>"
        yield f"      <IsBaseCalendar>{flag(row.base is None)}</IsBaseCalendar>"
        yield f"      <BaseCalendarUID>{-1 if row.base is None else row.base}</BaseCalendarUID>"
        yield from _week(row.week, row.base is None, "      ")
        if row.exceptions:
            yield "      <Exceptions>"
            for item in row.exceptions:
                yield from _exception(item, named(item.name, where, account))
            yield "      </Exceptions>"
        if row.work_weeks:
            yield "      <WorkWeeks>"
            for extra in row.work_weeks:
                yield from _work_week(extra, named(extra.name, where, account))
            yield "      </WorkWeeks>"
        yield "    </Calendar>"


def named(name: str, where: str, account: Account) -> str:
    """A name as the file can hold it; counts what had to be taken out or cut."""
    text = writable(name)[:LONGEST_NAME].rstrip()
    if text != name:
        account.lose("text", where, "Name")
    return escaped(text)


def _flat_week(chain: list[Calendar]) -> Week:
    def hours(day: int) -> DayHours:
        return next((found for row in chain if (found := row.week[day]) is not None), ())

    return (hours(0), hours(1), hours(2), hours(3), hours(4), hours(5), hours(6))


def _covered(items: Iterable[CalendarException | WorkWeek]) -> dict[int, str]:
    """The days the items cover, with the name of the shortest that does."""
    names: dict[int, str] = {}
    for item in sorted(items, key=lambda row: row.first_day - row.last_day):
        names.update(dict.fromkeys(range(item.first_day, item.last_day + 1), item.name))
    return names


def _week(week: Week, is_base: bool, indent: str) -> Iterator[str]:
    """Sunday first, as day types 1 to 7; days that are inherited are left out."""
    yield f"{indent}<WeekDays>"
    for kind in range(1, 8):
        hours = week[(kind + 5) % 7]
        if hours is None and not is_base:
            continue
        yield f"{indent}  <WeekDay>"
        yield f"{indent}    <DayType>{kind}</DayType>"
        yield from _hours(hours or (), f"{indent}    ")
        yield f"{indent}  </WeekDay>"
    yield f"{indent}</WeekDays>"


def _hours(hours: DayHours, indent: str) -> Iterator[str]:
    yield f"{indent}<DayWorking>{flag(bool(hours))}</DayWorking>"
    if not hours:
        return
    yield f"{indent}<WorkingTimes>"
    for start, finish in hours:
        yield f"{indent}  <WorkingTime>"
        yield f"{indent}    <FromTime>{clock(start)}</FromTime>"
        yield f"{indent}    <ToTime>{clock(finish)}</ToTime>"
        yield f"{indent}  </WorkingTime>"
    yield f"{indent}</WorkingTimes>"


def _period(row: CalendarException | WorkWeek) -> Iterator[str]:
    yield "          <TimePeriod>"
    yield f"            <FromDate>{when(row.first_day * DAY)}</FromDate>"
    yield f"            <ToDate>{when(row.last_day * DAY + DAY - MINUTE)}</ToDate>"
    yield "          </TimePeriod>"


def _exception(row: CalendarException, name: str) -> Iterator[str]:
    yield "        <Exception>"
    yield "          <EnteredByOccurrences>0</EnteredByOccurrences>"
    yield from _period(row)
    yield f"          <Occurrences>{row.last_day - row.first_day + 1}</Occurrences>"
    yield f"          <Name>{name}</Name>"
    yield "          <Type>1</Type>"
    yield from _hours(row.hours, "          ")
    yield "        </Exception>"


def _work_week(row: WorkWeek, name: str) -> Iterator[str]:
    yield "        <WorkWeek>"
    yield from _period(row)
    yield f"          <Name>{name}</Name>"
    yield from _week(row.week, False, "          ")
    yield "        </WorkWeek>"
