"""Publishing minutes, remarks to them, and locking them. What is out is never changed."""

from datetime import date
from typing import Annotated
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from pydantic import Field

from tospann.documents import blobs
from tospann.documents.models import Attachment
from tospann.foundation.arguments import Hash, Text
from tospann.foundation.authority import Actor, Power, Sentence
from tospann.foundation.commands import command
from tospann.foundation.errors import CommandError, Invalid
from tospann.foundation.ids import new_id
from tospann.meetings.commands.holding import close
from tospann.meetings.commands.rules import is_own, number_items
from tospann.meetings.minutes import content_of, fingerprint
from tospann.meetings.models import (
    MINUTES_OPEN,
    AgendaItem,
    Attendance,
    Meeting,
    MeetingState,
    PublishedMinutes,
    Remark,
)

MOST_REMARKS = 200
_NOT_CALLED = gettext_noop("Only those who were called to the meeting remark to its minutes.")


class ChangedMeanwhile(CommandError):
    """Somebody wrote in the minutes between their typesetting and their publishing."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            gettext("Somebody wrote in the minutes just now. Look at them and publish again.")
        )


@command(needs=Power.KEEP_MINUTES, undoable=False)
def finish_minutes(actor: Actor, meeting: Meeting) -> Meeting:
    """End a meeting and take in everything that is typed"""
    if meeting.state in (MeetingState.PUBLISHED, MeetingState.LOCKED):
        raise Invalid(gettext("The minutes are published already. Nothing was changed."))
    if meeting.state not in MINUTES_OPEN:
        raise Invalid(gettext("There are no minutes yet: start the meeting first."))
    close(actor, meeting)
    number_items(meeting)
    if meeting.state == MeetingState.UNDER_WAY:
        meeting.state, meeting.ended_at = MeetingState.HELD, timezone.now()
        meeting.save()
    return meeting


@command(needs=Power.KEEP_MINUTES, undoable=False, exposed=False)
def publish_minutes(
    actor: Actor,
    meeting: Meeting,
    *,
    remarks_due_on: date,
    language: str,
    sha256: Hash,
    pdf_sha256: Hash,
    pdf_size: Annotated[int, Field(ge=1)],
) -> PublishedMinutes:
    """Publish minutes"""
    if meeting.state in (MeetingState.PUBLISHED, MeetingState.LOCKED):
        raise Invalid(gettext("The minutes are published already. Nothing was changed."))
    if meeting.state != MeetingState.HELD:
        raise Invalid(gettext("End the meeting before its minutes are published."))
    if remarks_due_on < timezone.localdate():
        raise Invalid(gettext("Choose a day that is still to come."), "remarks_due_on")
    close(actor, meeting)
    content = content_of(meeting, remarks_due_on)
    if fingerprint(content) != sha256:
        raise ChangedMeanwhile
    if not blobs.exists(pdf_sha256, pdf_size):
        raise Invalid(gettext("The file of the minutes is missing. Publish again."))
    now = timezone.now()
    out = PublishedMinutes(
        id=new_id(),
        project_id=meeting.project_id,
        meeting=meeting,
        content=content,
        sha256=sha256,
        pdf_sha256=pdf_sha256,
        pdf_size=pdf_size,
        language=language,
        published_by_id=actor.person_id,
        published_at=now,
    )
    out.save()
    _attach(actor, meeting, out)
    meeting.state, meeting.published_at = MeetingState.PUBLISHED, now
    meeting.remarks_due_on = remarks_due_on
    meeting.save()
    return out


def _attach(actor: Actor, meeting: Meeting, out: PublishedMinutes) -> None:
    """So that a check of the files finds it when the PDF is gone."""
    Attachment(
        id=new_id(),
        project_id=meeting.project_id,
        born_in=f"meetings.publishedminutes:{out.pk}",
        name=f"{meeting.project.key}-{meeting.number}.pdf",
        media_type="application/pdf",
        size=out.pdf_size,
        sha256=out.pdf_sha256,
        added_by_id=actor.person_id,
    ).save()


def was_called(actor: Actor, attendance: Attendance) -> Sentence | None:
    """One remarks for oneself."""
    return None if is_own(actor, attendance) else Sentence(_NOT_CALLED)


@command(needs=Power.OWN_ACCOUNT, only_if=was_called, undoable=False)
def remark_on_minutes(
    actor: Actor, attendance: Attendance, *, id: UUID, text: Text, item: UUID | None = None
) -> Remark:
    """Remark on minutes"""
    meeting = attendance.meeting
    if meeting.state == MeetingState.LOCKED:
        raise Invalid(gettext("The minutes are locked. Raise it in the next meeting instead."))
    if meeting.state != MeetingState.PUBLISHED:
        raise Invalid(gettext("The minutes are not published yet."))
    if meeting.remarks_due_on and meeting.remarks_due_on < timezone.localdate():
        raise Invalid(gettext("The deadline for remarks has passed."))
    if item and not AgendaItem.objects.filter(meeting=meeting, pk=item).exists():
        raise Invalid(gettext("This item is not in the minutes."), "item")
    if Remark.objects.filter(meeting=meeting).count() >= MOST_REMARKS:
        raise Invalid(gettext("There are too many remarks already. Raise it in a meeting."))
    remark = Remark(
        id=id,
        project_id=attendance.project_id,
        meeting=meeting,
        attendance=attendance,
        item_id=item,
        by_name=attendance.name,
        text=text,
    )
    remark.save()
    return remark


@command(needs=Power.KEEP_MINUTES, undoable=False)
def answer_remark(actor: Actor, remark: Remark, *, answer: Text) -> Remark:
    """Answer a remark on minutes"""
    remark.answer, remark.answered_at = answer, timezone.now()
    remark.answered_by_id = actor.person_id
    remark.save()
    return remark


@command(needs=Power.KEEP_MINUTES, undoable=False)
def lock_minutes(actor: Actor, meeting: Meeting) -> Meeting:
    """Lock minutes"""
    if meeting.state == MeetingState.LOCKED:
        raise Invalid(gettext("The minutes are locked already."))
    if meeting.state != MeetingState.PUBLISHED:
        raise Invalid(gettext("The minutes are not published yet."))
    unanswered = Remark.objects.filter(meeting=meeting, answer="").count()
    if unanswered and actor.kind != "system":
        raise Invalid(gettext("Answer the remarks first; then lock the minutes."))
    meeting.state, meeting.locked_at = MeetingState.LOCKED, timezone.now()
    meeting.save()
    return meeting
