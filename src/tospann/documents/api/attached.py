"""Attached files of records through the REST API."""

from datetime import datetime
from typing import Annotated, Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from ninja import File, Form, Query, Schema
from ninja.files import UploadedFile
from pydantic import Field

from tospann.documents import queries, uploads, views
from tospann.documents.api.routing import router
from tospann.documents.commands import attach
from tospann.documents.models import Attachment
from tospann.foundation.authority import Actor
from tospann.foundation.errors import NotAllowed
from tospann.people.actors import ActorRequest
from tospann.projects import queries as projects
from tospann.projects.models import Project

BornIn = Annotated[
    str,
    Field(
        pattern=r"^[a-z_]{1,40}\.[a-z_]{1,40}:[0-9a-f-]{32,36}$",
        description="The record the file belongs to, such as cases.decision:01928f…",
    ),
]


class AttachmentShown(Schema):
    """A file attached to a record of the project."""

    id: UUID
    name: str
    media_type: str
    size: int
    sha256: str
    born_in: str
    added_at: datetime
    link: str


class UploadIn(Schema):
    """What the file belongs to. A photo is turned upright, made smaller and loses its place."""

    born_in: BornIn
    is_photo: bool = False


def _asked(request: HttpRequest, key: str) -> tuple[Actor, Project]:
    actor = cast(ActorRequest, request).actor
    return actor, projects.project(actor, key)


def _shown(one: Attachment) -> dict[str, Any]:
    names = AttachmentShown.model_fields.keys() - {"link"}
    return {**{name: getattr(one, name) for name in names}, "link": one.get_absolute_url()}


@router.get("/projects/{key}/files", response=list[AttachmentShown], summary="Files of a record")
def attachments(request: HttpRequest, key: str, born_in: Query[BornIn]) -> list[dict[str, Any]]:
    """What is attached to one record of the project, the oldest first."""
    actor, project = _asked(request, key)
    found = queries.attachments_of(born_in).filter(project=project)
    return [_shown(one) for one in queries.visible(actor, found)]


@router.get("/projects/{key}/files/{uuid:pk}", summary="One file, its bytes")
def attachment(request: HttpRequest, key: str, pk: UUID) -> HttpResponseBase:
    """The file as it was kept."""
    actor, project = _asked(request, key)
    return views.sent(queries.attachment(actor, project, pk), request)


@router.post("/projects/{key}/files", response=AttachmentShown, summary="Attach a file")
def upload(
    request: HttpRequest, key: str, body: Form[UploadIn], file: File[UploadedFile]
) -> dict[str, Any]:
    """Keep a file and attach it to a record."""
    actor, project = _asked(request, key)
    ruling = attach.ruling(actor, project)
    if not ruling.may_decide:
        raise NotAllowed(str(ruling))
    made = uploads.kept(file, is_photo=body.is_photo)
    return _shown(uploads.attach(actor, project, made, body.born_in))
