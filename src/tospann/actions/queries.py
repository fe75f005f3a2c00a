"""Reading actions: of a project, and one's own across projects."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, When
from django.http import Http404
from django.utils import timezone

from tospann.actions.models import Action, ActionState, Reminder
from tospann.foundation.authority import Actor, Role
from tospann.people.models import Person
from tospann.projects import queries as projects
from tospann.projects.models import Membership, Project

OPEN_FIRST = Case(When(state=ActionState.OPEN, then=0), default=1, output_field=IntegerField())
BY_URGENCY = (OPEN_FIRST, F("due_on").asc(nulls_last=True), F("priority").asc(), F("number").asc())
"""Open before the rest, the longest overdue first, what has no date last."""


def of_project(project: Project) -> QuerySet[Action]:
    return Action.objects.filter(project=project)


def action(project: Project, number: int) -> Action:
    """One action of the project, or 404."""
    found = Action.objects.filter(project=project, number=number)
    one = found.select_related("project", "owner", "given_by").first()
    if one is None:
        raise Http404
    return one


def born_in(ref: str) -> QuerySet[Action]:
    """The actions that something gave birth to."""
    return Action.objects.filter(born_in=ref).select_related("owner", "project").order_by("number")


def is_overdue(due_on: date | None, state: str) -> bool:
    return state == ActionState.OPEN and due_on is not None and due_on < timezone.localdate()


def overdue(rows: QuerySet[Action]) -> QuerySet[Action]:
    return rows.filter(state=ActionState.OPEN, due_on__lt=timezone.localdate())


def not_reminded_today(rows: QuerySet[Action]) -> QuerySet[Action]:
    today = Reminder.objects.filter(action=OuterRef("pk"), on=timezone.localdate())
    return rows.filter(~Exists(today))


def team(project: Project) -> list[tuple[str, str]]:
    """Who may own an action: the team by name, for menus."""
    today = timezone.localdate()
    members = Membership.objects.filter(project=project, person__is_active=True)
    members = members.exclude(role=Role.GUEST).filter(Q(until__isnull=True) | Q(until__gte=today))
    people = members.values_list("person_id", "person__name").distinct()
    return [(str(pk), name) for pk, name in people.order_by("person__name", "person_id")]


def open_of(person: UUID) -> QuerySet[Action]:
    return Action.objects.filter(owner=person, state=ActionState.OPEN)


def mine(actor: Actor) -> dict[str, list[dict[str, Any]]]:
    """The actor's open actions in all projects she sees: overdue, today, week, later."""
    groups: dict[str, list[dict[str, Any]]] = {"overdue": [], "today": [], "week": [], "later": []}
    if actor.person_id is None:
        return groups
    rows = open_of(actor.person_id).filter(project__in=projects.visible_projects(actor))
    shown = rows.order_by(F("due_on").asc(nulls_last=True), "priority", "number").values(
        "pk",
        "number",
        "title",
        "due_on",
        "priority",
        "origin_kind",
        "stuck_since",
        "proposed_due_on",
        project_key=F("project__key"),
        project_name=F("project__name"),
    )
    today = timezone.localdate()
    for row in shown[:500]:
        flags = {"is_stuck": row["stuck_since"] is not None, "asks_for": row["proposed_due_on"]}
        groups[_group(row["due_on"], today)].append(dict(row) | flags)
    return groups


def _group(due_on: date | None, today: date) -> str:
    sunday = today + timedelta(days=6 - today.weekday())
    if due_on is None or due_on > sunday:
        return "later"
    if due_on < today:
        return "overdue"
    return "today" if due_on == today else "week"


def counts(project: Project) -> Mapping[str, int]:
    """How many are open, overdue and without an owner, in one query."""
    is_open = Q(state=ActionState.OPEN)
    late = is_open & Q(due_on__lt=timezone.localdate())
    return Action.objects.filter(project=project).aggregate(
        open=Count("pk", filter=is_open),
        overdue=Count("pk", filter=late),
        nobodys=Count("pk", filter=is_open & Q(owner=None)),
    )


def open_count(person: Person) -> int:
    return open_of(person.pk).count()
