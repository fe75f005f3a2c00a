"""The report of how the money stands against the plan: one value behind page, API, PDF and Excel.

Whatever shows it, shows these numbers: whole hundredths, worked out once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import planengine as engine
from planengine import Forecast
from tospann.control.curves import Period, Step
from tospann.control.measuring import Measured, Point, Work
from tospann.control.ties import Tie


@dataclass(frozen=True)
class Group:
    """The lines of one part of the plan (``uid`` None: those that follow the calendar)."""

    uid: int | None
    number: str
    name: str
    bac: int
    pv: int
    ev: int
    ac: int
    expected: int

    @property
    def figures(self) -> engine.Figures:
        return engine.Figures(self.bac, self.pv, self.ev, self.ac)


@dataclass(frozen=True)
class Spender:
    """What has been paid to a supplier, or for a person's hours."""

    name: str
    amount: int
    hours: Decimal | None = None


@dataclass(frozen=True)
class Closing:
    """A month that is closed, and what was booked on it afterwards."""

    month: date
    last_booking: date
    late: int
    late_count: int


@dataclass(frozen=True)
class Report:
    """How a project's money stands against its plan at the end of a day."""

    on: date
    step: Step
    is_frozen: bool
    """Whether the plan has a baseline to be measured against."""
    work: Work
    groups: tuple[Group, ...]
    points: tuple[Point, ...]
    periods: tuple[Period, ...]
    suppliers: tuple[Spender, ...]
    people: tuple[Spender, ...] | None
    """None for those who may not see what an hour costs."""
    closings: tuple[Closing, ...] = ()
    hours: int = 0
    """What of it is people's hours that the reader is not shown one by one."""

    @property
    def rows(self) -> tuple[Measured, ...]:
        return self.work.rows

    @property
    def whole(self) -> Group:
        """All lines as one."""
        return _group(None, "", "", self.rows)

    @property
    def total(self) -> engine.Figures:
        return self.work.total

    @property
    def time(self) -> engine.TimeFigures:
        return self.work.time

    @property
    def expected(self) -> int:
        """Estimate at completion, from the lines' own forecasts."""
        return sum(row.expected for row in self.rows)

    @property
    def estimates(self) -> Mapping[str, int | None]:
        """Estimates at completion, by what is taken for granted of the rest."""
        return {
            "lines": self.expected,
            **{str(way): hundredths(self.total.eac(way)) for way in WAYS},
        }

    @property
    def behind(self) -> int:
        """Working days that the earned value lies behind; below zero: ahead."""
        return 0 if self.time.sv_t is None else -round(self.time.sv_t)

    @property
    def by_time(self) -> int:
        """How much of the budget is earned as the days go by, whatever is done."""
        return sum(row.bac for row in self.rows if row.place.tie is Tie.TIME)

    @property
    def is_measured(self) -> bool:
        """Whether there is anything whose progress the plan tells."""
        return any(row.place.tie is not Tie.TIME for row in self.rows)


WAYS = (Forecast.BUDGET_RATE, Forecast.CPI, Forecast.CPI_SPI)


def hundredths(value: float | None) -> int | None:
    """A computed amount to the nearest hundredth, half away from zero."""
    if value is None:
        return None
    return int(Decimal(repr(float(value))).quantize(Decimal(1), ROUND_HALF_UP))


def kroner(amount: int | None) -> Decimal | None:
    """Whole hundredths as kroner with two decimals."""
    return None if amount is None else Decimal(amount).scaleb(-2)


def grouped(work: Work, plan: engine.Plan) -> tuple[Group, ...]:
    """The lines by the part of the plan they belong to, in the plan's order, the calendar last."""
    numbers = engine.outline_numbers(plan)
    names = {one.uid: one.name for one in plan.activities}
    order = {one.uid: place for place, one in enumerate(plan.activities)}
    tops = {row.top for row in work.rows}
    ordered = sorted(tops, key=lambda uid: len(order) if uid is None else order[uid])
    return tuple(
        _group(uid, numbers.get(uid, "") if uid else "", names.get(uid, "") if uid else "", rows)
        for uid in ordered
        if (rows := [row for row in work.rows if row.top == uid])
    )


def _group(uid: int | None, number: str, name: str, rows: Sequence[Measured]) -> Group:
    sums = [sum(getattr(row, key) for row in rows) for key in ("bac", "pv", "ev", "ac", "expected")]
    return Group(uid, number, name, *sums)
