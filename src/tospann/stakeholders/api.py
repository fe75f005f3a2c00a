"""Reading stakeholders, contacts, notes and promises through the REST API. Commands change them."""

from datetime import date, datetime
from typing import Annotated, Any, cast
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from tospann.people.actors import ActorRequest
from tospann.projects import queries as projects
from tospann.projects.models import Project
from tospann.stakeholders import communicating, queries, registered
from tospann.stakeholders.models import (
    Category,
    CommunicationItem,
    Contact,
    Judgement,
    Note,
    Promise,
    PromiseState,
    Stakeholder,
    Told,
)

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


class JudgementShown(Schema):
    """What is thought of a stakeholder: 0 none, 1 small, 2 medium, 3 large."""

    influence: int
    interest: int
    strategy: str
    own_words: str
    judged_by_id: UUID | None
    judged_on: date


class StakeholderShown(Schema):
    """A stakeholder; ``judgement`` is null for whoever does not keep the register."""

    id: UUID
    number: int
    name: str
    organisation: str
    category: str
    relation: str
    expectation: str
    information_need: str
    contact_id: UUID | None
    is_active: bool
    judgement: JudgementShown | None
    version: int


class StakeholderList(Schema):
    """A page of stakeholders, and how many there are."""

    items: list[StakeholderShown]
    count: int


class ReceivedShown(Schema):
    """Something a stakeholder has been told."""

    item_number: int
    title: str
    channel: str
    on: date
    note: str
    link: str
    by_id: UUID | None


class StakeholderWhole(StakeholderShown):
    """A stakeholder with what she has received, the latest first."""

    received: list[ReceivedShown]


class CommunicationShown(Schema):
    """A line of the communication plan; ``next_on`` is null when it has ended."""

    id: UUID
    number: int
    title: str
    purpose: str
    channel: str
    how_often: str
    next_on: date | None
    responsible_id: UUID | None
    stakeholder_ids: list[UUID]
    version: int


class CommunicationList(Schema):
    """A page of the communication plan, and how many lines there are."""

    items: list[CommunicationShown]
    count: int


class ToldShown(Schema):
    """One time it was told, and to whom."""

    id: UUID
    on: date
    note: str
    link: str
    by_id: UUID | None
    stakeholder_ids: list[UUID]


class CommunicationWhole(CommunicationShown):
    """A line of the communication plan with each time it was told, the latest first."""

    told: list[ToldShown]


@router.get(
    "/projects/{key}/stakeholders", response=StakeholderList, summary="The project's stakeholders"
)
def stakeholders(
    request: HttpRequest,
    key: str,
    category: Category | None = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> dict[str, Any]:
    """By name, those no longer in use as well."""
    project, actor = _project(request, key), cast(ActorRequest, request).actor
    found = registered.stakeholders(project)
    found = found.filter(category=category) if category is not None else found
    judged = registered.judgements(actor, project)
    listed = found.order_by("name", "number")[offset : offset + limit]
    return {
        "items": [_stakeholder(one, judged.get(one.pk)) for one in listed],
        "count": found.count(),
    }


@router.get(
    "/projects/{key}/stakeholders/{int:number}",
    response=StakeholderWhole,
    summary="One stakeholder",
)
def stakeholder(request: HttpRequest, key: str, number: Number) -> dict[str, Any]:
    """By its number in the project."""
    found = registered.stakeholder(_project(request, key), number)
    judged = registered.judgement(cast(ActorRequest, request).actor, found)
    received = [
        {
            "item_number": one.told.item.number,
            "title": one.told.item.title,
            "channel": one.told.item.channel,
            "on": one.told.on,
            "note": one.told.note,
            "link": one.told.link,
            "by_id": one.told.by_id,
        }
        for one in registered.received(found)
    ]
    return {**_stakeholder(found, judged), "received": received}


@router.get(
    "/projects/{key}/communication",
    response=CommunicationList,
    summary="The communication plan",
)
def communication(
    request: HttpRequest, key: str, limit: Limit = 100, offset: Offset = 0
) -> dict[str, Any]:
    """The soonest first; what has ended last."""
    found = communicating.items(_project(request, key))
    listed = found.prefetch_related("audience").order_by(*communicating.BY_DATE)
    return {
        "items": [_communication(one) for one in listed[offset : offset + limit]],
        "count": found.count(),
    }


@router.get(
    "/projects/{key}/communication/{int:number}",
    response=CommunicationWhole,
    summary="One line of the communication plan",
)
def communication_item(request: HttpRequest, key: str, number: Number) -> dict[str, Any]:
    """By its number in the project."""
    found = communicating.item(_project(request, key), number)
    told = [_told(one) for one in communicating.times(found)]
    return {**_communication(found), "told": told}


def _stakeholder(one: Stakeholder, judged: Judgement | None) -> dict[str, Any]:
    names = StakeholderShown.model_fields.keys() - {"judgement"}
    return {
        **{name: getattr(one, name) for name in names},
        "judgement": _judgement(judged) if judged else None,
    }


def _judgement(one: Judgement) -> dict[str, Any]:
    known = registered.strategy(one.influence, one.interest)
    names = ("influence", "interest", "judged_by_id", "judged_on")
    return {
        **{name: getattr(one, name) for name in names},
        "strategy": known[0] if known else "",
        "own_words": one.strategy,
    }


def _communication(one: CommunicationItem) -> dict[str, Any]:
    names = CommunicationShown.model_fields.keys() - {"stakeholder_ids"}
    who = [row.stakeholder_id for row in one.audience.all()]
    return {**{name: getattr(one, name) for name in names}, "stakeholder_ids": who}


def _told(one: Told) -> dict[str, Any]:
    names = ToldShown.model_fields.keys() - {"stakeholder_ids"}
    who = [row.stakeholder_id for row in one.receipts.all()]
    return {**{name: getattr(one, name) for name in names}, "stakeholder_ids": who}
