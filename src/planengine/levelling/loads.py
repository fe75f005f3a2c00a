"""What a schedule asks of each resource over time, and where that is more than there is."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from planengine.calendars import WorkingTime, intersection, working_time
from planengine.model import Activity, Assignment, Mode, Resource, ResourceKind, TaskType
from planengine.network import Schedule

WHOLE = 1000
"""Units are compared in thousandths of a full-time person."""


@dataclass(frozen=True, slots=True)
class Hold:
    """An activity's claim on a resource: `units` (1.0 = full time) from the instant `start` to
    `finish`, in the working time of `clock` in between.
    """

    resource: int
    activity: int
    start: int
    finish: int
    units: float
    clock: WorkingTime


@dataclass(frozen=True, slots=True)
class Load:
    """`units` are wanted of a resource at every working instant from `start` to `finish`, by
    `activities`.
    """

    resource: int
    start: int
    finish: int
    units: float
    activities: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Overload:
    """More `units` are wanted of a resource than the `available` ones, from the instant `start` to
    `finish`, by `activities` together.
    """

    resource: int
    start: int
    finish: int
    units: float
    available: float
    activities: tuple[int, ...]


def holds(schedule: Schedule) -> list[Hold]:
    """Every claim of an active activity on a working resource, in order of assignment.

    An assignment lasts as long as its activity, or as its own work takes where work drives the
    dates; the pauses of a split activity hold nothing.
    """
    plan = schedule.plan
    rows = {row.uid: row for row in plan.activities}
    resources = {row.uid: row for row in plan.resources if row.kind is ResourceKind.WORK}
    found: list[Hold] = []
    for item in plan.assignments:
        node = schedule.network.index.get(item.activity)
        resource = resources.get(-1 if item.resource is None else item.resource)
        if node is None or resource is None or item.units <= 0 or not rows[item.activity].active:
            continue
        found.extend(_holds(schedule, rows[item.activity], node, item, resource))
    return found


def loads(schedule: Schedule) -> dict[int, tuple[Load, ...]]:
    """For each working resource (by uid) the steps of what is wanted of it, in time; stretches in
    which nobody works are left out.
    """
    claims: dict[int, list[Hold]] = {
        row.uid: [] for row in schedule.plan.resources if row.kind is ResourceKind.WORK
    }
    for hold in holds(schedule):
        claims[hold.resource].append(hold)
    return {uid: tuple(_steps(uid, rows)) for uid, rows in claims.items()}


def overloads(schedule: Schedule) -> tuple[Overload, ...]:
    """Where more is wanted of a resource than its `max_units`, by resource and then in time.

    Only working instants count: activities that overlap in a weekend alone do not collide.
    """
    claims: dict[int, list[Hold]] = defaultdict(list)
    for hold in holds(schedule):
        claims[hold.resource].append(hold)
    rows = (row for row in schedule.plan.resources if row.uid in claims)
    return tuple(found for row in rows for found in _overloads(row, claims[row.uid]))


def clock_of(schedule: Schedule, row: Activity, resource: Resource) -> WorkingTime:
    """When `resource` works on the activity: its calendar, within the activity's own if it has
    one; the activity's alone when it ignores resource calendars or lasts elapsed time.
    """
    own = schedule.network.clocks[schedule.network.index[row.uid]]
    if row.elapsed or row.ignore_resource_calendars:
        return own
    theirs = working_time(schedule.plan, resource.calendar)
    if row.calendar is None:
        return theirs
    both = intersection(own, theirs)
    return own if both.is_idle else both


def drives(row: Activity, item: Assignment) -> bool:
    """Whether the assignment's own work says how long it holds its resource."""
    fixed = row.task_type is TaskType.FIXED_DURATION or row.elapsed or row.mode is Mode.MANUAL
    return not fixed and item.work > 0


def _holds(
    schedule: Schedule, row: Activity, node: int, item: Assignment, resource: Resource
) -> Iterator[Hold]:
    dates = schedule.passes.dates
    start, finish = dates[0][node], dates[1][node]
    clock = clock_of(schedule, row, resource)
    rule = schedule.network.rules.get(node)
    if rule is not None and rule.legs and drives(row, item) and rule.began is None:
        start = clock.next_start(clock.add(start, item.delay))
        finish = min(finish, clock.add(start, round(item.work / item.units)))
    for gap in row.gaps:
        if start < gap.start < finish:
            yield Hold(resource.uid, row.uid, start, gap.start, item.units, clock)
            start = max(gap.finish, start)
    if finish > start:
        yield Hold(resource.uid, row.uid, start, finish, item.units, clock)


def _overloads(resource: Resource, claims: list[Hold]) -> list[Overload]:
    most = round(resource.max_units * WHOLE)
    if sum(round(hold.units * WHOLE) for hold in claims) <= most:
        return []
    found: list[Overload] = []
    for load in _steps(resource.uid, claims):
        if round(load.units * WHOLE) <= most:
            continue
        last = found[-1] if found else None
        if last and (last.finish, last.units, last.activities) == (
            load.start,
            load.units,
            load.activities,
        ):
            found[-1] = _overload(resource, last.start, load)
        else:
            found.append(_overload(resource, load.start, load))
    return found


def _overload(resource: Resource, start: int, load: Load) -> Overload:
    return Overload(
        resource.uid, start, load.finish, load.units, resource.max_units, load.activities
    )


def _steps(resource: int, claims: list[Hold]) -> Iterator[Load]:
    """Between every two neighbouring beginnings and ends the working claims and their sum."""
    events: dict[int, list[Hold]] = defaultdict(list)
    for hold in claims:
        events[hold.start].append(hold)
        events[hold.finish].append(hold)
    running: list[Hold] = []
    instants = sorted(events)
    for start, finish in pairwise(instants):
        for hold in events[start]:
            if hold.start == start:
                running.append(hold)
            else:
                running.remove(hold)
        for one, other, active in _working(running, start, finish):
            units = sum(round(hold.units * WHOLE) for hold in active) / WHOLE
            names = tuple(sorted({hold.activity for hold in active}))
            yield Load(resource, one, other, units, names)


def _working(running: list[Hold], start: int, finish: int) -> Iterator[tuple[int, int, list[Hold]]]:
    """Who works when between two instants: one stretch when all have the same clock, else cut at
    each change of shift.
    """
    clocks = {id(hold.clock): hold.clock for hold in running}
    if len(clocks) == 1 or (len(clocks) > 1 and _agree(clocks.values(), start, finish)):
        if running[0].clock.between(start, finish) > 0:
            yield start, finish, list(running)
        return
    cuts = {start, finish}
    for clock in clocks.values():
        for begin, end in _hours(clock, start, finish):
            cuts.update((max(begin, start), min(end, finish)))
    ordered = sorted(cuts)
    for one, other in pairwise(ordered):
        active = [hold for hold in running if hold.clock.between(one, other) > 0]
        if active:
            yield one, other, active


def _agree(clocks: Iterable[WorkingTime], start: int, finish: int) -> bool:
    """Whether calendars work the same hours between two instants."""
    seen = {
        tuple((max(begin, start), min(end, finish)) for begin, end in _hours(clock, start, finish))
        for clock in clocks
    }
    return len(seen) == 1


def _hours(clock: WorkingTime, start: int, finish: int) -> Iterator[tuple[int, int]]:
    """The working intervals that reach between two instants, however far the clock is compiled."""
    clock.cover(start, finish)
    first, last = bisect_right(clock.finishes, start), bisect_left(clock.starts, finish)
    return zip(clock.starts[first:last], clock.finishes[first:last], strict=True)
