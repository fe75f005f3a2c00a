"""From a sound `Plan` to its `Network`."""

from __future__ import annotations

from planengine.calendars import ALWAYS, WorkingTime, working_time
from planengine.instants import DAY
from planengine.model import NOT_STARTED, Activity, LagFormat, Link, LinkKind, Plan, Profile
from planengine.network.compiled import (
    DAWN,
    FINISH_FINISH,
    FINISH_START,
    FOREVER,
    PLAIN,
    POINT,
    RULED,
    START_FINISH,
    START_START,
    Network,
    Rule,
    Tie,
    put,
)
from planengine.network.gates import summaries_with_gates
from planengine.network.lags import lag_of
from planengine.network.rules import ceiling_of, floor_of, rule_of
from planengine.network.staffing import legs_by_activity

_KINDS = {
    "FS": FINISH_START,
    "SS": START_START,
    "FF": FINISH_FINISH,
    "SF": START_FINISH,
}


def compile_network(plan: Plan) -> Network:
    """The network of a sound plan (see `validate`). Linear time; nothing recurses."""
    return _Building(plan).network


class _Building:
    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.known: dict[int | None, WorkingTime] = {}
        self.points_up = False  # a link from a later row to an earlier one
        self.network = net = Network()
        rows = plan.activities
        net.plan = plan
        net.project_clock = self.clock(None)
        net.parents = {row.uid: row.parent for row in rows if row.parent is not None}
        above = set(net.parents.values())
        self.rows = {row.uid: row for row in rows}
        net.summaries = [row.uid for row in rows if row.uid in above]
        net.summary_clocks = {uid: self.clock(self.rows[uid].calendar) for uid in net.summaries}
        leaves = [row for row in rows if row.uid not in above] if above else list(rows)
        self.below: dict[int, list[int]] = {uid: [] for uid in net.summaries}
        for uid, summary in net.parents.items():
            self.below[summary].append(uid)
        self._columns(leaves)
        self._special(leaves)
        self._gates()
        self._links()
        downwards = not (self.points_up or net.gates)
        net.order = list(range(net.size)) if downwards else _ordered(net)

    def clock(self, calendar: int | None) -> WorkingTime:
        """The compiled calendar, looked up once a plan."""
        found = self.known.get(calendar)
        if found is None:
            found = self.known[calendar] = working_time(self.plan, calendar)
        return found

    def _columns(self, leaves: list[Activity]) -> None:
        net = self.network
        net.uids = [row.uid for row in leaves]
        net.index = {uid: node for node, uid in enumerate(net.uids)}
        net.leaves = len(leaves)
        net.durations = [row.duration for row in leaves]
        net.kinds = [PLAIN if row.duration else POINT for row in leaves]
        usual = net.project_clock
        net.clocks = [usual if row.calendar is None else self.clock(row.calendar) for row in leaves]
        net.floors = [self.plan.start] * net.leaves
        net.ceilings = [FOREVER] * net.leaves
        net.rules = {}

    def _special(self, leaves: list[Activity]) -> None:
        """Rows with more to them than a duration and links."""
        net, plan = self.network, self.plan
        staffed = legs_by_activity(plan, net, self.rows, self.clock)
        dated = plan.options.profile is Profile.P6 or plan.options.reschedule_uncompleted
        for node, row in enumerate(leaves):
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
        """Sort every link into its list: the usual ones here, the others in `_link`.

        This loop and `_ordered` are most of what compiling costs, hence their plain shape.
        """
        net = self.network
        net.after = [[] for _ in range(net.size)]
        net.lagged, net.bound = [[]] * net.size, [[]] * net.size
        self._join_gates()
        after, find, clocks = net.after, net.index.get, net.clocks
        idle = {row.uid for row in self.rows.values() if not row.active}
        simple = self.plan.options.profile is not Profile.P6 and not idle
        usual, working = LinkKind.FS, LagFormat.WORKING
        for link in self.plan.links:
            first, second, lag = find(link.predecessor), find(link.successor), link.lag
            if first is None or second is None or link.kind is not usual or not simple:
                if link.predecessor not in idle:
                    self._link(link, first, second)
            elif not lag:
                after[second].append(first)
                self.points_up |= first > second
            elif link.lag_format is working and clocks[second] is not ALWAYS:
                put(net.lagged, second, (first, lag))
                self.points_up |= first > second
            else:
                self._link(link, first, second)

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
                    put(net.bound, gate, Tie(node, DAWN, 0, ALWAYS))

    def _join(self, first: int, second: int) -> None:
        self.network.after[second].append(first)

    def _link(self, link: Link, first: int | None, second: int | None) -> None:
        """A link with a lag, of another kind or at a summary."""
        net = self.network
        kind = _KINDS[link.kind.value]
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
        net = self.network
        self.points_up |= first > second
        lag, clock = lag_of(self.plan, link, self.rows, self.clock)
        if kind == FINISH_START and not lag:
            self._join(first, second)
        elif kind == FINISH_START and clock is net.clocks[second]:
            put(net.lagged, second, (first, lag))
        else:
            put(net.bound, second, Tie(first, kind, lag, clock))

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
