"""What is looked at across projects, in the REST API: the same figures as on the pages."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from tospann.conflicts import queries as conflicts
from tospann.foundation.authority import Actor
from tospann.portfolio.queries import (
    accuracy,
    benefits,
    capacity,
    decisions,
    gates,
    money,
    risk,
    timeline,
)

router = Router(tags=["portfolio"])
Limit = Annotated[int, Field(ge=1, le=200)]
Offset = Annotated[int, Field(ge=0, le=1_000_000)]
Page = Annotated[int, Field(ge=1, le=99_999)]


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # authentication set it
    return actor


class RiskAcross(Schema):
    """An open threat; ``owner`` is empty when nobody owns it."""

    project: str = Field(description="The project's key")
    number: int
    title: str
    probability: int
    impact: int
    exposure: int = Field(description="Probability times impact")
    level: str = Field(description="What the project's own matrix calls it")
    owner: str
    due_on: date | None


class RisksAcross(Schema):
    """A page of the high risks, the worst first."""

    items: list[RiskAcross]
    count: int


@router.get("/portfolio/risk", response=RisksAcross, summary="High risks across projects")
def risks(request: HttpRequest, limit: Limit = 100, offset: Offset = 0) -> dict[str, Any]:
    """Open threats that are high or worse in the usual matrix."""
    found = risk.high(_actor(request))
    shown = ("project_id", "project__key", "number", "title", "kind", "probability", "impact")
    ordered = found.order_by("-level", "-exposure", "due_on", "project__key", "number")
    listed = ordered.values(*shown, "exposure", "due_on", "owner__name")[offset:][:limit]
    rows = [dict(row) for row in listed]
    risk.complete(rows)
    items = [
        {
            **row,
            "project": row["project__key"],
            "owner": row["owner__name"] or "",
            "level": row["own_level"].word if row["own_level"] else "",
        }
        for row in rows
    ]
    return {"items": items, "count": found.order_by().count()}


class SumsAcross(Schema):
    """Kroner; ``over`` is how far the forecast is above the budget."""

    amount: Decimal
    committed: Decimal
    incurred: Decimal
    forecast: Decimal
    over: Decimal
    reserve: Decimal


class ProjectMoneyAcross(Schema):
    """The money of one project."""

    key: str
    name: str
    sums: SumsAcross


class MoneyAcross(Schema):
    """Projects with a budget, their sums, and how many have none."""

    rows: list[ProjectMoneyAcross]
    total: SumsAcross
    without: int


@router.get("/portfolio/money", response=MoneyAcross, summary="Money across projects")
def money_across(request: HttpRequest, page: Page = 1) -> Any:
    """A hundred projects a page, those furthest above their budget first; sums are of all."""
    return money.of(_actor(request), {"page": page})


class IndicatorAcross(Schema):
    """An indicator of a benefit that is not settled."""

    project: str
    benefit: str
    name: str
    due_on: date | None = Field(description="When it is to be measured next")
    full_from: date | None
    percent: int | None = Field(description="Of the way to the target; null until it can be told")
    is_behind: bool


class IndicatorsAcross(Schema):
    """A page of indicators, those due first."""

    items: list[IndicatorAcross]
    count: int


@router.get("/portfolio/benefits", response=IndicatorsAcross, summary="Benefits across projects")
def benefits_across(
    request: HttpRequest, which: Literal["due", "behind", "all"] = "due", limit: Limit = 100,
    offset: Offset = 0,
) -> dict[str, Any]:  # fmt: skip
    """Indicators to be measured within a month, and those that are behind."""
    found = benefits.table(_actor(request))
    if which != "all":
        found = benefits.due(found) if which == "due" else benefits.behind(found)
    shown = ("pk", "name", "target", "due_on", "full_from", "benefit__title", "project__key")
    listed = found.order_by("due_on", "project__key", "name", "pk").values(*shown)[offset:][:limit]
    rows = [dict(row) for row in listed]
    benefits.complete(rows)
    items = [
        {
            **row,
            "project": row["project__key"],
            "benefit": row["benefit__title"],
            "percent": row["reading"].percent,
        }
        for row in rows
    ]
    return {"items": items, "count": found.order_by().count()}


class MonthOfGates(Schema):
    """A month with gates; null for gates without a date."""

    first: date | None
    count: int


class GateAcross(Schema):
    """The next gate of a project. ``rules`` are points that data rules answer."""

    project: str
    code: str
    name: str
    due_on: date | None
    is_late: bool
    settled: int
    total: int
    rules: int
    rules_met: int | None = Field(description="As kept when the gate's case was submitted")
    waits: bool = Field(description="Its case waits for a decision")


class GatesAcross(Schema):
    """The months there are, and the gates of the one asked for."""

    months: list[MonthOfGates]
    items: list[GateAcross]


@router.get("/portfolio/gates", response=GatesAcross, summary="The next gates, by month")
def gates_across(
    request: HttpRequest, month: Annotated[str, Field(max_length=10)] = "", page: Page = 1
) -> dict[str, Any]:
    """``month`` is 2027-03; this month, or the next one with a gate, when nothing is said."""
    found = gates.calendar(_actor(request), {"month": month, "page": page})
    items = [{**row, "project": row["project__key"]} for row in found.rows]
    return {"months": found.months, "items": items}


class EventAcross(Schema):
    """Something on the timeline: milestone, gate, decision, or a case that waits."""

    day: date
    what: str
    name: str
    is_done: bool
    is_late: bool


class LineAcross(Schema):
    """What happens in one project in the twelve weeks around today."""

    key: str
    name: str
    events: list[EventAcross]


@router.get(
    "/portfolio/timeline", response=list[LineAcross], summary="Twelve weeks of the portfolio"
)
def timeline_across(request: HttpRequest, page: Page = 1) -> Any:
    """Twenty-five projects a page, what needs action first."""
    found = timeline.of(_actor(request), {"page": page})
    return [
        {"key": row.key, "name": row.name, "events": [one._asdict() for one in row.events]}
        for row in found.rows
    ]


class WaitingAcross(Schema):
    """A case that waits for a decision."""

    project: str
    number: int
    title: str
    need_by: date | None
    submitted_at: datetime | None


class DecidedAcross(Schema):
    """A decision that was taken."""

    project: str
    number: int
    title: str
    outcome: str
    decided_on: date


class ConflictWaiting(Schema):
    """A conflict between projects to resolve."""

    id: UUID
    reference: str
    title: str


class DecisionsAcross(Schema):
    """What waits, the conflicts between projects, and a page of what has been decided."""

    waiting: list[WaitingAcross]
    conflicts: list[ConflictWaiting]
    items: list[DecidedAcross]
    count: int


@router.get("/portfolio/decisions", response=DecisionsAcross, summary="Decisions across projects")
def decisions_across(
    request: HttpRequest, limit: Limit = 100, offset: Offset = 0
) -> dict[str, Any]:
    """At most fifty cases that wait; the decisions are the latest first."""
    actor = _actor(request)
    taken = decisions.taken(actor)
    shown = ("number", "title", "outcome", "decided_on", "project__key")
    rows = taken.order_by("-decided_on", "-recorded_at", "pk").values(*shown)[offset:][:limit]
    between = [(row["conflict"], row["title"]) for row in conflicts.listed(actor)]
    return {
        "waiting": [{**one, "project": one["project__key"]} for one in decisions.waiting(actor)],
        "conflicts": [{"id": c.pk, "reference": c.short_id, "title": said} for c, said in between],
        "items": [{**row, "project": row["project__key"]} for row in rows],
        "count": taken.order_by().count(),
    }


class HeldAcross(Schema):
    """How many days held, of how many that were reached."""

    held: int
    reached: int


class AccuracyCounts(Schema):
    """As planned, and by the days that were 50 and 80 per cent certain."""

    planned: HeldAcross
    held50: HeldAcross
    held80: HeldAcross


class ProjectAccuracyAcross(Schema):
    """How the forecasts of one project held."""

    key: str
    name: str
    counts: AccuracyCounts


class AccuracyAcross(Schema):
    """The organisation's forecasts, and those of a page of projects."""

    whole: AccuracyCounts
    projects: list[ProjectAccuracyAcross]


