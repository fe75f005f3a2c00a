"""The inner operations on one row of samples as loops, compiled by numba where it is installed.

`rows` holds the same operations for NumPy: same names, same arguments, same bits. A float operation
here must be the very one there, in the same order.
"""

from __future__ import annotations

import math

import numpy as np

from planengine.risk.rows import TRIANGULAR, UNIFORM, Floats, Ints, Longs, Words

_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_30, _27, _31, _11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)


def uniform(counter: np.uint64) -> float:
    """The number between 0 and 1 a counter is mixed to."""
    z = (counter ^ (counter >> _30)) * _FIRST
    z = (z ^ (z >> _27)) * _SECOND
    z = (z ^ (z >> _31)) >> _11
    return (float(np.int64(z)) + 0.5) * 2.0**-53


def look_up(table: Floats, u: float) -> float:
    """A quantile table at u."""
    where = (0.5 + 0.5 * (math.sqrt(u) - math.sqrt(1.0 - u))) * 1024.0
    cell = min(int(where), 1023)
    below = table[cell]
    return float(below + (where - cell) * (table[cell + 1] - below))


def share_below(shares: Floats, z: float) -> float:
    """The normal distribution function at z."""
    where = (min(max(z, -8.0), 8.0) + 8.0) * 256.0
    cell = min(int(where), 4095)
    below = shares[cell]
    found = below + (where - cell) * (shares[cell + 1] - below)
    return float(min(max(found, 1e-9), 1.0 - 1e-9))


def draw(
    out: Longs, key: int, steps: Words, kind: int, given: Floats, table: Floats,
    mixed: Floats, rest: float, normal: Floats, shares: Floats,
) -> None:  # fmt: skip
    """See `rows.draw`."""
    base = np.uint64(key)
    for j in range(len(out)):
        u = uniform(steps[j] + base)
        if rest < 1.0:
            u = share_below(shares, mixed[j] + rest * look_up(normal, u))
        if kind == TRIANGULAR:
            if u < given[0]:
                x = given[1] + given[2] * math.sqrt(u)
            else:
                x = given[3] - given[4] * math.sqrt(1.0 - u)
        elif kind == UNIFORM:
            x = given[1] + given[2] * u
        else:
            x = min(max(given[1] + given[2] * look_up(table, u), given[3]), given[4])
        out[j] = np.int64(math.floor(x + 0.5))


def work(
    t: Ints, out: Ints, first: Longs, shift: int, rounds: int,
    edges: Ints, moved: Ints, until: Ints,
) -> None:  # fmt: skip
    """See `rows.work`."""
    last, end = len(first) - 1, len(edges) - 1
    for j in range(len(t)):
        at = t[j]
        place = first[min(max(at >> shift, 0), last)]
        for _ in range(rounds):
            if at >= edges[min(place, end)]:
                place += 1
        out[j] = min(at - moved[place], until[place])


def finish(
    w: Ints, out: Ints, first: Longs, shift: int, rounds: int, moved: Ints, until: Ints
) -> None:
    """See `rows.finish`."""
    last, end = len(first) - 1, len(until) - 1
    for j in range(len(w)):
        at = w[j]
        place = first[min(max(at >> shift, 0), last)]
        for _ in range(rounds):
            if at > until[min(place, end)]:
                place += 1
        out[j] = at + moved[min(place, end)]


def start(
    w: Ints, out: Ints, first: Longs, shift: int, rounds: int, moved: Ints, until: Ints
) -> None:
    """See `rows.start`."""
    last, end = len(first) - 1, len(until) - 1
    for j in range(len(w)):
        at = w[j]
        place = first[min(max(at >> shift, 0), last)]
        for _ in range(rounds):
            if at >= until[min(place, end)]:
                place += 1
        out[j] = at + moved[min(place, end)]
