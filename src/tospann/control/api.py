"""Money against the plan through the REST API: the same figures as the page, to the øre."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from planengine.risk import Reading
from tospann.control import queries
from tospann.control.curves import Period, Step
from tospann.control.measuring import Measured, Point
from tospann.control.report import Group, Report, Spender, kroner
from tospann.control.three_points import (
    MOST_AMOUNTS,
    Estimated,
    Impossible,
    Together,
    alike,
    together,
)
from tospann.control.worth import STATE_RATE, Worth, worth
from tospann.foundation.authority import Actor
from tospann.foundation.errors import Gone, Invalid
from tospann.projects import queries as projects

router = Router(tags=["control"])
Key = Annotated[str, Field(max_length=20, description="The project's key, such as HALL")]
By = Annotated[Literal["month", "week"], Query(description="How long a period is")]


class ControlFigures(Schema):
    """Budget at completion, planned, earned and spent so far; what follows from them.

    Indices are unrounded, and null where they cannot be worked out.
    """

    bac: Decimal
    pv: Decimal
    ev: Decimal
    ac: Decimal
    cv: Decimal
    sv: Decimal
    cpi: float | None
    spi: float | None
    expected: Decimal
    """What it is expected to cost in the end, by the lines' own forecasts."""


class ControlLine(ControlFigures):
    """A budget line, and what its earned value is measured by: task, wbs, phase, or time."""

    id: UUID | None
    number: int
    code: str
    name: str
    measured_by: str
    activity_uid: int | None


class ControlPart(ControlFigures):
    """The lines of a part of the plan; of none when activity_uid is null."""

    activity_uid: int | None
    number: str
    name: str


class ControlTotal(ControlFigures):
    """The whole project, with the indices of time and the needed one."""

    percent_complete: float | None
    percent_spent: float | None
    spi_t: float | None
    tcpi: float | None
    es: float | None
    """Earned schedule, actual time and planned duration in working days of the plan."""
    at: float | None
    pd: float | None
    sv_t: float | None
    ieac_t: float | None
    """Estimated whole duration: as the pace has been; ``eac_t``: the rest as planned."""
    eac_t: float | None
    starts_on: date | None
    planned_finish: date | None
    earned_on: date | None
    forecast_finish: date | None


class ControlEstimates(Schema):
    """Estimates at completion: by the lines, at the budget's rate, by CPI, and by CPI and SPI."""

    lines: Decimal
    budget_rate: Decimal | None
    cpi: Decimal | None
    cpi_spi: Decimal | None


class ControlPoint(Schema):
    """Added up until the end of a day; earned and spent are null after today, forecast before."""

    on: date
    pv: Decimal
    ev: Decimal | None
    ac: Decimal | None
    forecast: Decimal | None


class ControlPeriod(Schema):
    """A week or a month: what was planned, earned, spent and is expected in it."""

    first: date
    last: date
    planned: Decimal
    earned: Decimal | None
    spent: Decimal | None
    expected: Decimal | None
    cost_variance: Decimal | None
    schedule_variance: Decimal | None


class ControlSpender(Schema):
    """What a supplier has had, or a person's hours have cost; the rest has no name."""

    name: str
    amount: Decimal
    hours: Decimal | None


class ControlMonth(Schema):
    """A closed month, and what was booked in it afterwards."""

    month: date
    last_booking: date
    late: Decimal
    late_count: int


class ControlShown(Schema):
    """How the money stands against the plan today."""

    on: date
    is_frozen: bool
    by_time: Decimal
    """How much of the budget is earned as the days go by, whatever is done."""
    total: ControlTotal
    estimates: ControlEstimates
    lines: list[ControlLine]
    parts: list[ControlPart]
    series: list[ControlPoint]
    periods: list[ControlPeriod]
    suppliers: list[ControlSpender]
    people: list[ControlSpender] | None
    """Null for those who may not see what an hour costs."""
    closed_months: list[ControlMonth]


@router.get(
    "/projects/{key}/control", response=ControlShown, summary="Earned value, series and indices"
)
def control(request: HttpRequest, key: Key, by: By = "month") -> dict[str, Any]:
    """Earned value of the budget measured on the plan: indices, variances, curves, cash flow."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # authentication set it
    found = queries.report(projects.project(actor, key), actor, Step(by))
    if found is None:
        raise Gone
    return shown(found)


class YearShown(Schema):
    """A year's amount, what it is worth today, and what has come back by then."""

    number: int
    net: float
    present: float
    accumulated: float


class WorthShown(Schema):
    """What the amounts are worth today; break-even rates in per cent, year of payback from 1."""

    value: float
    undiscounted: float
    payback_year: int | None
    break_even: list[float]
    years: list[YearShown]


