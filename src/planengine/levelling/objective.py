"""What makes one levelling better than another."""

from __future__ import annotations

from enum import StrEnum

from planengine.levelling.generation import Placement
from planengine.levelling.staffing import Staffing
from planengine.network import Schedule

Worth = tuple[int, int, int]
"""Smaller is better, compared from the left."""


class Objective(StrEnum):
    """What to keep small: the plan's finish, the number of activities that wait, or how far
    deadlines are missed.
    """

    FINISH = "finish"
    FEWEST_MOVES = "fewest_moves"
    DUE_DATES = "due_dates"


def overdue(schedule: Schedule) -> int:
    """Seconds of wall clock by which deadlines are missed, summed over activities and summaries."""
    return sum(
        max(0, schedule[row.uid].finish - row.deadline)
        for row in schedule.plan.activities
        if row.deadline is not None and row.active
    )


def worth(staffed: Staffing, placement: Placement, objective: Objective) -> Worth:
    """How good a placement is: what has no room within its slack counts before everything."""
    net = staffed.network
    finish = max(placement.finishes[: net.leaves], default=0)
    total = sum(placement.delays.values())
    stuck = len(placement.stuck) << 50
    if objective is Objective.FEWEST_MOVES:
        return (stuck + len(placement.delays), finish, total)
    if objective is Objective.DUE_DATES:
        return (stuck + _overdue(staffed, placement), finish, total)
    return (stuck + finish, _overdue(staffed, placement), total)


def _overdue(staffed: Staffing, placement: Placement) -> int:
    net, late = staffed.network, 0
    ends: dict[int, int] = {}
    for row in reversed(staffed.schedule.plan.activities):
        node = net.index.get(row.uid)
        end = ends.get(row.uid) if node is None else placement.finishes[node]
        if end is None or not row.active:
            continue
        if row.deadline is not None:
            late += max(0, end - row.deadline)
        if row.parent is not None:
            ends[row.parent] = max(ends.get(row.parent, end), end)
    return late
