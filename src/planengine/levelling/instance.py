"""The resource-constrained scheduling problem in its plain form: activities, links, capacities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


class InvalidInstance(ValueError):
    """An instance that cannot be scheduled at all; the message names the activity and the rule."""


@dataclass(frozen=True, slots=True)
class Instance:
    """A resource-constrained project, the RCPSP of Pritsker, Watters and Wolfe (1969), frozen.

    With `n` activities (numbered from 0) and `m` renewable resources: `durations[i]` (n whole
    periods, >= 0), `successors[i]` (the activities that may start only when `i` has finished,
    finish to start without lag), `demands[i][k]` (n × m units of resource `k` that `i` holds from
    its start to its finish) and `capacities[k]` (m units available in every period). Dummy
    activities of duration 0 at either end, as PSPLIB has them, are allowed and not needed. `name`
    is for showing only. Nothing is checked on construction; see `checked`.
    """

    durations: tuple[int, ...]
    successors: tuple[tuple[int, ...], ...]
    demands: tuple[tuple[int, ...], ...]
    capacities: tuple[int, ...]
    name: str = ""

    @property
    def size(self) -> int:
        """How many activities there are, dummies included."""
        return len(self.durations)

    def checked(self) -> Instance:
        """The same instance when a schedule exists for it.

        Raises `InvalidInstance` for lists of unequal length, negative numbers, unknown successors,
        a circle of links, or a demand above the capacity.
        """
        _check_shapes(self)
        for activity in range(self.size):
            _check_activity(self, activity)
        topological_order(self)
        return self


def topological_order(instance: Instance) -> tuple[int, ...]:
    """All activities, every one after its predecessors; among the ready ones the lowest number
    first out of a queue.

    Raises `InvalidInstance` when the links form a circle.
    """
    waits = [0] * instance.size
    for row in instance.successors:
        for successor in row:
            waits[successor] += 1
    order = [activity for activity in range(instance.size) if waits[activity] == 0]
    for activity in order:
        for successor in instance.successors[activity]:
            waits[successor] -= 1
            if waits[successor] == 0:
                order.append(successor)
    if len(order) < instance.size:
        stuck = next(activity for activity in range(instance.size) if waits[activity] > 0)
        raise InvalidInstance(f"activity {stuck} stands in or behind a circle of links")
    return tuple(order)


def instance_from_json(data: Mapping[str, Any], name: str = "") -> Instance:
    """The instance in `data`: `dur` (n), `succ` (n lists, 0-based), `req` (n × m), `cap` (m).

    Other keys (`n`, `cpm`, `best`, `lb` …) are left alone. Raises `InvalidInstance` for anything
    that is missing, not whole numbers, or cannot be scheduled.
    """
    try:
        return Instance(
            durations=_whole(data["dur"]),
            successors=tuple(_whole(row) for row in data["succ"]),
            demands=tuple(_whole(row) for row in data["req"]),
            capacities=_whole(data["cap"]),
            name=name,
        ).checked()
    except (KeyError, TypeError) as error:
        raise InvalidInstance(f"not an instance: {error}") from None


def _whole(row: Any) -> tuple[int, ...]:
    numbers = tuple(row)
    for number in numbers:
        if not isinstance(number, int) or isinstance(number, bool):
            raise TypeError(f"{number!r} is not a whole number")
    return numbers


def _check_shapes(instance: Instance) -> None:
    size = instance.size
    if len(instance.successors) != size or len(instance.demands) != size:
        raise InvalidInstance("durations, successors and demands differ in length")
    if any(capacity < 0 for capacity in instance.capacities):
        raise InvalidInstance("a capacity is negative")


def _check_activity(instance: Instance, activity: int) -> None:
    demands = instance.demands[activity]
    if instance.durations[activity] < 0:
        raise InvalidInstance(f"activity {activity} has a negative duration")
    if len(demands) != len(instance.capacities):
        raise InvalidInstance(f"activity {activity} does not say what it needs of each resource")
    if any(not 0 <= successor < instance.size for successor in instance.successors[activity]):
        raise InvalidInstance(f"activity {activity} has an unknown successor")
    for resource, (need, capacity) in enumerate(zip(demands, instance.capacities, strict=True)):
        if need < 0:
            raise InvalidInstance(f"activity {activity} needs less than nothing of {resource}")
        if need > capacity and instance.durations[activity] > 0:
            raise InvalidInstance(f"activity {activity} needs more of resource {resource} than is")
