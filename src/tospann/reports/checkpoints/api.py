"""Checkpoint reports through the REST API. They are sent by the command."""

from datetime import date, datetime
from typing import Annotated, Any, cast

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from tospann.people.actors import ActorRequest
from tospann.projects.queries import project as project_of
from tospann.reports.checkpoints import queries
from tospann.reports.models import Checkpoint

router = Router(tags=["reports"])


class CheckpointOut(Schema):
    """How a work package went, by whoever answers for it."""

    id: str
    number: int
    activity: int
    package: str
    state: str
    done: str
    next: str
    problems: str
    needs: str
    planned_finish: date | None
    expected_finish: date | None
    sent_by: str
    sent_at: datetime
    read_by: str
    read_at: datetime | None
    answer: str
    version: int


class CheckpointList(Schema):
    """Newest first."""

    items: list[CheckpointOut]
    count: int


_SAME = (
    *("number", "package", "state", "done", "next", "problems", "needs"),
    *("planned_finish", "expected_finish", "sent_at", "read_at", "answer", "version"),
)


def _out(one: Checkpoint) -> dict[str, Any]:
    names = {"sent_by": one.sent_by, "read_by": one.read_by}
    people = {key: person.name if person else "" for key, person in names.items()}
    same = {name: getattr(one, name) for name in _SAME}
    return {"id": str(one.pk), "activity": one.activity_uid, **same, **people}


@router.get("/projects/{key}/checkpoints", response=CheckpointList, summary="Checkpoint reports")
def checkpoints(
    request: HttpRequest,
    key: str,
    limit: Annotated[int, Field(ge=1, le=200)] = 100,
    offset: Annotated[int, Field(ge=0, le=1_000_000)] = 0,
) -> dict[str, Any]:
    """What those responsible for work packages have reported to the project manager."""
    found = queries.checkpoints(project_of(cast(ActorRequest, request).actor, key))
    shown = found[offset : offset + limit]
    return {"items": [_out(one) for one in shown], "count": found.count()}


@router.get(
    "/projects/{key}/checkpoints/{int:number}",
    response=CheckpointOut,
    summary="One checkpoint report",
)
def checkpoint(request: HttpRequest, key: str, number: int) -> dict[str, Any]:
    """As it was sent, with the manager's answer."""
    project = project_of(cast(ActorRequest, request).actor, key)
    return _out(queries.checkpoint(project, number))
