"""Starting a meeting, which numbers its items, and ending it."""

from django.utils import timezone
from django.utils.translation import gettext

from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.meetings.commands.rules import must_be_planned, number_items
from tospann.meetings.models import Meeting, MeetingState


@command(needs=Power.KEEP_MINUTES, undoable=False)
def start_meeting(actor: Actor, meeting: Meeting) -> Meeting:
    """Start a meeting"""
    must_be_planned(meeting)
    meeting.state, meeting.started_at = MeetingState.UNDER_WAY, timezone.now()
    meeting.save()
    number_items(meeting)
    return meeting


@command(needs=Power.KEEP_MINUTES, undoable=False)
def end_meeting(actor: Actor, meeting: Meeting) -> Meeting:
    """End a meeting"""
    if meeting.state != MeetingState.UNDER_WAY:
        raise Invalid(gettext("This meeting is not under way."))
    from tospann.meetings.live.commands import record_drafts  # it stands on these commands

    record_drafts(actor, meeting)
    meeting.state, meeting.ended_at = MeetingState.HELD, timezone.now()
    meeting.save()
    return meeting


@command(needs=Power.KEEP_MINUTES, undoable=False)
def reopen_meeting(actor: Actor, meeting: Meeting) -> Meeting:
    """Go on with a meeting"""
    if meeting.state != MeetingState.HELD:
        raise Invalid(gettext("Only a meeting that has ended can go on."))
    meeting.state, meeting.ended_at = MeetingState.UNDER_WAY, None
    meeting.save()
    return meeting