@router.get(
    "/projects/{key}/net-present-value",
    response=WorthShown,
    summary="What yearly amounts are worth",
)
def net_present_value(
    request: HttpRequest,
    key: Key,
    flows: Annotated[list[float], Query(max_length=100, description="Year by year")],
    rate: Annotated[float, Query(ge=-50, le=100, description="Per cent a year")] = STATE_RATE,
    end_of_year: bool = False,
) -> Worth:
    """Discounted with the first year whole, or every amount at the end of its year."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # authentication set it
    projects.project(actor, key)
    return worth(flows, rate, first_counts_whole=not end_of_year)


class ThreePointSum(Schema):
    """Kroner; the optimistic amount of a cost is the low one. Expected and sd are unrounded."""

    likely: Decimal
    optimistic: Decimal
    pessimistic: Decimal
    expected: float
    sd: float


class ThreePointSums(Schema):
    """The costs, the benefits, benefits less costs, and P50 and P85 of the costs."""

    amounts: list[ThreePointSum]
    costs: ThreePointSum
    benefits: ThreePointSum
    net: ThreePointSum
    p50: float
    p85: float


class Amounts(Schema):
    """Amounts side by side: the same place in each list is the same amount."""

    low: list[Decimal] = Field(max_length=MOST_AMOUNTS)
    likely: list[Decimal] = Field(max_length=MOST_AMOUNTS)
    high: list[Decimal] = Field(max_length=MOST_AMOUNTS)
    benefit: list[bool] = Field([], description="Which are benefits; none when left out")
    reading: Reading = Reading.ERLANG
    correlation: float = Field(0, ge=0, le=1, description="Of all costs, and of all benefits")
    correlations: list[float] = Field(
        [], max_length=MOST_AMOUNTS**2, description="Of each pair instead, row by row"
    )


@router.get(
    "/projects/{key}/three-point-sums",
    response=ThreePointSums,
    summary="What costs and benefits of three numbers come to",
)
def three_point_sums(request: HttpRequest, key: Key, asked: Query[Amounts]) -> dict[str, Any]:
    """Means are added, variances with their correlations. 422 for what cannot be."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # authentication set it
    projects.project(actor, key)
    try:
        found = _together(asked)
    except Impossible as error:
        raise Invalid(str(error)) from None
    return {
        "amounts": [row for _one, row in found.amounts],
        "costs": found.costs,
        "benefits": found.benefits,
        "net": found.net,
        "p50": found.frames.p50,
        "p85": found.frames.p85,
    }


def _together(asked: Amounts) -> Together:
    size = len(asked.low)
    benefit = asked.benefit or [False] * size
    if not len(asked.likely) == len(asked.high) == len(benefit) == size:
        raise Impossible(_("The lists must be equally long."))
    rows = zip(asked.low, asked.likely, asked.high, benefit, strict=True)
    amounts = [Estimated(str(place), *row) for place, row in enumerate(rows, 1)]
    matrix = [
        asked.correlations[n : n + size] for n in range(0, len(asked.correlations), size or 1)
    ]
    return together(amounts, asked.reading, matrix or alike(amounts, asked.correlation))


def shown(report: Report) -> dict[str, Any]:
    """The whole report as the API says it."""
    return {
        "on": report.on,
        "is_frozen": report.is_frozen,
        "by_time": kroner(report.by_time),
        "total": _total(report),
        "estimates": {name: kroner(amount) for name, amount in report.estimates.items()},
        "lines": [_line(row) for row in report.rows],
        "parts": [_part(group) for group in report.groups],
        "series": [_point(point) for point in report.points],
        "periods": [_period(period) for period in report.periods],
        "suppliers": _spenders(report.suppliers),
        "people": None if report.people is None else _spenders(report.people),
        "closed_months": [
            {
                "month": one.month,
                "last_booking": one.last_booking,
                "late": kroner(one.late),
                "late_count": one.late_count,
            }
            for one in report.closings
        ],
    }


def _figures(row: Measured | Group) -> dict[str, Any]:
    figures = row.figures
    return {
        **{name: kroner(getattr(row, name)) for name in ("bac", "pv", "ev", "ac", "expected")},
        "cv": kroner(row.ev - row.ac),
        "sv": kroner(row.ev - row.pv),
        "cpi": figures.cpi,
        "spi": figures.spi,
    }


def _total(report: Report) -> dict[str, Any]:
    whole, time, work = report.total, report.time, report.work
    return {
        **_figures(report.whole),
        **{name: getattr(whole, name) for name in ("percent_complete", "percent_spent", "tcpi")},
        **{name: getattr(time, name) for name in ("spi_t", "es", "at", "pd", "sv_t", "ieac_t")},
        "eac_t": time.eac_t(),
        "starts_on": work.starts_on,
        "planned_finish": work.planned_finish,
        "earned_on": work.earned_on,
        "forecast_finish": work.forecast_finish,
    }


def _line(row: Measured) -> dict[str, Any]:
    return {
        **_figures(row),
        "id": row.id,
        "number": row.number,
        "code": row.code,
        "name": row.name,
        "measured_by": str(row.place.tie),
        "activity_uid": row.place.uid,
    }


def _part(group: Group) -> dict[str, Any]:
    return {
        **_figures(group),
        "activity_uid": group.uid,
        "number": group.number,
        "name": group.name,
    }


def _point(point: Point) -> dict[str, Any]:
    amounts = {name: kroner(getattr(point, name)) for name in ("pv", "ev", "ac", "forecast")}
    return {"on": point.on, **amounts}


_AMOUNTS = ("planned", "earned", "spent", "expected", "cost_variance", "schedule_variance")


def _period(period: Period) -> dict[str, Any]:
    amounts = {name: kroner(getattr(period, name)) for name in _AMOUNTS}
    return {"first": period.first, "last": period.last, **amounts}


def _spenders(found: Sequence[Spender]) -> list[dict[str, Any]]:
    return [{"name": one.name, "amount": kroner(one.amount), "hours": one.hours} for one in found]
