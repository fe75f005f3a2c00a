"""Search over the order in which a plan's activities are placed."""

from __future__ import annotations

import random
from dataclasses import replace

from planengine.levelling.exact import can_prove
from planengine.levelling.generation import Key, Placement, place_all
from planengine.levelling.objective import Objective, Worth, worth
from planengine.levelling.plan_exact import FEW, solver_order
from planengine.levelling.solution import Limits
from planengine.levelling.staffing import Staffing

POPULATION = 16
"""Orders kept at a time."""
PROOF_SECONDS = 30.0
"""How long a proof may take unless told."""
Sequence = list[int]


class _Pool:
    """The best orders so far, best first."""

    def __init__(
        self, staffed: Staffing, objective: Objective, within_slack: bool, chance: random.Random
    ) -> None:
        self.staffed = staffed
        self.objective = objective
        self.within_slack = within_slack
        self.chance = chance
        self.kept: list[tuple[Worth, Sequence, Placement]] = []

    def keep(self, placement: Placement) -> None:
        """Add a placement with the order of its starts, unless as good a one is there."""
        value = worth(self.staffed, placement, self.objective)
        if any(value == other for other, _, _ in self.kept):
            return
        starts = placement.starts
        order = sorted(
            (node for node in self.staffed.needs if node not in self.staffed.pinned),
            key=lambda node: (starts[node], node in placement.delays, node),
        )
        self.kept.append((value, order, placement))
        self.kept.sort(key=lambda entry: entry[0])
        del self.kept[POPULATION:]

    def try_order(self, order: Sequence) -> None:
        """Place everything in `order` and keep it when it is good."""
        self.keep(place_all(self.staffed, ranked(order), within_slack=self.within_slack))

    def child(self) -> Sequence:
        """A new order: two-point crossover of two kept ones, then a few activities drawn forward
        or back.
        """
        first = min(self.chance.choices(range(len(self.kept)), k=2))
        second = self.chance.randrange(len(self.kept))
        mother, father = self.kept[first][1], self.kept[second][1]
        cuts = sorted(self.chance.choices(range(len(mother) + 1), k=2))
        order = _crossed(mother, father, *cuts)
        for _ in range(1 + self.chance.randrange(3)):
            node = order.pop(self.chance.randrange(len(order)))
            order.insert(self.chance.randrange(len(order) + 1), node)
        return order


def best_placement(
    staffed: Staffing,
    fast: Placement,
    objective: Objective,
    limits: Limits,
    seed: int,
    within_slack: bool,
) -> tuple[Placement, int]:
    """The best placement found within `limits`, never worse than `fast`, and how many were tried;
    the same for the same `seed` and number of schedules.
    """
    pool = _Pool(staffed, objective, within_slack, random.Random(seed))  # noqa: S311 - a search
    pool.keep(fast)
    until = limits.until()
    most = limits.schedules if limits.schedules is not None else 1 << 60
    tried = 1
    for key in (_by_late_start(staffed), _by_slack(staffed)):
        if tried < most and limits.clock() < until:
            pool.keep(place_all(staffed, key, within_slack=within_slack))
            tried += 1
    while fast.delays and tried < most and limits.clock() < until:
        pool.try_order(pool.child())
        tried += 1
    return pool.kept[0][2], tried


def proved_placement(
    staffed: Staffing,
    fast: Placement,
    objective: Objective,
    limits: Limits,
    seed: int,
    within_slack: bool,
) -> tuple[Placement, int, bool]:
    """The placement CP-SAT leads to, how many were tried, and whether no earlier finish exists.

    Searches instead without OR-Tools, for more than `FEW` activities, for fewest moves, and within
    the slack.
    """
    competing = sum(node not in staffed.pinned for node in staffed.needs)
    asks = can_prove() and competing <= FEW and not within_slack
    if not asks or objective is Objective.FEWEST_MOVES:
        found, tried = best_placement(staffed, fast, objective, limits, seed, within_slack)
        return found, tried, False
    seconds = PROOF_SECONDS if limits.seconds is None else limits.seconds
    first = replace(limits, schedules=100, seconds=seconds * 0.3)
    found, tried = best_placement(staffed, fast, objective, first, seed, within_slack)
    answer = solver_order(staffed, found, objective, seconds * 0.7, seed)
    if answer is None:
        return found, tried, False
    other = place_all(staffed, ranked(answer.order))
    if worth(staffed, other, objective) < worth(staffed, found, objective):
        found = other
    ends = max(found.finishes[: staffed.network.leaves], default=0)
    is_proved = objective is Objective.FINISH and answer.bound is not None and ends <= answer.bound
    return found, tried + 1, is_proved


def ranked(order: Sequence) -> Key:
    """The key that places nodes in `order`."""
    rank = {node: place for place, node in enumerate(order)}
    return lambda node, _: rank[node]


def _by_late_start(staffed: Staffing) -> Key:
    late = staffed.schedule.passes.late[0]
    return lambda node, _: (late[node], node)


def _by_slack(staffed: Staffing) -> Key:
    late = staffed.schedule.passes.late[0]
    return lambda node, start: (late[node] - start, start, node)


def _crossed(mother: Sequence, father: Sequence, first: int, last: int) -> Sequence:
    inside, behind = set(mother[first:last]), set(mother[last:])
    head = [node for node in father if node not in inside and node not in behind]
    return [*head, *mother[first:last], *(node for node in father if node in behind)]
