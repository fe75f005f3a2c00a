"""Levelling: when too much is wanted of a resource at once, say what must wait.

`level(plan)` levels a real plan into edits; `overloads(schedule)` and `loads(schedule)` say what is
wanted of each resource when. `solve(instance)` is for the problem in its plain form (PSPLIB), and
`violations` checks any answer to it with code of its own.
"""

from planengine.levelling.bounds import lower_bound
from planengine.levelling.feasibility import violations
from planengine.levelling.genetic import genetic_search, warm_up
from planengine.levelling.instance import (
    Instance,
    InvalidInstance,
    instance_from_json,
    topological_order,
)
from planengine.levelling.level import SEARCHED, Order, level
from planengine.levelling.loads import Hold, Load, Overload, holds, loads, overloads
from planengine.levelling.objective import Objective
from planengine.levelling.result import LevellingResult, Move, Remaining
from planengine.levelling.solution import Limits, Solution
from planengine.levelling.solve import Method, solve
from planengine.levelling.staffing import Pinned

__all__ = [
    "SEARCHED",
    "Hold",
    "Instance",
    "InvalidInstance",
    "LevellingResult",
    "Limits",
    "Load",
    "Method",
    "Move",
    "Objective",
    "Order",
    "Overload",
    "Pinned",
    "Remaining",
    "Solution",
    "genetic_search",
    "holds",
    "instance_from_json",
    "level",
    "loads",
    "lower_bound",
    "overloads",
    "solve",
    "topological_order",
    "violations",
    "warm_up",
]
