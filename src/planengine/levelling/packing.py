"""An instance as flat rows of whole numbers: what the inner loops run on.

All resources of a period share one 62-bit word (or a few): each has a field wide enough for its
capacity and one guard bit above it. Subtracting a demand clears the guard bit of exactly those
resources that have too little left, so one subtraction and one mask answer for all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import gcd
from typing import Any, NamedTuple

from planengine.levelling.instance import Instance, topological_order

Row = Any
"""A flat row of whole numbers: a list for the interpreter, an int64 array for compiled code."""
WORD_BITS = 62
LONGEST_HORIZON = 4_000_000
"""Periods the inner loops keep account of at most."""


class Net(NamedTuple):
    """One direction of the network: forward, or backward with every link and time turned round.

    `pred[pred_start[i]:pred_start[i + 1]]` are the predecessors of `i` in this direction,
    `need[w * n + i]` its packed demands in word `w`, `full[w * horizon + t]` a period with nothing
    taken, `guard[w]` the guard bits, `base` a topological order in this direction.
    """

    n: int
    words: int
    horizon: int
    durations: Row
    need: Row
    guard: Row
    full: Row
    base: Row
    pred_start: Row
    pred: Row


@dataclass(frozen=True, slots=True)
class Packed:
    """Both directions of an instance with `earliest` and `latest` starts by links alone (periods of
    `unit` of the instance's own periods) and the length `critical` of the longest path.
    """

    forward: Net
    backward: Net
    earliest: tuple[int, ...]
    latest: tuple[int, ...]
    critical: int
    unit: int


def packed(instance: Instance, *, arrays: bool) -> Packed | None:
    """`instance` as flat rows, as int64 arrays when `arrays`, else as lists.

    Times are divided by the greatest common divisor of the durations. `None` when the activities
    one after the other would last longer than `LONGEST_HORIZON` periods or a capacity has more than
    61 bits.
    """
    unit = gcd(*instance.durations) or 1
    durations = [duration // unit for duration in instance.durations]
    horizon = sum(durations) + 1
    fields = _fields(instance)
    if fields is None or horizon > LONGEST_HORIZON:
        return None
    order = topological_order(instance)
    predecessors = predecessors_of(instance)
    earliest = _earliest(order, predecessors, durations)
    tails = _earliest(order[::-1], instance.successors, durations)
    critical = max((e + d for e, d in zip(earliest, durations, strict=True)), default=0)
    need, guard, full = fields

    def net(base: Sequence[int], before: Sequence[Sequence[int]]) -> Net:
        starts, flat = _flat(before)
        rows = (durations, need, guard, [word for word in full for _ in range(horizon)], base)
        return Net(
            instance.size,
            len(guard),
            horizon,
            *(_row(row, arrays) for row in (*rows, starts, flat)),
        )

    latest = (critical - d - t for d, t in zip(durations, tails, strict=True))
    return Packed(
        net(order, predecessors),
        net(order[::-1], instance.successors),
        tuple(earliest),
        tuple(latest),
        critical,
        unit,
    )


def zeros(length: int, *, arrays: bool, value: int = 0) -> Row:
    """A row of `length` times `value`, an int64 array when `arrays`, else a list."""
    return _row([value] * length, arrays)


def predecessors_of(instance: Instance) -> list[list[int]]:
    """For each activity (n lists) the activities that must finish before it starts."""
    rows: list[list[int]] = [[] for _ in range(instance.size)]
    for activity, successors in enumerate(instance.successors):
        for successor in successors:
            rows[successor].append(activity)
    return rows


def _row(values: Sequence[int], arrays: bool) -> Row:
    if not arrays:
        return list(values)
    import numpy as np

    return np.array(values, dtype=np.int64)


def _flat(rows: Sequence[Sequence[int]]) -> tuple[list[int], list[int]]:
    starts, flat = [0], list[int]()
    for row in rows:
        flat.extend(row)
        starts.append(len(flat))
    return starts, [*flat, 0]


def _earliest(
    order: Sequence[int], before: Sequence[Sequence[int]], durations: Sequence[int]
) -> list[int]:
    starts = [0] * len(order)
    for activity in order:
        starts[activity] = max((starts[p] + durations[p] for p in before[activity]), default=0)
    return starts


def _fields(instance: Instance) -> tuple[list[int], list[int], list[int]] | None:
    """`(need, guard, full)`: words filled with as many resources as they hold."""
    need: list[int] = []
    guard: list[int] = []
    full: list[int] = []
    shift = WORD_BITS
    for resource, capacity in enumerate(instance.capacities):
        width = capacity.bit_length() + 1
        if width > WORD_BITS:
            return None
        if not any(row[resource] for row in instance.demands):
            continue
        if shift + width > WORD_BITS:
            shift = 0
            need.extend([0] * instance.size)
            guard.append(0)
            full.append(0)
        for activity, row in enumerate(instance.demands, len(need) - instance.size):
            lasts = instance.durations[activity - len(need) + instance.size] > 0
            need[activity] |= (row[resource] << shift) if lasts else 0
        full[-1] |= (capacity | 1 << (width - 1)) << shift
        guard[-1] |= 1 << (shift + width - 1)
        shift += width
    return need or [0] * instance.size, guard or [0], full or [0]
