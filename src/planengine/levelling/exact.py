"""The exact method for small instances: OR-Tools CP-SAT, with proof."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any

from planengine.levelling.instance import Instance
from planengine.levelling.solution import Solution, solution_of


def can_prove() -> bool:
    """Whether the optional OR-Tools is installed."""
    return find_spec("ortools") is not None


def proved(
    instance: Instance,
    known: Solution,
    *,
    seconds: float | None = None,
    workers: int = 1,
    seed: int = 1,
) -> Solution:
    """`known`, or a shorter schedule, with the best lower bound CP-SAT proves in `seconds` (no end
    when `None`). With one of `workers` and no `seconds` it is repeatable.
    """
    if known.is_optimal:
        return known
    model, starts, span = model_of(instance, known.lower_bound, known.makespan)
    for start, at in zip(starts, known.starts, strict=True):
        model.add_hint(start, at)
    model.minimize(span)
    solver, status = solved(model, seconds=seconds, workers=workers, seed=seed)
    bound = max(known.lower_bound, round(solver.best_objective_bound))
    if status in {"OPTIMAL", "FEASIBLE"}:
        found = [solver.value(start) for start in starts]
        better = solution_of(instance, found, bound, known.schedules)
        if better.makespan <= known.makespan:
            return better
    return solution_of(instance, known.starts, bound, known.schedules)


def model_of(instance: Instance, least: int, most: int) -> tuple[Any, list[Any], Any]:
    """A CP-SAT model, its start variables (n) and its makespan in `least` … `most`."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    span = model.new_int_var(least, most, "")
    durations = instance.durations
    starts = [model.new_int_var(0, most - duration, "") for duration in durations]
    for before, successors in enumerate(instance.successors):
        if not successors:
            model.add(starts[before] + durations[before] <= span)
        for after in successors:
            model.add(starts[before] + durations[before] <= starts[after])
    _capacities(model, instance, starts)
    return model, starts, span


def _capacities(model: Any, instance: Instance, starts: Sequence[Any]) -> None:
    boxes = [
        model.new_fixed_size_interval_var(start, duration, "")
        for start, duration in zip(starts, instance.durations, strict=True)
    ]
    for resource, capacity in enumerate(instance.capacities):
        users = [
            activity
            for activity in range(instance.size)
            if instance.demands[activity][resource] and instance.durations[activity]
        ]
        if sum(instance.demands[activity][resource] for activity in users) > capacity:
            model.add_cumulative(
                [boxes[activity] for activity in users],
                [instance.demands[activity][resource] for activity in users],
                capacity,
            )


def solved(model: Any, *, seconds: float | None, workers: int, seed: int) -> tuple[Any, str]:
    """The solver after its run and its status (`OPTIMAL`, `FEASIBLE`, `INFEASIBLE`, `UNKNOWN`)."""
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = seed
    if seconds is not None:
        solver.parameters.max_time_in_seconds = max(seconds, 0.01)
    return solver, str(solver.status_name(solver.solve(model)))
