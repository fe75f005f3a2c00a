"""What is simulated: the schedule's network with everything fixed that chance does not move.

Each node is checked against the schedule: from its predecessors' scheduled dates the simulation's
own rule must give the scheduled start and finish. Where it does not – resources on several
calendars, as late as possible, constraints held against links – the node gets a floor, a clock or
a fixed start that does, so that without uncertainty the simulation *is* the schedule. Limits such
as *no later than* are wishes and stop no delay.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from planengine.calendars import ALWAYS, WorkingTime
from planengine.model import Activity, LagFormat, LinkKind, Plan, ScheduleFrom
from planengine.network import Schedule
from planengine.network.compiled import (
    FINISH_FINISH,
    FINISH_START,
    FOREVER,
    START_FINISH,
    START_START,
    Network,
    Rule,
    Tie,
)

FREE, PINNED, DAWN = range(3)
"""A node moved by its links; one whose start is a fact; a gate at the earliest start below it."""

_PERCENT = (LagFormat.PERCENT, LagFormat.ELAPSED_PERCENT)


@dataclass(slots=True)
class Source:
    """A link into a node. `clock` counts the lag; `share` is the percentage of the predecessor's
    duration that makes the lag, `usual` that duration. `fixed` replaces the predecessor by an
    instant.
    """

    node: int
    from_finish: bool = True
    into_finish: bool = False
    lag: int = 0
    clock: WorkingTime = ALWAYS
    share: float = 0.0
    usual: int = 0
    fixed: int | None = None

    def moved(self, instant: int) -> int:
        """The instant, the lag later; a lead into a finish leads to the end of a shift."""
        moved = self.clock.add(instant, self.lag)
        return self.clock.prev_finish(moved) if self.lag < 0 and self.into_finish else moved


@dataclass(slots=True)
class Node:
    """One node. `floor` and work are coordinates of `clock`, `usual` is the duration when all goes
    as scheduled, `nominal` the plan's own duration it stands for. A point without duration lives on
    the wall clock; if chance gives it one, that counts on `own_clock`.
    """

    number: int
    uid: int | None
    kind: int
    clock: WorkingTime
    own_clock: WorkingTime
    floor: int
    usual: int
    nominal: int
    delay: int = 0
    is_over: bool = False
    is_left_out: bool = False
    sources: list[Source] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Blueprint:
    """Nodes by number, a topological order, and which activities stand still against their links
    (`pinned`, uids).
    """

    nodes: tuple[Node, ...]
    order: tuple[int, ...]
    pinned: tuple[int, ...]
    start: int
    finish: int


def blueprint(schedule: Schedule) -> Blueprint:
    """The blueprint of a schedule; linear time."""
    return _Drawing(schedule).made()


class _Drawing:
    def __init__(self, schedule: Schedule) -> None:
        self.schedule = schedule
        self.net: Network = schedule.network
        self.plan: Plan = schedule.plan
        dates = schedule.passes.dates
        self.starts, self.finishes = dates.start, dates.finish
        self.rows = {row.uid: row for row in self.plan.activities}
        self.percent = {
            (link.predecessor, link.successor, link.kind): float(link.lag)
            for link in self.plan.links
            if link.lag_format in _PERCENT
        }
        self.pinned: list[int] = []

    def made(self) -> Blueprint:
        net = self.net
        nodes = [self._node(number) for number in range(net.size)]
        self._fix_begun(nodes)
        return Blueprint(
            tuple(nodes),
            tuple(net.order),
            tuple(self.pinned),
            self.schedule.start,
            self.schedule.finish,
        )

    def _node(self, number: int) -> Node:
        net = self.net
        uid = net.uids[number] if number < net.leaves else None
        row = None if uid is None else self.rows[uid]
        rule = net.rules.get(number, Rule())
        if rule.is_dawn:
            sources = [Source(tie.other, from_finish=False) for tie in net.bound[number]]
            return self._dawn(number, sources)
        if rule.began is not None and rule.waits and not rule.is_inactive:
            return self._free(number, row, rule, self._resumed(number, rule))
        if rule.is_inactive or rule.manual or rule.done or rule.began is not None:
            return self._fact(number, row, rule)
        return self._free(number, row, rule, self.starts[number])

    def _resumed(self, number: int, rule: Rule) -> int:
        """Where begun work goes on, seen from its finish."""
        finish = self.finishes[number]
        return min(finish, max(rule.resume, self.net.clocks[number].add(finish, -rule.remaining)))

    def _dawn(self, number: int, sources: list[Source]) -> Node:
        start = self.starts[number]
        kind = DAWN if sources else PINNED
        return Node(number, None, kind, ALWAYS, ALWAYS, start, 0, 0, sources=sources)

    def _fact(self, number: int, row: Activity | None, rule: Rule) -> Node:
        """A start that is a fact or a decision; begun work is simulated from its resume."""
        start, finish = self.starts[number], self.finishes[number]
        own = self.net.clocks[number]
        clocks = [own, *(leg.clock for leg in rule.legs)]
        if rule.began is not None and not rule.is_inactive:
            start = self._resumed(number, rule)
        clock, usual = _fitting(clocks, start, finish)
        return Node(
            number,
            None if row is None else row.uid,
            PINNED,
            clock,
            own,
            clock.work(start),
            usual,
            0 if row is None else row.duration,
            is_over=rule.done is not None,
            is_left_out=rule.is_inactive,
        )

    def _free(self, number: int, row: Activity | None, rule: Rule, start: int) -> Node:
        net = self.net
        finish = self.finishes[number]
        own = net.clocks[number]
        sources = list(self._sources(number))
        if net.durations[number] or finish > start:
            clocks = [own, *(leg.clock for leg in rule.legs)]
            pulled = finish in self._targets(sources)
            clock, usual = _fitting(clocks, start, own.prev_finish(finish) if pulled else finish)
        else:
            clock, usual = ALWAYS, 0
        uid, nominal = (None, 0) if row is None else (row.uid, row.duration)
        node = Node(number, uid, FREE, clock, own, 0, usual, nominal, sources=sources)
        floor = net.floors[number] if rule.began is None else rule.resume
        node.floor = -FOREVER if floor == -FOREVER else clock.work(floor)
        self._settle(node, clock.work(start), rule.delay)
        return node

    def _targets(self, sources: list[Source]) -> list[int]:
        """The instants that links into the finish lead to."""
        return [
            source.moved(self._before(source))
            for source in sources
            if source.into_finish and self._before(source) != -FOREVER
        ]

    def _settle(self, node: Node, wanted: int, delay: int) -> None:
        """Bring what the rule gives in line with the schedule."""
        clock = node.clock
        found = max((self._need(node, source) for source in node.sources), default=node.floor)
        found = max(found, node.floor)
        if delay and found > -FOREVER:
            later = clock.work(clock.start_at[found] + delay)
            if later == wanted:
                node.delay = delay
                return
        if found < wanted or self.plan.schedule_from is ScheduleFrom.FINISH:
            node.floor = wanted
        elif found > wanted:
            node.floor, node.kind, node.sources = wanted, PINNED, []
            if node.uid is not None:
                self.pinned.append(node.uid)

    def _need(self, node: Node, source: Source) -> int:
        instant = self._before(source)
        if instant == -FOREVER:
            return -FOREVER
        need = node.clock.work(source.moved(instant))
        return need - node.usual if source.into_finish else need

    def _before(self, source: Source) -> int:
        """The scheduled instant a link begins at; `-FOREVER` at a summary with nothing active."""
        return (self.finishes if source.from_finish else self.starts)[source.node]

    def _sources(self, number: int) -> Iterator[Source]:
        net = self.net
        for other in net.after[number]:
            yield Source(other)
        own = net.clocks[number]
        for other, lag in net.lagged[number]:
            yield self._shared(Source(other, lag=lag, clock=own), number, LinkKind.FS)
        for tie in net.bound[number]:
            yield self._shared(_tied(tie), number, _KINDS.get(tie.kind, LinkKind.FS))

    def _shared(self, source: Source, number: int, kind: LinkKind) -> Source:
        """Let a percentage lag follow the predecessor's duration, also into a summary."""
        net = self.net
        if not self.percent or source.node >= net.leaves:
            return source
        first = net.uids[source.node]
        length = self.rows[first].duration
        uid: int | None = net.uids[number] if number < net.leaves else net.gate_of[number][0]
        while uid is not None and not source.share:
            percent = self.percent.get((first, uid, kind), 0.0)
            source.share = percent if round(length * percent / 100) == source.lag else 0.0
            uid = net.parents.get(uid)
        return source

    def _fix_begun(self, nodes: list[Node]) -> None:
        """Starts of begun work are facts, whatever is left of it."""
        begun = {number for number, rule in self.net.rules.items() if rule.began is not None}
        for node in nodes:
            for source in node.sources:
                source.usual = nodes[source.node].usual
                if source.node in begun and not source.from_finish:
                    source.fixed = source.moved(self.starts[source.node])


_KINDS = {
    FINISH_START: LinkKind.FS,
    START_START: LinkKind.SS,
    FINISH_FINISH: LinkKind.FF,
    START_FINISH: LinkKind.SF,
}


def _tied(tie: Tie) -> Source:
    return Source(
        tie.other,
        from_finish=tie.kind in (FINISH_START, FINISH_FINISH),
        into_finish=tie.kind in (FINISH_FINISH, START_FINISH),
        lag=tie.lag,
        clock=tie.clock,
    )


def _fitting(clocks: list[WorkingTime], start: int, finish: int) -> tuple[WorkingTime, int]:
    """The first clock on which the working time between start and finish leads from the one to the
    other; the wall clock does in any case.
    """
    for clock in clocks:
        first, last = clock.work(start), clock.work(finish)
        if last > first and clock.start_at[first] == start and clock.finish_at[last] == finish:
            return clock, last - first
    return ALWAYS, finish - start
