"""Reading the budget through the REST API. Changes go through the commands (config/expose.py)."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from tospann.budget import headroom, queries
from tospann.budget.models import BudgetLine
from tospann.foundation.authority import Actor
from tospann.foundation.records import reference
from tospann.projects import queries as projects

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
    forecast: Decimal
    running_per_week: Decimal
    managers_reserve: ReserveShown
    owners_reserve: ReserveShown
    limits: list[LimitShown]


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # authentication set it
    return actor


@router.get("/projects/{key}/budget", response=BudgetShown, summary="The project's money")
def budget(request: HttpRequest, key: str) -> dict[str, Any]:
    """Lines, reserves, sums by phase and month, and how far the limits on changes reach."""
    project = projects.project(_actor(request), key)
    money, head = queries.money(project), queries.budget(project)
    listed = {line.pk: line for line in queries.lines(project)}
    return {
        **{name: getattr(money, name) for name in _SAME},
        "reference": reference(head) if head else None,
        "version": head.version if head else None,
        "lines": [_line(listed[line.id]) for line in money.lines if line.id in listed],
        "by_month": [{"month": m, "amount": amount} for m, amount in money.by_period.items()],
        "managers_reserve": money.manager,
        "owners_reserve": money.owner,
        "limits": headroom.of(project, money),
    }


_SAME = (
    *("by_phase", "planned", "total", "approved", "agreed", "phase_start"),
    *("change", "change_in_phase", "spent", "forecast", "running_per_week"),
)


def _line(line: BudgetLine) -> dict[str, Any]:
    shown = {name: getattr(line, name) for name in LineShown.model_fields if name != "reference"}
    return {**shown, "reference": reference(line)}
