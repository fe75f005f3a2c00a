"""Who is called, what each answers, and who was there."""

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext

from tospann.foundation.arguments import OptionalLine
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.meetings.commands.calling import Address, Attendee, attendances
from tospann.meetings.commands.rules import is_own_invitation, must_be_writable
from tospann.meetings.models import AgendaItem, Answer, Answers, Attendance, Meeting, MeetingState


@command(needs=Power.KEEP_MINUTES)
def add_attendee(
    actor: Actor,
    meeting: Meeting,
    *,
    id: UUID,
    person: UUID | None = None,
    contact: UUID | None = None,
    name: OptionalLine = "",
    email: Address = "",
    organisation: OptionalLine = "",
) -> Attendance:
    """Call somebody to a meeting"""
    must_be_writable(meeting)
    called = Attendee(
        id=id, person=person, contact=contact, name=name, email=email, organisation=organisation
    )
    [attendance] = attendances(meeting, [called])
    who: dict[str, object] = {"person": attendance.person, "contact": attendance.contact}
    if attendance.person_id is None:
        who |= {"name": attendance.name, "email": attendance.email}
    if Attendance.objects.filter(meeting=meeting, **who).exists():
        raise Invalid(gettext("%(who)s is called already.") % {"who": attendance.name})
    attendance.save()
    return attendance


@command(needs=Power.KEEP_MINUTES, undoable=False)
def remove_attendee(actor: Actor, attendance: Attendance) -> None:
    """Take somebody off a meeting"""
    must_be_writable(attendance.meeting)
    if attendance.meeting.minutes_are_open and attendance.is_present is not None:
        raise Invalid(gettext("The minutes say who was there. Mark them as absent instead."))
    for item in AgendaItem.objects.filter(meeting_id=attendance.meeting_id):
        if str(attendance.pk) in item.concerns:
            item.concerns = [one for one in item.concerns if one != str(attendance.pk)]
            item.save()
    attendance.delete()


@command(needs=Power.OWN_ACCOUNT, only_if=is_own_invitation, undoable=False)
def answer_invitation(
    actor: Actor, attendance: Attendance, *, answer: Answers, note: OptionalLine = ""
) -> Attendance:
    """Answer an invitation"""
    meeting = attendance.meeting
    if meeting.state == MeetingState.CANCELLED:
        raise Invalid(gettext("This meeting is cancelled."))
    if meeting.state != MeetingState.PLANNED:
        raise Invalid(gettext("This meeting has begun or is over; there is nothing to answer."))
    if meeting.starts_at < timezone.now():
        raise Invalid(gettext("The time of this meeting has passed; it can no longer be answered."))
    attendance.answer, attendance.note = Answer(answer), note
    attendance.answered_at = timezone.now()
    attendance.save()
    return attendance


@command(needs=Power.KEEP_MINUTES)
def set_attendance(actor: Actor, attendance: Attendance, *, is_present: bool | None) -> Attendance:
    """Note who is present"""
    must_be_writable(attendance.meeting)
    attendance.is_present = is_present
    attendance.save()
    return attendance
