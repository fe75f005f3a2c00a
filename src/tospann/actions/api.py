"""Reading actions through the REST API. Changes go through the commands (config/expose.py)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from tospann.actions import queries, sources
from tospann.actions.models import Action, ActionState, Stage
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
    began_at: datetime | None
    done_at: datetime | None
    stage: Stage
    stuck_since: datetime | None
    stuck_text: str
    helper_id: UUID | None
    reply_by: date | None
    helped_at: datetime | None
    proposed_due_on: date | None
    flagged_by_id: UUID | None
    version: int


class CommentShown(Schema):
    """What somebody said about an action, and whom it mentions."""

    id: UUID
    by_id: UUID | None
    text: str
    mentions: list[UUID]
    said_at: datetime


class LinkShown(Schema):
    """Something that belongs to the action and lies elsewhere."""

    id: UUID
    title: str
    address: str
    by_id: UUID | None


class ReminderShown(Schema):
    """That the owner was reminded, by whom and when."""

    person_id: UUID
    by_id: UUID | None
    at: datetime


class WholeAction(ActionShown):
    """An action with what was said of it."""

    comments: list[CommentShown]
    links: list[LinkShown]
    reminders: list[ReminderShown]


class OwedRow(Schema):
    """Something somebody owes, whatever keeps it."""

    kind: str
    short_id: str
    title: str
    owner_id: UUID | None
    owner: str
    given_by_id: UUID | None
    due_on: date | None
    state: Stage
    is_open: bool
    is_late: bool
    is_stuck: bool
    link: str


class OwedList(Schema):
    """A page of what is owed, and how much there is."""

    items: list[OwedRow]
    count: int


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
    is_stuck: bool
    asks_for: date | None


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
    given_by: UUID | None = None,
    stage: Stage | None = None,
    overdue: bool = False,
    flagged: bool = False,
    born_in: str = "",
    limit: Annotated[int, Field(ge=1, le=200)] = 100,
    offset: Annotated[int, Field(ge=0, le=1_000_000)] = 0,
) -> dict[str, Any]:
    """Open ones first, the longest overdue at the top."""
    found = queries.of_project(projects.project(_actor(request), key))
    asked = {"state": state, "owner_id": owner, "given_by_id": given_by, "born_in": born_in}
    found = found.filter(**{name: value for name, value in asked.items() if value})
    found = queries.in_stage(found, stage) if stage else found
    found = queries.overdue(found) if overdue else found
    found = queries.flagged(found) if flagged else found
    listed = found.order_by(*queries.BY_URGENCY)[offset : offset + limit]
    return {"items": list(listed), "count": found.count()}


@router.get("/projects/{key}/actions/{int:number}", response=WholeAction, summary="One action")
def action(request: HttpRequest, key: str, number: int) -> dict[str, Any]:
    """By its number in the project: NF-123 is number 123 of project NF."""
    found = _found(request, key, number)
    return {
        **{name: getattr(found, name) for name in ActionShown.model_fields},
        "comments": list(found.comments.order_by("said_at", "id")),
        "links": list(queries.links(found)),
        "reminders": list(queries.reminders(found)),
    }


@router.get("/projects/{key}/owed", response=OwedList, summary="Everything somebody owes")
def owed(
    request: HttpRequest,
    key: str,
    kind: str = "",
    owner: UUID | None = None,
    open: bool = True,
    overdue: bool = False,
    limit: Annotated[int, Field(ge=1, le=200)] = 100,
    offset: Annotated[int, Field(ge=0, le=1_000_000)] = 0,
) -> dict[str, Any]:
    """From actions, the plan, risks, decisions and promises: the longest overdue first."""
    project = projects.project(_actor(request), key)
    rows = sources.of_project(project)
    rows = rows.of_kind(kind) if kind else rows
    rows = rows.filter(owed_rank=0) if open else rows
    rows = rows.filter(owed_owner=owner) if owner else rows
    rows = sources.overdue(rows) if overdue else rows
    found = rows[offset : offset + limit]
    return {"items": [_owed(project.key, row) for row in found], "count": rows.count()}


def _owed(key: str, row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "kind": row["owed_kind"],
        "short_id": sources.short_id(key, row),
        "title": row["owed_title"],
        "owner_id": row["owed_owner"],
        "owner": row["owed_owner_name"],
        "given_by_id": row["owed_given"],
        "due_on": row["owed_due"],
        "state": row["owed_state"],
        "is_open": row["owed_rank"] == 0,
        "is_late": sources.is_late(row),
        "is_stuck": row["owed_stuck"],
        "link": sources.address(key, row),
    }
