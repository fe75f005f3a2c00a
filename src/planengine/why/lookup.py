"""What explaining a schedule looks things up in: links by end, ancestors, values of nodes."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy

from planengine.calendars import WorkingTime, working_time
from planengine.model import Activity, Assignment, Link, LinkKind
from planengine.network import Schedule
from planengine.network.backward import demanded
from planengine.network.compiled import Network, Rule
from planengine.network.lags import lag_of
from planengine.network.scheduling import limits_of
from planengine.network.staffing import _drives as drives
from planengine.why.chain import DaysOff, End
from planengine.why.days_off import days_off

NO_RULE = Rule()


class Lookup:
    """An index over one schedule, made once in linear time."""

    def __init__(self, schedule: Schedule) -> None:
        self.schedule = schedule
        self.plan = schedule.plan
        self.net: Network = schedule.network
        self.early, self.dates, self.late = schedule.passes
        self.minds_lateness = True
        self.rows = {row.uid: row for row in self.plan.activities}
        self.links_into: dict[int, list[Link]] = {}
        self.links_from: dict[int, list[Link]] = {}
        for link in self.plan.links:
            if self.rows[link.predecessor].active:
                self.links_into.setdefault(link.successor, []).append(link)
                self.links_from.setdefault(link.predecessor, []).append(link)
        self.demand = demanded(self.net, limits_of(self.net, self.early.finish), self.early)
        self.limit = max(
            (self.early[1][node] for node in range(self.net.leaves) if not self.is_off(node)),
            default=self.plan.start,
        )
        self._below: dict[int, list[int]] = {}
        for row in self.plan.activities:
            if row.parent is not None:
                self._below.setdefault(row.parent, []).append(row.uid)

    def before_lateness(self) -> Lookup:
        """The same, seen before activities are moved to be as late as possible: the plan's finish,
        which their late dates hang on, is computed from those dates.
        """
        other = copy(self)
        other.dates, other.minds_lateness = self.early, False
        return other

    def clock(self, calendar: int | None) -> WorkingTime:
        """A calendar of the plan, compiled."""
        return working_time(self.plan, calendar)

    def lag(self, link: Link) -> tuple[int, WorkingTime]:
        """A link's lag in seconds and the clock it counts on."""
        return lag_of(self.plan, link, self.rows, self.clock)

    def rule(self, node: int) -> Rule:
        """The node's rule, or one that says nothing."""
        return self.net.rules.get(node, NO_RULE)

    def is_off(self, node: int) -> bool:
        """True for an inactive activity."""
        return self.rule(node).is_inactive

    def is_point(self, node: int) -> bool:
        """True for what has no duration and no dates of its own."""
        rule = self.rule(node)
        return not self.net.durations[node] and not rule.legs and rule.manual is None

    def family(self, uid: int) -> Iterator[int]:
        """An activity, its parent, its parent's parent …"""
        above: int | None = uid
        while above is not None:
            yield above
            above = self.net.parents.get(above)

    def below(self, uid: int) -> list[int]:
        """Direct children of a summary, in outline order."""
        return self._below.get(uid, [])

    def leaves_below(self, uid: int) -> Iterator[int]:
        """Activities without children anywhere under a summary (itself when it has none)."""
        stack = [uid]
        while stack:
            one = stack.pop()
            stack += reversed(self.below(one))
            if one in self.net.index:
                yield one

    def row(self, uid: int) -> Activity:
        """The activity as the plan has it."""
        return self.rows[uid]

    def off(self, node: int, first: int, last: int) -> tuple[DaysOff, ...]:
        """The whole days without work between two instants on a node's clock."""
        row = self.rows[self.net.uids[node]]
        return days_off(self.plan, row.calendar, self.net.clocks[node], first, last)

    def decider(self, node: int, start: int, finish: int) -> int | None:
        """The resource whose work takes from the start to the finish, where resources decide."""
        legs = self.rule(node).legs
        if not legs:
            return None
        for leg, item in zip(legs, self._drivers(self.net.uids[node]), strict=False):
            begin = leg.clock.next_start(leg.clock.add(start, leg.delay))
            if leg.clock.add(begin, leg.duration) == finish:
                return item.resource
        return None

    def _drivers(self, uid: int) -> list[Assignment]:
        resources = {row.uid: row for row in self.plan.resources}
        row = self.rows[uid]
        return [
            item
            for item in self.plan.assignments
            if item.activity == uid and drives(item, row, resources)
        ]

    def forward_value(self, uid: int, end: End) -> int:
        """The scheduled start or finish of an activity or summary as links see it."""
        column = self.dates[0 if end == "start" else 1]
        node = self.net.index.get(uid)
        if node is None:
            node = self.net.gates[uid, "dawn" if end == "start" else "exit"]
        return column[node]

    def early_or_scheduled(self, uid: int, end: End) -> int:
        """The start or finish of an activity or summary, as scheduled or as early as possible."""
        row = self.schedule[uid]
        if end == "start":
            return row.start if self.minds_lateness else row.early_start
        return row.finish if self.minds_lateness else row.early_finish

    def is_held_early(self, uid: int, end: End, at: int) -> bool:
        """True when the late start links see leaves room for the activity's levelling delay."""
        node = self.net.index[uid]
        return end == "late_start" and bool(self.rule(node).delay) and at != self.late.start[node]

    def late_value(self, uid: int, end: End) -> int:
        """The late start or finish of an activity as links see it; `FOREVER` for what is done."""
        node = self.net.index[uid]
        return (self.demand.start if end == "late_start" else self.demand.finish)[node]


def is_from_finish(kind: LinkKind) -> bool:
    """True for links that begin at the predecessor's finish."""
    return kind in (LinkKind.FS, LinkKind.FF)


def is_into_start(kind: LinkKind) -> bool:
    """True for links that bind the successor's start."""
    return kind in (LinkKind.FS, LinkKind.SS)
