"""Reading timesheets through the REST API. Changes go through the commands (config/expose.py)."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from tospann.foundation import parts
from tospann.foundation.authority import Actor
from tospann.projects import queries as projects
from tospann.timesheets import queries
from tospann.timesheets.models import Sheet, State, monday_of

router = Router(tags=["timesheets"])


class SheetLine(Schema):
    """Hours on a task, a type of work or both, from Monday to Sunday."""

    uid: int | None
    kind: str
    comment: str
    hours: list[Decimal]


class HoursSheetShown(Schema):
    """A person's hours on the project in one week, named by its Monday."""

    id: UUID
    person_id: UUID
    person: str
    monday: date
    state: State
    hours: Decimal
    lines: list[SheetLine]
    sent_at: datetime | None
    decided_at: datetime | None
    decided_by_id: UUID | None
    reason: str
    version: int


class SheetList(Schema):
    """A page of timesheets, and how many there are."""

    items: list[HoursSheetShown]
    count: int


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # authentication set it
    return actor


@router.get("/projects/{key}/timesheets", response=SheetList, summary="Timesheets of a project")
def timesheets(
    request: HttpRequest,
    key: str,
    state: State | None = None,
    person: UUID | None = None,
    week: Annotated[date | None, Query(description="Any day of the week")] = None,
    limit: Annotated[int, Field(ge=1, le=200)] = 100,
    offset: Annotated[int, Field(ge=0, le=10_000_000)] = 0,
) -> dict[str, Any]:
    """Weeks that are sent, the newest first, for whoever approves hours or keeps costs; for
    everybody else, and besides, her own."""
    project = projects.project(_actor(request), key)
    found = queries.of_project(_actor(request), project)
    wanted = {"state": state, "person": person, "monday": week and monday_of(week)}
    found = found.filter(**{name: value for name, value in wanted.items() if value is not None})
    count = found.order_by().count()
    rows = found.select_related("person").order_by("-monday", "-pk")
    items = parts.part(rows, offset, offset + limit, count)
    return {"items": [_shown(one) for one in items], "count": count}


def _shown(one: Sheet) -> dict[str, Any]:
    same = (name for name in HoursSheetShown.model_fields if name != "person")
    return {**{name: getattr(one, name) for name in same}, "person": one.person.name}
