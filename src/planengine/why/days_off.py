"""Whole days without work between two instants, and what the calendar calls them."""

from __future__ import annotations

from itertools import groupby

from planengine.calendars import WorkingTime
from planengine.instants import DAY, weekday
from planengine.model import Calendar, Plan
from planengine.why.chain import DaysOff

_MOST = 400
"""Days looked at; a longer way is not explained by days off."""


def days_off(
    plan: Plan, calendar: int | None, clock: WorkingTime, first: int, last: int
) -> tuple[DaysOff, ...]:
    """The whole days without work from one instant to another, neighbours of one name together."""
    if clock.work_at[first] != clock.work_at[last]:
        return ()
    days = range(-(-first // DAY), last // DAY)
    if not days or len(days) > _MOST:
        return ()
    chain = _chain(plan, plan.calendar if calendar is None else calendar)
    named = [(number, _name(chain, number)) for number in days]
    found = []
    for name, group in groupby(named, key=lambda pair: pair[1]):
        numbers = [number for number, _ in group]
        found.append(DaysOff(numbers[0], numbers[-1], "" if name == _WEEKEND else name))
    return tuple(found)


_WEEKEND = "\0"


def _name(chain: list[Calendar], number: int) -> str:
    for row in chain:
        covering = [one for one in row.exceptions if one.first_day <= number <= one.last_day]
        if covering:
            return min(covering, key=lambda one: one.last_day - one.first_day).name
    return _WEEKEND if weekday(number) >= 5 else ""


def _chain(plan: Plan, calendar: int | None) -> list[Calendar]:
    by_uid = {row.uid: row for row in plan.calendars}
    chain: list[Calendar] = []
    while calendar is not None and calendar in by_uid:
        row = by_uid.pop(calendar)
        chain.append(row)
        calendar = row.base
    return chain
