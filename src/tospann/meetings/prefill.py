"""What a new meeting is filled in with: its series, or the meeting it is like."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from tospann.foundation.authority import Role
from tospann.foundation.ids import new_id
from tospann.meetings.commands.calling import AgendaLine
from tospann.meetings.models import AgendaItem, Attendance, Meeting, Series
from tospann.meetings.queries.due import carried_over
from tospann.meetings.queries.reading import last_of, next_of
from tospann.meetings.timing import next_start
from tospann.projects import queries as projects
from tospann.projects.models import Project


@dataclass
class Prefill:
    """Everything a new meeting starts with; the next working week at nine when nothing is known."""

    title: str = ""
    starts_at: datetime = field(default_factory=lambda: next_start("once", []))
    duration_minutes: int = 60
    place: str = ""
    video_link: str = ""
    purpose: str = ""
    own_points_only: bool = False
    minutes_by: UUID | None = None
    people: list[UUID] = field(default_factory=list)
    contacts: list[UUID] = field(default_factory=list)
    others: list[tuple[str, str, str]] = field(default_factory=list)
    agenda: list[dict[str, Any]] = field(default_factory=list)


def from_series(project: Project, series: Series) -> Prefill:
    """The series' next meeting: as its last, on the next day of its kind."""
    last = last_of(series)
    made = like(last) if last else Prefill(people=holders_of(project, series.participants))
    made.title, made.duration_minutes = series.name, series.duration_minutes
    made.starts_at = next_of(series)
    made.purpose = ""
    made.agenda = [{"title": title, "minutes": 0} for title in series.agenda]
    return made


def holders_of(project: Project, roles: list[str]) -> list[UUID]:
    return projects.holders(project.pk, [Role(role) for role in roles])


def like(meeting: Meeting) -> Prefill:
    """A meeting like this one, a week later."""
    called = list(Attendance.objects.filter(meeting=meeting))
    items = AgendaItem.objects.filter(meeting=meeting, about="").order_by("position", "id")
    outside = [one for one in called if not one.person_id and not one.contact_id]
    return Prefill(
        title=meeting.title,
        starts_at=next_start("weekly", [meeting.starts_at]),
        duration_minutes=meeting.duration_minutes,
        place=meeting.place,
        video_link=meeting.video_link,
        purpose=meeting.purpose,
        own_points_only=meeting.own_points_only,
        minutes_by=meeting.minutes_by_id,
        people=[one.person_id for one in called if one.person_id],
        contacts=[one.contact_id for one in called if one.contact_id and not one.person_id],
        others=[(one.name, one.organisation, one.email) for one in outside],
        agenda=[{"title": one.title, "minutes": one.minutes} for one in items],
    )


def returning(project: Project, series: Series | None, starts_at: datetime) -> list[AgendaLine]:
    """The item that brings back what was agreed and is not done; none when all is done."""
    if series is None:
        return []
    draft = Meeting(project=project, series=series, starts_at=starts_at + timedelta(seconds=1))
    if not carried_over(draft):
        return []
    last = last_of(series, draft.starts_at)
    return [
        AgendaLine(
            id=new_id(),
            title=gettext("Open actions from last time"),
            minutes=10,
            about=f"meetings.meeting:{last.pk}" if last else "",
            about_label=f"{last.title} ({project.key}-{last.number})"[:200] if last else "",
            about_link=f"/p/{project.key}/meetings/{last.number}" if last else "",
        )
    ]
