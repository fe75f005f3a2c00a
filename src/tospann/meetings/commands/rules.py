"""What the commands of meetings share: who takes part, what state allows, who may be named."""

from uuid import UUID

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from tospann.foundation.authority import Actor, Power, Sentence, rule
from tospann.foundation.errors import Invalid
from tospann.foundation.records import reference
from tospann.meetings.models import AgendaItem, Attendance, Meeting, MeetingState
from tospann.projects import queries as projects

MOST_ITEMS = 200

_NOT_CALLED = gettext_noop("You are not called to this meeting.")
_NOT_YOURS = gettext_noop("Only whoever is called, or keeps the minutes, may answer.")


def keeps_minutes(actor: Actor, meeting: Meeting) -> bool:
    if actor.person_id is not None and meeting.minutes_by_id == actor.person_id:
        return True
    return rule(actor, Power.KEEP_MINUTES, meeting.project_id).may_decide


def takes_part(actor: Actor, item: AgendaItem) -> Sentence | None:
    """Writing in the minutes: whoever keeps them, and everybody of the team who is called."""
    meeting = item.meeting
    if keeps_minutes(actor, meeting) or attends(actor, meeting):
        return None
    return Sentence(_NOT_CALLED)


def attends(actor: Actor, meeting: Meeting) -> bool:
    if actor.person_id is None:
        return False
    return Attendance.objects.filter(meeting=meeting, person_id=actor.person_id).exists()


def is_own(actor: Actor, attendance: Attendance) -> bool:
    """Whether it is the actor who was called, signed in or by the link she was sent."""
    if actor.link:
        return actor.link == reference(attendance)
    return attendance.person_id is not None and attendance.person_id == actor.person_id


def is_own_invitation(actor: Actor, attendance: Attendance) -> Sentence | None:
    """Answering: for oneself, or on behalf of somebody who called and said so."""
    if is_own(actor, attendance):
        return None
    return None if keeps_minutes(actor, attendance.meeting) else Sentence(_NOT_YOURS)


def must_be_planned(meeting: Meeting) -> None:
    if meeting.state == MeetingState.CANCELLED:
        raise Invalid(gettext("This meeting is cancelled."))
    if meeting.state != MeetingState.PLANNED:
        raise Invalid(gettext("This meeting has begun. Its time and place stay as they were."))


def must_be_writable(meeting: Meeting) -> None:
    """Nobody changes minutes that are out, or the agenda of a meeting that is cancelled."""
    if meeting.state == MeetingState.CANCELLED:
        raise Invalid(gettext("This meeting is cancelled."))
    if not meeting.is_writable:
        raise Invalid(
            gettext("The minutes are published. Note a correction in the next meeting instead.")
        )


def of_team(meeting_project: UUID, person: UUID | None, field: str) -> UUID | None:
    """Somebody on the project's team, or nobody."""
    if person is not None and person not in projects.on_team(meeting_project):
        raise Invalid(gettext("Only somebody on the project's team can be chosen here."), field)
    return person


def number_items(meeting: Meeting) -> None:
    """Give the items that have no number their own: one row of numbers a project and year."""
    year = timezone.localtime(meeting.starts_at).year
    last = AgendaItem.objects.filter(project_id=meeting.project_id, year=year)
    first = (last.aggregate(last=Max("number"))["last"] or 0) + 1
    waiting = AgendaItem.objects.filter(number=None, meeting=meeting)
    for number, item in enumerate(waiting.order_by("position", "id"), first):
        item.number, item.year = number, year
        item.save()


def next_position(meeting: Meeting) -> int:
    last = AgendaItem.objects.filter(meeting=meeting).aggregate(last=Max("position"))["last"]
    return (last or 0) + 1