@router.get("/portfolio/accuracy", response=AccuracyAcross, summary="How forecasts held")
def accuracy_across(request: HttpRequest, page: Page = 1) -> dict[str, Any]:
    """The organisation's figures are of all projects; those named are the ones one may see."""
    found = accuracy.of(_actor(request), {"page": page})
    rows = [{"key": r.key, "name": r.name, "counts": _counts(r.counts)} for r in found.rows]
    return {"whole": _counts(found.whole), "projects": rows}


def _counts(found: Any) -> dict[str, Any]:
    names = ("planned", "held50", "held80")
    pairs = {name: getattr(found, name) for name in names}
    return {name: {"held": pair[0], "reached": pair[1]} for name, pair in pairs.items()}


class MonthOfWork(Schema):
    """Hours wanted and hours there are, in a month named by its first day."""

    month: date
    hours: float
    capacity: float


class PersonAcross(Schema):
    """A person's months."""

    name: str
    title: str
    months: list[MonthOfWork]


class CapacityAcross(Schema):
    """Fifty people a page."""

    people: list[PersonAcross]
    count: int


@router.get(
    "/portfolio/capacity", response=CapacityAcross, summary="Load against capacity, by month"
)
def capacity_across(
    request: HttpRequest, title: Annotated[str, Field(max_length=200)] = "", page: Page = 1
) -> dict[str, Any]:
    """What the projects one may see want of each who works in them, and the time there is."""
    found = capacity.of(_actor(request), {"title": title, "page": page})
    people = [
        {
            "name": row.name,
            "title": row.title,
            "months": [
                {"month": month, "hours": cell.hours, "capacity": cell.capacity}
                for month, cell in zip(found.months, row.cells, strict=True)
            ],
        }
        for row in found.people
    ]
    return {"people": people, "count": found.part.total}
