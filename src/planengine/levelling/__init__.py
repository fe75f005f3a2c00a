"""Levelling: when too much is wanted of a resource at once, say what must wait."""

from planengine.levelling.bounds import lower_bound
from planengine.levelling.feasibility import violations
from planengine.levelling.genetic import genetic_search
from planengine.levelling.instance import (
    Instance,
    InvalidInstance,
    instance_from_json,
    topological_order,
)
from planengine.levelling.solution import Limits, Solution
from planengine.levelling.solve import Method, solve

__all__ = [
    "Instance",
    "InvalidInstance",
    "Limits",
    "Method",
    "Solution",
    "genetic_search",
    "instance_from_json",
    "lower_bound",
    "solve",
    "topological_order",
    "violations",
]
