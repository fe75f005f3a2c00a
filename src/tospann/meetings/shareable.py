"""A meeting with its minutes as a thing that is shared, and what its reader outside gets of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tospann.foundation.authority import Actor
from tospann.meetings.minutes import for_external
from tospann.meetings.models import AgendaItem, Attendance, Meeting, MeetingState, PublishedMinutes
from tospann.projects.models import Project
from tospann.sharing.access import access, grants
from tospann.sharing.things import Thing, things_come_from, things_listed_by

KIND = "meetings.meeting"
_MOST = 200


def things(pks: Sequence[UUID]) -> list[Thing]:
    found = Meeting.objects.filter(pk__in=list(pks)).select_related("project")
    return [as_thing(one) for one in found]


def as_thing(one: Meeting) -> Thing:
    """Internal, as the meetings of a project are; a cancelled one is in nobody's reach."""
    return Thing(
        project_id=one.project_id,
        reference=f"{KIND}:{one.pk}",
        title=one.title,
        link=one.get_absolute_url(),
        is_trashed=one.state == MeetingState.CANCELLED,
    )


def seen_by(actor: Actor, project: Project) -> list[Thing]:
    """The meetings the actor sees, the latest first, at most two hundred."""
    held = grants(actor, project)
    found = Meeting.objects.filter(project=project).select_related("project")
    listed = (as_thing(one) for one in found.order_by("-starts_at")[:_MOST])
    return [one for one in listed if access(actor, one, held).may_see]


def register() -> None:
    things_come_from(KIND, things)
    things_listed_by(seen_by)


@dataclass(frozen=True)
class Outside:
    """What somebody outside gets: the minutes when they are published, else the agenda."""

    agenda: list[AgendaItem]
    minutes: PublishedMinutes | None = None
    content: dict[str, Any] | None = None


def outside(meeting: Meeting, emails: Collection[str], person: UUID | None) -> Outside:
    """Nothing private; only her own points where the meeting says so. As minutes are mailed."""
    mine = _attendance(meeting, emails, person)
    out = PublishedMinutes.objects.filter(meeting=meeting).first()
    if out is not None:
        return Outside([], out, for_external(out.content, mine))
    items = AgendaItem.objects.filter(meeting=meeting, private=False)
    listed = list(items.order_by("position", "id"))
    if meeting.own_points_only:
        listed = [one for one in listed if mine and mine in one.concerns]
    return Outside(listed)


def _attendance(meeting: Meeting, emails: Collection[str], person: UUID | None) -> str:
    """The id of her attendance, if she was called to the meeting."""
    called = Attendance.objects.filter(meeting=meeting)
    rows = called.values_list("pk", "person_id", "email")
    known = {email.lower() for email in emails if email}
    hers = (pk for pk, who, email in rows if (person and who == person) or email.lower() in known)
    return next((str(pk) for pk in hers), "")
