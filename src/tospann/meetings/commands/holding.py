"""Starting a meeting, which numbers its items, and ending it."""

from collections.abc import Callable
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext

from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.meetings.commands.rules import (
    must_be_planned,
    must_be_writable,
    number_items,
    of_team,
)
from tospann.meetings.models import WRITABLE, Meeting, MeetingState
from tospann.people.models import Person
from tospann.projects import queries as projects

Closing = Callable[[Actor, Meeting], None]
_closing: list[Closing] = []


def when_closing(take_in: Closing) -> None:
    """Have this called inside the act that ends a meeting: what is typed becomes its minutes."""
    _closing.append(take_in)


def close(actor: Actor, meeting: Meeting) -> None:
    for take_in in _closing:
        take_in(actor, meeting)


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
    close(actor, meeting)
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


@command(needs=Power.KEEP_MINUTES)
def give_minutes(actor: Actor, meeting: Meeting, *, person: UUID | None) -> Meeting:
    """Give the minutes of a meeting to somebody"""
    must_be_writable(meeting)
    meeting.minutes_by_id = of_team(meeting.project_id, person, "person")
    meeting.save()
    return meeting


def hand_over_all(actor: Actor, person: Person, to: Person | None) -> None:
    """A leaver's minutes: to whoever takes over where she is on the team, else to nobody (yet)."""
    for meeting in Meeting.objects.filter(minutes_by=person, state__in=WRITABLE):
        can = to is not None and to.pk in projects.on_team(meeting.project_id)
        give_minutes(actor, meeting, person=to.pk if to and can else None)
