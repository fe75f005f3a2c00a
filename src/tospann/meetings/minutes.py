"""What minutes say, as plain data in no language: frozen when they are published."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from tospann.foundation.audit import canonical, digest
from tospann.meetings.models import AgendaItem, Attendance, Meeting
from tospann.meetings.queries.due import carried_over
from tospann.meetings.queries.reading import Born, born_in
from tospann.people.queries import organisation

Content = dict[str, Any]


def content_of(meeting: Meeting, remarks_due_on: Any) -> Content:
    """Everything that goes out, as it stands now."""
    listed = AgendaItem.objects.filter(meeting=meeting).select_related("responsible")
    items = list(listed.order_by("position", "id"))
    born = born_in(meeting.project, items)
    called = list(Attendance.objects.filter(meeting=meeting).order_by("is_external", "name", "id"))
    return {
        "key": meeting.project.key,
        "project": meeting.project.name,
        "organisation": organisation().name,
        "number": meeting.number,
        "title": meeting.title,
        "series": meeting.series.name if meeting.series else "",
        "purpose": meeting.purpose,
        "starts_at": (meeting.started_at or meeting.starts_at).isoformat(),
        "ended_at": meeting.ended_at.isoformat() if meeting.ended_at else "",
        "duration_minutes": meeting.duration_minutes,
        "place": meeting.place,
        "minutes_by": meeting.minutes_by.name if meeting.minutes_by else "",
        "remarks_due_on": remarks_due_on.isoformat(),
        "own_points_only": meeting.own_points_only,
        "called": [_called(one) for one in called],
        "items": [_item(one, born[one.ref], called) for one in items],
        "carried_over": [
            {
                "short_id": f"{meeting.project.key}-{one.number}",
                "title": one.title,
                "who": one.owner.name if one.owner else "",
                "due_on": one.due_on.isoformat() if one.due_on else "",
                "owner_id": str(one.owner_id or ""),
            }
            for one in carried_over(meeting)
        ],
    }


def _called(one: Attendance) -> Content:
    return {
        "id": str(one.pk),
        "name": one.name,
        "organisation": one.organisation,
        "is_external": one.is_external,
        "is_present": one.is_present,
    }


def _item(one: AgendaItem, born: list[Born], called: list[Attendance]) -> Content:
    return {
        "id": str(one.pk),
        "label": one.label,
        "title": one.title,
        "kind": one.kind,
        "text": one.text,
        "responsible": one.responsible.name if one.responsible else "",
        "about": one.about_label,
        "private": one.private,
        "concerns": _concerned(one, born, called),
        "born": [
            {
                "kind": row.kind,
                "short_id": row.short_id,
                "title": row.title,
                "who": row.who,
                "due_on": row.due_on.isoformat() if row.due_on else "",
                "state": row.state,
            }
            for row in born
        ],
    }


def _concerned(one: AgendaItem, born: list[Born], called: list[Attendance]) -> list[str]:
    """Whose own point it is: named in it, responsible for it, or owing what was born in it."""
    owners: set[UUID | None] = {one.responsible_id, *(row.owner_id for row in born)} - {None}
    owing = [c for c in called if c.person_id in owners or c.contact_id in owners]
    named = {*one.concerns, *(str(c.pk) for c in owing)}
    firms = {c.organisation for c in called if str(c.pk) in named and c.organisation}
    with_them = {str(c.pk) for c in called if c.is_external and c.organisation in firms}
    return sorted(named | with_them)


def fingerprint(content: Mapping[str, Any]) -> str:
    """What the audit log keeps of the content."""
    return digest(canonical(dict(content)))


def for_external(content: Content, attendance: str) -> Content:
    """What an external party is sent: nothing private; only own points when the meeting says so."""
    shown = [item for item in content["items"] if not item["private"]]
    if content["own_points_only"]:
        shown = [item for item in shown if attendance in item["concerns"]]
    return {**content, "items": shown, "carried_over": []}
