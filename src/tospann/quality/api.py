"""Reading quality through the REST API. Changes go through the commands (config/expose.py)."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from tospann.foundation.authority import Actor
from tospann.projects import queries as projects
from tospann.projects.models import Project
from tospann.quality import queries
from tospann.quality.models import (
    Deliverable,
    DeliverableState,
    Grade,
    Nonconformity,
    NonconformityState,
    Requirement,
    RequirementState,
    Review,
    ReviewState,
    RoundState,
    TestRound,
)

router = Router(tags=["quality"])
Limit = Annotated[int, Field(ge=1, le=200)]
Offset = Annotated[int, Field(ge=0, le=1_000_000)]


class StandingShown(Schema):
    """How quality stands: requirements proved, open faults by grade, deliverables accepted."""

    requirements: int
    proved: int
    faults: dict[str, int]
    deliverables: int
    accepted: int
    waiting: int


class QualityRow(Schema):
    """What all things of quality have."""

    id: UUID
    number: int
    title: str
    owner_id: UUID | None
    state: str
    created_at: datetime
    version: int


class RequirementShown(QualityRow):
    """A standard or requirement that must be met."""

    kind: str
    description: str
    source: str
    method: str
    reason: str


class DeliverableShown(QualityRow):
    """A product or service that is handed over, and whether it is accepted."""

    expectation: str
    tolerance: str
    criteria: str
    method: str
    phase_id: UUID | None
    due_on: date | None
    accepter_id: UUID | None
    share_id: UUID | None
    ready_on: date | None
    answered_name: str
    answered_at: datetime | None
    answer: str
    decision_number: int | None


class ReviewShown(QualityRow):
    """A planned check of a product, and its result."""

    deliverable_id: UUID | None
    method: str
    due_on: date | None
    performed_on: date | None
    outside: str
    result: str
    findings: str
    approved_by_id: UUID | None
    approved_at: datetime | None


class RoundShown(QualityRow):
    """Tests that are carried out together."""

    purpose: str
    deliverable_id: UUID | None
    starts_on: date | None
    due_on: date | None
    conclusion: str
    tests: int
    passed: int
    failed: int


class ResultShown(Schema):
    """What came of trying a test once. ``retest_of_id`` is the result before it."""

    id: UUID
    at: datetime
    tester_id: UUID | None
    outcome: str
    grade: str
    note: str
    retest_of_id: UUID | None


class TestCaseShown(Schema):
    """One test with its last outcome and everything that came of it."""

    id: UUID
    position: int
    title: str
    steps: str
    expected: str
    tester_id: UUID | None
    outcome: str
    grade: str
    tried: int
    tested_at: datetime | None
    version: int
    results: list[ResultShown]


class RoundWhole(RoundShown):
    """A test round with its tests and their results, the newest first."""

    cases: list[TestCaseShown]


class NonconformityShown(QualityRow):
    """A requirement that is not met."""

    grade: str
    description: str
    cause: str
    correction: str
    requirement_id: UUID | None
    deliverable_id: UUID | None
    test_case_id: UUID | None
    review_id: UUID | None
    raised_by_id: UUID | None
    due_on: date | None
    corrected_by_id: UUID | None
    corrected_at: datetime | None
    closed_by_id: UUID | None
    closed_at: datetime | None
    reason: str


class ProofShown(Schema):
    """What is to prove a requirement; exactly one of the three is given."""

    test_case_id: UUID | None
    review_id: UUID | None
    deliverable_id: UUID | None


class CoveredShown(Schema):
    """A requirement that applies, with what is to prove it."""

    requirement: RequirementShown
    proofs: list[ProofShown]
    is_proved: bool


class RequirementList(Schema):
    """A page of requirements, and how many there are."""

    items: list[RequirementShown]
    count: int


class DeliverableList(Schema):
    """A page of deliverables, and how many there are."""

    items: list[DeliverableShown]
    count: int


class ReviewList(Schema):
    """A page of quality reviews, and how many there are."""

    items: list[ReviewShown]
    count: int


class RoundList(Schema):
    """A page of test rounds, and how many there are."""

    items: list[RoundShown]
    count: int


class NonconformityList(Schema):
    """A page of nonconformities, and how many there are."""

    items: list[NonconformityShown]
    count: int


def _project(request: HttpRequest, key: str) -> Project:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # authentication set it
    return projects.project(actor, key)


def _listed(
    request: HttpRequest, key: str, model: Any, limit: int, offset: int, **wanted: Any
) -> dict[str, Any]:
    rows = queries.rows_of(model, _project(request, key))
    rows = rows.filter(**{name: value for name, value in wanted.items() if value is not None})
    listed = rows.order_by(*queries.order_of(model))[offset : offset + limit]
    return {"items": list(listed), "count": rows.count()}


@router.get("/projects/{key}/quality", response=StandingShown, summary="How quality stands")
def quality(request: HttpRequest, key: str) -> queries.Standing:
    """A requirement is proved when something is to prove it, and all of that holds."""
    return queries.standing(_project(request, key))


@router.get(
    "/projects/{key}/quality/requirements",
    response=RequirementList,
    summary="The project's requirements",
)
def requirements(
    request: HttpRequest,
    key: str,
    state: RequirementState | None = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> dict[str, Any]:
    """Those that apply first, by number."""
    return _listed(request, key, Requirement, limit, offset, state=state)


@router.get(
    "/projects/{key}/quality/requirements/{int:number}",
    response=RequirementShown,
    summary="One requirement",
)
def requirement(request: HttpRequest, key: str, number: int) -> Requirement:
    """By its number in the project."""
    return queries.one(Requirement, _project(request, key), number)


@router.get(
    "/projects/{key}/quality/coverage",
    response=list[CoveredShown],
    summary="What proves which requirement",
)
def coverage(request: HttpRequest, key: str) -> list[queries.Covered]:
    """Every requirement that applies, with the tests, reviews and deliverables tied to it."""
    return queries.coverage(_project(request, key))


@router.get(
    "/projects/{key}/deliverables", response=DeliverableList, summary="The project's deliverables"
)
def deliverables(
    request: HttpRequest,
    key: str,
    state: DeliverableState | None = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> dict[str, Any]:
    """Those that are not accepted first, by date."""
    return _listed(request, key, Deliverable, limit, offset, state=state)


@router.get(
    "/projects/{key}/deliverables/{int:number}",
    response=DeliverableShown,
    summary="One deliverable",
)
def deliverable(request: HttpRequest, key: str, number: int) -> Deliverable:
    """By its number in the project."""
    return queries.one(Deliverable, _project(request, key), number)


@router.get("/projects/{key}/quality/reviews", response=ReviewList, summary="The project's reviews")
def reviews(
    request: HttpRequest,
    key: str,
    state: ReviewState | None = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> dict[str, Any]:
    """Those that are not approved first, by date."""
    return _listed(request, key, Review, limit, offset, state=state)


@router.get(
    "/projects/{key}/quality/reviews/{int:number}", response=ReviewShown, summary="One review"
)
def review(request: HttpRequest, key: str, number: int) -> Review:
    """By its number in the project."""
    return queries.one(Review, _project(request, key), number)


@router.get(
    "/projects/{key}/quality/rounds", response=RoundList, summary="The project's test rounds"
)
def rounds(
    request: HttpRequest,
    key: str,
    state: RoundState | None = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> dict[str, Any]:
    """Those that have not ended first, by date."""
    return _listed(request, key, TestRound, limit, offset, state=state)


@router.get(
    "/projects/{key}/quality/rounds/{int:number}", response=RoundWhole, summary="One test round"
)
def test_round(request: HttpRequest, key: str, number: int) -> Any:
    """With its tests, and every result of each."""
    return queries.whole_round(_project(request, key), number)


@router.get(
    "/projects/{key}/quality/nonconformities",
    response=NonconformityList,
    summary="The project's nonconformities",
)
def nonconformities(
    request: HttpRequest,
    key: str,
    state: NonconformityState | None = None,
    grade: Grade | None = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> dict[str, Any]:
    """Those that are not settled first, the most serious at the top."""
    return _listed(request, key, Nonconformity, limit, offset, state=state, grade=grade)


@router.get(
    "/projects/{key}/quality/nonconformities/{int:number}",
    response=NonconformityShown,
    summary="One nonconformity",
)
def nonconformity(request: HttpRequest, key: str, number: int) -> Nonconformity:
    """By its number in the project."""
    return queries.one(Nonconformity, _project(request, key), number)
