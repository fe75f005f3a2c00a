"""Planning, calling, agenda, numbering: what each command does, and what it refuses."""

import pytest
from tests import making
from tests.meetings import meet

from tospann.foundation.authority import Role
from tospann.foundation.errors import Invalid, NotAllowed
from tospann.foundation.ids import new_id
from tospann.meetings import commands
from tospann.meetings.models import AgendaItem, Attendance, Meeting, MeetingState

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return making.project()


def labels(meeting):
    return [item.label for item in AgendaItem.objects.filter(meeting=meeting)]


def test_items_are_numbered_when_the_meeting_starts_and_go_on_in_the_next(made):
    first = meet.planned(made)
    assert labels(first) == ["", ""]
    commands.start_meeting(made.coordinator, first)
    year = first.starts_at.year % 100
    assert labels(first) == [f"1/{year}", f"2/{year}"]
    added = commands.add_item(made.coordinator, meet.again(first), id=new_id(), title="Eventuelt")
    assert added.label == f"3/{year}"
    second = meet.under_way(made, items=("Økonomi",))
    assert labels(second) == [f"4/{year}"]


def test_a_number_once_given_is_never_used_again(made):
    meeting = meet.under_way(made)
    last = meet.item(meeting, "Fremdrift")
    with pytest.raises(Invalid):
        commands.remove_item(made.coordinator, last)
    assert AgendaItem.objects.filter(pk=last.pk).exists()


def test_items_are_moved_one_step_or_to_a_place(made):
    meeting = meet.planned(made, items=("A", "B", "C"))
    commands.move_item(made.coordinator, meet.item(meeting, "C"), to="up")
    assert [one.title for one in meeting.items.all()] == ["A", "C", "B"]
    commands.move_item(made.coordinator, meet.item(meeting, "B"), to=1)
    assert [one.title for one in meeting.items.all()] == ["B", "A", "C"]
    commands.move_item(made.coordinator, meet.item(meeting, "C"), to="down")
    assert [one.title for one in meeting.items.all()] == ["B", "A", "C"]


def test_a_meeting_whose_minutes_are_open_cannot_be_cancelled_and_loses_nothing(made):
    meeting = meet.under_way(made)
    commands.save_item_text(made.member, meet.item(meeting, "Fremdrift"), text="To uker foran")
    with pytest.raises(Invalid) as refused:
        commands.cancel_meeting(made.coordinator, meet.again(meeting), message="Vi avlyser")
    assert "thrown away" in str(refused.value) or "kastes" in str(refused.value)
    assert meet.again(meeting).state == MeetingState.UNDER_WAY
    assert meet.item(meeting, "Fremdrift").text == "To uker foran"


def test_a_cancelled_meeting_stays_so(made):
    meeting = meet.planned(made)
    commands.cancel_meeting(made.coordinator, meeting, message="Byggeplassen er stengt")
    meeting = meet.again(meeting)
    assert meeting.state == MeetingState.CANCELLED
    with pytest.raises(Invalid):
        commands.start_meeting(made.coordinator, meeting)
    with pytest.raises(Invalid):
        commands.add_item(made.coordinator, meeting, id=new_id(), title="Likevel")


@pytest.mark.parametrize("role", [Role.OWNER, Role.MEMBER, Role.GUEST])
def test_only_coordinator_and_manager_call_meetings(made, role):
    with pytest.raises(NotAllowed):
        commands.call_meeting(made.actor(role), meet.planned(made))


def test_only_those_who_are_called_write_in_the_minutes(made):
    meeting = meet.under_way(made, roles=(Role.COORDINATOR,))
    with pytest.raises(NotAllowed):
        commands.save_item_text(made.member, meet.item(meeting, "Fremdrift"), text="Hei")


def test_everybody_is_called_once(made):
    twice = meet.attendees(made, Role.MEMBER, Role.MEMBER)
    meeting = commands.plan_meeting(
        made.manager,
        made.project,
        id=new_id(),
        title="Oppstart",
        starts_at="2027-02-01T10:00:00+01:00",
        duration_minutes=60,
        attendees=twice,
    )
    assert Attendance.objects.filter(meeting=meeting).count() == 1
    person = made.people[Role.MEMBER].pk
    with pytest.raises(Invalid):
        commands.add_attendee(made.manager, meeting, id=new_id(), person=person)


def test_one_answers_for_oneself(made):
    meeting = meet.planned(made)
    mine = Attendance.objects.get(meeting=meeting, person=made.people[Role.MEMBER])
    commands.answer_invitation(made.member, mine, answer="no", note="Ferie")
    assert meet.again(mine).answer == "no"
    with pytest.raises(NotAllowed):
        commands.answer_invitation(made.owner, mine, answer="yes")
    commands.move_meeting(made.manager, meet.again(meeting), starts_at="2099-01-05T09:00:00+01:00")
    assert meet.again(mine).answer == "no", "nobody had been sent an invitation yet"


def test_after_a_move_everybody_called_is_asked_again(made):
    meeting = meet.planned(made)
    commands.call_meeting(made.manager, meeting)
    mine = Attendance.objects.get(meeting=meeting, person=made.people[Role.MEMBER])
    commands.answer_invitation(made.member, mine, answer="yes")
    commands.move_meeting(made.manager, meet.again(meeting), starts_at="2099-01-05T09:00:00+01:00")
    assert meet.again(mine).answer == "none"
    assert Meeting.objects.get().sequence == 1
