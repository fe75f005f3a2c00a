"""From a sound `Plan` to its `Network`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from planengine.calendars import ALWAYS, WorkingTime, working_time
from planengine.columns import Columns, Numbers, columns_of
from planengine.instants import DAY
from planengine.model import NOT_STARTED, Activity, LagFormat, Link, LinkKind, Plan, Profile
from planengine.network.compiled import (
    DAWN,
    FINISH_FINISH,
    FINISH_START,
    FOREVER,
    OWN,
    PLAIN,
    POINT,
    RULED,
    START_FINISH,
    START_START,
    Arcs,
    Leg,
    Network,
    Rule,
)
from planengine.network.gates import summaries_with_gates
from planengine.network.lags import lag_of
from planengine.network.rules import ceiling_of, floor_of, rule_of
from planengine.network.staffing import legs_by_activity

Flags = npt.NDArray[np.bool_]
_Item = TypeVar("_Item")


def _code(kind: LinkKind) -> int:
    if kind is LinkKind.FS:
        return FINISH_START
    if kind is LinkKind.SS:
        return START_START
    return FINISH_FINISH if kind is LinkKind.FF else START_FINISH


def _chosen(column: list[_Item], places: Sequence[int]) -> list[_Item]:
    return [column[place] for place in places]


def compile_network(plan: Plan, columns: Columns | None = None) -> Network:
    """The network of a sound plan (see `validate`), whose `columns` may be known. Linear time but
    for looking links' ends up; nothing recurses.
    """
    return _Building(plan, columns_of(plan) if columns is None else columns).network


class _Building:
    def __init__(self, plan: Plan, columns: Columns) -> None:
        self.plan, self.columns = plan, columns
        self.known: dict[int | None, WorkingTime] = {}
        self.network = net = Network()
        net.plan = plan
        net.project_clock = self.clock(None)
        pairs = zip(columns.uids, columns.parents, strict=True)
        net.parents = {uid: summary for uid, summary in pairs if summary is not None}
        above = set(net.parents.values())
        net.summaries = [uid for uid in columns.uids if uid in above] if above else []
        net.summary_clocks = {uid: self.clock(self.rows[uid].calendar) for uid in net.summaries}
        self.below: dict[int, list[int]] = {uid: [] for uid in net.summaries}
        for uid, summary in net.parents.items():
            self.below[summary].append(uid)
        self.idle = {
            row.uid for row in map(plan.activities.__getitem__, columns.special) if not row.active
        }
        self._columns(above)
        self._special()
        self._gates()
        self._links()
        downwards = not (net.gates or (net.arcs.first > net.arcs.second).any())
        net.order = range(net.size) if downwards else _ordered(net)

    @cached_property
    def rows(self) -> dict[int, Activity]:
        """The rows by uid, for the plans that need them so."""
        return {row.uid: row for row in self.plan.activities}

    def clock(self, calendar: int | None) -> WorkingTime:
        """The compiled calendar, looked up once a plan."""
        found = self.known.get(calendar)
        if found is None:
            found = self.known[calendar] = working_time(self.plan, calendar)
        return found

    def _columns(self, above: set[int]) -> None:
        """What the usual activity consists of, in outline order without the summaries."""
        net = self.network
        uids, _, durations, calendars, *_ = self.columns
        self.nodes: Numbers | None = None  # by place in the outline; places themselves for None
        self.places: Sequence[int] = range(len(uids))
        if above:
            self.places = [place for place, uid in enumerate(uids) if uid not in above]
            self.nodes = np.full(len(uids), -1)
            self.nodes[self.places] = np.arange(len(self.places))
            uids, durations = _chosen(uids, self.places), _chosen(durations, self.places)
            calendars = _chosen(calendars, self.places)
        net.uids, net.leaves = uids, len(uids)
        net.index = dict(zip(uids, range(len(uids)), strict=True))
        net.durations = durations
        net.kinds = [PLAIN if duration else POINT for duration in durations]
        clocks = {calendar: self.clock(calendar) for calendar in set(calendars)}
        net.clocks = list(map(clocks.__getitem__, calendars))
        net.floors = [self.plan.start] * net.leaves
        net.ceilings = [FOREVER] * net.leaves
        net.rules = {}

    def _special(self) -> None:
        """Activities with more to them than a duration and links."""
        net, plan, index = self.network, self.plan, self.network.index
        staffed: dict[int, tuple[Leg, ...]] = {}
        if plan.assignments:
            staffed = legs_by_activity(plan, net, self.rows, self.clock)
        dated = plan.options.profile is Profile.P6 or plan.options.reschedule_uncompleted
        chosen: Iterable[int] = range(net.leaves)
        if not dated:
            special = (self.columns.uids[place] for place in self.columns.special)
            chosen = sorted({index[uid] for uid in (*special, *staffed) if uid in index})
        for node in chosen:
            row = plan.activities[self.places[node]]
            if row.elapsed:
                net.clocks[node] = ALWAYS
            if (
                row.constraint is None
                and row.deadline is None
                and row.progress is NOT_STARTED
                and row.mode == "auto"
                and row.active
                and not (row.gaps or row.levelling_delay or dated)
                and row.uid not in staffed
            ):
                continue
            clock = net.clocks[node]
            net.durations[node] += sum(clock.between(gap.start, gap.finish) for gap in row.gaps)
            net.floors[node] = floor_of(plan, row, clock, net.durations[node])
            net.ceilings[node] = ceiling_of(row)
            rule = rule_of(plan, row, clock, net.durations[node], staffed.get(row.uid, ()))
            if rule is not None:
                net.rules[node] = rule
                net.kinds[node] = RULED

    def _gates(self) -> None:
        net = self.network
        net.gates, net.gate_of = {}, {}
        node, lowest = net.leaves, min(net.floors, default=self.plan.start) - 366 * DAY
        for key in summaries_with_gates(self.plan, net):
            net.gates[key], net.gate_of[node] = node, key
            row, is_dawn = self.rows[key[0]], key[1] == "dawn"
            entrance = key[1] == "entrance"
            net.durations.append(0)
            net.kinds.append(RULED if is_dawn else POINT)
            net.clocks.append(net.summary_clocks[row.uid])
            floor = floor_of(self.plan, row, net.project_clock, 0)
            held = entrance and row.constraint is not None and floor != self.plan.start
            net.floors.append(floor if held else lowest)
            net.ceilings.append(ceiling_of(row) if key[1] == "exit" else FOREVER)
            if is_dawn:
                net.rules[node] = Rule(is_dawn=True)
            node += 1
        net.size = node

    def _links(self) -> None:
        """Every link as a row of `Arcs`: the usual ones together, the others one by one."""
        net, columns, plan = self.network, self.columns, self.plan
        self.more: list[tuple[int, int, int, int, int]] = []
        self.lag_clocks: list[WorkingTime] = []
        first, second = columns.first, columns.second
        if self.nodes is not None:
            first, second = self.nodes[first], self.nodes[second]
        self._join_gates()
        kinds = np.zeros(len(first), dtype=np.int64)
        odd = [plan.links[number] for number in columns.odd]
        kinds[columns.odd] = [_code(link.kind) for link in odd]
        others = self._others(first, second, odd)
        for number in np.flatnonzero(others).tolist():
            link = plan.links[number]
            if link.predecessor not in self.idle:
                self._link(link, net.index.get(link.predecessor), net.index.get(link.successor))
        arcs = np.vstack((first, second, kinds, columns.lag, np.full(len(first), OWN)))
        if others.any():
            arcs = arcs[:, ~others]
        if self.more:
            arcs = np.hstack((np.array(self.more).T, arcs))
        net.arcs = Arcs(arcs[0], arcs[1], arcs[2], arcs[3], arcs[4], self.lag_clocks)

    def _others(self, first: Numbers, second: Numbers, odd: list[Link]) -> Flags:
        """Links at summaries or inactive activities, and with a lag that is not simply counted on
        the second activity's clock.
        """
        net, columns = self.network, self.columns
        found: Flags = (first < 0) | (second < 0)
        lags = columns.lag != 0
        if self.plan.options.profile is Profile.P6:
            found |= lags
        working = LagFormat.WORKING
        strange = np.array([link.lag_format is not working for link in odd], dtype=np.bool_)
        found[columns.odd] |= strange & lags[columns.odd]
        if self.idle:
            idle = np.array([uid in self.idle for uid in columns.uids])
            found |= idle[columns.first]
        elapsed = [node for node, clock in enumerate(net.clocks) if clock is ALWAYS]
        if elapsed:
            found |= lags & np.isin(second, elapsed)
        return found

    def _join_gates(self) -> None:
        """Tie each activity and each gate to the gates of the summary above it."""
        net = self.network
        for (above, kind), gate in net.gates.items():
            for uid in self.below[above]:
                node = net.index.get(uid, net.gates.get((uid, kind), -1))
                if node < 0 or not (kind == "entrance" or self.rows[uid].active):
                    continue
                if kind == "entrance":
                    self._join(gate, node)
                elif kind == "exit":
                    self._join(node, gate)
                else:
                    self.more.append((node, gate, DAWN, 0, OWN))

    def _join(self, first: int, second: int) -> None:
        self.more.append((first, second, FINISH_START, 0, OWN))

    def _link(self, link: Link, first: int | None, second: int | None) -> None:
        """A link with a lag, of another kind or at a summary."""
        net = self.network
        kind = _code(link.kind)
        if first is None:
            starting = kind in (START_START, START_FINISH)
            first = net.gates[(link.predecessor, "dawn" if starting else "exit")]
        if second is not None:
            self._tie(first, second, kind, link)
        elif kind in (FINISH_START, START_START):
            self._tie(first, net.gates[(link.successor, "entrance")], kind, link)
        else:  # a finish cannot be held at the entrance, so the link binds each activity below
            for node in self._leaves_below(link.successor):
                self._tie(first, node, kind, link)

    def _tie(self, first: int, second: int, kind: int, link: Link) -> None:
        lag, clock = lag_of(self.plan, link, self.rows, self.clock)
        code = OWN
        if lag and clock is not self.network.clocks[second]:
            if clock not in self.lag_clocks:
                self.lag_clocks.append(clock)
            code = self.lag_clocks.index(clock)
        self.more.append((first, second, kind, lag, code))

    def _leaves_below(self, summary: int) -> list[int]:
        inside, leaves = [summary], []
        for uid in inside:
            inside += self.below.get(uid, ())
            if uid in self.network.index:
                leaves.append(self.network.index[uid])
        return leaves


def _ordered(net: Network) -> list[int]:
    """A topological order (Kahn 1962), the same for the same plan."""
    waiting = [
        len(a) + len(b) + len(c) for a, b, c in zip(net.after, net.lagged, net.bound, strict=True)
    ]
    before_of, lagged_of, bound_of = net.before_of, net.lagged_of, net.bound_of
    order = [node for node, count in enumerate(waiting) if not count]
    for node in order:
        for other in before_of[node]:
            waiting[other] -= 1
            if not waiting[other]:
                order.append(other)
        if lagged_of[node] or bound_of[node]:
            rest = [other for other, _ in lagged_of[node]]
            rest += [tie.other for tie in bound_of[node]]
            for other in rest:
                waiting[other] -= 1
                if not waiting[other]:
                    order.append(other)
    return order
