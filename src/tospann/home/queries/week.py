"""What a person owes and is called to, wherever it was born: lists for the page's one query."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from tospann.actions.models import Action, ActionState, Reminder
from tospann.meetings.models import Attendance, Meeting, MeetingState
from tospann.planning.models import Activity, Kind, State
from tospann.projects.models import ProjectState
from tospann.risks.models import Deviation, DeviationState, Problem, ProblemState
from tospann.stakeholders.models import Promise, PromiseState
from tospann.ui.round_trip import Rows

MOST = 40
FEW = 12
PLACE = {"key": "project__key", "project": "project_id", "project_name": "project__name"}
_FIRST_DUE = F("due_on").asc(nulls_last=True)


def owed(person: UUID, mine: Iterable[UUID], until: date) -> dict[str, Rows]:
    """Actions, tasks in plans, promises, problems and deviations that are this person's."""
    inside = {"project__in": list(mine)}
    return {
        "actions": _actions(person, until, inside),
        "tasks": _tasks(person, until, inside),
        "promises": _of(
            Promise.objects.filter(by_person=person, state=PromiseState.OPEN, **inside),
            until,
            title="text",
        ),
        "problems": _of(
            Problem.objects.filter(owner=person, state=ProblemState.OPEN, **inside),
            until,
            title="title",
        ),
        "deviations": _of(
            Deviation.objects.filter(owner=person, state=DeviationState.OPEN, **inside),
            until,
            title="title",
        ),
    }


def _actions(person: UUID, until: date, inside: dict[str, Any]) -> Rows:
    found = Action.objects.filter(owner=person, state=ActionState.OPEN, **inside)
    found = found.filter(Q(due_on__lte=until) | Q(due_on__isnull=True))
    columns = ("number", "title", "due_on", "priority", "stuck_since", "proposed_due_on")
    return Rows(
        found.exclude(project__state=ProjectState.CLOSED).order_by(_FIRST_DUE, "number")[:MOST],
        **{k: k for k in columns},
        **PLACE,
    )


def _tasks(person: UUID, until: date, inside: dict[str, Any]) -> Rows:
    found = Activity.objects.filter(responsible=person, is_active=True, **inside)
    found = found.exclude(kind=Kind.SUMMARY).exclude(state=State.DONE)
    found = found.filter(Q(finish__lte=until) | Q(start__lte=until))
    return Rows(
        found.order_by(F("finish").asc(nulls_last=True), "position")[:MOST],
        **{k: k for k in ("uid", "name", "kind", "start", "finish", "percent", "state")},
        **PLACE,
    )


def _of(found: QuerySet[Any, Any], until: date, **columns: str) -> Rows:
    near = found.filter(due_on__lte=until).exclude(project__state=ProjectState.CLOSED)
    return Rows(
        near.order_by("due_on", "number")[:FEW],
        number="number",
        due_on="due_on",
        **columns,
        **PLACE,
    )


def meetings(person: UUID, mine: Iterable[UUID], begins: datetime, ends: datetime) -> Rows:
    """The meetings this person is called to, with what she has answered."""
    found = Attendance.objects.filter(person=person, project__in=list(mine))
    found = found.filter(meeting__starts_at__gte=begins, meeting__starts_at__lt=ends)
    found = found.exclude(meeting__state=MeetingState.CANCELLED)
    return Rows(
        found.order_by("meeting__starts_at", "meeting__number")[:FEW],
        id="pk",
        answer="answer",
        number="meeting__number",
        title="meeting__title",
        starts_at="meeting__starts_at",
        minutes="meeting__duration_minutes",
        place="meeting__place",
        state="meeting__state",
        invited_at="meeting__invited_at",
        **PLACE,
    )


def minutes_due(person: UUID, mine: Iterable[UUID]) -> Rows:
    """Meetings that were held, whose minutes this person has not published yet."""
    held = Meeting.objects.filter(minutes_by=person, project__in=list(mine))
    due = held.filter(state=MeetingState.HELD).exclude(project__state=ProjectState.CLOSED)
    return Rows(
        due.order_by("starts_at")[:FEW],
        **{k: k for k in ("number", "title", "starts_at")},
        **PLACE,
    )


def flagged(person: UUID, kept: Iterable[UUID]) -> Rows:
    """Actions whose owner is stuck or asks for another date, for whoever can help or is asked."""
    concern = Q(given_by=person) | Q(given_by__isnull=True, project__in=list(kept))
    concern |= Q(helper=person, helped_at__isnull=True)
    found = Action.objects.filter(
        concern, Q(stuck_since__isnull=False) | Q(proposed_due_on__isnull=False)
    )
    waiting = found.filter(state=ActionState.OPEN).exclude(owner=person)
    columns = ("number", "title", "due_on", "stuck_since", "stuck_text", "proposed_due_on")
    return Rows(
        waiting.order_by(_FIRST_DUE, "number")[:FEW],
        **{k: k for k in columns},
        reply_by="reply_by",
        owner="owner__name",
        **PLACE,
    )


def chased(person: UUID, kept: Iterable[UUID], today: date) -> Rows:
    """What others owe and is overdue, by project: how much, by how many, not reminded today."""
    reminded = Reminder.objects.filter(action=OuterRef("pk"), on=today)
    late = Action.objects.filter(
        project__in=list(kept), state=ActionState.OPEN, due_on__lt=today, owner__is_active=True
    )
    found = late.exclude(owner=person).exclude(project__state=ProjectState.CLOSED)
    counted = (
        found.filter(~Exists(reminded))
        .order_by()
        .values("project__key", "project__name", "project_id")
        .annotate(n=Count("pk"), people=Count("owner", distinct=True))
    )
    return Rows(counted.order_by("-n", "project__key"), n="n", people="people", **PLACE)
