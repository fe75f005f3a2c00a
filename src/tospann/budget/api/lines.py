"""Reading the budget through the REST API."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from tospann.budget import headroom, queries
from tospann.budget.closing import closed_until
from tospann.budget.models import Budget, BudgetLine
from tospann.budget.queries import forecast as forecasts
from tospann.budget.queries import frames as framed
from tospann.budget.veiling import Veil, veil
from tospann.foundation.authority import Actor
from tospann.foundation.records import reference
from tospann.projects import queries as projects
from tospann.projects.models import Project

router = Router(tags=["budget"])


class LineShown(Schema):
    """A budget line: what for, when, how much; what it has cost and is expected to cost."""

    id: UUID
    reference: str
    version: int
    number: int
    code: str
    name: str
    phase_id: UUID | None
    starts_on: date | None
    ends_on: date | None
    activity_uid: int | None
    amount: Decimal
    approved: Decimal | None
    spent: Decimal
    forecast: Decimal | None
    is_running: bool
    cost_type: str
    wbs: str
    vat_code: str
    with_vat: bool
    currency: str
    currency_amount: Decimal | None
    committed: Decimal
    accrued: Decimal
    costed_at: datetime | None


class ReserveShown(Schema):
    """Money set aside, and what is left of it."""

    set_aside: Decimal
    left: Decimal
    released: Decimal
    released_in_phase: Decimal


class PhaseMoney(Schema):
    """What the lines of a phase add up to; of no phase when phase_id is null."""

    phase_id: UUID | None
    name: str
    amount: Decimal
    approved: Decimal
    spent: Decimal
    forecast: Decimal


class MonthShown(Schema):
    """What is to be used in a month, named by its first day."""

    month: date
    amount: Decimal


class LimitShown(Schema):
    """A limit on changes of money: how it stands, and who decides beyond it."""

    label: str
    now: str
    limit: str
    who: str
    is_beyond: bool


class FramesShown(Schema):
    """Steering frame (P50), P85 and cost frame: P85 less what the cut list can save."""

    base_estimate: Decimal
    unspecified: Decimal
    expected_addition: Decimal
    steering_frame: Decimal
    contingency: Decimal
    p85: Decimal
    cuts: Decimal
    cost_frame: Decimal
    source: str


class CutShown(Schema):
    """A prepared reduction."""

    id: UUID
    name: str
    amount: Decimal
    decide_by: date | None
    consequence: str
    state: str


class FundingShown(Schema):
    """Somebody who pays."""

    id: UUID
    name: str
    amount: Decimal
    received: Decimal
    is_agreed: bool


class ForecastLine(Schema):
    """A line's forecast at completion: from what is known of it, and by the trend so far."""

    line_id: UUID
    planned: Decimal
    incurred: Decimal
    committed: Decimal
    bottom_up: Decimal
    trend: Decimal


class ForecastShown(Schema):
    """The forecast at completion. Each sum is the sum of its lines."""

    amount: Decimal
    planned: Decimal
    incurred: Decimal
    committed: Decimal
    bottom_up: Decimal
    trend: Decimal
    lines: list[ForecastLine]


class BudgetShown(Schema):
    """A project's money. Changes are counted from ``agreed`` and ``phase_start``."""

    reference: str | None
    version: int | None
    lines: list[LineShown]
    by_phase: list[PhaseMoney]
    by_month: list[MonthShown]
    planned: Decimal
    total: Decimal
    approved: Decimal | None
    agreed: Decimal | None
    phase_start: Decimal | None
    change: Decimal
    change_in_phase: Decimal
    spent: Decimal
    spent_apart: Decimal
    """What of ``spent`` is on no line here: hours, for those who may not see rates."""
    forecast: Decimal
    running_per_week: Decimal
    managers_reserve: ReserveShown
    owners_reserve: ReserveShown
    limits: list[LimitShown]
    committed: Decimal
    accrued: Decimal
    closed_until: date | None
    forecast_at_completion: ForecastShown
    frames: FramesShown | None
    cut_list: list[CutShown]
    funding: list[FundingShown]


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # authentication set it
    return actor


@router.get("/projects/{key}/budget", response=BudgetShown, summary="The project's money")
def budget(request: HttpRequest, key: str) -> dict[str, Any]:
    """Lines, reserves, sums by phase and month, and how far the limits on changes reach."""
    actor = _actor(request)
    project = projects.project(actor, key)
    seen = veil(actor, project.pk)
    money, head = queries.money(project, seen), queries.budget(project)
    listed = {line.pk: line for line in queries.lines(project)}
    return {
        **{name: getattr(money, name) for name in _SAME},
        "reference": reference(head) if head else None,
        "version": head.version if head else None,
        "lines": [_line(listed[line.id], seen) for line in money.lines if line.id in listed],
        "by_month": [{"month": m, "amount": amount} for m, amount in money.by_period.items()],
        "managers_reserve": money.manager,
        "owners_reserve": money.owner,
        "limits": headroom.of(project, money),
        "spent_apart": seen.apart,
        **_beside(project, money, head),
    }


def _beside(project: Project, money: queries.Money, head: Budget | None) -> dict[str, Any]:
    cuts = framed.cuts(project)
    return {
        "closed_until": closed_until(project.pk),
        "forecast_at_completion": _forecast(forecasts.forecast(project, money)),
        "frames": framed.frames(head, cuts),
        "cut_list": cuts,
        "funding": framed.fundings(project),
    }


def _forecast(found: forecasts.Forecast) -> dict[str, Any]:
    sums = ("amount", "planned", "incurred", "committed", "bottom_up", "trend")
    lines = [
        {
            "line_id": one.line.id,
            "planned": one.planned,
            "incurred": one.line.incurred,
            "committed": one.line.committed,
            "bottom_up": one.bottom_up,
            "trend": one.trend,
        }
        for one in found.lines
    ]
    return {**{name: getattr(found, name) for name in sums}, "lines": lines}


_SAME = (
    *("by_phase", "planned", "total", "approved", "agreed", "phase_start"),
    *("change", "change_in_phase", "spent", "forecast", "running_per_week"),
    *("committed", "accrued"),
)


def _line(line: BudgetLine, seen: Veil) -> dict[str, Any]:
    shown = {name: getattr(line, name) for name in LineShown.model_fields if name != "reference"}
    return {**shown, "reference": reference(line), "spent": seen.spent(line.pk, line.spent)}
