"""For programs: which archive packages there are, and a project as of any moment."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from tospann.archiving import queries
from tospann.archiving.as_of import moments
from tospann.archiving.as_of.queries import as_of as held_then
from tospann.foundation.authority import Actor
from tospann.projects.queries import project

router = Router(tags=["archive"])
Moment = Annotated[str, Field(max_length=40, description="Such as 2026-11-22T14:30:00+01:00")]


class ArchivePackage(Schema):
    """One archive package. Its file is fetched at ``/p/{key}/archive/{pk}``."""

    pk: int
    made_at: datetime
    made_by: str
    documents: int
    files: int
    size: int
    sha256: str
    remarks: list[str]


class ArchivePackages(Schema):
    items: list[ArchivePackage]
    count: int


class ProjectThen(Schema):
    """The project itself, as it was."""

    key: str
    name: str
    state: str
    start: date
    finish: date


class ChainThen(Schema):
    """Where the log of the project was: the last act up to the moment, and how many since."""

    scope: UUID
    sequence: int
    hash: str
    acted_at: datetime
    later_acts: int
    later_acts_erased: int


class AsOfOut(Schema):
    """What held at a moment. Rows of a section are named by its columns."""

    project: ProjectThen
    at: datetime
    chain: ChainThen
    plan_revision: int | None
    plan_hash: str
    sections: dict[str, list[dict[str, Any]]]
    not_kept_by_date: list[str]


@router.get(
    "/projects/{key}/as-of", response=AsOfOut, summary="The project as of a moment, read only"
)
def as_of(request: HttpRequest, key: str, at: Moment = "") -> dict[str, Any]:
    """Without ``at``, as it is now; a day is the end of it. Documents as your rights are today."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # authentication set it
    of = project(actor, key)
    return held_then(actor, of, moments.asked(of, {"at": at})).to_json()


@router.get(
    "/projects/{key}/archive", response=ArchivePackages, summary="Archive packages of the project"
)
def list_packages(request: HttpRequest, key: str) -> dict[str, Any]:
    """The newest first, for whoever may close the project and for auditors."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # authentication set it
    found = queries.packages(actor, project(actor, key))
    listed = [queries.shown(one) for one in found]
    return {"items": listed, "count": len(listed)}
