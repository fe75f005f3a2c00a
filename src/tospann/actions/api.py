"""Reading actions through the REST API. Changes go through the commands (config/expose.py)."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from tospann.actions import queries
from tospann.actions.models import Action, ActionState
from tospann.foundation.authority import Actor
from tospann.projects import queries as projects

router = Router(tags=["actions"])


class ActionShown(Schema):
    """An action: what, who, by when, and what it was born in."""

    id: UUID
    number: int
    title: str
    description: str
    owner_id: UUID | None
    given_by_id: UUID | None
    due_on: date | None
    priority: str
    state: str
    reason: str
    origin_kind: str
    born_in: str
    done_at: datetime | None
    version: int


class ActionList(Schema):
    """A page of actions, and how many there are."""

    items: list[ActionShown]
    count: int


class OwnAction(Schema):
    """One of my open actions, with where it belongs."""

    number: int
    title: str
    due_on: date | None
    priority: str
    project_key: str
    project_name: str


class MyActions(Schema):
    """My open actions by urgency."""

    overdue: list[OwnAction]
    today: list[OwnAction]
    week: list[OwnAction]
    later: list[OwnAction]


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # authentication set it
    return actor


def _found(request: HttpRequest, key: str, number: int) -> Action:
    return queries.action(projects.project(_actor(request), key), number)


@router.get("/actions/mine", response=MyActions, summary="My open actions")
def mine(request: HttpRequest) -> dict[str, list[dict[str, Any]]]:
    """In every project the caller sees: overdue, due today, this week, later."""
    return queries.mine(_actor(request))


@router.get("/projects/{key}/actions", response=ActionList, summary="The project's actions")
def actions(
    request: HttpRequest,
    key: str,
    state: ActionState | None = None,
    owner: UUID | None = None,
    limit: Annotated[int, Field(ge=1, le=200)] = 100,
    offset: Annotated[int, Field(ge=0, le=1_000_000)] = 0,
) -> dict[str, Any]:
    """Open ones first, the longest overdue at the top."""
    found = queries.of_project(projects.project(_actor(request), key))
    if state is not None:
        found = found.filter(state=state)
    if owner is not None:
        found = found.filter(owner_id=owner)
    listed = found.order_by(*queries.BY_URGENCY)[offset : offset + limit]
    return {"items": list(listed), "count": found.count()}


@router.get("/projects/{key}/actions/{int:number}", response=ActionShown, summary="One action")
def action(request: HttpRequest, key: str, number: int) -> Action:
    """By its number in the project: NF-123 is number 123 of project NF."""
    return _found(request, key, number)
