"""Scheduling a plan: the passes in order."""

from __future__ import annotations

from planengine.model import ConstraintKind, Plan, ScheduleFrom
from planengine.network.backward import backward
from planengine.network.building import compile_network
from planengine.network.compiled import FOREVER, Network
from planengine.network.forward import forward
from planengine.network.results import Passes, Schedule
from planengine.validation import PlanError, validate


class InvalidPlan(ValueError):
    """A plan no schedule can be computed from; `errors` say why."""

    def __init__(self, errors: tuple[PlanError, ...]) -> None:
        super().__init__(" ".join(error.sentence() for error in errors[:3]))
        self.errors = errors


def schedule(plan: Plan, *, checked: bool = False) -> Schedule:
    """The dates and floats of every activity.

    `checked` says that `validate(plan)` found nothing, which saves looking again. Raises
    `InvalidPlan` and nothing else. Linear time in the size of the plan; nothing recurses; the order
    of links, calendars, resources and assignments makes no difference.
    """
    if not checked:
        errors = validate(plan)
        if errors:
            raise InvalidPlan(errors)
    network = compile_network(plan)
    if len(network.order) < network.size:
        raise InvalidPlan(validate(plan))
    return Schedule(network, passes(network))


def passes(net: Network) -> Passes:
    """All passes over a network: early dates, late dates, then what is to be late."""
    if net.plan.schedule_from is ScheduleFrom.FINISH and net.plan.finish is not None:
        return _from_finish(net, net.plan.finish)
    early = forward(net, net.floors)
    late = backward(net, _limits(net, early[1]), *early)
    tardy = [
        node
        for node, rule in net.rules.items()
        if rule.constraint is ConstraintKind.AS_LATE_AS_POSSIBLE
    ]
    if not tardy:
        return Passes(early, early, late)
    floors = list(net.floors)
    for node in tardy:
        floors[node] = max(floors[node], late[0][node])
    return Passes(early, forward(net, floors), late)


def _from_finish(net: Network, finish: int) -> Passes:
    """Late dates first; the earliest of them is where the plan starts."""
    nothing = [0] * net.size
    late = backward(net, [finish] * net.size, nothing, nothing)
    first = min(late[0][: net.leaves], default=net.plan.start)
    floors = [first if floor == net.plan.start else floor for floor in net.floors]
    early = forward(net, floors)
    raised = [
        max(floor, late[0][node]) if node < net.leaves else floor
        for node, floor in enumerate(floors)
    ]
    return Passes(early, forward(net, raised), late)


def _limits(net: Network, finish: list[int]) -> list[int]:
    """The latest finish of each node: the plan's, or its own at the end of each path of its own."""
    last = max(
        (finish[node] for node in range(net.leaves) if not _is_inactive(net, node)),
        default=net.plan.start,
    )
    limits = [last] * net.size
    if net.plan.options.multiple_critical_paths:
        for node in range(net.leaves):
            if not (net.before_of[node] or net.lagged_of[node] or net.bound_of[node]):
                limits[node] = finish[node]
    return limits


def _is_inactive(net: Network, node: int) -> bool:
    rule = net.rules.get(node)
    return rule is not None and rule.is_inactive


__all__ = ["FOREVER", "InvalidPlan", "passes", "schedule"]
