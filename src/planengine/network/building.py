"""From a sound `Plan` to its `Network`."""

from __future__ import annotations

from planengine.calendars import ALWAYS, WorkingTime, working_time
from planengine.model import NOT_STARTED, Activity, Link, LinkKind, Plan, Profile
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
)
from planengine.network.gates import summaries_with_gates
from planengine.network.lags import lag_of
from planengine.network.rules import ceiling_of, floor_of, rule_of
from planengine.network.staffing import legs_by_activity

_KINDS = {
    LinkKind.FS: FINISH_START,
    LinkKind.SS: START_START,
    LinkKind.FF: FINISH_FINISH,
    LinkKind.SF: START_FINISH,
}


def compile_network(plan: Plan) -> Network:
    """The network of a sound plan (see `validate`). Linear time; nothing recurses."""
    return _Building(plan).network


class _Building:
    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.rows = {row.uid: row for row in plan.activities}
        self.known: dict[int | None, WorkingTime] = {}
        self.network = net = Network()
        net.plan = plan
        net.project_clock = self.clock(None)
        net.parents = {row.uid: row.parent for row in plan.activities if row.parent is not None}
        above = set(net.parents.values())
        net.summaries = [row.uid for row in plan.activities if row.uid in above]
        net.summary_clocks = {uid: self.clock(self.rows[uid].calendar) for uid in net.summaries}
        leaves = [row for row in plan.activities if row.uid not in above]
        self._columns(leaves)
        self._special(leaves)
        self._gates()
        self._links()
        net.order = _ordered(net)

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
        p6 = plan.options.profile is Profile.P6
        for node, row in enumerate(leaves):
            if row.elapsed:
                net.clocks[node] = ALWAYS
            if (
                row.constraint is None
                and row.deadline is None
                and row.progress is NOT_STARTED
                and row.mode == "auto"
                and row.active
                and not (row.gaps or row.levelling_delay or p6)
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
        node = net.leaves
        for key in summaries_with_gates(self.plan, net):
            net.gates[key], net.gate_of[node] = node, key
            row, is_dawn = self.rows[key[0]], key[1] == "dawn"
            entrance = key[1] == "entrance"
            net.durations.append(0)
            net.kinds.append(RULED if is_dawn else POINT)
            net.clocks.append(net.summary_clocks[row.uid])
            floor = floor_of(self.plan, row, net.project_clock, 0)
            held = entrance and row.constraint is not None and floor != self.plan.start
            net.floors.append(floor if held else -FOREVER)
            net.ceilings.append(ceiling_of(row) if key[1] == "exit" else FOREVER)
            if is_dawn:
                net.rules[node] = Rule(is_dawn=True)
            node += 1
        net.size = node

    def _links(self) -> None:
        net = self.network
        for name in ("after", "lagged", "bound", "before_of", "lagged_of", "bound_of"):
            setattr(net, name, [[] for _ in range(net.size)])
        self._join_gates()
        for link in self.plan.links:
            self._link(link)

    def _join_gates(self) -> None:
        """Tie each activity and each gate to the gates of the summary above it."""
        net = self.network
        for uid, above in net.parents.items():
            below = net.index.get(uid)
            for kind in ("entrance", "exit", "dawn"):
                gate = net.gates.get((above, kind))
                if gate is None:
                    continue
                node = net.gates.get((uid, kind)) if below is None else below
                if node is None or not (kind == "entrance" or self.rows[uid].active):
                    continue
                if kind == "entrance":
                    self._join(gate, node)
                elif kind == "exit":
                    self._join(node, gate)
                else:
                    net.bound[gate].append(Tie(node, DAWN, 0, ALWAYS))
                    net.bound_of[node].append(Tie(gate, DAWN, 0, ALWAYS))

    def _join(self, first: int, second: int) -> None:
        self.network.after[second].append(first)
        self.network.before_of[first].append(second)

    def _link(self, link: Link) -> None:
        net = self.network
        if not (self.rows[link.predecessor].active):
            return
        first = net.index.get(link.predecessor)
        second = net.index.get(link.successor)
        kind = _KINDS[link.kind]
        if first is not None and second is not None and not link.lag and kind == FINISH_START:
            net.after[second].append(first)
            net.before_of[first].append(second)
            return
        if first is None:
            starting = kind in (START_START, START_FINISH)
            first = net.gates[(link.predecessor, "dawn" if starting else "exit")]
        if second is not None:
            seconds = [second]
        elif kind in (FINISH_START, START_START):
            seconds = [net.gates[(link.successor, "entrance")]]
        else:  # a finish cannot be bound at the gate, so it binds each activity below
            seconds = self._leaves_below(link.successor)
        for node in seconds:
            self._tie(first, node, kind, link)

    def _leaves_below(self, summary: int) -> list[int]:
        net = self.network
        inside = {summary}
        for row in self.plan.activities:
            if row.parent in inside:
                inside.add(row.uid)
        return [net.index[uid] for uid in sorted(inside) if uid in net.index]

    def _tie(self, first: int, second: int, kind: int, link: Link) -> None:
        net = self.network
        lag, clock = lag_of(self.plan, link, self.rows, self.clock)
        if kind == FINISH_START and not lag:
            self._join(first, second)
        elif kind == FINISH_START and clock is net.clocks[second]:
            net.lagged[second].append((first, lag))
            net.lagged_of[first].append((second, lag))
        else:
            net.bound[second].append(Tie(first, kind, lag, clock))
            net.bound_of[first].append(Tie(second, kind, lag, clock))


def _ordered(net: Network) -> list[int]:
    """A topological order (Kahn 1962), the same for the same plan."""
    waiting = [
        len(a) + len(b) + len(c) for a, b, c in zip(net.after, net.lagged, net.bound, strict=True)
    ]
    order = [node for node, count in enumerate(waiting) if not count]
    for node in order:
        for other in net.before_of[node]:
            waiting[other] -= 1
            if not waiting[other]:
                order.append(other)
        for other, _ in net.lagged_of[node]:
            waiting[other] -= 1
            if not waiting[other]:
                order.append(other)
        for tie in net.bound_of[node]:
            waiting[tie.other] -= 1
            if not waiting[tie.other]:
                order.append(tie.other)
    return order
