"""Closing and lessons through the REST API. Commands change them; a survey's answer is no act."""

from datetime import date, datetime
from typing import Annotated, Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Router, Schema
from pydantic import Field

from tospann.closing import answering, forecasting
from tospann.closing.models import Audience
from tospann.closing.queries import learned, left, readiness, went
from tospann.foundation.authority import Actor
from tospann.people.actors import ActorRequest
from tospann.projects import queries as projects
from tospann.projects.models import Project

router = Router(tags=["closing"])
Number = Annotated[int, Field(ge=0, lt=2**31)]
PageNumber = Annotated[int, Field(ge=1, le=10_000)]
Said = Annotated[str, Field(max_length=200)]
Words = Annotated[str, Field(max_length=1000)]


class ClosingPoint(Schema):
    """One thing to see to before closing; ``names`` are the first of what is left."""

    key: str
    label: str
    count: int
    names: list[str]
    blocks: bool = Field(description="The project is not closed while this is open")
    href: str


class ClosingCarried(Schema):
    """An open case that somebody carries on after closing."""

    id: UUID
    case: int
    title: str
    to: str
    why: str


class ClosingShown(Schema):
    """Where the closing of a project stands."""

    id: UUID | None = Field(description="None before it has begun")
    version: int
    state: str = Field(description="not_begun, under_way or closed")
    summary: str
    handed_over_to: str
    begun_at: datetime | None
    closed_at: datetime | None
    case: int | None = Field(description="The number of the case in which it is proposed")
    points: list[ClosingPoint]
    carried_on: list[ClosingCarried]


class CriterionJudged(Schema):
    """A success criterion, and why it counts as met or not."""

    id: UUID
    goal: str
    text: str
    target: str
    result: str
    reason: str
    version: int


class SurveyQuestion(Schema):
    """A question, and the mean of the answers once they are shown."""

    key: str
    text: str
    mean: float | None


class SurveyShown(Schema):
    """A survey. Its answers are shown when it is over and at least four have answered."""

    id: UUID
    number: int
    audience: str
    closes_on: date
    is_open: bool
    count: int
    is_shown: bool
    questions: list[SurveyQuestion]
    good: list[str]
    better: list[str]


class SurveyAnswer(Schema):
    """Numbers from 1 to 5 by the question's key, and words."""

    scores: dict[Annotated[str, Field(max_length=10)], Annotated[int, Field(ge=1, le=5)]] = {}
    good: Words = ""
    better: Words = ""


class BaseLesson(Schema):
    """A lesson that was shared with the organisation."""

    id: UUID
    kind: str
    text: str
    cause: str
    effect: str
    early_warning: str
    was_risk: bool
    recommendation: str
    priority: str
    phase_name: str | None
    project_name: str
    published_at: datetime


class BaseLessons(Schema):
    """A page of the organisation's lessons, and how many fit."""

    items: list[BaseLesson]
    page: int
    pages: int
    count: int


class ForecastHeld(Schema):
    """What a frozen plan promised, and the day it came; ``uid`` 0 is the whole plan."""

    uid: int
    name: str
    planned: date
    p50: date | None
    p80: date | None
    actual: date | None


class ForecastScore(Schema):
    """How often the days held: of how many that are known."""

    planned: tuple[int, int]
    held50: tuple[int, int]
    held80: tuple[int, int]
    late_percent: int | None
    rows: list[ForecastHeld]


def _actor(request: HttpRequest) -> Actor:
    return cast(ActorRequest, request).actor


def _project(request: HttpRequest, key: str) -> Project:
    return projects.project(_actor(request), key)


