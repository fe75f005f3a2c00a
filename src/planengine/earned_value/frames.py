"""The Norwegian state project model's money frames: P50 to the agency, P85 with the owner.

Base estimate (with what is not specified) + expected addition = P50 = steering frame; + contingency
= P85; less the cut list = cost frame (Ministry of Finance, R-108; statens prosjektmodell).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist


@dataclass(frozen=True, slots=True)
class Frames:
    """P50 and P85 of a cost and the cut list that may be dropped, all in the same unit of money."""

    p50: float
    p85: float
    cut_list: float = 0

    @property
    def steering_frame(self) -> float:
        """What the executing agency may use: P50."""
        return self.p50

    @property
    def contingency(self) -> float:
        """Set aside for uncertainty and released by the owner: P85 − P50."""
        return self.p85 - self.p50

    @property
    def cost_frame(self) -> float:
        """The owner's upper limit: P85 less the cut list."""
        return self.p85 - self.cut_list

    @property
    def contingency_share(self) -> float | None:
        """Contingency over P50; `None` when P50 is zero."""
        return self.contingency / self.p50 if self.p50 else None


def frames_of_normal(mean: float, sd: float, cut_list: float = 0) -> Frames:
    """Frames of a normally distributed cost: P50 = mean, P85 = mean + 1.0364 · sd.

    Raises `ValueError` when `sd` is negative or not a number.
    """
    if not sd >= 0:
        raise ValueError("the standard deviation cannot be negative")
    return Frames(mean, mean + NormalDist().inv_cdf(0.85) * sd, cut_list)


def frames_of_estimate(
    base: float, unspecified: float, expected_addition: float, sd: float, cut_list: float = 0
) -> Frames:
    """Frames built up the state's way: base + unspecified + expected addition is P50."""
    return frames_of_normal(base + unspecified + expected_addition, sd, cut_list)


def frames_of_samples(costs: Sequence[float], cut_list: float = 0) -> Frames | None:
    """Frames of simulated costs: the smallest sample that 50 and 85 % do not exceed; `None`
    without samples.
    """
    if not len(costs):
        return None
    ordered = sorted(costs)

    def at(share: float) -> float:
        return float(ordered[max(math.ceil(share * len(ordered)) - 1, 0)])

    return Frames(at(0.50), at(0.85), cut_list)
