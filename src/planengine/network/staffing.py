"""Assignments that drive dates: work done on a resource's own calendar."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from planengine.calendars import WorkingTime, intersection
from planengine.model import (
    Activity,
    Assignment,
    Mode,
    Plan,
    Resource,
    ResourceKind,
    TaskType,
)
from planengine.network.compiled import Leg, Network

Clock = Callable[[int | None], WorkingTime]


def legs_by_activity(
    plan: Plan, net: Network, rows: Mapping[int, Activity], clock: Clock
) -> dict[int, tuple[Leg, ...]]:
    """The legs of the activities whose assignments work on other clocks than the activity's own.

    An assignment of a working resource takes work ÷ units on the resource's calendar, and only when
    the activity's own calendar works too unless the activity ignores resource calendars. Activities
    of fixed duration, of elapsed duration, and those a person sets the dates of have no legs.
    """
    resources = {row.uid: row for row in plan.resources}
    found: dict[int, list[Leg]] = {}
    for item in plan.assignments:
        row = rows[item.activity]
        node = net.index.get(row.uid)
        if node is None or not _drives(item, row, resources):
            continue
        own = net.clocks[node]
        theirs = own
        if item.resource is not None and not row.ignore_resource_calendars:
            theirs = _shared(row, own, resources[item.resource], clock)
        rate = item.units
        left = item.work - item.actual_work if item.remaining_work is None else item.remaining_work
        leg = Leg(theirs, round(item.work / rate), item.delay, round(left / rate))
        found.setdefault(row.uid, []).append(leg)
    return {
        uid: tuple(legs)
        for uid, legs in found.items()
        if any(leg.clock is not net.clocks[net.index[uid]] or leg.delay for leg in legs)
    }


def _drives(item: Assignment, row: Activity, resources: Mapping[int, Resource]) -> bool:
    if row.task_type is TaskType.FIXED_DURATION or row.elapsed or row.mode is Mode.MANUAL:
        return False
    if item.work <= 0 or item.units <= 0 or not row.duration:
        return False
    return item.resource is None or resources[item.resource].kind is ResourceKind.WORK


def _shared(row: Activity, own: WorkingTime, resource: Resource, clock: Clock) -> WorkingTime:
    """The resource's clock, narrowed to the activity's own calendar when it has one."""
    theirs = clock(resource.calendar)
    if row.calendar is None:
        return theirs
    both = intersection(own, theirs)
    return own if both.is_idle else both
