"""PERT by formula: the expected finish along the critical path, for checking and for small plans.

It knows one path only and so is too hopeful where paths meet (merge bias); simulate for the truth.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from planengine.model import Plan, Reading
from planengine.network import schedule
from planengine.outline import Outline
from planengine.risk import rows as operations
from planengine.risk.blueprint import Blueprint, blueprint
from planengine.risk.distributions import formula_moments
from planengine.risk.passes import Rows, backward, drives, forward
from planengine.risk.program import program


@dataclass(frozen=True, slots=True)
class PertEstimate:
    """The finish when every activity takes its mean (an instant), the standard deviation along the
    critical path in seconds of working time, and that path's uids in order.
    """

    finish: int
    sd: float
    path: tuple[int, ...]


def estimate(plan: Plan, reading: Reading = Reading.PERT) -> PertEstimate:
    """PERT's estimate of a plan: means along the path, variances added along it.

    With `Reading.PERT` the classic (a + 4m + b) / 6 and ((b − a) / 6)²; for other readings see
    `formula_moments`. Of several critical paths the one with the largest variance counts. Raises
    `InvalidPlan` for an unsound plan and `RiskError` for dates further apart than 68 years.
    """
    outline = Outline(plan)
    variance: dict[int, float] = {}
    activities = list(plan.activities)
    for place, row in enumerate(activities):
        if row.estimate is not None and not outline.children(row.uid):
            mean, sd = formula_moments(row.estimate, reading)
            variance[row.uid] = sd**2
            activities[place] = replace(row, duration=round(mean))
    drawn = blueprint(schedule(replace(plan, activities=tuple(activities))))
    total, path = _widest(drawn, variance)
    return PertEstimate(drawn.finish, math.sqrt(total), path)


def _widest(drawn: Blueprint, variance: Mapping[int, float]) -> tuple[float, tuple[int, ...]]:
    """The largest variance along a critical path, and the path."""
    leaves = [node.number for node in drawn.nodes if node.uid is not None and not node.is_left_out]
    laid = program(drawn, leaves, {}, operations)
    rows = Rows(laid, 1)
    forward(laid, rows, {})
    finish = np.int32(drawn.finish - laid.origin)
    flags = {node: rows.finishes[laid.by_node[node].finish_row] == finish for node in leaves}
    critical = backward(laid, rows, flags)[:, 0]
    total: dict[int, float] = {}
    before: dict[int, int] = {}
    for step in laid.steps:
        if not critical[step.node]:
            continue
        begin = rows.before_delay.get(step.node, rows.start_work[step.node])
        found = [
            (total[bond.node], bond.node)
            for bond in step.bonds
            if bond.fixed is None and bond.node in total and drives(step, bond, rows, begin)[0]
        ]
        own = variance.get(drawn.nodes[step.node].uid or 0, 0.0)
        total[step.node] = own + max(found, default=(0.0, 0))[0]
        if found:
            before[step.node] = max(found)[1]
    most, last = max(((total[node], node) for node in leaves if flags[node][0]), default=(0.0, -1))
    return most, tuple(_path(drawn, before, last))


def _path(drawn: Blueprint, before: Mapping[int, int], last: int) -> list[int]:
    path: list[int] = []
    node: int | None = last if last >= 0 else None
    while node is not None:
        uid = drawn.nodes[node].uid
        if uid is not None:
            path.append(uid)
        node = before.get(node)
    return path[::-1]
