"""Reading own registers through the REST API. Changes go through the commands."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from tospann.foundation.authority import Actor
from tospann.projects import queries as projects
from tospann.projects.models import Project
from tospann.registers import queries
from tospann.registers.models import Line

router = Router(tags=["registers"])
Limit = Annotated[int, Field(ge=1, le=200)]
Offset = Annotated[int, Field(ge=0, le=1_000_000)]


class RegisterChoice(Schema):
    """A value of a column or a state: its key, its word, and whether it ends a row."""

    key: str
    label: str
    final: bool


class RegisterColumn(Schema):
    """A column of a register. Decimals and dates are text in the values of rows."""

    key: str
    label: str
    kind: str
    required: bool
    choices: list[RegisterChoice]


class RegisterShown(Schema):
    """A register, with its columns besides title, owner, due date and state."""

    id: UUID
    key: str
    title: str
    columns: list[RegisterColumn]
    states: list[RegisterChoice]
    version: int


class RegisterLineShown(Schema):
    """A row of a register; ``values`` by the keys of its columns."""

    id: UUID
    number: int
    title: str
    state: str
    is_open: bool
    owner_id: UUID | None
    raised_by_id: UUID | None
    due_on: date | None
    values: dict[str, Any]
    created_at: datetime
    version: int


class RegisterLineList(Schema):
    """A page of rows, and how many there are."""

    items: list[RegisterLineShown]
    count: int


def _project(request: HttpRequest, key: str) -> Project:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # authentication set it
    return projects.project(actor, key)


@router.get(
    "/projects/{key}/registers", response=list[RegisterShown], summary="The project's own registers"
)
def registers(request: HttpRequest, key: str) -> list[dict[str, Any]]:
    """Those that have no address of their own in the portal."""
    project = _project(request, key)
    return [
        {
            "id": one.definition.pk,
            "key": one.definition.key,
            "title": one.definition.title,
            "columns": one.own,
            "states": one.states,
            "version": one.definition.version,
        }
        for one in queries.all_of(project)
    ]


@router.get(
    "/projects/{key}/registers/{name}",
    response=RegisterLineList,
    summary="The rows of a register",
)
def register_lines(
    request: HttpRequest,
    key: str,
    name: str,
    state: str | None = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> dict[str, Any]:
    """Open ones first, the longest overdue at the top."""
    rows = queries.lines(queries.register(_project(request, key), name))
    rows = rows.filter(state=state) if state else rows
    listed = rows.order_by(*queries.BY_URGENCY)[offset : offset + limit]
    return {"items": list(listed), "count": rows.count()}


@router.get(
    "/projects/{key}/registers/lines/{int:number}",
    response=RegisterLineShown,
    summary="One row of a register",
)
def register_line(request: HttpRequest, key: str, number: int) -> Line:
    """By its number in the project."""
    return queries.line(_project(request, key), number)
