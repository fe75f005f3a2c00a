"""Reading contacts, notes and promises of a project the actor sees."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    Count,
    F,
    IntegerField,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils import timezone

from tospann.foundation.authority import Actor
from tospann.notifications.models import OutboxMail
from tospann.people.models import Person
from tospann.projects import queries as projects
from tospann.projects.models import Membership, Project
from tospann.stakeholders import promises
from tospann.stakeholders.models import Contact, Note, Promise, PromiseState

OPEN_FIRST = Case(
    When(state=PromiseState.OPEN, then=Value(0)), default=Value(1), output_field=IntegerField()
)
BY_URGENCY = (OPEN_FIRST, F("due_on").asc(nulls_last=True), F("number").asc())
Row = dict[str, Any]


def contacts(project: Project) -> QuerySet[Contact]:
    return Contact.objects.filter(project=project)


def contact(project: Project, pk: UUID) -> Contact:
    """One contact of the project, or 404."""
    found = contacts(project).select_related("project", "person").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def with_open_promises(rows: QuerySet[Contact]) -> QuerySet[Contact]:
    """Contacts with something open between us, either way."""
    is_open = Promise.objects.filter(state=PromiseState.OPEN)
    made = is_open.filter(by_contact__isnull=False).values("by_contact")
    received = is_open.filter(to_contact__isnull=False).values("to_contact")
    return rows.filter(Q(pk__in=made) | Q(pk__in=received))


def open_promises_by_contact(contacts: Iterable[UUID]) -> dict[UUID, int]:
    """How many open promises there are between us and each of these contacts: one query."""
    wanted = set(contacts)
    rows = Promise.objects.filter(state=PromiseState.OPEN)
    rows = rows.filter(Q(by_contact__in=wanted) | Q(to_contact__in=wanted))
    found: dict[UUID, int] = {}
    for sides in rows.values_list("by_contact", "to_contact"):
        for one in set(sides) & wanted:
            found[one] = found.get(one, 0) + 1
    return found


def notes(project: Project) -> QuerySet[Note]:
    return Note.objects.filter(project=project)


def note(project: Project, number: int) -> Note:
    """One telephone note of the project, or 404."""
    found = notes(project).select_related("project", "contact", "written_by")
    one = found.filter(number=number).first()
    if one is None:
        raise Http404
    return one


def promises_of(project: Project) -> QuerySet[Promise]:
    return Promise.objects.filter(project=project)


def promise(project: Project, number: int) -> Promise:
    """One promise of the project, or 404."""
    found = promises_of(project).filter(number=number)
    one = found.select_related(
        "project", "by_person", "by_contact", "to_person", "to_contact"
    ).first()
    if one is None:
        raise Http404
    return one


def born_in(ref: str) -> QuerySet[Promise]:
    """The promises made in something: a note, an agenda item, a decision."""
    found = Promise.objects.filter(born_in=ref).order_by("number")
    return found.select_related("project", "by_person", "by_contact", "to_person", "to_contact")


def with_names(found: QuerySet[Promise]) -> QuerySet[Promise]:
    """Adds who promised and to whom, as names to show and sort by."""
    return found.annotate(
        by_name=Coalesce("by_person__name", "by_contact__name", Value("")),
        whom=Coalesce("to_person__name", "to_contact__name", "to_name"),
    )


def open_of(person: UUID) -> QuerySet[Promise]:
    """What this person has promised and not settled yet."""
    return Promise.objects.filter(by_person=person, state=PromiseState.OPEN)


def open_count(person: Person) -> int:
    return open_of(person.pk).count()


def mine(actor: Actor) -> QuerySet[Promise]:
    """The actor's open promises in all projects she sees, the most urgent first."""
    if actor.person_id is None:
        return Promise.objects.none()
    found = open_of(actor.person_id).filter(project__in=projects.visible_projects(actor))
    return found.select_related("project").order_by(F("due_on").asc(nulls_last=True), "number")


def is_overdue(due_on: date | None, state: str) -> bool:
    return state == PromiseState.OPEN and due_on is not None and due_on < timezone.localdate()


def overdue(rows: QuerySet[Promise]) -> QuerySet[Promise]:
    return rows.filter(state=PromiseState.OPEN, due_on__lt=timezone.localdate())


def planned_for(
    project_id: UUID, rows: Iterable[Mapping[str, Any]]
) -> dict[UUID, promises.PlanDate]:
    """What the plan says of these rows (pk, state, activity_uid) that are open: one query."""
    tied = [row for row in rows if row["state"] == PromiseState.OPEN and row["activity_uid"]]
    planned = promises.plan_dates(project_id, {row["activity_uid"] for row in tied})
    return {
        row["pk"]: planned[row["activity_uid"]] for row in tied if row["activity_uid"] in planned
    }


def planned_date(found: Promise) -> promises.PlanDate | None:
    """What the plan says of an open promise that is tied to it."""
    uid = found.activity_uid
    if uid is None or not found.is_open:
        return None
    return promises.plan_dates(found.project_id, {uid}).get(uid)


