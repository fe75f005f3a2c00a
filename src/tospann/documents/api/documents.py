"""Documents, folders and versions: read, sent and fetched. Other changes are commands."""

from datetime import date, datetime
from typing import Annotated, Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from ninja import Query, Schema, Status
from pydantic import Field

from tospann.documents import access, commands, fetching, placing, queries, receiving
from tospann.documents.api.routing import router
from tospann.documents.models import Document, NeededState, Version
from tospann.foundation.authority import Actor
from tospann.foundation.errors import NotAllowed
from tospann.foundation.paging import Limit, Offset, Page, page
from tospann.people.actors import ActorRequest
from tospann.projects import queries as projects
from tospann.projects.models import Project


class FolderShown(Schema):
    """A folder; ``label`` is what pages and drives call it."""

    id: UUID
    number: str
    name: str
    label: str
    parent_id: UUID | None
    phase_id: UUID | None
    classification: str
    version: int


class DocumentShown(Schema):
    """A document as its newest version is. ``classification`` is the one that counts."""

    id: UUID
    number: int
    name: str
    folder_id: UUID | None
    media_type: str
    size: int
    sha256: str
    version_number: int
    changed_at: datetime
    changed_by_id: UUID | None
    made_by_id: UUID | None
    classification: str
    has_personal_data: bool
    is_exempt: bool
    state: str
    approved_version: int | None
    phase_id: UUID | None
    document_type: str
    retain_until: date | None
    is_held: bool
    url: str
    source: str
    version: int
    link: str


class VersionShown(Schema):
    """One version of a document."""

    number: int
    sha256: str
    size: int
    media_type: str
    comment: str
    made_by_id: UUID | None
    made_at: datetime
    restored_from: int | None


class NeededShown(Schema):
    """A document that a gate or somebody asks for."""

    title: str
    state: NeededState
    phase: str
    due_on: date | None
    owner: str
    approver: str
    template: str
    gate_code: str
    document_id: UUID | None
    request: UUID | None
    criterion: UUID | None


class Listing(Schema):
    """Which documents are asked for."""

    folder: UUID | None = Field(default=None, description="Only those that lie in this folder")
    name: str = Field(default="", max_length=200, description="Part of the name")
    limit: Limit = 100
    offset: Offset = 0
    count: bool = False


class Sending(Schema):
    """Where the body goes, and what becomes of it when the name is taken."""

    folder: UUID | None = None
    taken: Annotated[str, Field(pattern="^(refuse|version|both)$")] = "refuse"
    comment: Annotated[str, Field(max_length=500)] = ""


def _asked(request: HttpRequest, key: str) -> tuple[Actor, Project]:
    actor = cast(ActorRequest, request).actor
    return actor, projects.project(actor, key)


def _shown(one: Document) -> dict[str, Any]:
    names = DocumentShown.model_fields.keys() - {"link", "classification"}
    more = {"link": one.get_absolute_url(), "classification": access.effective(one)}
    return {**{name: getattr(one, name) for name in names}, **more}


def _document(one: Document) -> DocumentShown:
    return DocumentShown.model_validate(_shown(one))


@router.get("/projects/{key}/folders", response=list[FolderShown], summary="Folders")
def folders(request: HttpRequest, key: str) -> list[Any]:
    """The folders the caller sees, each after what it lies in."""
    actor, project = _asked(request, key)
    return [one for one, _depth in access.tree(actor, project).walk]


@router.get("/projects/{key}/documents", summary="Documents")
def documents(request: HttpRequest, key: str, asked: Query[Listing]) -> Page[DocumentShown]:
    """The documents the caller sees, by number."""
    actor, project = _asked(request, key)
    found = queries.listed(actor, project, folder=asked.folder, name=asked.name)
    place = {"limit": asked.limit, "offset": asked.offset}
    return page(request, found, _document, **place, count=asked.count)


@router.post(
    "/projects/{key}/documents",
    response={200: DocumentShown, 201: DocumentShown},
    summary="Add a document",
)
def add_document(request: HttpRequest, key: str, asked: Query[Sending]) -> Any:
    """The body is the file; the header ``X-File-Name`` (percent-encoded) is its name."""
    actor, project = _asked(request, key)
    ruling = commands.add_document.ruling(actor, project)
    if not ruling.may_decide:
        raise NotAllowed(str(ruling))
    got = receiving.received(request)
    on_taken = cast(placing.OnTaken, asked.taken)
    made, is_new = placing.place(
        actor, project, got, asked.folder, on_taken=on_taken, comment=asked.comment
    )
    return Status(201 if is_new else 200, _shown(made))


@router.get(
    "/projects/{key}/documents/{int:number}", response=DocumentShown, summary="One document"
)
def document(request: HttpRequest, key: str, number: int) -> dict[str, Any]:
    """By its number in the project."""
    actor, project = _asked(request, key)
    return _shown(queries.document(actor, project, number))


@router.get("/projects/{key}/needed-documents", response=list[NeededShown])
def needed(request: HttpRequest, key: str) -> list[dict[str, Any]]:
    """The documents that are needed, phase by phase."""
    actor, project = _asked(request, key)
    rows = queries.needed(actor, project)
    names = NeededShown.model_fields.keys() - {"document_id"}
    return [
        {
            **{name: getattr(one, name) for name in names},
            "document_id": one.document.pk if one.document else None,
        }
        for one in rows
    ]


def known(request: HttpRequest, pk: UUID) -> tuple[Actor, Document]:
    actor = cast(ActorRequest, request).actor
    return actor, queries.anywhere(actor, pk)


@router.get("/documents/{uuid:pk}", response=DocumentShown, summary="One document by its id")
def document_by_id(request: HttpRequest, pk: UUID) -> dict[str, Any]:
    """Whatever project it lies in."""
    _actor, found = known(request, pk)
    return _shown(found)


@router.get("/documents/{uuid:pk}/content", summary="A document's bytes")
def content(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The newest version. Ranges and ``If-None-Match`` are answered."""
    actor, found = known(request, pk)
    return fetching.fetched(actor, found, request)


@router.get("/documents/{uuid:pk}/versions", response=list[VersionShown], summary="Versions")
def versions(request: HttpRequest, pk: UUID) -> list[Version]:
    """The newest first."""
    _actor, found = known(request, pk)
    return queries.versions(found)


@router.post("/documents/{uuid:pk}/versions", response={201: DocumentShown}, summary="New version")
def add_version(
    request: HttpRequest, pk: UUID, comment: Annotated[str, Query(max_length=500)] = ""
) -> Any:
    """The body is the file. Refused (423) while somebody else has checked it out."""
    actor, found = known(request, pk)
    ruling = commands.add_version.ruling(actor, found)
    if not ruling.may_decide:
        raise NotAllowed(str(ruling))
    got = receiving.received(request, found.name)
    made = commands.add_version(actor, found, sha256=got.sha256, size=got.size, comment=comment)
    return Status(201, _shown(made))


@router.get("/documents/{uuid:pk}/versions/{int:number}/content", summary="A version's bytes")
def version_content(request: HttpRequest, pk: UUID, number: int) -> HttpResponseBase:
    """The document as it was."""
    actor, found = known(request, pk)
    return fetching.fetched(actor, found, request, queries.version(found, number))
