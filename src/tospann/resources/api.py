"""Reading agreements, requests and load through the REST API. Commands change them.

A rate is null for whoever may not see it.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, cast
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from tospann.foundation.authority import Actor
from tospann.people.actors import ActorRequest
from tospann.projects import queries as projects
from tospann.resources import heat, loads, queries, titles
from tospann.resources.models import Agreement, Offer, Request
from tospann.resources.weeks import monday

router = Router(tags=["resources"])
Number = Annotated[int, Field(ge=0, lt=2**31)]
Limit = Annotated[int, Field(ge=1, le=200)]
Offset = Annotated[int, Field(ge=0, le=1_000_000)]
Weeks = Annotated[int, Field(ge=1, le=52)]
_TERMS = (
    *("person_id", "percent", "starts_on", "ends_on", "rate", "currency", "notice_days"),
    "end_clause",
)


class TermsShown(Schema):
    """Who, how much, when, at what rate an hour (null where it is not yours to see), how it ends"""

    id: UUID
    person_id: UUID
    person: str
    percent: int
    starts_on: date
    ends_on: date
    rate: Decimal | None
    currency: str
    notice_days: int
    end_clause: str
    version: int


class AgreementShown(TermsShown):
    """A person's time promised to the project."""

    number: int
    state: str = Field(description="coming, running or over")
    agreed_until: date
    reason: str
    made_at: datetime


class AgreementList(Schema):
    """A page of agreements, and how many there are."""

    items: list[AgreementShown]
    count: int


class OfferShown(TermsShown):
    """An offer of the line manager's, or a counter-offer of the project's."""

    side: str = Field(description="line or project")
    state: str
    text: str
    created_at: datetime


class PeopleRequestShown(Schema):
    """A request for somebody's time."""

    id: UUID
    number: int
    role: str
    person_id: UUID | None
    skill_id: UUID | None
    unit_id: UUID | None
    percent: int
    starts_on: date
    ends_on: date
    text: str
    state: str
    reason: str
    created_at: datetime
    version: int


class PeopleRequestList(Schema):
    """A page of requests, and how many there are."""

    items: list[PeopleRequestShown]
    count: int


class PeopleRequestWhole(PeopleRequestShown):
    """A request with every offer on it, in order."""

    offers: list[OfferShown]


class WeekLoad(Schema):
    """A week of somebody: the hours all projects want, those of this one, and those there are."""

    week: date = Field(description="Its Monday")
    hours: float
    here: float
    capacity: float


class PersonLoad(Schema):
    """Somebody's weeks."""

    person_id: UUID
    person: str
    weeks: list[WeekLoad]


class TitleRate(Schema):
    """What an hour of the title costs from a day on."""

    id: UUID
    amount: Decimal
    currency: str
    valid_from: date


class TitleRates(Schema):
    """A title, how many people have it, and its rates, the newest first."""

    title: str
    people: int
    rates: list[TitleRate]


def _actor(request: HttpRequest) -> Actor:
    return cast(ActorRequest, request).actor


@router.get("/projects/{key}/agreements", response=AgreementList, summary="Agreements on time")
def agreements(
    request: HttpRequest, key: str, limit: Limit = 100, offset: Offset = 0
) -> dict[str, Any]:
    """Those that run or are to come first, then those that are over."""
    actor = _actor(request)
    found = queries.agreements(actor, projects.project(actor, key))
    rows = found[offset : offset + limit]
    return {"items": [_agreement(one) for one in rows], "count": len(found)}


@router.get(
    "/projects/{key}/agreements/{int:number}", response=AgreementShown, summary="One agreement"
)
def agreement(request: HttpRequest, key: str, number: Number) -> dict[str, Any]:
    """By its number in the project: NF-123 is number 123 of project NF."""
    actor = _actor(request)
    return _agreement(queries.agreement(actor, projects.project(actor, key), number))


@router.get(
    "/projects/{key}/people-requests", response=PeopleRequestList, summary="Requests for people"
)
def people_requests(
    request: HttpRequest, key: str, limit: Limit = 100, offset: Offset = 0
) -> dict[str, Any]:
    """The latest first."""
    found = queries.requests(projects.project(_actor(request), key))
    return {"items": list(found[offset : offset + limit]), "count": found.count()}


@router.get(
    "/projects/{key}/people-requests/{int:number}",
    response=PeopleRequestWhole,
    summary="One request for people, with its offers",
)
def people_request(request: HttpRequest, key: str, number: Number) -> dict[str, Any]:
    """By its number in the project."""
    actor = _actor(request)
    found = queries.request(projects.project(actor, key), number)
    offers = [_offer(one) for one in queries.offers(actor, found)]
    return {**_request(found), "offers": offers}


@router.get("/projects/{key}/load", response=list[PersonLoad], summary="The team's load by week")
def team_load(
    request: HttpRequest, key: str, first: date | None = None, weeks: Weeks = 12
) -> list[dict[str, Any]]:
    """From the week of ``first``, or from this one; other projects are counted in ``hours``."""
    project = projects.project(_actor(request), key)
    asked = {"from": first.isoformat()} if first else {}
    span = loads.weeks_asked(asked, timezone.localdate(), weeks)
    return [_person(row, span) for row in heat.of(queries.team(project), span, project.pk).rows]


@router.get("/capacity", response=list[PersonLoad], summary="Everybody's load by week")
def capacity(
    request: HttpRequest,
    first: date | None = None,
    weeks: Weeks = 12,
    unit: UUID | None = None,
    skill: UUID | None = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> list[dict[str, Any]]:
    """For portfolio leaders everybody, for line managers their people; 404 for others."""
    asked = {"from": first.isoformat()} if first else {}
    span = loads.weeks_asked(asked, timezone.localdate(), weeks)
    people = queries.people_for_capacity(_actor(request), unit, skill)
    rows = [dict(row) for row in people.values("id", "name", "title")[offset : offset + limit]]
    return [_person(row, span) for row in heat.of(rows, span).rows]


@router.get("/title-rates", response=list[TitleRates], summary="Rates by title")
def title_rates(request: HttpRequest) -> list[titles.Titled]:
    """For line managers; 404 for others. Also the titles people have that have no rate yet."""
    return titles.titles(_actor(request))


def _terms(one: Agreement | Offer) -> dict[str, Any]:
    shown = {name: getattr(one, name) for name in ("id", "version", *_TERMS)}
    return {**shown, "person": one.person.name}


def _agreement(one: Agreement) -> dict[str, Any]:
    own = {name: getattr(one, name) for name in ("number", "agreed_until", "reason", "made_at")}
    return {**_terms(one), **own, "state": queries.state_of(one, timezone.localdate())}


def _offer(one: Offer) -> dict[str, Any]:
    own = {name: getattr(one, name) for name in ("side", "state", "text", "created_at")}
    return {**_terms(one), **own}


def _request(one: Request) -> dict[str, Any]:
    return {name: getattr(one, name) for name in PeopleRequestShown.model_fields}


def _person(row: heat.Row, span: range) -> dict[str, Any]:
    weeks = [
        {"week": monday(week), "hours": cell.hours, "here": cell.here, "capacity": cell.capacity}
        for week, cell in zip(span, row.cells, strict=True)
    ]
    return {"person_id": row.id, "person": row.name, "weeks": weeks}
