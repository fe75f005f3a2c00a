"""One's own meetings across projects: this week's, what to answer, minutes to finish."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Q
from django.utils import timezone

from tospann.foundation.authority import Actor
from tospann.meetings.models import MINUTES_OPEN, Answer, Attendance, Meeting, MeetingState
from tospann.people.models import Person
from tospann.projects import queries as projects

DAYS = 7
_SHOWN = ("pk", "number", "title", "starts_at", "duration_minutes", "place", "video_link", "state")
_PLACE = {"project_key": F("project__key"), "project_name": F("project__name")}


def mine(actor: Actor) -> dict[str, list[dict[str, Any]]]:
    """``week``: my meetings the next seven days; ``to_answer``: invitations; ``minutes``: due.

    Two queries, whatever there is.
    """
    found: dict[str, list[dict[str, Any]]] = {"week": [], "to_answer": [], "minutes": []}
    if actor.person_id is None:
        return found
    now = timezone.now()
    for row in _called(actor, actor.person_id, now):
        if row["answer"] == Answer.NONE and row["invited_at"] and row["starts_at"] > now:
            found["to_answer"].append(row)
        if row["starts_at"] < now + timedelta(days=DAYS):
            found["week"].append(row)
    found["minutes"] = owed(actor)
    return found


def _called(actor: Actor, person: UUID, now: datetime) -> list[dict[str, Any]]:
    """Meetings ahead, or under way, that the actor is called to."""
    ahead = Q(meeting__state=MeetingState.PLANNED, meeting__starts_at__gt=now - timedelta(hours=2))
    rows = Attendance.objects.filter(person_id=person)
    rows = rows.filter(ahead | Q(meeting__state=MeetingState.UNDER_WAY))
    rows = rows.filter(project__in=projects.visible_projects(actor))
    shown = {name: F(f"meeting__{name}") for name in (*_SHOWN, "invited_at") if name != "pk"}
    found = rows.order_by("meeting__starts_at").values("answer", **shown, **_PLACE)
    return [dict(row) for row in found[:200]]


def owed(actor: Actor) -> list[dict[str, Any]]:
    """Meetings whose minutes this actor is to finish, the oldest first."""
    if actor.person_id is None:
        return []
    rows = Meeting.objects.filter(minutes_by_id=actor.person_id, state__in=MINUTES_OPEN)
    rows = rows.filter(project__in=projects.visible_projects(actor)).order_by("starts_at")
    return [dict(row) for row in rows.values(*_SHOWN, **_PLACE)[:100]]


def open_count(person: Person) -> int:
    """How many meetings the person is to take the minutes of."""
    waiting = (MeetingState.PLANNED, *MINUTES_OPEN)
    return Meeting.objects.filter(minutes_by=person, state__in=waiting).count()
