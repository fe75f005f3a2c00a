"""A network whose activities and links can be changed in place."""

from __future__ import annotations

from typing import Any, NamedTuple

from planengine.calendars import ALWAYS, WorkingTime, working_time
from planengine.edits.draft import Draft
from planengine.incremental.order import Order
from planengine.model import NOT_STARTED, Activity, Link, LinkKind, Plan, Profile
from planengine.network.compiled import (
    FINISH_FINISH,
    FINISH_START,
    FOREVER,
    PLAIN,
    POINT,
    RULED,
    START_FINISH,
    START_START,
    Leg,
    Network,
    Tie,
)
from planengine.network.lags import lag_of
from planengine.network.rules import ceiling_of, floor_of, rule_of
from planengine.network.staffing import legs_by_activity

_KINDS = {
    LinkKind.FS: FINISH_START,
    LinkKind.SS: START_START,
    LinkKind.FF: FINISH_FINISH,
    LinkKind.SF: START_FINISH,
}


class Circle(Exception):
    """A link would make activities wait for each other."""


class Joint(NamedTuple):
    """A link between two activities as the network holds it."""

    first: int
    second: int
    kind: int
    lag: int
    clock: WorkingTime


class Wiring:
    """The network of a schedule, copied so that it can be changed, with its order.

    Only activities without children and links between them can be changed here; lists of links are
    replaced, never changed, because nodes share the empty one with the network copied from.
    `has_idle` tells that the plan has inactive activities: their links are not in the network, but
    the rule against circles counts them.
    """

    def __init__(self, network: Network, draft: Draft) -> None:
        self.net = Network()
        for name in Network.__slots__:
            if name == "arcs":  # the lists of links are what is kept up
                continue
            value = getattr(network, name)
            if isinstance(value, list | dict):
                value = value.copy()
            setattr(self.net, name, value)
        self.draft = draft
        self.head: Plan = network.plan
        self.has_idle = not all(row.active for row in draft.activities.values())
        self.order = Order(network.order)
        self.net.order = self.order.sequence
        self._clocks: dict[int | None, WorkingTime] = {}

    def clock(self, calendar: int | None) -> WorkingTime:
        """A calendar of the plan, compiled."""
        found = self._clocks.get(calendar)
        if found is None:
            found = self._clocks[calendar] = working_time(self.head, calendar)
        return found

    def following(self, node: int) -> list[int]:
        """Nodes that wait for this one."""
        net = self.net
        found = list(net.before_of[node])
        if net.lagged_of[node]:
            found += [other for other, _ in net.lagged_of[node]]
        if net.bound_of[node]:
            found += [tie.other for tie in net.bound_of[node]]
        return found

    def preceding(self, node: int) -> list[int]:
        """Nodes this one waits for."""
        net = self.net
        found = list(net.after[node])
        if net.lagged[node]:
            found += [other for other, _ in net.lagged[node]]
        if net.bound[node]:
            found += [tie.other for tie in net.bound[node]]
        return found

    def recompile(self, uid: int) -> int:
        """Take an activity's columns from its row; returns its node."""
        net, plan, row = self.net, self.head, self.draft.activities[uid]
        node = net.index[uid]
        clock = net.clocks[node] = ALWAYS if row.elapsed else self.clock(row.calendar)
        legs = self._legs(row)
        net.rules.pop(node, None)
        net.kinds[node] = PLAIN if row.duration else POINT
        net.durations[node] = row.duration
        net.floors[node], net.ceilings[node] = plan.start, FOREVER
        if self._is_usual(row) and not legs:
            return node
        net.durations[node] += sum(clock.between(gap.start, gap.finish) for gap in row.gaps)
        net.floors[node] = floor_of(plan, row, clock, net.durations[node])
        net.ceilings[node] = ceiling_of(row)
        rule = rule_of(plan, row, clock, net.durations[node], legs)
        if rule is not None:
            net.rules[node] = rule
            net.kinds[node] = RULED
        return node

    def _is_usual(self, row: Activity) -> bool:
        options = self.head.options
        return (
            row.constraint is None
            and row.deadline is None
            and row.progress == NOT_STARTED
            and row.mode == "auto"
            and row.active
            and not (row.gaps or row.levelling_delay)
            and not (options.profile is Profile.P6 or options.reschedule_uncompleted)
        )

    def _legs(self, row: Activity) -> tuple[Leg, ...]:
        draft = self.draft
        uids = draft.assignments_of(row.uid)
        if not uids:
            return ()
        small = Plan(
            resources=tuple(draft.resources.values()),
            assignments=tuple(draft.assignments[uid] for uid in uids),
        )
        return legs_by_activity(small, self.net, draft.activities, self.clock).get(row.uid, ())

    def joint(self, link: Link) -> Joint:
        """The link as the network holds it now."""
        lag, clock = lag_of(self.head, link, self.draft.activities, self.clock)
        first, second = self.net.index[link.predecessor], self.net.index[link.successor]
        return Joint(first, second, _KINDS[link.kind], lag, clock)

    def tie(self, joint: Joint) -> None:
        """Add a link. Raises `Circle`, with nothing changed."""
        if not self.order.link(joint.first, joint.second, self.following, self.preceding):
            raise Circle
        for column, node, item in self._places(joint):
            column[node] = [*column[node], item]

    def untie(self, joint: Joint) -> None:
        """Remove a link."""
        for column, node, item in self._places(joint):
            rest = list(column[node])
            rest.remove(item)
            column[node] = rest

    def _places(self, joint: Joint) -> list[tuple[list[list[Any]], int, Any]]:
        """The two lists a link stands in, and what stands there."""
        net, (first, second, kind, lag, clock) = self.net, joint
        if kind == FINISH_START and not lag:
            return [(net.after, second, first), (net.before_of, first, second)]
        if kind == FINISH_START and clock is net.clocks[second]:
            return [(net.lagged, second, (first, lag)), (net.lagged_of, first, (second, lag))]
        there, back = Tie(first, kind, lag, clock), Tie(second, kind, lag, clock)
        return [(net.bound, second, there), (net.bound_of, first, back)]
