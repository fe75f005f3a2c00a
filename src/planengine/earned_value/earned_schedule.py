"""Earned schedule: earned value read along the time axis (Lipke, "Schedule is different", 2003)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from planengine.earned_value.figures import difference, ratio


def earned_schedule(
    planned: Sequence[float], earned: float, at: float | None = None
) -> float | None:
    """The time, in periods, at which `earned` should have been earned: C + (EV − PV_C) / (PV_C+1 −
    PV_C).

    `planned[i]` is the cumulative planned value after `i` periods, never falling, `planned[0]` at
    the start. Nothing earned is time 0, everything earned the first period the whole is planned.
    Where the curve is flat at `earned` (a holiday) the answer is the point nearest `at`, or the end
    of the flat when `at` is not given. `None` when nothing is planned.
    """
    if not planned or planned[-1] <= 0:
        return None
    if earned <= 0:
        return 0.0
    total = planned[-1]
    if earned >= total:
        return float(bisect_left(planned, total))
    first, beyond = bisect_left(planned, earned), bisect_right(planned, earned)
    if beyond > first:
        return float(min(max(at, first), beyond - 1)) if at is not None else float(beyond - 1)
    below = planned[beyond - 1] if beyond else 0.0
    return beyond - 1 + (earned - below) / (planned[beyond] - below)


@dataclass(frozen=True, slots=True)
class TimeFigures:
    """Earned schedule, actual time and planned duration, all in one unit of time from the planned
    start; `None` when unknown.
    """

    es: float | None
    at: float | None
    pd: float | None

    @property
    def sv_t(self) -> float | None:
        """Schedule variance in time, ES − AT; negative is behind."""
        return difference(self.es, self.at)

    @property
    def spi_t(self) -> float | None:
        """Schedule performance index in time, ES / AT; stays below 1 on a late project."""
        return ratio(self.es, self.at)

    @property
    def ieac_t(self) -> float | None:
        """Independent estimate of the whole duration, PD / SPI(t)."""
        return ratio(self.pd, self.spi_t)

    def eac_t(self, performance: float | None = 1.0) -> float | None:
        """Estimated whole duration, AT + (PD − ES) / performance.

        `performance` is 1 (the rest as planned), SPI(t), or SPI(t) · CPI.
        """
        rest = ratio(difference(self.pd, self.es), performance)
        return None if rest is None or self.at is None else self.at + rest
