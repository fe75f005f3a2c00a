"""Small repairs every reader makes: hours put in order, calendars nobody uses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from planengine.model import DayHours, Interval, Plan
from planengine.validation import validate


def joined(spans: Iterable[Interval]) -> DayHours:
    """Working intervals of a day in order, with touching and overlapping ones made one."""
    found: list[Interval] = []
    for start, finish in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(finish, found[-1][1]))
        else:
            found.append((start, finish))
    return tuple(found)


def idle_calendars(plan: Plan) -> frozenset[int]:
    """Calendars without working time that nothing uses, and that can be left out."""
    alone = replace(plan, activities=(), links=(), assignments=(), resources=())
    empty = {error.uid for error in validate(alone) if error.code == "calendar.empty"}
    used = {plan.calendar}
    used.update(row.calendar for row in plan.activities)
    used.update(row.calendar for row in plan.resources)
    used.update(row.base for row in plan.calendars)
    return frozenset(uid for uid in empty - used if uid is not None)


def without_idle_calendars(plan: Plan) -> Plan:
    """The plan without the calendars `idle_calendars` names."""
    idle = idle_calendars(plan)
    if not idle:
        return plan
    return replace(plan, calendars=tuple(row for row in plan.calendars if row.uid not in idle))