@router.get("/projects/{key}/closing", response=ClosingShown, summary="The project's closing")
def read_closing(request: HttpRequest, key: str) -> dict[str, Any]:
    """How ready it is, what is carried on, and where the decision stands."""
    project = _project(request, key)
    found, case = readiness.closing_of(project), left.closing_case(project)
    under_way = "under_way" if found else "not_begun"
    return {
        "id": found.pk if found else None,
        "version": found.version if found else 0,
        "state": "closed" if project.state == "closed" else under_way,
        "summary": found.summary if found else "",
        "handed_over_to": found.handed_over_to if found else "",
        "begun_at": found.begun_at if found else None,
        "closed_at": found.closed_at if found else None,
        "case": case.number if case else None,
        "points": [one.to_json() for one in readiness.points(project)],
        "carried_on": [
            {
                "id": one.pk,
                "case": one.case.number,
                "title": one.case.title,
                "to": one.to,
                "why": one.why,
            }
            for one in left.carried_on(project)
        ],
    }


@router.get(
    "/projects/{key}/closing/evaluation",
    response=list[CriterionJudged],
    summary="Success criteria, evaluated",
)
def read_evaluation(request: HttpRequest, key: str) -> list[dict[str, Any]]:
    """Every success criterion with its result and the reason for it."""
    return [
        {
            "id": one.criterion.pk,
            "goal": goal.description,
            "text": one.criterion.text,
            "target": one.criterion.target,
            "result": one.criterion.result,
            "reason": one.evaluation.reason if one.evaluation else "",
            "version": one.criterion.version,
        }
        for goal, listed in went.evaluated(_project(request, key))
        for one in listed
    ]


@router.get(
    "/projects/{key}/closing/surveys", response=list[SurveyShown], summary="The project's surveys"
)
def read_surveys(request: HttpRequest, key: str) -> list[dict[str, Any]]:
    """The latest first; never who answered what."""
    return [_survey(one) for one in went.surveys(_project(request, key))]


def _survey(one: Any) -> dict[str, Any]:
    found = answering.result(one)
    names = ("number", "audience", "closes_on", "is_open")
    return {
        **{name: getattr(one, name) for name in names},
        "id": one.pk,
        "count": found.count,
        "is_shown": found.is_shown,
        "questions": [vars_of(asked) for asked in found.questions],
        "good": list(found.good),
        "better": list(found.better),
    }


def vars_of(asked: answering.Asked) -> dict[str, Any]:
    return {"key": asked.key, "text": asked.text, "mean": asked.mean}


@router.post(
    "/projects/{key}/closing/surveys/{number}/answers",
    response={204: None},
    summary="Answer a survey",
)
def answer_survey(
    request: HttpRequest, key: str, number: Number, body: SurveyAnswer
) -> tuple[int, None]:
    """Answer the team's survey. What is said is kept without whose it is."""
    found = went.survey(_project(request, key), number, Audience.TEAM)
    answering.answer(_actor(request), found, body.scores, body.good, body.better)
    return 204, None


@router.get(
    "/projects/{key}/closing/forecasts", response=ForecastScore, summary="How forecasts held"
)
def read_forecasts(request: HttpRequest, key: str) -> dict[str, Any]:
    """What the plan promised each time it was frozen, and what came of it."""
    return _score(forecasting.of_project(_project(request, key)))


def _score(score: forecasting.Score) -> dict[str, Any]:
    names = ForecastHeld.model_fields
    return {
        "planned": score.planned,
        "held50": score.held50,
        "held80": score.held80,
        "late_percent": score.late_percent if score.late is not None else None,
        "rows": [{name: getattr(one, name) for name in names} for one in score.rows],
    }


@router.get(
    "/projects/{key}/lessons/offered",
    response=list[BaseLesson],
    summary="Lessons of projects like this one",
)
def read_offered(request: HttpRequest, key: str) -> list[dict[str, Any]]:
    """Of the same kind of project, and by the words of its name, purpose and goals."""
    return learned.offered(_actor(request), _project(request, key))


@router.get("/lessons", response=BaseLessons, summary="The organisation's lessons")
def read_base(
    request: HttpRequest, q: Said = "", kind: Said = "", pack: Said = "", page: PageNumber = 1
) -> dict[str, Any]:
    """What was shared and fits, best first; the newest first when nothing is asked for."""
    if _actor(request).person_id is None:
        raise Http404
    found = learned.base(_actor(request), q, kind, pack, page)
    return {"items": found.rows, "page": page, "pages": found.pages, "count": found.total}
