"""Levelling: when too much is wanted of a resource at once, say what must wait."""

from planengine.levelling.instance import (
    Instance,
    InvalidInstance,
    instance_from_json,
    topological_order,
)

__all__ = [
    "Instance",
    "InvalidInstance",
    "instance_from_json",
    "topological_order",
]
