"""Who hears of an action, once, whatever happens between the work and the tick."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation
from tests import making

from tospann.actions import commands, jobs
from tospann.actions.digest import waiting_actions
from tospann.actions.queries import counts, mine
from tospann.foundation import reactions
from tospann.foundation.authority import Role
from tospann.foundation.ids import new_id
from tospann.foundation.models import OwedReaction
from tospann.notifications.models import Notification

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return making.project()


def add(made, owner=Role.MEMBER, by=Role.COORDINATOR, **values):
    person = made.people[owner].pk if owner else None
    return commands.add_action(
        made.actor(by), made.project, id=new_id(), **({"title": "Ring", "owner": person} | values)
    )


def told(made, role):
    return [n.kind for n in Notification.objects.filter(person=made.people[role]).order_by("pk")]


def test_the_owner_is_told_and_the_giver_hears_when_it_is_done(made):
    action = add(made)
    reactions.carry_out_owed()
    assert told(made, Role.MEMBER) == ["action"]
    commands.complete_action(made.member, action)
    reactions.carry_out_owed()
    assert told(made, Role.COORDINATOR) == ["done"]
    notice = Notification.objects.get(kind="done")
    assert notice.link == f"/p/{made.project.key}/actions/{action.number}"
    assert notice.project_key == made.project.key
    with translation.override("en"):
        assert "“Ring”" in str(notice)


def test_nobody_is_told_of_her_own_doing(made):
    mine_ = commands.add_own_action(made.member, made.project, id=new_id(), title="Mitt")
    commands.complete_action(made.member, mine_)
    reactions.carry_out_owed()
    assert not Notification.objects.exists()


def test_a_crash_between_the_work_and_the_tick_tells_nobody_twice(made):
    add(made)
    reactions.carry_out_owed()
    undone = OwedReaction.objects.filter(name__contains="tell_the_new_owner")
    assert undone.update(done_at=None, due_at=timezone.now()) == 1
    assert reactions.carry_out_owed() == 1, "it ran again"
    assert told(made, Role.MEMBER) == ["action"]


def test_handing_over_tells_the_new_owner_and_dropping_tells_both(made):
    action = add(made)
    commands.hand_over_action(made.manager, action, owner=made.people[Role.COORDINATOR].pk)
    commands.drop_action(made.manager, action, reason="Nei")
    reactions.carry_out_owed()
    assert told(made, Role.COORDINATOR) == ["news"], "by then it was dropped: nothing to do"
    assert told(made, Role.MEMBER) == []


def test_what_is_due_today_is_told_once_a_day_however_many(made):
    today = timezone.localdate()
    for title in ("En", "To"):
        add(made, title=title, due_on=today)
    add(made, owner=Role.OWNER, title="Alene", due_on=today)
    add(made, owner=Role.MANAGER, title="Senere", due_on=today + timedelta(days=1))
    done = add(made, owner=Role.COORDINATOR, by=Role.MANAGER, due_on=today)
    commands.complete_action(made.coordinator, done)
    assert jobs.tell_what_is_due.call() == 2
    assert jobs.tell_what_is_due.call() == 0
    assert told(made, Role.MEMBER) == ["due"]
    assert told(made, Role.OWNER) == ["due"]
    assert Notification.objects.get(person=made.people[Role.MEMBER]).text["values"]["more"] == 1


def test_mine_is_grouped_by_urgency_and_leaves_out_projects_i_no_longer_see(
    made, django_assert_num_queries
):
    today = timezone.localdate()
    ends = {"Forfalt": -1, "I dag": 0, "En gang": 30}
    for title, days in ends.items():
        add(made, title=title, due_on=today + timedelta(days=days))
    add(made, title="Uten frist")
    add(making.project(), title="Ikke min", owner=Role.MEMBER)
    actor = made.member
    with django_assert_num_queries(1):
        found = mine(actor)
    assert [row["title"] for row in found["overdue"]] == ["Forfalt"]
    assert [row["title"] for row in found["today"]] == ["I dag"]
    assert [row["title"] for row in found["later"]] == ["En gang", "Uten frist"]
    membership = made.project.memberships.get(role=Role.MEMBER)
    making.inside(membership.delete, made.project)
    assert not any(mine(made.member).values())


def test_counts_of_a_project(made):
    add(made, due_on=timezone.localdate() - timedelta(days=1))
    add(made, owner=None)
    assert counts(made.project) == {"open": 2, "overdue": 1, "nobodys": 1}


def test_the_summary_lists_what_is_overdue(made):
    add(made, title="Forfalt", due_on=timezone.localdate() - timedelta(days=1))
    add(made, title="Senere", due_on=timezone.localdate() + timedelta(days=9))
    section = waiting_actions(made.people[Role.MEMBER])
    assert [text for text, _link in section.lines] == [f"{made.project.key}-1 Forfalt"]
    assert waiting_actions(made.people[Role.OWNER]) is None
