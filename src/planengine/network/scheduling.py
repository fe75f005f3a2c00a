"""Scheduling a plan: the passes in order."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Protocol

from planengine.calendars import forget_answers
from planengine.columns import columns_of
from planengine.instants import DAY
from planengine.model import ConstraintKind, Plan, ScheduleFrom
from planengine.network.backward import backward
from planengine.network.building import compile_network
from planengine.network.compiled import FOREVER, Dates, Network, Passes
from planengine.network.forward import forward
from planengine.network.machine import in_range, machine_for
from planengine.network.results import Schedule
from planengine.network.slack import gaps_of
from planengine.validation import PlanError, validate
from planengine.validation.quick import soundly_read

_EARLIEST, _LATEST = -62_000_000_000, 253_000_000_000
"""Years 5 and 9987: dates beyond cannot be written."""


class InvalidPlan(ValueError):
    """A plan no schedule can be computed from; `errors` say why."""

    def __init__(self, errors: tuple[PlanError, ...]) -> None:
        super().__init__(" ".join(error.sentence() for error in errors[:3]))
        self.errors = errors

    def __reduce__(self) -> tuple[type[InvalidPlan], tuple[tuple[PlanError, ...]]]:
        return (type(self), (self.errors,))


def schedule(plan: Plan, *, checked: bool = False) -> Schedule:
    """The dates and floats of every activity.

    `checked` says that `validate(plan)` found nothing, which saves looking again. Raises
    `InvalidPlan` and nothing else. Linear time in the size of the plan; nothing recurses; the order
    of links, calendars, resources and assignments makes no difference.
    """
    with collection_paused():
        columns = columns_of(plan) if checked else soundly_read(plan)
        if columns is None:
            errors = validate(plan)
            if errors:
                raise InvalidPlan(errors)
        network = compile_network(plan, columns)
        if len(network.order) < network.size:
            raise InvalidPlan(validate(plan))
        found = Schedule(network, *_computed(network))
    forget_answers()
    first = min(found.passes.late.start, default=found.finish)  # may lie after the plan's finish
    if first <= _EARLIEST or not _EARLIEST < found.finish < _LATEST:
        detail = f"{found.finish // DAY - plan.start // DAY} d"
        raise InvalidPlan((PlanError("date.absurd", "plan", name=plan.name, detail=detail),))
    return found


@contextmanager
def collection_paused() -> Iterator[None]:
    """Do not look for garbage while very many small objects are made that all stay."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class Computer(Protocol):
    """Whatever computes the passes: see `forward`, `backward` and `gaps_of`."""

    def forward(self, floors: list[int]) -> Dates:
        """Early dates from these floors."""

    def backward(self, limits: list[int], early: Dates) -> Dates:
        """Late dates within these limits."""

    def gaps(self, dates: Dates) -> list[int]:
        """From each activity to its nearest successor."""


class _Plainly:
    """The passes as `forward`, `backward` and `slack` write them."""

    def __init__(self, net: Network) -> None:
        self.forward = partial(forward, net)
        self.backward = partial(backward, net)
        self.gaps = partial(gaps_of, net)


def _computed(net: Network) -> tuple[Passes, list[int]]:
    """All passes and the gaps, by machine code where that pays."""
    machine = machine_for(net)
    if machine is not None:
        found = in_range(machine, partial(passes, net))
        return found, machine.gaps(found.dates)
    found = passes(net, _Plainly(net))
    return found, gaps_of(net, found.dates)


def passes(net: Network, by: Computer) -> Passes:
    """All passes over a network: early dates, late dates, then what is to be late."""
    if net.plan.schedule_from is ScheduleFrom.FINISH and net.plan.finish is not None:
        return _from_finish(net, net.plan.finish, by)
    early = by.forward(net.floors)
    late = by.backward(limits_of(net, early.finish), early)
    tardy = [
        node
        for node, rule in net.rules.items()
        if rule.constraint is ConstraintKind.AS_LATE_AS_POSSIBLE
    ]
    if not tardy:
        return Passes(early, early, late)
    floors = list(net.floors)
    for node in tardy:
        floors[node] = max(floors[node], late.start[node])
    return Passes(early, by.forward(floors), late)


def _from_finish(net: Network, finish: int, by: Computer) -> Passes:
    """Late dates first; the earliest of them is where the plan starts."""
    nothing = [0] * net.size
    limits = [min(finish, ceiling) for ceiling in net.ceilings]
    late = by.backward(limits, Dates(nothing, nothing, nothing))
    first = min(late.start[: net.leaves], default=net.plan.start)
    floors = [first if floor == net.plan.start else floor for floor in net.floors]
    early = by.forward(floors)
    raised = [
        max(floor, late.start[node]) if node < net.leaves else floor
        for node, floor in enumerate(floors)
    ]
    return Passes(early, by.forward(raised), late)


def limits_of(net: Network, finish: list[int]) -> list[int]:
    """The latest finish of each node: the plan's finish, or the activity's own ceiling.

    A deadline only ever draws the limit in; *finish no later than* sets it, also later than the
    plan's finish (Knowledge Base 182899). With several critical paths an activity without
    successors is measured by its own finish.
    """
    idle = {node for node, rule in net.rules.items() if rule.is_inactive}
    ends = finish[: net.leaves]
    if idle:
        ends = [end for node, end in enumerate(ends) if node not in idle]
    last = max(ends, default=net.plan.start)
    limits = [last] * net.size
    if net.ceilings.count(FOREVER) < net.size:
        limits = [min(last, ceiling) for ceiling in net.ceilings]
    if net.plan.options.multiple_critical_paths:
        for node in range(net.leaves):
            if not (net.before_of[node] or net.lagged_of[node] or net.bound_of[node]):
                limits[node] = min(finish[node], net.ceilings[node])
    for node, rule in net.rules.items():
        if rule.constraint is ConstraintKind.FINISH_NO_LATER_THAN and rule.date > limits[node]:
            limits[node] = net.ceilings[node]
    return limits
