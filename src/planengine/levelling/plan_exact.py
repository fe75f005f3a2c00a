"""A plan as a CP-SAT model on the working time of the project's calendar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import gcd
from typing import Any

from planengine.calendars import WorkingTime
from planengine.levelling.exact import solved
from planengine.levelling.generation import Placement
from planengine.levelling.objective import Objective
from planengine.levelling.staffing import Pinned, Staffing
from planengine.levelling.timeline import Timeline
from planengine.network import Network
from planengine.network.compiled import DAWN, FINISH_FINISH, FINISH_START, FOREVER, START_FINISH

FEW = 150
"""Activities that compete for resources, at most, for a plan to be small."""
_LINKED = (Pinned.PRIORITY, Pinned.TOO_MUCH)
Link = tuple[int, int, int, int]
"""`(before, after, kind, lag)` between nodes, the lag in seconds of working time."""


@dataclass(frozen=True, slots=True)
class Answer:
    """CP-SAT's `order` of the competing nodes, and the instant no finish can come before; `None`
    when the model only approximates the plan (several calendars, elapsed lags).
    """

    order: list[int]
    bound: int | None


def solver_order(
    staffed: Staffing, known: Placement, objective: Objective, seconds: float, seed: int
) -> Answer | None:
    """The order of starts in the best solution CP-SAT finds in `seconds`; `None` when it finds
    none that finishes no later than `known`.

    Exact where all work is on the project's calendar and lags are working time: then a working
    second is the unit and calendars drop out.
    """
    model = _Model(staffed, known)
    model.build(objective)
    solver, status = solved(model.cp, seconds=seconds, workers=1, seed=seed)
    if status not in {"OPTIMAL", "FEASIBLE"}:
        return None
    at = {node: solver.value(model.starts[node]) for node in model.competing}
    order = sorted(at, key=lambda node: (at[node], node))
    if not model.is_exact or objective is not Objective.FINISH:
        return Answer(order, None)
    return Answer(order, model.instant(round(solver.best_objective_bound)))


class _Model:
    def __init__(self, staffed: Staffing, known: Placement) -> None:
        from ortools.sat.python import cp_model

        self.cp: Any = cp_model.CpModel()
        self.staffed = staffed
        self.known = known
        self.net = staffed.network
        self.clock: WorkingTime = self.net.project_clock
        self.competing = [node for node in staffed.needs if node not in staffed.pinned]
        self.links = list(_links(self.net))
        self.zero = self.clock.work(min([*self.net.floors[: self.net.leaves], FOREVER]))
        self.grain = gcd(*self._amounts()) or 1
        self.most = self.step(max(known.finishes[: self.net.leaves]))
        self.is_exact = self._is_exact()

    def step(self, instant: int) -> int:
        """An instant as a whole number of grains of working time, rounded up."""
        return -((self.zero - self.clock.work(instant)) // self.grain)

    def instant(self, step: int) -> int:
        """The first instant with so many grains done."""
        return self.clock.prev_finish(self.clock.finish_at[self.zero + step * self.grain])

    def length(self, node: int) -> int:
        """Grains of the project's working time a node takes, as it stands undelayed."""
        starts, finishes = self.staffed.schedule.passes.dates[:2]
        return -(-self.clock.between(starts[node], finishes[node]) // self.grain)

    def build(self, objective: Objective) -> None:
        """Variables, links, capacities, objective."""
        self.starts = [self._start(node) for node in range(self.net.size)]
        self.finishes = [start + self.length(node) for node, start in enumerate(self.starts)]
        for link in self.links:
            self._link(*link)
        self._capacities()
        self._objective(objective)

    def _start(self, node: int) -> Any:
        reason = self.staffed.pinned.get(node)
        dates = self.staffed.schedule.passes.dates
        if reason is not None and reason not in _LINKED:
            return self.cp.new_constant(self.step(dates[0][node]))
        floor = max(self.step(self.net.floors[node]), 0) if node < self.net.leaves else 0
        last = max(self.most - self.length(node), floor)
        start = self.cp.new_int_var(floor, last, "")
        hint = self.step(self.known.starts[node])
        self.cp.add_hint(start, min(max(hint, floor), last))
        return start

    def _link(self, before: int, after: int, kind: int, lag: int) -> None:
        if kind == DAWN or self._stays(after):
            return
        steps = -(-lag // self.grain)
        from_finish = kind in (FINISH_START, FINISH_FINISH)
        one = (self.finishes if from_finish else self.starts)[before]
        to_finish = kind in (FINISH_FINISH, START_FINISH)
        other = (self.finishes if to_finish else self.starts)[after]
        self.cp.add(other >= one + steps)

    def _stays(self, node: int) -> bool:
        reason = self.staffed.pinned.get(node)
        return reason is not None and reason not in _LINKED

    def _capacities(self) -> None:
        for column, capacity in enumerate(self.staffed.capacities):
            users = [
                (node, min(units, capacity), self.length(node))
                for node, units in self._users(column)
                if self.length(node)
            ]
            if sum(units for _, units, _ in users) > capacity and self._can_fit(users, capacity):
                boxes = [
                    self.cp.new_fixed_size_interval_var(self.starts[node], length, "")
                    for node, _, length in users
                ]
                self.cp.add_cumulative(boxes, [units for _, units, _ in users], capacity)

    def _users(self, column: int) -> Iterator[tuple[int, int]]:
        for node, needs in self.staffed.needs.items():
            units = sum(need.units for need in needs if need.resource == column)
            if units:
                yield node, units

    def _can_fit(self, users: list[tuple[int, int, int]], capacity: int) -> bool:
        """Whether those that stay where they are leave each other room."""
        starts = self.staffed.schedule.passes.dates[0]
        line = Timeline(capacity)
        for node, units, length in users:
            if self._stays(node):
                at = self.step(starts[node])
                line.take(at, at + length, units)
        return max(line.levels) <= capacity

    def _objective(self, objective: Objective) -> None:
        finish = self.cp.new_int_var(0, self.most, "")
        for node in range(self.net.leaves):
            self.cp.add(self.finishes[node] <= finish)
        if objective is not Objective.DUE_DATES:
            self.cp.minimize(finish)
            return
        late = []
        for row in self.staffed.schedule.plan.activities:
            place = self.net.index.get(row.uid)
            if row.deadline is not None and place is not None and row.active:
                over = self.cp.new_int_var(0, self.most, "")
                self.cp.add(over >= self.finishes[place] - self.step(row.deadline))
                late.append(over)
        self.cp.minimize(sum(late) * (self.most + 1) + finish)

    def _amounts(self) -> Iterator[int]:
        """Every length of working time that decides where something can begin."""
        starts, finishes = self.staffed.schedule.passes.dates[:2]
        for node in range(self.net.leaves):
            yield self.clock.between(starts[node], finishes[node])
            yield self.clock.work(self.net.floors[node]) - self.zero
            if self._stays(node):
                yield self.clock.work(starts[node]) - self.zero
        for _, _, _, lag in self.links:
            yield abs(lag)

    def _is_exact(self) -> bool:
        """Whether the model says neither more nor less than the plan."""
        net = self.net
        worked = [node for node in range(net.leaves) if net.durations[node]]
        one_clock = all(net.clocks[node] is self.clock for node in worked)
        legs = any(rule.legs for rule in net.rules.values())
        needs = [need for row in self.staffed.needs.values() for need in row]
        same = all(need.clock is self.clock for need in needs)
        lags = all(tie.lag == 0 or tie.clock is self.clock for row in net.bound for tie in row)
        return one_clock and same and lags and not legs


def _links(net: Network) -> Iterator[Link]:
    for node in range(net.size):
        for other in net.after[node]:
            yield other, node, FINISH_START, 0
        for other, lag in net.lagged[node]:
            yield other, node, FINISH_START, lag
        for tie in net.bound[node]:
            yield tie.other, node, tie.kind, tie.lag
