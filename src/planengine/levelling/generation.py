"""Serial generation on a real plan: activities are placed one by one, on calendars and links."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import Any

from planengine.instants import DAY
from planengine.levelling.staffing import Pinned, Staffing, spans
from planengine.levelling.timeline import FOREVER, Timeline
from planengine.network import Network
from planengine.network.forward import settle
from planengine.network.placement import forward_from

Key = Callable[[int, int], Any]
"""`(node, earliest start)` → what is placed first: the smallest."""
ROUNDS = 5
"""How often pinned activities are reserved anew where links have moved them."""
_LARGEST_MARGIN = 60 * DAY


@dataclass(slots=True)
class Placement:
    """Dates by node (`starts`, `finishes`), elapsed seconds of levelling delay by node where there
    is any, the resources (columns) that made it wait, and who has no room within the slack.
    """

    starts: list[int]
    finishes: list[int]
    delays: dict[int, int] = field(default_factory=dict)
    waits: dict[int, set[int]] = field(default_factory=dict)
    stuck: set[int] = field(default_factory=set)


def place_all(staffing: Staffing, key: Key, *, within_slack: bool = False) -> Placement:
    """Dates for every node so that no movable activity overloads a resource.

    Of the activities whose predecessors have dates the one with the smallest `key` comes next and
    takes the first room from its earliest start. What is pinned keeps the dates links give it and
    its room is reserved; where a predecessor's delay moves it everything is placed again, at most
    `ROUNDS` times. With `within_slack` nothing is delayed beyond its late dates and the plan does
    not finish later; what finds no room there stays. (Late dates of work on several calendars can
    promise a little too much, so a margin is then kept from them.)
    """
    if not within_slack:
        return _rounds(staffing, key, None)
    limit, margin = _finish(staffing, staffing.schedule.passes.dates[1]), 0
    placement = _rounds(staffing, key, margin)
    while (over := _finish(staffing, placement.finishes) - limit) > 0 and margin < FOREVER:
        margin = margin + over if margin < _LARGEST_MARGIN else FOREVER
        placement = _rounds(staffing, key, margin)
    return placement


def _finish(staffing: Staffing, finishes: list[int]) -> int:
    return max(finishes[: staffing.network.leaves], default=0)


def _rounds(staffing: Staffing, key: Key, margin: int | None) -> Placement:
    dates = staffing.schedule.passes.dates
    reserved = {node: (dates[0][node], dates[1][node]) for node in staffing.pinned}
    placement = _Round(staffing, key, reserved, margin).placement
    for _ in range(ROUNDS - 1):
        moved = {
            node: (placement.starts[node], placement.finishes[node]) for node in staffing.pinned
        }
        if moved == reserved:
            break
        reserved = moved
        placement = _Round(staffing, key, reserved, margin).placement
    return placement


class _Round:
    """One pass over the network."""

    def __init__(
        self,
        staffing: Staffing,
        key: Key,
        reserved: dict[int, tuple[int, int]],
        margin: int | None,
    ) -> None:
        self.staffing = staffing
        self.net = net = staffing.network
        self.key = key
        self.margin = margin
        self.floors = _floors(staffing)
        self.lines = [Timeline(capacity) for capacity in staffing.capacities]
        self.placement = Placement([0] * net.size, [0] * net.size)
        self.reserved = reserved
        for node, (start, finish) in reserved.items():
            self._take(node, start, finish)
        self._run()

    def _run(self) -> None:
        """Give dates to what has all its predecessors; what competes for a resource waits until
        nothing else is left, and then the smallest key comes first.
        """
        waiting = _waiting(self.net)
        ready: list[tuple[Any, int]] = []
        reached = [node for node, count in enumerate(waiting) if count == 0]
        while reached or ready:
            if reached:
                node = reached.pop()
                if self._competes(node):
                    heappush(ready, (self.key(node, self.placement.starts[node]), node))
                    continue
            else:
                node = heappop(ready)[1]
                self._place(node)
            for other in _successors(self.net, node):
                waiting[other] -= 1
                if waiting[other] == 0:
                    reached.append(other)

    def _competes(self, node: int) -> bool:
        """Date a node by its links; whether it then has to find room."""
        found = self.placement
        span = settle(self.net, node, self.floors[node], found.starts, found.finishes)
        found.starts[node], found.finishes[node] = span
        if node in self.staffing.pinned:
            self._move_reserved(node, span)
            return False
        return node in self.staffing.needs

    def _place(self, node: int) -> None:
        found, net = self.placement, self.net
        first = start = found.starts[node]
        finish = found.finishes[node]
        late = self.staffing.schedule.passes.late
        margin = self.margin or 0
        last = max(late[0][node] - margin, start), max(late[1][node] - margin, finish)
        waits: set[int] = set()
        at = first
        while (blocked := self._blocked(node, start, finish, waits)) is not None:
            at = blocked
            start, finish = forward_from(net, node, at)
            if self.margin is not None and (start > last[0] or finish > last[1]):
                found.stuck.add(node)
                self._take(node, found.starts[node], found.finishes[node])
                return
        self._take(node, start, finish)
        if at != first:
            rule = net.rules.get(node)
            found.delays[node] = (at if rule is not None and rule.legs else start) - first
            found.waits[node] = waits
            found.starts[node], found.finishes[node] = start, finish

    def _blocked(self, node: int, start: int, finish: int, waits: set[int]) -> int | None:
        """Where to try next, `None` when everything the activity needs is free."""
        latest: int | None = None
        for need in self.staffing.needs[node]:
            for begin, end in spans(self.net, node, need, start, finish):
                until = self.lines[need.resource].blocked_until(begin, end, need.units, need.clock)
                if until is not None:
                    waits.add(need.resource)
                    moved = max(until - (begin - start), start + 1)
                    latest = moved if latest is None else max(latest, moved)
        return latest

    def _move_reserved(self, node: int, span: tuple[int, int]) -> None:
        before = self.reserved.get(node)
        if before is not None and before != span:
            self._take(node, *before, sign=-1)
            self._take(node, *span)

    def _take(self, node: int, start: int, finish: int, sign: int = 1) -> None:
        for need in self.staffing.needs.get(node, ()):
            units = min(need.units, self.staffing.capacities[need.resource])
            for begin, end in spans(self.net, node, need, start, finish):
                self.lines[need.resource].take(begin, end, sign * units)


def _floors(staffing: Staffing) -> list[int]:
    """Where each node may start at the earliest; what is to be as late as possible starts there."""
    floors = list(staffing.network.floors)
    for node, reason in staffing.pinned.items():
        if reason is Pinned.CONSTRAINT:
            floors[node] = max(floors[node], staffing.schedule.passes.dates[0][node])
    return floors


def _waiting(net: Network) -> list[int]:
    links = zip(net.after, net.lagged, net.bound, strict=True)
    return [len(one) + len(two) + len(three) for one, two, three in links]


def _successors(net: Network, node: int) -> list[int]:
    return [
        *net.before_of[node],
        *(other for other, _ in net.lagged_of[node]),
        *(tie.other for tie in net.bound_of[node]),
    ]


__all__ = ["Key", "Placement", "place_all"]
