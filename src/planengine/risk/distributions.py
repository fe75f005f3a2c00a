"""What is not known for certain: distributions of a duration or a cost, with exact moments.

Values may be in any unit; a plan's durations are seconds of working time and its money hundredths.
Every distribution is drawn by inverse transform, so that one uniform number gives one value.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from planengine.model import Reading, ThreePoint


@dataclass(frozen=True, slots=True)
class Fixed:
    """A value known for certain."""

    value: float

    @property
    def mean(self) -> float:
        """The value."""
        return self.value

    @property
    def variance(self) -> float:
        """Nothing."""
        return 0.0


@dataclass(frozen=True, slots=True)
class Uniform:
    """Every value from `low` to `high` equally likely."""

    low: float
    high: float

    @property
    def mean(self) -> float:
        """The middle."""
        return (self.low + self.high) / 2

    @property
    def variance(self) -> float:
        """(high − low)² / 12."""
        return (self.high - self.low) ** 2 / 12


@dataclass(frozen=True, slots=True)
class Triangular:
    """From `low` to `high` with the peak at `likely`."""

    low: float
    likely: float
    high: float

    @property
    def mean(self) -> float:
        """(a + m + b) / 3."""
        return (self.low + self.likely + self.high) / 3

    @property
    def variance(self) -> float:
        """(a² + m² + b² − am − ab − mb) / 18."""
        low, likely, high = self.low, self.likely, self.high
        return ((high - low) ** 2 - (likely - low) * (high - likely)) / 18


@dataclass(frozen=True, slots=True)
class Pert:
    """The beta distribution from `low` to `high` with mean (a + w·m + b) / (w + 2).

    `weight` w is 4 in PERT (Malcolm et al. 1959) and 3 in Prosjektveiviseren's rule.
    """

    low: float
    likely: float
    high: float
    weight: float = 4

    @property
    def peak(self) -> float:
        """Where the likely value lies between low (0) and high (1)."""
        spread = self.high - self.low
        return (self.likely - self.low) / spread if spread else 0.5

    @property
    def mean(self) -> float:
        """(a + w·m + b) / (w + 2)."""
        return (self.low + self.weight * self.likely + self.high) / (self.weight + 2)

    @property
    def variance(self) -> float:
        """The beta distribution's own (with w = 4 near, not equal to, ((b − a) / 6)²)."""
        alpha = 1 + self.weight * self.peak
        beta = 1 + self.weight * (1 - self.peak)
        share = alpha * beta / ((alpha + beta) ** 2 * (alpha + beta + 1))
        return share * (self.high - self.low) ** 2


@dataclass(frozen=True, slots=True)
class Normal:
    """The normal distribution."""

    mean: float
    sd: float

    @property
    def variance(self) -> float:
        """sd²."""
        return self.sd**2


@dataclass(frozen=True, slots=True)
class Erlang:
    """The shifted Erlang (gamma) distribution with the given P10, mode and P90.

    The shape is the one whose mode lies where `likely` does between the two percentiles: about 10
    for the usual skew, the normal distribution when it lies in the middle; it is mirrored when
    `likely` is nearer `high`. Mean and deviation are near the rules of successive calculation,
    (P10 + 0.42·mode + P90) / 2.42 and (P90 − P10) / 2.53 (see `erlang_moments`).
    """

    low: float
    likely: float
    high: float

    @property
    def is_mirrored(self) -> bool:
        """True when the long tail is on the low side."""
        return self.likely * 2 > self.low + self.high

    @property
    def lean(self) -> float:
        """Where the mode lies between the percentile it is nearer (0) and the other (1): 0–0.5."""
        spread = self.high - self.low
        if not spread:
            return 0.5
        near = self.high - self.likely if self.is_mirrored else self.likely - self.low
        return near / spread

    @property
    def mean(self) -> float:
        """Of the fitted distribution."""
        shape = gamma_shape(self.lean)
        p10, p90 = gamma_percentiles(shape)
        share = (shape - p10) / (p90 - p10)
        if self.is_mirrored:
            return self.high - share * (self.high - self.low)
        return self.low + share * (self.high - self.low)

    @property
    def variance(self) -> float:
        """Of the fitted distribution."""
        shape = gamma_shape(self.lean)
        p10, p90 = gamma_percentiles(shape)
        return shape * ((self.high - self.low) / (p90 - p10)) ** 2


