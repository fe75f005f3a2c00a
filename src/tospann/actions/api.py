"""Actions in the REST API: of a project, one's own across projects, and what can be done to one."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from tospann.actions import commands, queries
from tospann.actions.models import Action, ActionState, Priority
from tospann.foundation.authority import Actor
from tospann.foundation.commands import Bound, Done, submit
from tospann.foundation.ids import new_id
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


class NewAction(Schema):
    """What is to be done, by whom and by when."""

    title: str
    description: str = ""
    owner: UUID | None = None
    due_on: date | None = None
    priority: Priority = Priority.NORMAL


class ChangedAction(Schema):
    """All that can be changed, and the version that was read."""

    title: str
    description: str = ""
    due_on: date | None = None
    priority: Priority = Priority.NORMAL
    version: int | None = None


class Handed(Schema):
    """The new owner, or nobody."""

    owner: UUID | None


class Dropped(Schema):
    """Why it is not to be done."""

    reason: str


class Proposal(Schema):
    """The change was not carried out but proposed; this is who decides and why."""

    because: str


Outcome = tuple[int, Any]


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # authentication set it
    return actor


def _found(request: HttpRequest, key: str, number: int) -> Action:
    return queries.action(projects.project(_actor(request), key), number)


def _carry_out(
    request: HttpRequest, bound: Bound[..., Action], status: int = 200, **values: Any
) -> Outcome:
    outcome = submit(_actor(request), bound, **values)
    if isinstance(outcome, Done):
        return status, outcome.result
    return 202, Proposal(because=str(outcome.ruling))


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


@router.post(
    "/projects/{key}/actions", response={201: ActionShown, 202: Proposal}, summary="Add an action"
)
def add(request: HttpRequest, key: str, payload: NewAction) -> Outcome:
    """For anybody on the team, or for oneself where that is all one may."""
    project, actor = projects.project(_actor(request), key), _actor(request)
    values = payload.model_dump()
    give = commands.add_action.ruling(actor, project)
    if give.is_refused and values["owner"] in {None, actor.person_id}:
        values.pop("owner")
        own = commands.add_own_action.on(project)
        return _carry_out(request, own, 201, id=new_id(), **values)
    return _carry_out(request, commands.add_action.on(project), 201, id=new_id(), **values)


@router.put(
    "/projects/{key}/actions/{int:number}",
    response={200: ActionShown, 202: Proposal},
    summary="Change an action",
)
def change(request: HttpRequest, key: str, number: int, payload: ChangedAction) -> Outcome:
    """Refused with 409 when somebody has changed it since the version given."""
    values = payload.model_dump()
    bound = commands.change_action.on(_found(request, key, number), values.pop("version"))
    return _carry_out(request, bound, **values)


@router.post(
    "/projects/{key}/actions/{int:number}/complete",
    response={200: ActionShown, 202: Proposal},
    summary="Complete an action",
)
def complete(request: HttpRequest, key: str, number: int) -> Outcome:
    """One's own, or any as keeper of the registers."""
    return _carry_out(request, commands.complete_action.on(_found(request, key, number)))


@router.post(
    "/projects/{key}/actions/{int:number}/reopen",
    response={200: ActionShown, 202: Proposal},
    summary="Reopen an action",
)
def reopen(request: HttpRequest, key: str, number: int) -> Outcome:
    """Done or dropped becomes open."""
    return _carry_out(request, commands.reopen_action.on(_found(request, key, number)))


@router.post(
    "/projects/{key}/actions/{int:number}/drop",
    response={200: ActionShown, 202: Proposal},
    summary="Drop an action",
)
def drop(request: HttpRequest, key: str, number: int, payload: Dropped) -> Outcome:
    """A condition of a decision can be dropped by those who decide alone."""
    bound = commands.drop_action.on(_found(request, key, number))
    return _carry_out(request, bound, reason=payload.reason)


@router.post(
    "/projects/{key}/actions/{int:number}/hand-over",
    response={200: ActionShown, 202: Proposal},
    summary="Hand over an action",
)
def hand_over(request: HttpRequest, key: str, number: int, payload: Handed) -> Outcome:
    """The new owner is told."""
    bound = commands.hand_over_action.on(_found(request, key, number))
    return _carry_out(request, bound, owner=payload.owner)
