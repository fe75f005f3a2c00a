"""Whether a schedule keeps every link and every capacity: asked of each result before it is shown.

Written from the definition alone, by events, and sharing nothing with the code that schedules.
"""

from __future__ import annotations

from collections.abc import Sequence

from planengine.levelling.instance import Instance


def violations(instance: Instance, starts: Sequence[int], makespan: int | None = None) -> list[str]:
    """Everything wrong with `starts` (n periods), in words; empty when the schedule is feasible.

    With `makespan` it is also tried that the last activity finishes exactly then.
    """
    if len(starts) != len(instance.durations):
        return [f"{len(starts)} starts for {len(instance.durations)} activities"]
    found = [f"activity {i} starts at {at}" for i, at in enumerate(starts) if at < 0]
    found += _broken_links(instance, starts)
    for resource in range(len(instance.capacities)):
        found += _overloads(instance, starts, resource)
    finishes = [at + instance.durations[i] for i, at in enumerate(starts)]
    if makespan is not None and max(finishes, default=0) != makespan:
        found.append(f"finishes at {max(finishes, default=0)}, not at {makespan}")
    return found


def _broken_links(instance: Instance, starts: Sequence[int]) -> list[str]:
    return [
        f"activity {after} starts before {before} has finished"
        for before, successors in enumerate(instance.successors)
        for after in successors
        if starts[after] < starts[before] + instance.durations[before]
    ]


def _overloads(instance: Instance, starts: Sequence[int], resource: int) -> list[str]:
    changes: dict[int, int] = {}
    for activity, at in enumerate(starts):
        duration, wanted = instance.durations[activity], instance.demands[activity][resource]
        if duration and wanted:
            changes[at] = changes.get(at, 0) + wanted
            changes[at + duration] = changes.get(at + duration, 0) - wanted
    load, found = 0, []
    for time in sorted(changes):
        load += changes[time]
        if load > instance.capacities[resource]:
            found.append(
                f"resource {resource}: {load} of {instance.capacities[resource]} at {time}"
            )
    return found
