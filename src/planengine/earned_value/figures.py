"""The formulas of earned value in money: variances, indices, estimates at completion.

Sources: ISO 21508 and PMI's practice standard for the definitions; nothing is rounded, because an
index rounded before a division moves an estimate by thousands. What is undefined is `None`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Forecast(StrEnum):
    """What is assumed of the work that remains; each is one formula for the estimate at completion.

    `BUDGET_RATE`: at the budgeted rate, AC + (BAC − EV). `CPI`: at the cost efficiency so far,
    BAC / CPI. `SPI`: AC + (BAC − EV) / SPI. `CPI_SPI`: both, AC + (BAC − EV) / (CPI · SPI).
    `WEIGHTED`: AC + (BAC − EV) / (0.8 · CPI + 0.2 · SPI).
    """

    BUDGET_RATE = "budget_rate"
    CPI = "cpi"
    SPI = "spi"
    CPI_SPI = "cpi_spi"
    WEIGHTED = "weighted"


COST_WEIGHT, SCHEDULE_WEIGHT = 0.8, 0.2
"""Weights of CPI and SPI in `Forecast.WEIGHTED`, the customary ones."""


def ratio(part: float | None, whole: float | None) -> float | None:
    """`part / whole`; `None` when either is unknown or `whole` is zero."""
    if part is None or not whole:
        return None
    return part / whole


def difference(one: float | None, other: float | None) -> float | None:
    """`one − other`; `None` when either is unknown."""
    return None if one is None or other is None else one - other


@dataclass(frozen=True, slots=True)
class Figures:
    """Budget at completion, planned value, earned value and actual cost at one moment.

    All four are money in one unit (hundredths when they come from a plan) and `None` when unknown.
    Every property is unrounded and `None` where its formula divides by nothing or needs an unknown.
    """

    bac: float | None
    pv: float | None
    ev: float | None
    ac: float | None

    @property
    def cv(self) -> float | None:
        """Cost variance, EV − AC; negative is over budget."""
        return difference(self.ev, self.ac)

    @property
    def sv(self) -> float | None:
        """Schedule variance, EV − PV, in money; negative is behind."""
        return difference(self.ev, self.pv)

    @property
    def cpi(self) -> float | None:
        """Cost performance index, EV / AC."""
        return ratio(self.ev, self.ac)

    @property
    def spi(self) -> float | None:
        """Schedule performance index, EV / PV. Returns to 1 on a late project; see `SPI(t)`."""
        return ratio(self.ev, self.pv)

    @property
    def percent_complete(self) -> float | None:
        """EV / BAC, 0–1."""
        return ratio(self.ev, self.bac)

    @property
    def percent_spent(self) -> float | None:
        """AC / BAC; more than 1 when overspent."""
        return ratio(self.ac, self.bac)

    @property
    def remaining(self) -> float | None:
        """Budgeted cost of the work that remains, BAC − EV."""
        return difference(self.bac, self.ev)

    def factor(self, forecast: Forecast) -> float | None:
        """The performance the remaining work is assumed to have (1 is as budgeted)."""
        if forecast is Forecast.BUDGET_RATE:
            return 1.0
        if forecast is Forecast.CPI:
            return self.cpi
        if forecast is Forecast.SPI:
            return self.spi
        if self.cpi is None or self.spi is None:
            return None
        if forecast is Forecast.CPI_SPI:
            return self.cpi * self.spi
        return COST_WEIGHT * self.cpi + SCHEDULE_WEIGHT * self.spi

    def etc(self, forecast: Forecast = Forecast.CPI) -> float | None:
        """Estimate to complete: the remaining budget over the assumed performance."""
        return ratio(self.remaining, self.factor(forecast))

    def eac(self, forecast: Forecast = Forecast.CPI) -> float | None:
        """Estimate at completion, AC + ETC (with `Forecast.CPI` the same as BAC / CPI)."""
        return self.eac_bottom_up(self.etc(forecast))

    def eac_bottom_up(self, etc: float | None) -> float | None:
        """Estimate at completion from a new estimate of what remains, AC + ETC."""
        return None if self.ac is None or etc is None else self.ac + etc

    def vac(self, forecast: Forecast = Forecast.CPI) -> float | None:
        """Variance at completion, BAC − EAC; negative is an expected overrun."""
        return difference(self.bac, self.eac(forecast))

    @property
    def tcpi(self) -> float | None:
        """To-complete performance index towards the budget, (BAC − EV) / (BAC − AC).

        Negative when more than the budget is spent: the budget cannot be met.
        """
        return self.tcpi_to(self.bac)

    def tcpi_to(self, target: float | None) -> float | None:
        """To-complete performance index towards a target such as an EAC.

        (BAC − EV) / (target − AC); towards `eac(Forecast.CPI)` it is the CPI itself.
        """
        return ratio(self.remaining, difference(target, self.ac))
