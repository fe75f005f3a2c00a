"""What meetings put on people's lists: minutes to send out, invitations, the week."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests import making
from tests.meetings import meet

from tospann.actions import sources
from tospann.foundation.authority import SYSTEM, Role
from tospann.meetings import commands, publishing, queries
from tospann.people import commands as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return making.project()


def test_invitations_wait_for_an_answer_only_when_they_are_sent(made):
    meeting = meet.planned(made, days=2)
    assert queries.mine(made.member)["to_answer"] == []
    commands.call_meeting(made.coordinator, meeting)
    mine = queries.mine(made.member)
    assert [row["title"] for row in mine["to_answer"]] == [meeting.title]
    assert [row["number"] for row in mine["week"]] == [meeting.number]
    commands.answer_invitation(
        made.member, queries.own_attendance(made.member, meeting), answer="yes"
    )
    assert queries.mine(made.member)["to_answer"] == []
    assert queries.mine(made.owner)["week"] == []


def test_minutes_wait_for_whoever_writes_them_until_they_are_out(made):
    meeting = meet.under_way(made, days=0)
    commands.end_meeting(made.coordinator, meeting)
    assert [row["number"] for row in queries.mine(made.coordinator)["minutes"]] == [meeting.number]
    assert queries.mine(made.manager)["minutes"] == []
    owed = sources.of_project(made.project).of_kind("minutes")[0:5]
    assert [(row["owed_ref"], row["owed_rank"]) for row in owed] == [(meeting.number, 0)]
    publishing.publish(made.coordinator, meeting, timezone.localdate())
    assert queries.mine(made.coordinator)["minutes"] == []
    assert [row["owed_rank"] for row in owed.all()] == [1]


@pytest.mark.parametrize("rows", [1, 3])
def test_ones_own_meetings_are_two_questions(made, rows, django_assert_num_queries):
    for _one in range(rows):
        commands.call_meeting(made.coordinator, meet.planned(made, days=2))
    member = made.member
    with django_assert_num_queries(2):
        assert len(queries.mine(member)["week"]) == rows


def test_a_leavers_minutes_are_taken_over(made):
    meeting = meet.under_way(made, days=0)
    commands.end_meeting(made.coordinator, meeting)
    leaver, heir = made.people[Role.COORDINATOR], made.people[Role.MANAGER]
    people.deactivate_person(SYSTEM, leaver, hand_over_to=heir.pk)
    assert meet.again(meeting).minutes_by == heir


def test_an_earlier_meeting_is_not_this_week(made):
    meet.planned(made, days=-3)
    meet.planned(made, days=30)
    assert queries.mine(made.member)["week"] == []
    later = timezone.now() + timedelta(days=25)
    assert queries.upcoming(made.project).filter(starts_at__gt=later).count() == 1
