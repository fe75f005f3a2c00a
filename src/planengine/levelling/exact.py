"""The exact method for small instances: OR-Tools CP-SAT, with proof."""

from __future__ import annotations

import time
from collections.abc import Sequence
from importlib.util import find_spec
from math import inf
from threading import Thread
from typing import Any

from planengine.levelling.instance import Instance
from planengine.levelling.solution import Limits, Solution, solution_of

ENDLESS = Limits(schedules=None)
"""No limit: until the proof."""
_LOOK_EVERY = 0.01
"""Seconds between looks at the clock."""


def can_prove() -> bool:
    """Whether the optional OR-Tools is installed."""
    return find_spec("ortools") is not None


def proved(
    instance: Instance,
    hints: Sequence[Solution],
    limits: Limits = ENDLESS,
    *,
    workers: int = 1,
    seed: int = 1,
) -> Solution:
    """The best of `hints`, or a shorter schedule, with the best lower bound CP-SAT proves within
    `limits.seconds`. With one of `workers` and no `seconds` it is repeatable.

    With several workers a search sets out from each hint, with a seed of its own, until one of them
    has a proof: where one is stuck beside a good schedule, another finds its way from a worse one.
    """
    known = min(hints, key=lambda one: one.makespan)
    if known.is_optimal:
        return known
    searches = [
        _Search(instance, hint, seed + number, max(1, workers // len(hints[:workers])))
        for number, hint in enumerate(hints[:workers])
    ]
    _race(searches, limits)
    bound = max(search.bound for search in searches)
    starts = min((search.found for search in searches), key=lambda one: one.makespan).starts
    return solution_of(instance, starts, bound, known.schedules)


class _Search(Thread):
    """CP-SAT from one hint, in a thread: `found` and `bound` are what is known so far."""

    def __init__(self, instance: Instance, hint: Solution, seed: int, workers: int) -> None:
        super().__init__(daemon=True)
        self.instance, self.found, self.bound = instance, hint, hint.lower_bound
        self.model, self.starts, span = model_of(instance, hint.lower_bound, hint.makespan)
        for start, at in zip(self.starts, hint.starts, strict=True):
            self.model.add_hint(start, at)
        self.model.minimize(span)
        self.solver = solver_of(workers=workers, seed=seed)
        self.solver.parameters.linearization_level = 0  # the relaxation is weak and takes its time
        self.solver.parameters.symmetry_level = 0

    def run(self) -> None:
        """Search until there is a proof or somebody calls it off."""
        status = str(self.solver.status_name(self.solver.solve(self.model)))
        self.bound = max(self.bound, round(self.solver.best_objective_bound))
        if status in {"OPTIMAL", "FEASIBLE"}:
            starts = [self.solver.value(start) for start in self.starts]
            self.found = solution_of(self.instance, starts, self.bound, self.found.schedules)

    def call_off(self) -> None:
        """Have the search end with what it has."""
        self.solver.stop_search()


def _race(searches: Sequence[_Search], limits: Limits) -> None:
    """Let the searches run until one has ended or the time is over.

    Processor time is that of the whole process, so it is counted for each thread.
    """
    pace = len(searches) if limits.clock is time.process_time else 1
    began = limits.clock()
    for search in searches:
        search.start()
    seconds = inf if limits.seconds is None else max(limits.seconds, 0.0) * pace
    while all(search.is_alive() for search in searches) and limits.clock() - began < seconds:
        searches[0].join(_LOOK_EVERY)
    while any(search.is_alive() for search in searches):
        for search in searches:
            search.call_off()  # again and again: it is not heard before the search has begun
        for search in searches:
            search.join(_LOOK_EVERY)


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


def solver_of(*, workers: int, seed: int) -> Any:
    """A CP-SAT solver with so many threads."""
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = seed
    return solver


def solved(model: Any, *, seconds: float | None, workers: int, seed: int) -> tuple[Any, str]:
    """The solver after its run and its status (`OPTIMAL`, `FEASIBLE`, `INFEASIBLE`, `UNKNOWN`)."""
    solver = solver_of(workers=workers, seed=seed)
    if seconds is not None:
        solver.parameters.max_time_in_seconds = max(seconds, 0.01)
    return solver, str(solver.status_name(solver.solve(model)))
