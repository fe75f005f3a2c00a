"""Reading how people work together through the REST API. Changes go through the commands."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from tospann.foundation.authority import Actor
from tospann.foundation.errors import NotAllowed
from tospann.projects import queries as projects
from tospann.projects.models import Project
from tospann.team import commands, pulse, thoughts
from tospann.team.queries import delivered, holdings, matrix, said, week

router = Router(tags=["team"])


class WeekLine(Schema):
    """One thing somebody has this week."""

    kind: str
    title: str
    due: date | None
    is_late: bool
    state: str
    href: str


class WeekOfPerson(Schema):
    """Somebody on the team, and what her week holds."""

    id: UUID
    name: str
    roles: list[str]
    lines: list[WeekLine]
    stands_in: str
    away_until: date | None


class HoldingShown(Schema):
    """One thing somebody holds, and the ways it can be taken care of by others."""

    kind: str
    ref: str
    title: str
    due: date | None
    is_late: bool
    note: str
    ways: list[str]
    href: str


class ResponsibilityShown(Schema):
    """A row of the responsibility matrix: exactly one answers for it."""

    id: UUID
    title: str
    task_uid: int | None
    accountable: UUID
    letters: dict[UUID, str]


class DeliveredThing(Schema):
    """One thing that was finished in the month."""

    kind: str
    title: str
    on: date
    who: str
    href: str


class RetrospectiveShown(Schema):
    """A look back at a phase, or at the whole project."""

    number: int
    title: str
    state: str
    phase_name: str | None
    closes_on: date | None
    closed_at: datetime | None
    said: int


class ThoughtShown(Schema):
    """Something to keep, to stop or to try; without a name when that was wished."""

    id: UUID
    kind: str
    text: str
    by: str


class LessonShown(Schema):
    """What was learned, and what others should do."""

    id: UUID
    number: int
    kind: str
    text: str
    cause: str
    effect: str
    early_warning: str
    was_risk: bool
    recommendation: str
    priority: str
    published_at: datetime | None
    version: int
    phase_name: str | None


class PulseWeek(Schema):
    """A week that is over: the mean, or nothing when fewer than four have answered."""

    week: date
    about: str
    mean: float | None


class PulseShown(Schema):
    """What is asked this week, and the weeks before. Never who answered what."""

    about: str
    question: str
    is_offered: bool
    may_answer: bool
    has_answered: bool
    results: list[PulseWeek]


class PulseAnswer(Schema):
    """From 1 (no) to 5 (certainly)."""

    score: int


class MemoShown(Schema):
    """A hand-over memo: who hands over, and who takes over."""

    id: UUID
    made_at: datetime
    person_name: str
    to_name: str | None


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # authentication set it
    return actor


def _project(request: HttpRequest, key: str) -> Project:
    return projects.project(_actor(request), key)


@router.get("/projects/{key}/team/week", response=list[WeekOfPerson])
def read_team_week(request: HttpRequest, key: str, day: str = "") -> Any:
    """Who does what in the week of a day; this week's when none is given."""
    return week.people(_project(request, key), week.week_of(day))


@router.get("/projects/{key}/team/{person}/holdings", response=list[HoldingShown])
def read_holdings(request: HttpRequest, key: str, person: UUID, until: date | None = None) -> Any:
    """What somebody holds, all of it or until a day: for herself and who may cover for her."""
    project, actor = _project(request, key), _actor(request)
    ruling = commands.cover_for.ruling(actor, project)
    if not ruling.may_decide and actor.person_id != person:
        raise NotAllowed(str(ruling))
    return holdings.of(project, person, until)


@router.get("/projects/{key}/responsibilities", response=list[ResponsibilityShown])
def list_responsibilities(request: HttpRequest, key: str) -> Any:
    """The responsibility matrix, row by row."""
    return matrix.of(_project(request, key)).rows


@router.get("/projects/{key}/delivered/{month}", response=list[DeliveredThing])
def list_delivered(request: HttpRequest, key: str, month: str) -> Any:
    """What was delivered in a month (2026-11)."""
    return delivered.of_month(_project(request, key), delivered.month_of(month).first)


@router.get("/projects/{key}/retrospectives", response=list[RetrospectiveShown])
def list_retrospectives(request: HttpRequest, key: str) -> Any:
    """The latest first."""
    return said.retrospectives(_project(request, key))


@router.get("/projects/{key}/retrospectives/{number}/thoughts", response=list[ThoughtShown])
def list_thoughts(request: HttpRequest, key: str, number: int) -> Any:
    """What was said in a retrospective."""
    found = said.retrospective(_project(request, key), number)
    kinds = thoughts.listed(found, _actor(request))
    return [{**one, "kind": kind} for kind, listed in kinds.items() for one in listed]


@router.get("/projects/{key}/lessons", response=list[LessonShown])
def list_lessons(request: HttpRequest, key: str) -> Any:
    """What was learned, the latest first."""
    return said.lessons(_project(request, key))


@router.get("/projects/{key}/pulse", response=PulseShown)
def read_pulse(request: HttpRequest, key: str) -> Any:
    """The confidence pulse. A week is shown when it is over and at least four have answered."""
    return pulse.of(_actor(request), _project(request, key))


@router.post("/projects/{key}/pulse", response=PulseShown)
def answer_pulse(request: HttpRequest, key: str, answer: PulseAnswer) -> Any:
    """Answer this week's pulse. It is counted, and nothing says whose answer it was."""
    project, actor = _project(request, key), _actor(request)
    pulse.answer(actor, project, answer.score)
    return pulse.of(actor, project)


@router.get("/projects/{key}/memos", response=list[MemoShown])
def list_memos(request: HttpRequest, key: str) -> Any:
    """The hand-over memos the actor may read, the latest first."""
    return said.memos(_actor(request), _project(request, key))
