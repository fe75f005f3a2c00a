"""The inner operations on one row of samples, in NumPy.

`kernels` holds the same operations as loops for numba: same names, same arguments, same bits.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from planengine.risk import shapes, streams

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint64]

TRIANGULAR, UNIFORM, TABLE = range(3)
"""Kinds of draw; see `draw`."""


def draw(
    out: Longs, key: int, steps: Words, kind: int, given: Floats, table: Floats,
    mixed: Floats, rest: float, normal: Floats, shares: Floats,
) -> None:  # fmt: skip
    """Whole values of a distribution, one for each counter in `steps`.

    `given` is peak, low, left, high, right for a triangle; -, low, width for a uniform; and -,
    base, scale, least, most for a table. `mixed` holds the common factors' part of a normal score
    and `rest` the weight of the own part (1: no common factors).
    """
    u = streams.uniforms(key, steps)
    if rest < 1.0:
        u = shapes.share_below(mixed + rest * shapes.look_up(normal, u))
    if kind == TRIANGULAR:
        rising = given[1] + given[2] * np.sqrt(u)
        falling = given[3] - given[4] * np.sqrt(1.0 - u)
        x = np.where(u < given[0], rising, falling)
    elif kind == UNIFORM:
        x = given[1] + given[2] * u
    else:
        x = given[1] + given[2] * shapes.look_up(table, u)
        x = np.minimum(np.maximum(x, given[3]), given[4])
    out[:] = np.floor(x + 0.5)


def work(
    t: Ints, out: Ints, first: Longs, shift: int, rounds: int,
    edges: Ints, moved: Ints, until: Ints,
) -> None:  # fmt: skip
    """Working seconds before each instant; `out` may be `t`."""
    place = np.take(first, t >> shift, mode="clip")
    for _ in range(rounds):
        place += t >= np.take(edges, place, mode="clip")
    np.minimum(t - np.take(moved, place), np.take(until, place), out=out)


def finish(
    w: Ints, out: Ints, first: Longs, shift: int, rounds: int, moved: Ints, until: Ints
) -> None:
    """The first instant with so much work before it; `out` may be `w`."""
    place = np.take(first, w >> shift, mode="clip")
    for _ in range(rounds):
        place += w > np.take(until, place, mode="clip")
    np.add(w, np.take(moved, place, mode="clip"), out=out)


def start(
    w: Ints, out: Ints, first: Longs, shift: int, rounds: int, moved: Ints, until: Ints
) -> None:
    """The last instant with so much work before it; `out` may be `w`."""
    place = np.take(first, w >> shift, mode="clip")
    for _ in range(rounds):
        place += w >= np.take(until, place, mode="clip")
    np.add(w, np.take(moved, place, mode="clip"), out=out)
