"""What costs and benefits of three numbers each come to together, and how sure that is. Pure.

Means and deviations follow the formula of each reading; variances are added with the correlations
between the amounts (the second-moment method): var = Σ Σ ρij·σi·σj.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from planengine.earned_value import Frames, frames_of_normal
from planengine.model import ThreePoint
from planengine.risk import Reading, formula_moments
from tospann.budget.money import rounded

MOST_AMOUNTS = 100


class Impossible(ValueError):
    """Amounts or correlations that cannot be: a sentence that says which."""


@dataclass(frozen=True)
class Estimated:
    """An amount in kroner of three numbers, low ≤ likely ≤ high; a cost unless a benefit."""

    name: str
    low: Decimal
    likely: Decimal
    high: Decimal
    is_benefit: bool = False

    @property
    def optimistic(self) -> Decimal:
        """The low one of a cost, the high one of a benefit."""
        return self.high if self.is_benefit else self.low

    @property
    def pessimistic(self) -> Decimal:
        return self.low if self.is_benefit else self.high


@dataclass(frozen=True)
class Sum:
    """What some amounts come to; ``expected`` and ``sd`` are unrounded."""

    likely: Decimal
    optimistic: Decimal
    pessimistic: Decimal
    expected: float
    sd: float


@dataclass(frozen=True)
class Together:
    """Each amount on its own, all costs, all benefits, and benefits less costs."""

    amounts: tuple[tuple[Estimated, Sum], ...]
    costs: Sum
    benefits: Sum
    net: Sum

    @property
    def frames(self) -> Frames:
        """P50 and P85 of the costs, taken as normally distributed, as a sum of many parts is."""
        return frames_of_normal(self.costs.expected, self.costs.sd)


Matrix = Sequence[Sequence[float]]


def together(amounts: Sequence[Estimated], reading: Reading, correlations: Matrix) -> Together:
    """Everything added up. Raises ``Impossible``."""
    check(amounts, correlations)
    ore = [_in_ore(one) for one in amounts]
    moments = [formula_moments(points, reading) for points in ore]
    means = [mean / 100 for mean, _sd in moments]
    deviations = [sd / 100 for _mean, sd in moments]

    def added(signs: Sequence[int]) -> Sum:
        parts = list(zip(signs, amounts, strict=True))
        return Sum(
            sum((sign * one.likely for sign, one in parts), Decimal(0)),
            sum((sign * one.optimistic for sign, one in parts), Decimal(0)),
            sum((sign * one.pessimistic for sign, one in parts), Decimal(0)),
            math.fsum(sign * mean for sign, mean in zip(signs, means, strict=True)),
            _deviation([s * sd for s, sd in zip(signs, deviations, strict=True)], correlations),
        )

    places = range(len(amounts))
    return Together(
        tuple((one, added([int(n == place) for n in places])) for place, one in enumerate(amounts)),
        added([0 if one.is_benefit else 1 for one in amounts]),
        added([1 if one.is_benefit else 0 for one in amounts]),
        added([1 if one.is_benefit else -1 for one in amounts]),
    )


def alike(amounts: Sequence[Estimated], correlation: float) -> list[list[float]]:
    """One correlation between all costs, and between all benefits; none across."""
    return [
        [
            1.0 if n == m else correlation if one.is_benefit == two.is_benefit else 0.0
            for m, two in enumerate(amounts)
        ]
        for n, one in enumerate(amounts)
    ]


def check(amounts: Sequence[Estimated], correlations: Matrix) -> None:
    """Raise ``Impossible`` for numbers out of order and correlations that contradict each other."""
    if len(amounts) > MOST_AMOUNTS:
        raise Impossible(_("At most 100 amounts."))
    for one in amounts:
        if not one.low <= one.likely <= one.high:
            said = _("%(name)s: the numbers must be given from the lowest to the highest.")
            raise Impossible(said % {"name": one.name})
    _check_correlations(correlations, len(amounts))


def _check_correlations(rows: Matrix, size: int) -> None:
    if len(rows) != size or any(len(row) != size for row in rows):
        raise Impossible(_("There must be one correlation for each pair of amounts."))
    for n, row in enumerate(rows):
        for m, value in enumerate(row):
            if not -1 <= value <= 1 or value != rows[m][n] or (n == m and value != 1):
                raise Impossible(_("Correlations lie between −1 and 1, the same both ways."))
    if size and not _is_possible(rows):
        raise Impossible(
            _("These correlations contradict each other: no amounts can vary together like that.")
        )


def _is_possible(rows: Matrix) -> bool:
    """Whether the matrix has no negative eigenvalue."""
    import numpy as np

    return bool(np.linalg.eigvalsh(np.array(rows, dtype=float)).min() >= -1e-9)


def _deviation(deviations: Sequence[float], correlations: Matrix) -> float:
    variance = math.fsum(
        rho * deviations[n] * deviations[m]
        for n, row in enumerate(correlations)
        for m, rho in enumerate(row)
    )
    return math.sqrt(max(variance, 0.0))


def _in_ore(one: Estimated) -> ThreePoint:
    low, likely, high = (int(100 * rounded(each)) for each in (one.low, one.likely, one.high))
    return ThreePoint(low, likely, high)
