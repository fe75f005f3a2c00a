"""How far a change runs: dates and floats recomputed only where they may be others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from heapq import heapify, heappop, heappush
from itertools import compress, count
from operator import ne

from planengine.compiled import can_compile
from planengine.incremental.wiring import Wiring
from planengine.instants import DAY
from planengine.model import ConstraintKind
from planengine.network.backward import demanded, show_actual
from planengine.network.compiled import DAWN, FINISH_FINISH, FOREVER, Dates, arcs_of
from planengine.network.forward import forward
from planengine.network.machine import WORTH_IT, Machine, in_range, machine_for
from planengine.network.scheduling import limits_of
from planengine.network.slack import gaps_of, slack_of

MOST = 600
"""Nodes visited one by one; if a change reaches more, all that remain are computed in order."""


class Ripples:
    """The dates and floats of a wiring, kept right through changes.

    `early` and `late` are the passes as `Schedule` has them, `demand` the late dates before what
    has happened is shown, `last` the latest early finish of active work.
    """

    def __init__(self, wiring: Wiring, early: Dates) -> None:
        net = wiring.net
        self.wiring = wiring
        self.early = Dates(*(list(column) for column in early))
        self._is_large = net.size >= WORTH_IT and can_compile()
        self.idle = {node for node, rule in net.rules.items() if rule.is_inactive}
        self.first, self.last = self._ends()
        self._look_ahead()
        self._loosened: set[int] = set()
        machine = self._machine()
        self.gaps = self._all_gaps(machine)
        self._backward_whole(machine)

    def _look_ahead(self) -> None:
        """Have calendars compiled for a plan that becomes twice as long, and for late dates as far
        before its start, so that no edit waits.
        """
        margin = self.last - self.first + 2 * 365 * DAY
        for clock in {id(one): one for one in self.wiring.net.clocks}.values():
            clock.cover(self.first - margin, self.last + margin)

    def _shown(self) -> Dates:
        late = Dates(*(list(column) for column in self.demand))
        show_actual(self.wiring.net, self.early, late, self.wiring.net.rules)
        return late

    def _ends(self) -> tuple[int, int]:
        net = self.wiring.net
        starts, finishes = (column[: net.leaves] for column in self.early[:2])
        if self.idle:
            starts = [at for node, at in enumerate(starts) if node not in self.idle]
            finishes = [at for node, at in enumerate(finishes) if node not in self.idle]
        return min(starts, default=net.plan.start), max(finishes, default=net.plan.start)

    def settle(self, nodes: set[int]) -> set[int] | None:
        """Recompute everything after these nodes, or the links into or out of them, have changed.

        Returns the nodes whose dates or floats may be others, `None` for all of them.
        """
        moved = self._forward(nodes)
        if moved is None:
            self._all_whole()
            return None
        last = self.last
        if moved:
            self.first, self.last = self._ends()
        self._regap(nodes, moved)
        pushed = self._backward(nodes, moved) if self.last == last else None
        if pushed is None:
            self._backward_whole(self._machine())
            return None
        dirty = nodes | moved | pushed | self._loosened
        if self._are_many(dirty):
            self.slack = slack_of(self.wiring.net, self.early, self.late, self.gaps)
            return None
        self._reslack(dirty)
        return dirty

    def _are_many(self, nodes: set[int]) -> bool:
        """Then all of them together cost less than these one by one."""
        return 4 * len(nodes) > self.wiring.net.leaves

    def _machine(self) -> Machine | None:
        """The network as it is now in machine code, where that pays."""
        if not self._is_large:
            return None
        net = self.wiring.net
        net.arcs = arcs_of(net)
        return machine_for(net)

    def _all_gaps(self, machine: Machine | None) -> list[int]:
        if machine is None:
            return gaps_of(self.wiring.net, self.early)
        return in_range(machine, lambda by: by.gaps(self.early))

    def _all_whole(self) -> None:
        """All dates and floats anew."""
        net, machine = self.wiring.net, self._machine()
        if machine is None:
            self.early = forward(net, net.floors)
        else:
            self.early = in_range(machine, lambda by: by.forward(net.floors))
        self.first, self.last = self._ends()
        self.gaps = self._all_gaps(machine)
        self._backward_whole(machine)

    def _backward_whole(self, machine: Machine | None) -> None:
        """All late dates and floats anew."""
        net = self.wiring.net
        self.limits = limits_of(net, self.early.finish)
        if machine is None:
            self.demand = demanded(net, self.limits, self.early)
        else:
            self.demand = in_range(machine, lambda by: by.demanded(self.limits, self.early))
        self.late = self._shown()
        self.slack = slack_of(net, self.early, self.late, self.gaps)

    def _forward(self, nodes: set[int]) -> set[int] | None:
        """The nodes with other early dates; `None`, and dates half done, when there are many."""
        wiring = self.wiring
        sequence = wiring.order.sequence
        places = [wiring.order.position[node] for node in nodes]
        path = _Path(places, wiring.following, self._place, self._rest(sequence, 1), sequence)
        forward(wiring.net, wiring.net.floors, path.nodes(self.early), self.early)
        return path.changed

    def _rest(self, sequence: list[int], step: int) -> Callable[[int], list[int]] | None:
        """All nodes from a place on; `None` where a machine computes the whole in less time."""
        return None if self._is_large else lambda at: sequence[step * at :: step]

    def _place(self, node: int) -> int:
        return self.wiring.order.position[node]

    def _backward(self, nodes: set[int], moved: set[int]) -> set[int] | None:
        """The nodes that demand other late dates; `None`, and dates half done, when many do."""
        net, wiring = self.wiring.net, self.wiring
        seeds = set(nodes) | self._relimited(nodes | moved) | self._redawned(moved)
        seeds |= self._held(moved)
        for node in nodes:
            seeds.update(wiring.preceding(node))
        sequence = wiring.order.sequence
        backwards = [-wiring.order.position[node] for node in seeds]
        path = _Path(
            backwards, wiring.preceding, lambda node: -self._place(node),
            self._rest(sequence, -1), sequence,
        )  # fmt: skip
        demanded(net, self.limits, self.early, path.nodes(self.demand), self.demand)
        if path.changed is None:
            return None
        self._show(path.changed | nodes | (self.idle & moved))
        return path.changed

    def _show(self, nodes: set[int]) -> None:
        for shown, column in zip(self.late, self.demand, strict=True):
            for node in nodes:
                shown[node] = column[node]
        rules = self.wiring.net.rules
        show_actual(
            self.wiring.net, self.early, self.late, [node for node in nodes if node in rules]
        )

    def _relimited(self, nodes: Iterable[int]) -> set[int]:
        """Nodes whose own limit is another (see `limits_of`)."""
        net = self.wiring.net
        found: set[int] = set()
        several = net.plan.options.multiple_critical_paths
        for node in nodes:
            limit = min(self.last, net.ceilings[node])
            if several and node < net.leaves and not self.wiring.following(node):
                limit = min(self.early.finish[node], net.ceilings[node])
            rule = net.rules.get(node)
            if rule is not None and rule.constraint is ConstraintKind.FINISH_NO_LATER_THAN:
                limit = net.ceilings[node] if rule.date > limit else limit
            if limit != self.limits[node]:
                self.limits[node] = limit
                found.add(node)
        return found

    def _redawned(self, moved: set[int]) -> set[int]:
        """Nodes that may have become, or no longer be, the first under a summary."""
        net = self.wiring.net
        found: set[int] = set()
        if not net.gates:
            return found
        for node in moved:
            if any(tie.kind == DAWN for tie in net.bound_of[node]):
                found.add(node)
            if node >= net.leaves:
                found.update(tie.other for tie in net.bound[node] if tie.kind == DAWN)
        return found

    def _held(self, moved: set[int]) -> set[int]:
        """Nodes whose finish a link may hold in time off: their late finish minds the early one."""
        bound = self.wiring.net.bound
        return {node for node in moved for tie in bound[node] if tie.kind & FINISH_FINISH}

    def _regap(self, nodes: set[int], moved: set[int]) -> None:
        """Gaps to successors, of what moved and of what comes before it."""
        net = self.wiring.net
        if self._are_many(moved):
            self.gaps = gaps_of(net, self.early)
            self._loosened = set(range(net.leaves))
            return
        todo = list(nodes | moved)
        found = set(todo)
        while todo:
            for other in self.wiring.preceding(todo.pop()):
                if other not in found:
                    found.add(other)
                    if other >= net.leaves:
                        todo.append(other)
        leaves = [node for node in found if node < net.leaves]
        for node, gap in zip(leaves, gaps_of(net, self.early, leaves), strict=True):
            self.gaps[node] = gap
        self._loosened = set(leaves)

    def _reslack(self, nodes: set[int]) -> None:
        """Floats of single activities (see `slack_of`)."""
        net, slack = self.wiring.net, self.slack
        for node in nodes:
            if node >= net.leaves:
                continue
            begins = self.late.work[node] - self.early.work[node]
            ends = total = begins
            rule = net.rules.get(node)
            if rule is not None:
                ends = net.clocks[node].between(self.early.finish[node], self.late.finish[node])
                begun = rule.began is not None or rule.done is not None
                total = ends if begun else min(begins, ends)
            gap = self.gaps[node]
            slack.start[node], slack.finish[node], slack.total[node] = begins, ends, total
            slack.free[node] = total if gap >= FOREVER else max(0, min(gap, ends))


def _unlike(was: tuple[list[int], ...], now: Dates) -> Iterator[int]:
    """The nodes at which columns differ."""
    for before, after in zip(was, now, strict=True):
        yield from compress(count(), map(ne, before, after))


class _Path:
    """Visits nodes in order, those whose dates change sending the visit on to their neighbours.

    `changed` collects them. A visit that reaches many goes over to the `rest`, all that remain in
    order; without one it ends there, and `changed` is `None`.
    """

    def __init__(
        self,
        places: list[int],
        neighbours: Callable[[int], list[int]],
        place_of: Callable[[int], int],
        rest: Callable[[int], list[int]] | None,
        sequence: list[int],
    ) -> None:
        self.changed: set[int] | None = set()
        self._heap = places
        self._neighbours, self._place_of, self._rest = neighbours, place_of, rest
        self._sequence = sequence

    def nodes(self, dates: Dates) -> Iterator[int]:
        """The nodes to compute; `dates` is where they are computed into."""
        start, finish, works = dates
        heap, queued = self._heap, set(self._heap)
        changed: set[int] = set()
        heapify(heap)
        visited = 0
        while heap:
            place = heappop(heap)
            if visited >= MOST:
                if self._rest is None:
                    self.changed = None
                    return
                was = (list(start), list(finish), list(works))
                yield from self._rest(place)
                changed.update(_unlike(was, dates))
                break
            queued.discard(place)
            visited += 1
            node = self._sequence[abs(place)]
            before = (start[node], finish[node], works[node])
            yield node
            if (start[node], finish[node], works[node]) == before:
                continue
            changed.add(node)
            for other in self._neighbours(node):
                there = self._place_of(other)
                if there not in queued:
                    queued.add(there)
                    heappush(heap, there)
        self.changed = changed
