"""Reading the external room through the REST API. Changes go through the commands."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from tospann.foundation.authority import Actor, Power, rule
from tospann.people.pages import require_decides
from tospann.projects import queries as projects
from tospann.rooms import queries

router = Router(tags=["rooms"])


class RoomItemShown(Schema):
    """Something published in the room."""

    id: UUID
    kind: str
    item: str
    title: str
    version: int


class RequestShown(Schema):
    """A document that somebody outside was asked to accept."""

    id: UUID
    share_id: UUID
    document_id: UUID
    document_version: int
    title: str
    text: str
    due_on: date | None
    state: str
    asked_at: datetime
    answered_name: str
    answered_at: datetime | None
    answer: str
    decision_number: int | None
    version: int


class QuestionShown(Schema):
    """A question from the room."""

    id: UUID
    asked_name: str
    text: str
    asked_at: datetime
    owner_id: UUID | None
    due_on: date | None
    answer: str
    answered_by_id: UUID | None
    answered_at: datetime | None
    version: int


class RoomShown(Schema):
    """The room of a project, with what is published and asked in it."""

    welcome: str
    shows_status: bool
    contact_id: UUID | None
    items: list[RoomItemShown]
    requests: list[RequestShown]
    questions: list[QuestionShown]


@router.get("/projects/{key}/rooms", response=RoomShown, summary="The project's external room")
def room(request: HttpRequest, key: str) -> dict[str, Any]:
    """For those who share: what is published, what is asked, and what was answered."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # authentication set it
    project = projects.project(actor, key)
    require_decides(rule(actor, Power.SHARE, project.pk))
    found = queries.room_of(project)
    return {
        "welcome": found.welcome,
        "shows_status": found.shows_status,
        "contact_id": found.contact_id,
        "items": list(queries.items(project)),
        "requests": list(queries.all_requests(project)),
        "questions": list(queries.all_questions(project)),
    }
