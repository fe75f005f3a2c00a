"""Reading contacts, telephone notes and promises through the REST API. Commands change them."""

from datetime import date, datetime
from typing import Annotated, Any, cast
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from tospann.people.actors import ActorRequest
from tospann.projects import queries as projects
from tospann.projects.models import Project
from tospann.stakeholders import queries
from tospann.stakeholders.models import Contact, Note, Promise, PromiseState

router = Router(tags=["stakeholders"])
Limit = Annotated[int, Field(ge=1, le=200)]
Offset = Annotated[int, Field(ge=0, le=1_000_000)]
Number = Annotated[int, Field(ge=0, lt=2**31)]


class ContactShown(Schema):
    """Somebody the project deals with."""

    id: UUID
    name: str
    organisation: str
    title: str
    email: str
    phone: str
    person_id: UUID | None
    is_active: bool
    version: int


class ContactList(Schema):
    """A page of contacts, and how many there are."""

    items: list[ContactShown]
    count: int


class NoteShown(Schema):
    """A telephone note."""

    id: UUID
    number: int
    contact_id: UUID
    contact: str
    text: str
    called_at: datetime
    written_by_id: UUID | None
    version: int


class NoteList(Schema):
    """A page of telephone notes, and how many there are."""

    items: list[NoteShown]
    count: int


class PromiseShown(Schema):
    """A promise: who, to whom, by when, where it was said, and what the plan says of it."""

    id: UUID
    number: int
    text: str
    by_person_id: UUID | None
    by_contact_id: UUID | None
    to_person_id: UUID | None
    to_contact_id: UUID | None
    by_name: str
    to: str
    due_on: date | None
    state: str
    reason: str
    activity_uid: int | None
    planned_finish: date | None
    plan_breaks_it: bool
    born_in: str
    born_label: str
    born_link: str
    settled_at: datetime | None
    version: int


class PromiseList(Schema):
    """A page of promises, and how many there are."""

    items: list[PromiseShown]
    count: int


def _project(request: HttpRequest, key: str) -> Project:
    return projects.project(cast(ActorRequest, request).actor, key)


@router.get("/projects/{key}/contacts", response=ContactList, summary="The project's contacts")
def contacts(
    request: HttpRequest, key: str, limit: Limit = 100, offset: Offset = 0
) -> dict[str, Any]:
    """By name, those no longer in use as well."""
    found = queries.contacts(_project(request, key))
    listed = found.order_by("name", "pk")[offset : offset + limit]
    return {"items": list(listed), "count": found.count()}


@router.get("/projects/{key}/contacts/{uuid:pk}", response=ContactShown, summary="One contact")
def contact(request: HttpRequest, key: str, pk: UUID) -> Contact:
    """By its id."""
    return queries.contact(_project(request, key), pk)


@router.get("/projects/{key}/notes", response=NoteList, summary="The project's telephone notes")
def notes(
    request: HttpRequest,
    key: str,
    contact: UUID | None = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> dict[str, Any]:
    """The latest first; of one contact, if asked."""
    found = queries.notes(_project(request, key)).select_related("contact")
    if contact is not None:
        found = found.filter(contact_id=contact)
    listed = found.order_by("-called_at", "-number")[offset : offset + limit]
    return {"items": [_note(one) for one in listed], "count": found.count()}


@router.get("/projects/{key}/notes/{int:number}", response=NoteShown, summary="One telephone note")
def note(request: HttpRequest, key: str, number: Number) -> dict[str, Any]:
    """By its number in the project: NF-123 is number 123 of project NF."""
    return _note(queries.note(_project(request, key), number))


def _note(one: Note) -> dict[str, Any]:
    names = NoteShown.model_fields.keys() - {"contact"}
    return {**{name: getattr(one, name) for name in names}, "contact": one.contact.name}


@router.get("/projects/{key}/promises", response=PromiseList, summary="The project's promises")
def promises(
    request: HttpRequest,
    key: str,
    state: PromiseState | None = None,
    by: UUID | None = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> dict[str, Any]:
    """Open ones first, the longest overdue at the top."""
    project = _project(request, key)
    found = queries.promises_of(project)
    if state is not None:
        found = found.filter(state=state)
    if by is not None:
        found = found.filter(by_person_id=by)
    listed = queries.with_names(found).order_by(*queries.BY_URGENCY)[offset : offset + limit]
    return {"items": _promises(project, list(listed)), "count": found.count()}


@router.get("/projects/{key}/promises/{int:number}", response=PromiseShown, summary="One promise")
def promise(request: HttpRequest, key: str, number: Number) -> dict[str, Any]:
    """By its number in the project: NF-123 is number 123 of project NF."""
    project = _project(request, key)
    queries.promise(project, number)
    found = queries.with_names(queries.promises_of(project)).filter(number=number)
    return _promises(project, list(found))[0]


def _promises(project: Project, found: list[Promise]) -> list[dict[str, Any]]:
    worked_out = {"to", "planned_finish", "plan_breaks_it"}
    names = PromiseShown.model_fields.keys() - worked_out
    rows = [{name: getattr(one, name) for name in names} | {"pk": one.pk} for one in found]
    planned = queries.planned_for(project.pk, rows)
    for row, one in zip(rows, found, strict=True):
        said = planned.get(one.pk)
        row["to"] = one.whom  # type: ignore[attr-defined]  # with_names adds it
        row["planned_finish"] = said.finish if said else None
        row["plan_breaks_it"] = queries.is_broken_by(one, said)
    return rows
