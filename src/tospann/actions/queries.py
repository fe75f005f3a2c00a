"""Reading actions: of a project, and one's own across projects."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils import timezone

from tospann.actions.models import Action, ActionLink, ActionState, Comment, Reminder, Stage
from tospann.foundation.authority import Actor, Role
from tospann.people.models import Person
from tospann.projects import queries as projects
from tospann.projects.models import Project, ProjectState

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
ESCALATED_AFTER_DAYS, ESCALATED_AFTER_REMINDERS = 7, 2
OPEN_FIRST = Case(When(state=ActionState.OPEN, then=0), default=1, output_field=IntegerField())
BY_URGENCY = (OPEN_FIRST, F("due_on").asc(nulls_last=True), F("priority").asc(), F("number").asc())
"""Open before the rest, the longest overdue first, what has no date last."""


def of_project(project: Project) -> QuerySet[Action]:
    return Action.objects.filter(project=project)


def action(project: Project, number: int) -> Action:
    """One action of the project, or 404."""
    found = Action.objects.filter(project=project, number=number)
    one = found.select_related("project", "owner", "given_by", "flagged_by", "helper").first()
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


def in_stage(rows: QuerySet[Action], stage: Stage) -> QuerySet[Action]:
    if stage in (Stage.DONE, Stage.DROPPED):
        return rows.filter(state=stage)
    waits = stage is Stage.NOT_STARTED
    return rows.filter(state=ActionState.OPEN, began_at__isnull=waits)


def flagged(rows: QuerySet[Action]) -> QuerySet[Action]:
    """Open ones whose owner said something that somebody should answer."""
    said = Q(stuck_since__isnull=False) | Q(proposed_due_on__isnull=False)
    return rows.filter(said, state=ActionState.OPEN)


def not_reminded_today(rows: QuerySet[Action]) -> QuerySet[Action]:
    today = Reminder.objects.filter(action=OuterRef("pk"), on=timezone.localdate())
    return rows.filter(~Exists(today))


def to_be_reminded(project: Project) -> QuerySet[Action]:
    """Overdue, with an owner who is still here, and not reminded of today."""
    late = overdue(of_project(project)).filter(owner__is_active=True)
    return not_reminded_today(late)


def chosen(project: Project, picked: list[str]) -> QuerySet[Action]:
    """The ticked actions; what is no id of one is left out."""
    ids = [UUID(one) for one in picked if _UUID.fullmatch(one)]
    found = of_project(project).filter(pk__in=ids[:500]).select_related("owner", "project")
    return found.order_by("number")


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


def answerable(action: Action) -> list[UUID]:
    """Who answers for what an owner says: whoever gave it to her, else who keeps the registers."""
    if action.given_by_id and action.given_by_id != action.owner_id:
        return [action.given_by_id]
    return projects.holders(action.project_id, (Role.COORDINATOR, Role.MANAGER))


def asked_for_help(action: Action) -> list[UUID]:
    """Who is to help: whoever was named, else whoever answers for it."""
    return [action.helper_id] if action.helper_id else answerable(action)


def concerned(action: Action) -> set[UUID]:
    """Who hears of comments: the owner, whoever gave it, and those who have commented."""
    said = set(action.comments.values_list("by_id", flat=True))
    return {person for person in said | {action.owner_id, action.given_by_id} if person}


def still_on_team(comment: Comment) -> list[UUID]:
    """Those the comment mentions who are (still) on the team."""
    team = set(projects.on_team(comment.project_id))
    return [pk for pk in map(UUID, comment.mentions) if pk in team]


def to_be_escalated() -> QuerySet[Action]:
    """Overdue for long, or the owner reminded twice; not told of yet for that due date."""
    today = timezone.localdate()
    reminders = Reminder.objects.filter(action=OuterRef("pk"), person=OuterRef("owner"))
    times = reminders.order_by().values("action").annotate(n=Count("pk")).values("n")
    late = Action.objects.filter(state=ActionState.OPEN, due_on__lt=today)
    late = late.exclude(project__state=ProjectState.CLOSED).exclude(escalated_due=F("due_on"))
    late = late.annotate(times=Coalesce(Subquery(times), 0))
    long = Q(due_on__lt=today - timedelta(days=ESCALATED_AFTER_DAYS))
    found = late.filter(long | Q(times__gte=ESCALATED_AFTER_REMINDERS))
    return found.select_related("project", "owner").order_by("project", "due_on", "number")


def unanswered(today: date) -> QuerySet[Action]:
    """Stuck, with somebody asked who has not answered by the day that was named."""
    found = Action.objects.filter(state=ActionState.OPEN, stuck_since__isnull=False)
    found = found.filter(helper__isnull=False, helped_at__isnull=True, reply_by__lt=today)
    found = found.exclude(project__state=ProjectState.CLOSED)
    return found.select_related("project", "helper").order_by("project", "number")


def comments(action: Action) -> list[dict[str, Any]]:
    """Oldest first."""
    found = action.comments.select_related("by").order_by("said_at", "id")
    return [
        {"by": one.by.name if one.by else "", "text": one.text, "at": one.said_at, "id": one.pk}
        for one in found
    ]


def links(action: Action) -> QuerySet[ActionLink]:
    return ActionLink.objects.filter(action=action).select_related("by").order_by("id")


def link(project: Project, pk: UUID) -> ActionLink:
    found = ActionLink.objects.filter(project=project, pk=pk)
    one = found.select_related("action__project").first()
    if one is None:
        raise Http404
    return one


def reminders(action: Action) -> QuerySet[Reminder]:
    """The latest first."""
    found = Reminder.objects.filter(action=action).select_related("person", "by")
    return found.order_by("-at")[:20]


def listed_of(person: Person) -> list[tuple[str, str]]:
    """The first fifty open actions of a person, with where they are."""
    found = open_of(person.pk).select_related("project").order_by("project__key", "number")[:50]
    return [(f"{one.short_id} {one.title}", one.get_absolute_url()) for one in found]