Distribution = Fixed | Uniform | Triangular | Pert | Normal | Erlang
"""Any of the distributions."""


def read_three_points(points: ThreePoint, reading: Reading) -> Distribution:
    """The distribution of an estimate; `Fixed` when low and high are the same.

    The estimate's own reading goes before the common one, as it does in `formula_moments`.
    """
    reading = points.reading or reading
    low, likely, high = points.low, points.likely, points.high
    if low == high:
        return Fixed(likely)
    if reading is Reading.ERLANG:
        return Erlang(low, likely, high)
    if reading is Reading.TRIANGULAR:
        return Triangular(low, likely, high)
    if reading is Reading.UNIFORM:
        return Uniform(low, high)
    return Pert(low, likely, high, 4 if reading is Reading.PERT else 3)


def is_sound(spread: Distribution) -> bool:
    """True when the values are finite numbers in order."""
    if isinstance(spread, Fixed):
        return math.isfinite(spread.value)
    if isinstance(spread, Normal):
        return math.isfinite(spread.mean) and 0 <= spread.sd < math.inf
    if not (math.isfinite(spread.low) and math.isfinite(spread.high)):
        return False
    if isinstance(spread, Uniform):
        return spread.low <= spread.high
    if isinstance(spread, Pert) and not 0 < spread.weight < 1000:
        return False
    return spread.low <= spread.likely <= spread.high


def pert_moments(low: float, likely: float, high: float) -> tuple[float, float]:
    """Classic PERT's mean (a + 4m + b) / 6 and standard deviation (b − a) / 6."""
    return (low + 4 * likely + high) / 6, (high - low) / 6


def prosjektveiviseren_mean(optimistic: float, likely: float, pessimistic: float) -> float:
    """Prosjektveiviseren's adjusted estimate (MO + 3·MS + MP) / 5, whichever of them is largest."""
    return (optimistic + 3 * likely + pessimistic) / 5


def erlang_moments(p10: float, likely: float, p90: float) -> tuple[float, float]:
    """Successive calculation's mean (P10 + 0.42·mode + P90) / 2.42 and standard deviation
    (P90 − P10) / 2.53, exact to a few per mille for an Erlang distribution of shape 10.
    """
    return (p10 + 0.42 * likely + p90) / 2.42, (p90 - p10) / 2.53


def formula_moments(points: ThreePoint, reading: Reading) -> tuple[float, float]:
    """Mean and standard deviation by the formula people know a reading by.

    PERT's and successive calculation's own; the mean of Prosjektveiviseren's with the deviation of
    its distribution; the exact moments of the others.
    """
    reading = points.reading or reading
    low, likely, high = points.low, points.likely, points.high
    if reading is Reading.PERT:
        return pert_moments(low, likely, high)
    if reading is Reading.ERLANG:
        return erlang_moments(low, likely, high)
    spread = read_three_points(points, reading)
    return spread.mean, math.sqrt(spread.variance)


LARGEST_SHAPE = 1e8
"""The gamma distribution with this shape is taken for the normal one."""


@lru_cache(maxsize=4096)
def gamma_shape(lean: float) -> float:
    """The gamma shape whose mode lies at `lean` (0–0.5) between P10 and P90; by bisection."""
    low, high = math.log(1.01), math.log(LARGEST_SHAPE)
    for _ in range(40):
        middle = (low + high) / 2
        shape = math.exp(middle)
        p10, p90 = gamma_percentiles(shape)
        if (shape - 1 - p10) / (p90 - p10) < lean:
            low = middle
        else:
            high = middle
    return math.exp((low + high) / 2)


@lru_cache(maxsize=65_536)
def gamma_percentiles(shape: float) -> tuple[float, float]:
    """P10 and P90 of the gamma distribution with scale 1, by integration."""
    from planengine.risk.shapes import gamma_quantiles

    p10, p90 = gamma_quantiles(shape, (0.1, 0.9))
    return p10, p90
