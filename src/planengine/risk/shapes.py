"""Quantile tables: the standard shapes of the distributions, laid out for drawing.

A table holds a quantile function at `NODES` points that are even in w = (1 + √u − √(1 − u)) / 2, so
that both tails are resolved; between them it is linear. Only additions, products and square roots
are needed to draw, and those give the same bits whoever computes them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

CELLS = 1024
NODES = CELLS + 1
STEPS = 512
"""Shapes between the two ends of a family; each is standardised, so that moments stay exact."""
_GRID = 4097
_OUTERMOST = 1e-9


@lru_cache(maxsize=1)
def levels() -> Floats:
    """The probability u at each node, rising; the ends lie 10⁻⁹ inside 0 and 1."""
    angle = np.arcsin(np.linspace(-1.0, 1.0, NODES) / math.sqrt(2)) + math.pi / 4
    found: Floats = np.clip(np.sin(angle) ** 2, _OUTERMOST, 1 - _OUTERMOST)
    return found


def positions(drawn: Floats) -> Floats:
    """Where uniform numbers fall among the nodes, 0 – `CELLS`."""
    where: Floats = (0.5 + 0.5 * (np.sqrt(drawn) - np.sqrt(1.0 - drawn))) * CELLS
    return where


def look_up(table: Floats, drawn: Floats) -> Floats:
    """A table's quantiles of uniform numbers."""
    where = positions(drawn)
    cell = np.minimum(where.astype(np.int64), CELLS - 1)
    below = table[cell]
    found: Floats = below + (where - cell) * (table[cell + 1] - below)
    return found


def _quantiles(x: Floats, density: Floats, u: Floats) -> Floats:
    """Quantiles at `u` of a density (not normed) given along x per even step."""
    steps = (density[1:] + density[:-1]) / 2
    below = np.concatenate(([0.0], np.cumsum(steps)))
    return np.interp(u, below / below[-1], x)


def _beta(alpha: float, beta: float, u: Floats) -> Floats:
    turn = np.linspace(0.0, math.pi, _GRID)
    x = (1 - np.cos(turn)) / 2
    density = x ** (alpha - 1) * (1 - x) ** (beta - 1) * np.sin(turn)
    return _quantiles(x, density, u)


def _gamma(shape: float, u: Floats) -> Floats:
    """By the cube-root transformation, in which every gamma distribution is nearly normal."""
    root = math.sqrt(shape)
    lowest = max(-9.0, -3 * root * (1 - 1 / (9 * shape)) + 1e-9)
    z = np.linspace(lowest, 9.0, _GRID)
    cube = 1 - 1 / (9 * shape) + z / (3 * root)
    x = shape * cube**3
    height = (shape - 1) * np.log(x / shape) - (x - shape)
    return _quantiles(x, np.exp(height) * cube**2, u)


def gamma_quantiles(shape: float, shares: Sequence[float]) -> list[float]:
    """Quantiles of the gamma distribution with scale 1."""
    found: list[float] = _gamma(shape, np.array(shares, dtype=np.float64)).tolist()
    return found


@lru_cache(maxsize=2048)
def beta_table(weight: float, step: int) -> Floats:
    """The beta shape with its peak at `step` / `STEPS`, mean 0 and deviation 1."""
    peak = step / STEPS
    alpha, beta = 1 + weight * peak, 1 + weight * (1 - peak)
    mean = alpha / (alpha + beta)
    sd = math.sqrt(alpha * beta / ((alpha + beta) ** 2 * (alpha + beta + 1)))
    table: Floats = (_beta(alpha, beta, levels()) - mean) / sd
    return table


@lru_cache(maxsize=2048)
def erlang_table(step: int, is_mirrored: bool = False) -> Floats:
    """The gamma shape whose mode leans `step` / `STEPS`, with P10 at 0 and P90 at 1; mirrored, with
    P90 at 0 and P10 at −1.
    """
    if is_mirrored:
        return np.ascontiguousarray(-erlang_table(step)[::-1])
    from planengine.risk.distributions import gamma_percentiles, gamma_shape

    shape = gamma_shape(step / STEPS)
    p10, p90 = gamma_percentiles(shape)
    table: Floats = (_gamma(shape, levels()) - p10) / (p90 - p10)
    return table


@lru_cache(maxsize=1)
def normal_table() -> Floats:
    """The normal distribution, mean 0 and deviation 1."""
    from statistics import NormalDist

    quantile: Callable[[float], float] = NormalDist().inv_cdf
    return np.array([quantile(u) for u in levels().tolist()])


NORMAL_REACH = 8.0
NORMAL_CELLS = 4096


@lru_cache(maxsize=1)
def normal_shares() -> Floats:
    """The normal distribution function at even steps from −8 to 8."""
    points = np.linspace(-NORMAL_REACH, NORMAL_REACH, NORMAL_CELLS + 1).tolist()
    return np.array([0.5 * math.erfc(-z / math.sqrt(2)) for z in points])


def share_below(z: Floats) -> Floats:
    """The normal distribution function of z, kept strictly between 0 and 1."""
    table = normal_shares()
    where = (np.clip(z, -NORMAL_REACH, NORMAL_REACH) + NORMAL_REACH) * (NORMAL_CELLS / 16.0)
    cell = np.minimum(where.astype(np.int64), NORMAL_CELLS - 1)
    below = table[cell]
    found: Floats = below + (where - cell) * (table[cell + 1] - below)
    return np.clip(found, _OUTERMOST, 1 - _OUTERMOST)
