"""Archive packages for programs: which there are."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from tospann.archiving import queries
from tospann.foundation.authority import Actor
from tospann.projects.queries import project

router = Router(tags=["archive"])


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


@router.get(
    "/projects/{key}/archive", response=ArchivePackages, summary="Archive packages of the project"
)
def list_packages(request: HttpRequest, key: str) -> dict[str, Any]:
    """The newest first, for whoever may close the project and for auditors."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # authentication set it
    found = queries.packages(actor, project(actor, key))
    listed = [queries.shown(one) for one in found]
    return {"items": listed, "count": len(listed)}
