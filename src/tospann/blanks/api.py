"""Document templates and what is filled in, through the REST API.

Values are kept as the page keeps them; every other change is a command (config/expose.py).
"""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import get_language
from ninja import Router, Schema, Status
from pydantic import Field

from tospann.blanks import completeness, content, keeping, posted, queries
from tospann.blanks.models import Filled
from tospann.foundation.authority import Actor
from tospann.foundation.paging import Limit, Offset
from tospann.projects import queries as projects

router = Router(tags=["blanks"])


class BlankShown(Schema):
    """A document template of the project; ``definition`` is in both languages."""

    id: UUID
    key: str
    name: str
    kind: str
    gate: str
    prepared_by: str
    approved_by: str
    version: int


class FilledShown(Schema):
    """A document that is, or was, filled in."""

    id: UUID
    number: int
    title: str
    state: str
    blank_key: str
    percent: int
    saved_at: datetime | None
    version: int

    @staticmethod
    def resolve_blank_key(of: Filled) -> str:
        return of.blank.key


class FilledList(Schema):
    """A page of documents, and how many there are."""

    items: list[FilledShown]
    count: int


class EditionShown(Schema):
    """A version as it was sent, approved or published."""

    id: UUID
    number: int
    state: str
    comment: str
    content_hash: str
    made_at: datetime
    settled_by: str
    settled_at: datetime | None
    case_label: str
    document_id: UUID | None


class WholeFilled(FilledShown):
    """A document with what its fields hold. ``numbers`` says how often each was changed."""

    values: dict[str, Any]
    numbers: dict[str, int]
    missing: list[str]
    editions: list[EditionShown]


class TypedIn(Schema):
    """What to write: field → value, and field → the number of the value that was read."""

    values: Annotated[dict[str, Any], Field(max_length=300)]
    numbers: Annotated[dict[str, int], Field(max_length=300)] = {}


class WrittenOut(Schema):
    """What came of it: the new numbers, and what stands where somebody else wrote meanwhile."""

    numbers: dict[str, int]
    clashes: dict[str, Any]
    percent: int
    missing: list[str]


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # authentication set it
    return actor


def _found(request: HttpRequest, key: str, number: int) -> Filled:
    project = projects.project(_actor(request), key)
    return queries.written(project, number)


@router.get("/projects/{key}/blanks", response=list[BlankShown], summary="Document templates")
def blanks(request: HttpRequest, key: str) -> list[Any]:
    """In the project's own order."""
    return list(queries.blanks(projects.project(_actor(request), key)))


@router.get("/projects/{key}/blanks/{slug:name}", summary="A template's definition",
            response=dict[str, Any])  # fmt: skip
def blank(request: HttpRequest, key: str, name: str) -> dict[str, Any]:
    """Its head, sections, fields and logs, in both languages."""
    return dict(queries.blank(projects.project(_actor(request), key), name).definition)


@router.get("/projects/{key}/filled", response=FilledList, summary="Documents filled in")
def all_filled(
    request: HttpRequest, key: str, limit: Limit = 100, offset: Offset = 0
) -> dict[str, Any]:
    """The newest first."""
    found = queries.filled_in(projects.project(_actor(request), key))
    return {"items": list(found[offset : offset + limit]), "count": found.count()}


@router.get("/projects/{key}/filled/{int:number}", response=WholeFilled, summary="One document")
def one_filled(request: HttpRequest, key: str, number: int) -> dict[str, Any]:
    """Judgements of people are given to the project's core alone."""
    found = _found(request, key, number)
    seen = queries.sees_restricted(_actor(request), found.project_id)
    written = content.now(found, found.project.language, restricted=seen)
    wanting = completeness.of_all(written).wanting
    shown = {name: getattr(found, name) for name in FilledShown.model_fields if name != "blank_key"}
    return {
        **shown,
        "blank_key": found.blank.key,
        "values": {key: written.values[key] for key in written.form.by_address
                   if key in written.values},
        "numbers": dict(written.numbers),
        "missing": [one.address for one in wanting],
        "editions": list(queries.editions(found)),
    }  # fmt: skip


@router.put("/projects/{key}/filled/{int:number}/values", summary="Write in a document",
            response={200: WrittenOut, 409: WrittenOut})  # fmt: skip
def write(request: HttpRequest, key: str, number: int, body: TypedIn) -> Status[Any]:
    """Each field by itself: 409 names those somebody else changed; the others are saved."""
    found = _found(request, key, number)
    actor = _actor(request)
    seen = queries.sees_restricted(actor, found.project_id)
    language = get_language() or found.project.language
    written = content.now(found, language, restricted=seen)
    said = posted.sent(written, body.values, language)
    typed = {key: keeping.Typed(value, body.numbers.get(key)) for key, value in said.items()}
    kept = keeping.keep(actor, found, typed, language)
    answer = {
        "numbers": kept.numbers,
        "clashes": kept.clashes,
        "percent": kept.progress.percent,
        "missing": [one.address for one in kept.progress.wanting],
    }
    return Status(409 if kept.clashes else 200, answer)
