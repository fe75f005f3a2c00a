"""How far a change runs: dates and floats recomputed only where they may be others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from heapq import heapify, heappop, heappush

from planengine.incremental.wiring import Wiring
from planengine.instants import DAY
from planengine.model import ConstraintKind
from planengine.network.backward import demanded, show_actual
from planengine.network.compiled import DAWN, FINISH_FINISH, FOREVER, Dates
from planengine.network.forward import forward
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
        self.idle = {node for node, rule in net.rules.items() if rule.is_inactive}
        self.first, self.last = self._ends()
        self._look_ahead()
        self.limits = limits_of(net, self.early.finish)
        self.demand = demanded(net, self.limits, self.early)
        self.late = self._shown()
        self.gaps = gaps_of(net, self.early)
        self._loosened: set[int] = set()
        self.slack = slack_of(net, self.early, self.late, self.gaps)

    def _look_ahead(self) -> None:
        """Have calendars compiled for a plan that becomes twice as long, so that no edit waits."""
        for clock in {id(one): one for one in self.wiring.net.clocks}.values():
            clock.cover(self.first, self.last + (self.last - self.first) + 2 * 365 * DAY)

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
        last = self.last
        if moved:
            self.first, self.last = self._ends()
        self._regap(nodes, moved)
        if self.last != last:
            self._backward_whole()
            return None
        pushed = self._backward(nodes, moved)
        dirty = nodes | moved | pushed | self._loosened
        self._reslack(dirty)
        return dirty

    def _backward_whole(self) -> None:
        """All late dates anew, because the plan's finish is another."""
        net = self.wiring.net
        self.limits = limits_of(net, self.early.finish)
        demanded(net, self.limits, self.early, known=self.demand)
        self.late = self._shown()
        self.slack = slack_of(net, self.early, self.late, self.gaps)

    def _forward(self, nodes: set[int]) -> set[int]:
        wiring = self.wiring
        sequence = wiring.order.sequence
        places = [wiring.order.position[node] for node in nodes]
        path = _Path(places, wiring.following, self._place, lambda at: sequence[at:], sequence)
        forward(wiring.net, wiring.net.floors, path.nodes(self.early), self.early)
        return path.changed

    def _place(self, node: int) -> int:
        return self.wiring.order.position[node]

    def _backward(self, nodes: set[int], moved: set[int]) -> set[int]:
        net, wiring = self.wiring.net, self.wiring
        seeds = set(nodes) | self._relimited(nodes | moved) | self._redawned(moved)
        seeds |= self._held(moved)
        for node in nodes:
            seeds.update(wiring.preceding(node))
        sequence = wiring.order.sequence
        backwards = [-wiring.order.position[node] for node in seeds]
        path = _Path(
            backwards, wiring.preceding, lambda node: -self._place(node),
            lambda at: sequence[-at::-1], sequence,
        )  # fmt: skip
        demanded(net, self.limits, self.early, path.nodes(self.demand), self.demand)
        self._show(path.changed | nodes | (self.idle & moved))
        return path.changed

    def _show(self, nodes: set[int]) -> None:
        for node in nodes:
            for shown, column in zip(self.late, self.demand, strict=True):
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
        return {node for node in moved if any(tie.kind & FINISH_FINISH for tie in bound[node])}

    def _regap(self, nodes: set[int], moved: set[int]) -> None:
        """Gaps to successors, of what moved and of what comes before it."""
        net = self.wiring.net
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
        yield from (node for node, (x, y) in enumerate(zip(before, after, strict=True)) if x != y)


class _Path:
    """Visits nodes in order, those whose dates change sending the visit on to their neighbours.

    `changed` collects them. A visit that reaches many goes over to all that remain, in order.
    """

    def __init__(
        self,
        places: list[int],
        neighbours: Callable[[int], list[int]],
        place_of: Callable[[int], int],
        rest: Callable[[int], list[int]],
        sequence: list[int],
    ) -> None:
        self.changed: set[int] = set()
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
