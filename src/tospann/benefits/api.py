"""Reading benefits through the REST API. Changes go through the commands."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, cast
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from tospann.benefits import queries
from tospann.benefits.models import Benefit, BenefitKind, BenefitState, Change, Indicator
from tospann.people.actors import ActorRequest
from tospann.projects import queries as projects
from tospann.projects.models import Project

router = Router(tags=["benefits"])
Limit = Annotated[int, Field(ge=1, le=200)]
Offset = Annotated[int, Field(ge=0, le=1_000_000)]
Number = Annotated[int, Field(ge=0, lt=2**31)]


class BenefitShown(Schema):
    """A benefit, and how many per cent of the way it has come (null: not measured)."""

    id: UUID
    number: int
    code: str
    title: str
    description: str
    kind: str
    goal_id: UUID | None
    owner_id: UUID | None
    value_per_year: Decimal | None
    currency: str
    full_from: date | None
    importance: str
    use: str
    state: str
    reason: str
    handed_over_at: datetime | None
    attained_percent: int | None
    created_at: datetime
    version: int


class MeasurementShown(Schema):
    """A measuring: planned (no value), or made."""

    id: UUID
    moment: str
    due_on: date
    value: Decimal | None
    measured_on: date | None
    measured_by_id: UUID | None
    comment: str
    version: int


class IndicatorShown(Schema):
    """What is measured; ``percent`` of the way from the first measuring to the target."""

    id: UUID
    name: str
    unit: str
    method: str
    target: Decimal
    responsible_id: UUID | None
    start: Decimal | None
    latest: Decimal | None
    percent: int | None
    measurements: list[MeasurementShown]
    version: int


class BenefitWhole(BenefitShown):
    """A benefit with its indicators and what they showed."""

    indicators: list[IndicatorShown]


class BenefitList(Schema):
    """A page of benefits, and how many there are."""

    items: list[BenefitShown]
    count: int


class LineChangeShown(Schema):
    """A change in the line, and the benefits it leads to."""

    id: UUID
    title: str
    description: str
    product: str
    responsible_id: UUID | None
    due_on: date | None
    state: str
    benefit_ids: list[UUID]
    version: int


class LineChangeList(Schema):
    """A page of changes in the line, and how many there are."""

    items: list[LineChangeShown]
    count: int


class BenefitStanding(Schema):
    """How the benefits of the project stand; money is NOK a year at full effect."""

    benefits: int
    realised: int
    given_up: int
    without_owner: int
    without_indicator: int
    handed_over: int
    measurements_due: int
    next_due_on: date | None
    expected_per_year: Decimal
    attained_per_year: Decimal
    attained_percent: int | None


def _project(request: HttpRequest, key: str) -> Project:
    return projects.project(cast(ActorRequest, request).actor, key)


@router.get("/projects/{key}/benefits", response=BenefitList, summary="The project's benefits")
def benefits(
    request: HttpRequest,
    key: str,
    kind: BenefitKind | None = None,
    state: BenefitState | None = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> dict[str, Any]:
    """By kind and number."""
    project = _project(request, key)
    found = queries.benefits(project)
    found = found.filter(kind=kind) if kind is not None else found
    found = found.filter(state=state) if state is not None else found
    listed = found.order_by("kind", "number")[offset : offset + limit]
    told = queries.percents([project.pk]).get(project.pk, {})
    return {"items": [_benefit(one, told.get(one.pk)) for one in listed], "count": found.count()}


@router.get(
    "/projects/{key}/benefits/standing",
    response=BenefitStanding,
    summary="How the benefits stand",
)
def standing(request: HttpRequest, key: str) -> queries.Standing:
    """The numbers that reports, closing and the portfolio show."""
    return queries.standing(_project(request, key))


@router.get(
    "/projects/{key}/benefits/changes", response=LineChangeList, summary="Changes in the line"
)
def changes(
    request: HttpRequest, key: str, limit: Limit = 100, offset: Offset = 0
) -> dict[str, Any]:
    """What has to become different before the benefits come."""
    found = queries.changes(_project(request, key))
    listed = found.prefetch_related("effects").order_by("due_on", "title", "pk")
    items = [_change(one) for one in listed[offset : offset + limit]]
    return {"items": items, "count": found.count()}


@router.get("/projects/{key}/benefits/{int:number}", response=BenefitWhole, summary="One benefit")
def benefit(request: HttpRequest, key: str, number: Number) -> dict[str, Any]:
    """By its number in the project, with its indicators and measurements."""
    found = queries.benefit(_project(request, key), number)
    indicators = queries.indicators([found])[found.pk]
    told = queries.percents([found.project_id]).get(found.project_id, {})
    shown = _benefit(found, told.get(found.pk))
    return {**shown, "indicators": [_indicator(one) for one in indicators]}


def _benefit(one: Benefit, percent: int | None) -> dict[str, Any]:
    names = BenefitShown.model_fields.keys() - {"attained_percent"}
    return {**{name: getattr(one, name) for name in names}, "attained_percent": percent}


def _indicator(one: Indicator) -> dict[str, Any]:
    reading = queries.measured(one)
    names = ("id", "name", "unit", "method", "target", "responsible_id", "version")
    measured = sorted(one.measurements.all(), key=lambda row: (row.due_on, row.pk))
    return {
        **{name: getattr(one, name) for name in names},
        "start": reading.start,
        "latest": reading.latest,
        "percent": reading.percent,
        "measurements": measured,
    }


def _change(one: Change) -> dict[str, Any]:
    names = LineChangeShown.model_fields.keys() - {"benefit_ids"}
    leads_to = [effect.benefit_id for effect in one.effects.all()]
    return {**{name: getattr(one, name) for name in names}, "benefit_ids": leads_to}
