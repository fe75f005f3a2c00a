"""Levelling a plan: from overloads to a list of edits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from planengine.edits import SetLevellingDelay, apply_all
from planengine.levelling.generation import Key, Placement, place_all
from planengine.levelling.loads import Overload, overloads
from planengine.levelling.objective import Objective, overdue
from planengine.levelling.plan_search import best_placement, proved_placement
from planengine.levelling.result import LevellingResult, Move, Remaining
from planengine.levelling.solution import Limits
from planengine.levelling.solve import Method
from planengine.levelling.staffing import Pinned, Staffing, staffing, undelayed
from planengine.model import Plan, ScheduleFrom
from planengine.network import Schedule, schedule


class Order(StrEnum):
    """Who goes first where two want the same: Microsoft's three levelling orders."""

    STANDARD = "standard"
    PRIORITY = "priority"
    ID = "id"


SEARCHED = Limits(schedules=300)
"""How long a search goes on unless told: 300 schedules."""


def level(
    plan: Plan,
    method: Method = Method.FAST,
    *,
    order: Order = Order.STANDARD,
    objective: Objective = Objective.FINISH,
    within_slack: bool = False,
    limits: Limits = SEARCHED,
    seed: int = 1,
    checked: bool = False,
) -> LevellingResult:
    """What must wait so that no working resource is wanted for more than its `max_units`.

    `fast` places activities in Microsoft's order; `search` looks for the best `objective` within
    `limits` (never worse than the fast one, repeatable for a number of schedules and a `seed`);
    `exact` asks CP-SAT where OR-Tools is installed and the plan is small, else searches. Levelling
    delays of what may move are set anew. Left alone: what has begun, priority 1000, manual
    activities, *must* constraints, *as late as possible*, split activities, and what needs more
    than there is. With `within_slack` nothing moves beyond its total slack. A plan scheduled from
    its finish is not levelled: the overloads are listed.

    Raises `InvalidPlan` for an unsound plan and nothing else; `checked` as in `schedule`.
    """
    before = schedule(plan, checked=checked)
    found = overloads(before)
    if not found or plan.schedule_from is ScheduleFrom.FINISH:
        return _unchanged(before, found)
    base = undelayed(plan)
    staffed = staffing(before if base == plan else schedule(base, checked=True))
    placement, tried, proof = _placement(
        staffed, method, order_key(staffed, order), objective, within_slack, limits, seed
    )
    return _result(before, staffed, placement, len(found), tried, proof)


def order_key(staffed: Staffing, order: Order) -> Key:
    """Microsoft's levelling order as a key, smallest first.

    `standard`: earlier start, then a date constraint, less slack, higher priority, lower place in
    the outline; predecessors come first anyway. `priority` looks at the priority before all of
    these, `id` at the place alone (Microsoft KB 197106).
    """
    net, late = staffed.network, staffed.schedule.passes.late[0]
    rows = {row.uid: row for row in staffed.schedule.plan.activities}
    activities = [rows[uid] for uid in net.uids]

    def standard(node: int, start: int) -> tuple[int, ...]:
        row = activities[node]
        return (start, row.constraint is None, late[node] - start, -row.priority, node)

    def priority(node: int, start: int) -> tuple[int, ...]:
        return (-activities[node].priority, *standard(node, start))

    def place(node: int, _: int) -> int:
        return node

    keys: dict[Order, Callable[[int, int], Any]] = {
        Order.STANDARD: standard,
        Order.PRIORITY: priority,
        Order.ID: place,
    }
    return keys[order]


def _placement(
    staffed: Staffing,
    method: Method,
    key: Key,
    objective: Objective,
    within_slack: bool,
    limits: Limits,
    seed: int,
) -> tuple[Placement, int, bool]:
    fast = place_all(staffed, key, within_slack=within_slack)
    if method is Method.FAST:
        return fast, 1, False
    if method is Method.EXACT:
        return proved_placement(staffed, fast, objective, limits, seed, within_slack)
    found, tried = best_placement(staffed, fast, objective, limits, seed, within_slack)
    return found, tried, False


def _unchanged(before: Schedule, found: tuple[Overload, ...]) -> LevellingResult:
    late = overdue(before)
    rest = tuple(Remaining(overload, ()) for overload in found)
    return LevellingResult((), (), before.finish, before.finish, late, late, len(found), rest, 0)


@dataclass(frozen=True, slots=True)
class _Both:
    before: Schedule
    after: Schedule
    deadlines: dict[int, int | None]


def _result(
    before: Schedule,
    staffed: Staffing,
    placement: Placement,
    count: int,
    tried: int,
    proof: bool,
) -> LevellingResult:
    edits = _edits(before.plan, staffed, placement)
    after = schedule(apply_all(before.plan, edits), checked=True)
    left = overloads(after)
    both = _Both(before, after, {row.uid: row.deadline for row in before.plan.activities})
    moves = tuple(_move(both, staffed, placement, edit) for edit in edits)
    return LevellingResult(
        edits,
        moves,
        before.finish,
        after.finish,
        overdue(before),
        overdue(after),
        count,
        tuple(Remaining(row, _reasons(staffed, placement, row)) for row in left),
        tried,
        proof and not left,
    )


def _edits(plan: Plan, staffed: Staffing, placement: Placement) -> tuple[SetLevellingDelay, ...]:
    index = staffed.network.index
    wanted = (
        (row, placement.delays.get(index[row.uid], 0))
        for row in plan.activities
        if row.uid in index and staffed.pinned.get(index[row.uid]) in {None, Pinned.TOO_MUCH}
    )
    return tuple(
        SetLevellingDelay(row.uid, delay) for row, delay in wanted if delay != row.levelling_delay
    )


def _move(both: _Both, staffed: Staffing, placement: Placement, edit: SetLevellingDelay) -> Move:
    node = staffed.network.index[edit.uid]
    one, other = both.before[edit.uid], both.after[edit.uid]
    clock = staffed.network.clocks[node]
    later = clock.between(one.finish, other.finish)
    deadline = both.deadlines[edit.uid]
    return Move(
        edit,
        one.start,
        other.start,
        one.finish,
        other.finish,
        later,
        max(0, later - max(0, one.total_slack)),
        0 if deadline is None else max(0, other.finish - deadline),
        tuple(staffed.resources[column] for column in sorted(placement.waits.get(node, ()))),
    )


def _reasons(
    staffed: Staffing, placement: Placement, overload: Overload
) -> tuple[tuple[int, Pinned], ...]:
    index = staffed.network.index
    found = []
    for uid in overload.activities:
        node = index[uid]
        reason = staffed.pinned.get(node, Pinned.NO_SLACK if node in placement.stuck else None)
        if reason is not None:
            found.append((uid, reason))
    return tuple(found)
