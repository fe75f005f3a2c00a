"""Who is told when a meeting is called, moved or cancelled, and when its minutes are out."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_noop

from tospann.foundation.authority import Sentence
from tospann.foundation.models import AuditEntry
from tospann.foundation.reactions import reaction
from tospann.foundation.references import find
from tospann.meetings import mails
from tospann.meetings.commands import (
    add_attendee,
    answer_remark,
    call_meeting,
    cancel_meeting,
    change_meeting,
    move_meeting,
    publish_minutes,
    remark_on_minutes,
    remove_attendee,
)
from tospann.meetings.models import Attendance, Meeting, MeetingState, PublishedMinutes, Remark
from tospann.notifications.models import Kind
from tospann.notifications.telling import tell

_CALLED = gettext_noop("%(who)s calls you to “%(title)s”, %(day)s.")
_MOVED = gettext_noop("“%(title)s” is moved to %(day)s.")
_CANCELLED = gettext_noop("“%(title)s” is cancelled: %(message)s")
_PUBLISHED = gettext_noop("The minutes of “%(title)s” are out. Remarks by %(day)s.")
_REMARKED = gettext_noop("%(who)s remarked on the minutes of “%(title)s”.")
_ANSWERED = gettext_noop("Your remark on the minutes of “%(title)s” is answered.")


def _changed(entry: AuditEntry, label: str) -> Iterator[Any]:
    """The records of this kind that the act changed and that are still there."""
    for ref in entry.detail.changes or {}:
        found = find(ref) if ref.startswith(f"{label}:") else None
        if found is not None:
            yield found


def _meetings(entry: AuditEntry) -> Iterator[Meeting]:
    for one in _changed(entry, "meetings.meeting"):
        found = Meeting.objects.select_related("project", "called_by").filter(pk=one.pk).first()
        if found is not None:
            yield found


def _called(meeting: Meeting) -> list[Attendance]:
    return list(Attendance.objects.filter(meeting=meeting).select_related("person"))


def _tell(entry: AuditEntry, meeting: Meeting, kind: Kind, msgid: str, **values: Any) -> None:
    listed = _called(meeting)
    said = Sentence(msgid, {"title": meeting.title, "who": entry.detail.actor_name, **values})
    people = [one.person_id for one in mails.still_with(meeting, listed)]
    tell(people, kind, said, meeting.get_absolute_url(), entry, project=meeting.project)


def _day(meeting: Meeting) -> str:
    return f"day:{meeting.starts_at.date().isoformat()}"


@reaction(call_meeting)
def invite_everybody(entry: AuditEntry) -> None:
    for meeting in _meetings(entry):
        if meeting.state == MeetingState.PLANNED:
            mails.invite(meeting, _called(meeting), mails.About("called", str(entry.pk)))
            _tell(entry, meeting, Kind.MEETING, _CALLED, day=_day(meeting))


@reaction(move_meeting, change_meeting)
def say_what_is_other(entry: AuditEntry) -> None:
    """Only when invitations are out, and time, place or title became another."""
    for meeting in _meetings(entry):
        ref = f"meetings.meeting:{meeting.pk}"
        fields = (entry.detail.changes or {})[ref]["fields"]
        if "sequence" not in fields or meeting.state != MeetingState.PLANNED:
            continue
        what = "moved" if "starts_at" in fields else "changed"
        mails.invite(meeting, _called(meeting), mails.About(what, str(entry.pk)))
        if what == "moved":
            _tell(entry, meeting, Kind.MEETING, _MOVED, day=_day(meeting))


@reaction(cancel_meeting)
def say_that_it_is_cancelled(entry: AuditEntry) -> None:
    for meeting in _meetings(entry):
        if meeting.invited_at is not None:
            mails.invite(meeting, _called(meeting), mails.About("cancelled", str(entry.pk)))
            _tell(entry, meeting, Kind.MEETING, _CANCELLED, message=meeting.message[:300])


@reaction(add_attendee)
def invite_one_more(entry: AuditEntry) -> None:
    for one in _changed(entry, "meetings.attendance"):
        meeting = Meeting.objects.select_related("project", "called_by").get(pk=one.meeting_id)
        if meeting.invited_at is not None and meeting.state == MeetingState.PLANNED:
            mails.invite(meeting, [one], mails.About("called", str(entry.pk)))


@reaction(remove_attendee)
def say_that_one_is_not_needed(entry: AuditEntry) -> None:
    """The invitation is gone; what is known of it stands in the entry."""
    for ref, change in (entry.detail.changes or {}).items():
        if not ref.startswith("meetings.attendance:") or change["version"] is not None:
            continue
        was = {name: values[0] for name, values in change["fields"].items()}
        found = Meeting.objects.select_related("project", "called_by")
        meeting = found.filter(pk=str(was.get("meeting_id"))).first()
        if meeting is None or meeting.invited_at is None or meeting.state != MeetingState.PLANNED:
            continue
        names = ("name", "email", "organisation", "is_external", "person_id", "contact_id")
        one = Attendance(pk=UUID(ref.partition(":")[2]), meeting=meeting)
        for name in names:
            setattr(one, name, was.get(name))
        mails.invite(meeting, [one], mails.About("removed", str(entry.pk)))


@reaction(publish_minutes)
def send_the_minutes(entry: AuditEntry) -> None:
    for one in _changed(entry, "meetings.publishedminutes"):
        found = PublishedMinutes.objects.select_related("meeting__project", "meeting__called_by")
        out = found.get(pk=one.pk)
        mails.send_minutes(out)
        day = f"day:{out.content['remarks_due_on']}"
        _tell(entry, out.meeting, Kind.MEETING, _PUBLISHED, day=day)


@reaction(remark_on_minutes)
def ask_for_an_answer(entry: AuditEntry) -> None:
    for one in _changed(entry, "meetings.remark"):
        remark = Remark.objects.select_related("meeting__project").get(pk=one.pk)
        meeting = remark.meeting
        said = Sentence(_REMARKED, {"who": remark.by_name, "title": meeting.title})
        to = [meeting.minutes_by_id or meeting.called_by_id]
        link = f"{meeting.get_absolute_url()}#remarks"
        tell(to, Kind.ASKED, said, link, entry, project=meeting.project)


@reaction(answer_remark)
def tell_that_it_is_answered(entry: AuditEntry) -> None:
    for one in _changed(entry, "meetings.remark"):
        found = Remark.objects.select_related("meeting__project", "attendance__person")
        remark = found.get(pk=one.pk)
        by = remark.attendance.person_id if remark.attendance else None
        if by is None:
            mails.send_answer(remark)
            continue
        meeting = remark.meeting
        said = Sentence(_ANSWERED, {"title": meeting.title})
        link = f"{meeting.get_absolute_url()}#remarks"
        tell([by], Kind.DONE, said, link, entry, project=meeting.project)
