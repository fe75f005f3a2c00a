"""Reading contacts, notes and promises of a project the actor sees."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils import timezone

from tospann.foundation.authority import Actor, Role
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


def broken_by_plan(
    project_id: UUID, rows: Iterable[Mapping[str, Any]]
) -> dict[UUID, promises.PlanDate]:
    """Which of these rows (pk, state, due_on, activity_uid) the plan will break: one query."""
    tied = [row for row in rows if row["state"] == PromiseState.OPEN and row["activity_uid"]]
    planned = promises.plan_dates(project_id, {row["activity_uid"] for row in tied})
    return {
        row["pk"]: planned[row["activity_uid"]]
        for row in tied
        if promises.breaks(row["due_on"], planned.get(row["activity_uid"]))
    }


def warnings(project: Project) -> list[Row]:
    """The open promises of the project that the plan will break, the earliest first."""
    tied = promises_of(project).filter(
        state=PromiseState.OPEN, activity_uid__isnull=False, due_on__isnull=False
    )
    names = ("pk", "number", "text", "state", "due_on", "activity_uid", "by_name", "whom")
    rows = list(with_names(tied).order_by("due_on", "number").values(*names)[:1000])
    late = broken_by_plan(project.pk, rows)
    return [{**row, "planned": late[row["pk"]]} for row in rows if row["pk"] in late]


def team(project: Project) -> list[tuple[str, str]]:
    """Who may promise on the project's behalf, by name, for menus."""
    today = timezone.localdate()
    members = Membership.objects.filter(project=project, person__is_active=True)
    members = members.exclude(role=Role.GUEST).filter(Q(until__isnull=True) | Q(until__gte=today))
    people = members.values_list("person_id", "person__name").distinct()
    return [(str(pk), name) for pk, name in people.order_by("person__name", "person_id")]


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
