"""A plan made ready for levelling: who needs what, and who cannot be moved and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from planengine.calendars import WorkingTime
from planengine.levelling.loads import WHOLE, clock_of, drives
from planengine.model import Activity, ConstraintKind, Mode, Plan, Resource, ResourceKind
from planengine.network import Network, Schedule

PINNED = 1000
"""The priority that levelling never moves."""
_FIXING = (ConstraintKind.MUST_START_ON, ConstraintKind.MUST_FINISH_ON)


class Pinned(StrEnum):
    """Why levelling leaves an activity where it is."""

    STARTED = "started"
    MANUAL = "manual"
    PRIORITY = "priority"
    CONSTRAINT = "constraint"
    SPLIT = "split"
    TOO_MUCH = "too_much"
    NO_SLACK = "no_slack"


@dataclass(frozen=True, slots=True)
class Need:
    """`units` thousandths of the resource in column `resource`, on `clock`; `duration` seconds of
    it after `delay`, or as long as the activity when `None`.
    """

    resource: int
    units: int
    clock: WorkingTime
    duration: int | None = None
    delay: int = 0


@dataclass(frozen=True, slots=True)
class Staffing:
    """What levelling works on. `schedule` is the plan's without the delays levelling may set anew;
    `needs` by node of its network; `pinned` the nodes that stay, with the reason; `capacities` by
    column in thousandths and `resources` their uids.
    """

    schedule: Schedule
    needs: dict[int, tuple[Need, ...]]
    pinned: dict[int, Pinned]
    capacities: tuple[int, ...]
    resources: tuple[int, ...]

    @property
    def network(self) -> Network:
        """The compiled network of `schedule`."""
        return self.schedule.network


def pin_of(plan: Plan, row: Activity) -> Pinned | None:
    """Why an activity is not moved, by itself; `None` when it may be."""
    progress = row.progress
    if progress.actual_start is not None or progress.percent > 0:
        return Pinned.STARTED
    if row.mode is Mode.MANUAL:
        return Pinned.MANUAL
    if row.priority >= PINNED:
        return Pinned.PRIORITY
    kind = None if row.constraint is None else row.constraint.kind
    if kind in _FIXING and plan.options.honor_constraints:
        return Pinned.CONSTRAINT
    if kind is ConstraintKind.AS_LATE_AS_POSSIBLE:
        return Pinned.CONSTRAINT
    return Pinned.SPLIT if row.gaps else None


def undelayed(plan: Plan) -> Plan:
    """The plan without the levelling delays of what may be moved."""
    rows = tuple(
        replace(row, levelling_delay=0)
        if row.levelling_delay and pin_of(plan, row) is None
        else row
        for row in plan.activities
    )
    return replace(plan, activities=rows)


def staffing(schedule: Schedule) -> Staffing:
    """The staffing of an undelayed plan's schedule. Linear in its assignments."""
    plan, net = schedule.plan, schedule.network
    rows = {row.uid: row for row in plan.activities}
    working = [row for row in plan.resources if row.kind is ResourceKind.WORK]
    columns = {row.uid: place for place, row in enumerate(working)}
    capacities = tuple(round(row.max_units * WHOLE) for row in working)
    needs: dict[int, list[Need]] = {}
    for node, need in _needs(schedule, rows, columns, {row.uid: row for row in working}):
        needs.setdefault(node, []).append(need)
    pinned: dict[int, Pinned] = {}
    for node in range(net.leaves):
        reason = pin_of(plan, rows[net.uids[node]])
        if reason is None and _too_much(needs.get(node, ()), capacities):
            reason = Pinned.TOO_MUCH
        if reason is not None:
            pinned[node] = reason
    kept = {node: tuple(found) for node, found in needs.items()}
    return Staffing(schedule, kept, pinned, capacities, tuple(columns))


def spans(
    net: Network, node: int, need: Need, start: int, finish: int
) -> Iterator[tuple[int, int]]:
    """From when to when a need holds its resource, its activity lying between two instants."""
    if need.duration is not None:
        start = need.clock.next_start(need.clock.add(start, need.delay))
        finish = min(finish, need.clock.add(start, need.duration))
    rule = net.rules.get(node)
    if rule is not None and rule.is_inactive:
        return
    yield start, finish


def _needs(
    schedule: Schedule,
    rows: dict[int, Activity],
    columns: dict[int, int],
    resources: dict[int, Resource],
) -> Iterator[tuple[int, Need]]:
    net = schedule.network
    for item in schedule.plan.assignments:
        node = net.index.get(item.activity)
        column = columns.get(-1 if item.resource is None else item.resource)
        row = rows[item.activity]
        if node is None or column is None or item.units <= 0 or not row.active:
            continue
        assert item.resource is not None
        clock = clock_of(schedule, row, resources[item.resource])
        rule = net.rules.get(node)
        legged = rule is not None and bool(rule.legs) and rule.began is None and drives(row, item)
        duration = round(item.work / item.units) if legged else None
        yield node, Need(column, round(item.units * WHOLE), clock, duration, item.delay)


def _too_much(needs: list[Need] | tuple[()], capacities: tuple[int, ...]) -> bool:
    sums: dict[int, int] = {}
    for need in needs:
        sums[need.resource] = sums.get(need.resource, 0) + need.units
    return any(units > capacities[column] for column, units in sums.items())
