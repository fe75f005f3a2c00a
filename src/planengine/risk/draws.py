"""From a distribution to something that can be drawn quickly, again and again."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from planengine.risk import rows, shapes
from planengine.risk.distributions import (
    Distribution,
    Erlang,
    Fixed,
    Normal,
    Pert,
    Triangular,
    Uniform,
)
from planengine.risk.settings import RiskSettings
from planengine.risk.streams import counters, stream_key

Floats = npt.NDArray[np.float64]
Longs = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint64]

_NOTHING: Floats = np.zeros(1)
LARGEST = 2.0**53


@dataclass(frozen=True, slots=True)
class Draw:
    """A distribution and the stream it is drawn from. Values are whole and at least `least`.

    `given` and `table` are what `rows.draw` wants; `loadings` are (factor number, loading).
    """

    key: np.uint64
    kind: int
    given: Floats
    table: Floats
    least: int
    loadings: tuple[tuple[int, float], ...] = ()

    @property
    def rest(self) -> float:
        """Weight of the own part beside the common factors."""
        return math.sqrt(max(0.0, 1.0 - sum(loading**2 for _, loading in self.loadings)))

    def row(self, operations: Any, steps: Words, factors: list[Floats]) -> Longs:
        """One value for each counter in `steps`; `factors` are the normal scores of the factors."""
        mixed, rest = _NOTHING, 1.0
        if self.loadings:
            mixed = np.zeros(len(steps))
            for number, loading in self.loadings:
                mixed += loading * factors[number]
            rest = min(self.rest, 1.0 - 1e-15)
        out = np.empty(len(steps), dtype=np.int64)
        operations.draw(
            out, self.key, steps, self.kind, self.given, self.table,
            mixed, rest, shapes.normal_table(), shapes.normal_shares(),
        )  # fmt: skip
        if self.given[5] < self.least:
            np.maximum(out, self.least, out=out)
        return out


def outermost(spread: Distribution) -> tuple[float, float]:
    """Bounds no drawn value lies outside of."""
    if isinstance(spread, Fixed):
        return spread.value, spread.value
    made = draw_of(spread, 0, "", 0, least=-(2**62))
    if made is None:
        return spread.mean, spread.mean
    return math.floor(made.given[5]), math.ceil(made.given[6])


def draw_of(
    spread: Distribution,
    seed: int,
    kind: str,
    name: int | str,
    *,
    scale: float = 1.0,
    least: int = 0,
    loadings: tuple[tuple[int, float], ...] = (),
) -> Draw | None:
    """The draw of `scale` times a distribution, or `None` when there is nothing to draw."""
    if isinstance(spread, Fixed) or spread.variance == 0:
        return None
    number, given, table = _prepared(spread)
    values = [given[0], *(value * scale for value in given[1:])]
    low, high = _ends(number, values, table)
    key = np.uint64(stream_key(seed, kind, name))
    return Draw(key, number, np.array([*values, low, high]), table, least, loadings)


def _ends(number: int, given: list[float], table: Floats) -> tuple[float, float]:
    """The smallest and the largest value that can come out."""
    if number == rows.TRIANGULAR:
        return given[1], given[3]
    if number == rows.UNIFORM:
        return given[1], given[1] + given[2]
    low, high = given[1] + given[2] * table[0], given[1] + given[2] * table[-1]
    return max(low, given[3]), min(high, given[4])


def _prepared(spread: Distribution) -> tuple[int, list[float], Floats]:
    """Kind, the five numbers of `rows.draw` and the table."""
    if isinstance(spread, Triangular):
        width = spread.high - spread.low
        left = math.sqrt(width * (spread.likely - spread.low))
        right = math.sqrt(width * (spread.high - spread.likely))
        peak = (spread.likely - spread.low) / width
        return rows.TRIANGULAR, [peak, spread.low, left, spread.high, right], _NOTHING
    if isinstance(spread, Uniform):
        return rows.UNIFORM, [0, spread.low, spread.high - spread.low, 0, 0], _NOTHING
    if isinstance(spread, Pert):
        step = round(spread.peak * shapes.STEPS)
        table = shapes.beta_table(spread.weight, step)
        sd = math.sqrt(spread.variance)
        return rows.TABLE, [0, spread.mean, sd, spread.low, spread.high], table
    if isinstance(spread, Normal):
        table = shapes.normal_table()
        return rows.TABLE, [0, spread.mean, spread.sd, -LARGEST, LARGEST], table
    assert isinstance(spread, Erlang)
    table = shapes.erlang_table(round(spread.lean * shapes.STEPS), spread.is_mirrored)
    base = spread.high if spread.is_mirrored else spread.low
    return rows.TABLE, [0, base, spread.high - spread.low, -LARGEST, LARGEST], table


def scores(operations: Any, key: np.uint64, steps: Words, wide: int = 1 << 40) -> Floats:
    """Normal scores of a common factor, to 2⁻⁴⁰."""
    out = np.empty(len(steps), dtype=np.int64)
    given = np.array([0.0, 0.0, float(wide), -LARGEST, LARGEST])
    table = shapes.normal_table()
    operations.draw(
        out, key, steps, rows.TABLE, given, table, _NOTHING, 1.0, table, shapes.normal_shares()
    )
    found: Floats = out / wide
    return found


@dataclass(frozen=True, slots=True)
class Commons:
    """The common factors: their stream keys, and what each activity loads on."""

    keys: tuple[np.uint64, ...]
    by_uid: Mapping[int, tuple[tuple[int, float], ...]]
    to_all: tuple[tuple[int, float], ...]

    def of(self, uid: int) -> tuple[tuple[int, float], ...]:
        """(factor number, loading) of an activity."""
        return self.to_all + self.by_uid.get(uid, ())

    def rows(self, operations: Any, first: int, count: int) -> list[Floats]:
        """The factors' scores for samples `first … first + count − 1`."""
        steps = counters(first, count)
        return [scores(operations, key, steps) for key in self.keys]


def commons_of(settings: RiskSettings) -> Commons:
    """The factors of the settings, with the one common to all last."""
    keys = [np.uint64(stream_key(settings.seed, "factor", row.key)) for row in settings.factors]
    by_uid: dict[int, tuple[tuple[int, float], ...]] = {}
    for number, factor in enumerate(settings.factors):
        for uid, loading in factor.loadings.items():
            by_uid[uid] = (*by_uid.get(uid, ()), (number, loading))
    to_all: tuple[tuple[int, float], ...] = ()
    if settings.correlation > 0:
        to_all = ((len(keys), math.sqrt(settings.correlation)),)
        keys.append(np.uint64(stream_key(settings.seed, "common", "")))
    return Commons(tuple(keys), by_uid, to_all)
