"""What a simulation found."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Longs = npt.NDArray[np.int64]

PERCENTILES = (5, 10, 20, 30, 40, 50, 60, 70, 80, 85, 90, 95)
"""Percentiles people ask for."""


class Samples:
    """The simulated values of one quantity: instants, or hundredths. Read only."""

    __slots__ = ("_kept", "_offset", "_sorted")

    def __init__(self, values: Any, offset: int = 0) -> None:
        self._kept = values
        self._offset = offset
        self._sorted: Any = None

    def __len__(self) -> int:
        return len(self._kept)

    @property
    def values(self) -> Longs:
        """The values in the order they were drawn; sample j of one quantity belongs to sample j of
        every other.
        """
        found: Longs = self._kept.astype("int64") + self._offset
        return found

    @property
    def _ordered(self) -> Any:
        if self._sorted is None:
            import numpy as np

            self._sorted = np.sort(self._kept)
        return self._sorted

    def percentile(self, percent: float) -> int:
        """The smallest value that `percent` (0–100) of the samples do not exceed."""
        place = math.ceil(percent * len(self) / 100 - 1e-9) - 1
        return int(self._ordered[min(max(place, 0), len(self) - 1)]) + self._offset

    def percentiles(self, wanted: Sequence[float] = PERCENTILES) -> dict[float, int]:
        """Several percentiles."""
        return {percent: self.percentile(percent) for percent in wanted}

    def chance(self, limit: int) -> float:
        """The share of samples no greater than a limit, 0–1: the chance to keep a date or a sum."""
        return int(self._ordered.searchsorted(limit - self._offset, side="right")) / len(self)

    @property
    def mean(self) -> float:
        """The mean."""
        return float(self._kept.mean()) + self._offset

    @property
    def sd(self) -> float:
        """The standard deviation."""
        return float(self._kept.std())

    def histogram(self, bins: int = 40) -> list[tuple[int, int, int]]:
        """(from, to, number of samples) of at most `bins` bins of equal width, ascending."""
        import numpy as np

        first, last = self.percentile(0), self.percentile(100)
        width = max(-(-(last - first + 1) // bins), 1)
        counts = np.bincount((self.values - first) // width)
        return [
            (first + place * width, first + (place + 1) * width, int(count))
            for place, count in enumerate(counts)
        ]


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """One bar of a tornado: how an activity, or an event, moves the finish (or the cost).

    `correlation` is Spearman's rank correlation of the activity's duration with the finish (of its
    cost with the cost), −1 to 1. `early` and `late` are the mean finish (cost) of the tenth of the
    samples with the smallest and the largest value, or of those without and with the event.
    `uid` names an activity, `event` an event's key.
    """

    uid: int | None
    event: str | None
    correlation: float
    early: int
    late: int


@dataclass(frozen=True, slots=True)
class RiskResult:
    """A simulation. `finish` is the plan's; `finishes` those of milestones, activities with a
    deadline and what was asked for, by uid; `cost` the plan's, in hundredths.

    `criticality` gives the share of samples (0–1) in which each leaf activity decided the finish.
    `scheduled_finish` and `scheduled_cost` are without uncertainty. `tornado` and
    `cost_tornado` have the largest bar first.
    `pinned` names activities that stand still in the simulation because the schedule holds them
    against their links; `uncertain` counts activities and events left to chance.
    """

    samples: int
    seed: int
    finish: Samples
    finishes: Mapping[int, Samples]
    cost: Samples
    scheduled_finish: int
    scheduled_cost: int
    criticality: Mapping[int, float]
    tornado: tuple[Sensitivity, ...]
    cost_tornado: tuple[Sensitivity, ...]
    deadlines: Mapping[int, int]
    pinned: tuple[int, ...]
    uncertain: int

    def chance(self, limit: int, uid: int | None = None) -> float:
        """The chance that the plan, or an activity whose finish was kept, is done by an instant.

        Raises `KeyError` for an activity whose finish was not kept.
        """
        return (self.finish if uid is None else self.finishes[uid]).chance(limit)

    def deadline_chances(self) -> dict[int, float]:
        """The chance to keep each deadline, by uid."""
        return {uid: self.chance(limit, uid) for uid, limit in self.deadlines.items()}