def is_broken_by(found: Promise, planned: promises.PlanDate | None) -> bool:
    return found.is_open and promises.breaks(found.due_on, planned)


def tied_to_plan(project_id: UUID) -> QuerySet[Promise]:
    """The open promises of a project that depend on something in its plan."""
    found = Promise.objects.filter(project=project_id, state=PromiseState.OPEN)
    found = found.filter(activity_uid__isnull=False)
    return found.select_related("project", "to_person", "to_contact").order_by("number")


def whom(found: Promise) -> str:
    """Who it was promised to, by name."""
    return str(found.to_person or found.to_contact or found.to_name or "–")


def warnings(project: Project) -> list[Row]:
    """The open promises of the project that the plan will break, the earliest first."""
    tied = promises_of(project).filter(
        state=PromiseState.OPEN, activity_uid__isnull=False, due_on__isnull=False
    )
    names = ("pk", "number", "text", "state", "due_on", "activity_uid", "by_name", "whom")
    rows = list(with_names(tied).order_by("due_on", "number").values(*names)[:1000])
    planned = planned_for(project.pk, rows)
    return [
        {**row, "planned": planned[row["pk"]]}
        for row in rows
        if promises.breaks(row["due_on"], planned.get(row["pk"]))
    ]


def promises_by_note(notes: Iterable[UUID]) -> dict[UUID, int]:
    """How many promises were made in each of these calls."""
    names = {f"stakeholders.note:{pk}": pk for pk in notes}
    made = Promise.objects.filter(born_in__in=names).values_list("born_in")
    return {names[ref]: count for ref, count in made.annotate(count=Count("pk")).order_by()}


def of_contact(found: Contact) -> list[Promise]:
    """What was promised by or to a contact, open ones first."""
    rows = Promise.objects.filter(Q(by_contact=found) | Q(to_contact=found))
    rows = rows.select_related("by_person", "by_contact", "to_person", "to_contact")
    return list(rows.order_by(*BY_URGENCY)[:100])


def calls_with(found: Contact) -> list[Note]:
    """The latest telephone notes about a contact."""
    rows = Note.objects.filter(contact=found).select_related("written_by")
    return list(rows.order_by("-called_at", "-number")[:50])


def sent_to(found: Contact) -> list[Row]:
    """Mails of this project that went to the contact's address, the latest first."""
    if not found.email:
        return []
    mails = OutboxMail.objects.filter(to__iexact=found.email, project_id=found.project_id)
    rows = mails.order_by("-created_at").values("subject", "sent_at", "created_at")
    return [dict(row) for row in rows[:50]]


OpenWork = Callable[[Project, Contact], Sequence[Mapping[str, Any]]]
"""Rows ``label, href, note, late``: what a contact owes the project elsewhere."""
_open_work: list[OpenWork] = []


def open_work_comes_from(source: OpenWork) -> OpenWork:
    """Called by a capability whose things a contact may owe (actions)."""
    _open_work.append(source)
    return source


def open_work(found: Contact) -> list[Mapping[str, Any]]:
    return [row for source in _open_work for row in source(found.project, found)]


def everybody(project: Project) -> list[tuple[str, str]]:
    """Everybody with a role in the project, guests too, for tying a contact to a person."""
    people = Membership.objects.filter(project=project, person__is_active=True)
    rows = people.values_list("person_id", "person__name").distinct()
    return [(str(pk), name) for pk, name in rows.order_by("person__name", "person_id")]


def contact_names(project: Project) -> list[tuple[UUID, str]]:
    """The contacts in use, “Name (organisation)”, for suggestions."""
    rows = contacts(project).filter(is_active=True).order_by("name", "pk")
    return [
        (pk, f"{name} ({organisation})" if organisation else name)
        for pk, name, organisation in rows.values_list("pk", "name", "organisation")[:1000]
    ]


def counts(project: Project) -> Mapping[str, int]:
    """How many promises are open, and how many of those overdue, in one query."""
    is_open = Q(state=PromiseState.OPEN)
    return promises_of(project).aggregate(
        open=Count("pk", filter=is_open),
        overdue=Count("pk", filter=is_open & Q(due_on__lt=timezone.localdate())),
    )


def label_of(project: Project, pk: str) -> str:
    """How a contact (by its id, as text) is written in a form; nothing when there is none."""
    return next((label for known, label in contact_names(project) if str(known) == pk), "")


def contact_called(project: Project, label: str) -> Contact | None:
    """The contact a suggestion stands for: “Name (Organisation)”, or a name only one has."""
    typed = label.strip().casefold()
    known = contacts(project).filter(is_active=True).order_by("pk")
    named = [
        one
        for one in known.only("pk", "name", "organisation", "project_id")
        if typed in (one.name.casefold(), f"{one.name} ({one.organisation})".casefold())
    ]
    exact = [one for one in named if one.name.casefold() != typed]
    found = exact or named
    return found[0] if len(found) == 1 else None
