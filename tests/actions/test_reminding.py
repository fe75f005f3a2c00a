"""Reminders, once a day and one mail a person; and the manager is told of what nobody gets done."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from tests import making

from tospann.actions import commands, jobs
from tospann.actions.models import Reminder
from tospann.foundation import reactions
from tospann.foundation.authority import Role
from tospann.foundation.errors import Invalid, NotAllowed
from tospann.foundation.ids import new_id
from tospann.foundation.models import OwedReaction
from tospann.notifications.models import Notification, OutboxMail
from tospann.people.commands import keep_address

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    found = making.project()
    for person in found.people.values():
        keep_address(person)
    return found


def add(made, owner=Role.MEMBER, days=-2, **values):
    person = made.people[owner].pk if owner else None
    due = None if days is None else timezone.localdate() + timedelta(days=days)
    values = {"title": "Ring", "owner": person, "due_on": due} | values
    return commands.add_action(made.coordinator, made.project, id=new_id(), **values)


def reminded(made, role):
    reactions.carry_out_owed()
    return Notification.objects.filter(person=made.people[role], kind="asked").count()


def mails():
    return OutboxMail.objects.filter(key__startswith="reminder:")


def test_everyone_overdue_gets_one_mail_with_what_she_owes(made):
    for title in ("En", "To"):
        add(made, title=title)
    add(made, Role.OWNER, title="Tre")
    add(made, days=3, title="Ikke forfalt")
    add(made, None, title="Ingens")
    done = add(made, title="Ferdig")
    commands.complete_action(made.member, done)
    people = commands.remind_overdue(made.coordinator, made.project)
    assert set(people) == {made.people[Role.MEMBER].pk, made.people[Role.OWNER].pk}
    assert (reminded(made, Role.MEMBER), reminded(made, Role.OWNER)) == (1, 1)
    assert mails().count() == 2
    body = mails().get(to=made.people[Role.MEMBER].email)
    assert "En" in body.body
    assert "To" in body.body
    assert "Tre" not in body.body
    assert body.html.count("<li>") == 2


def test_nobody_is_reminded_twice_a_day_of_the_same(made):
    add(made)
    assert len(commands.remind_overdue(made.manager, made.project)) == 1
    assert commands.remind_overdue(made.manager, made.project) == []
    add(made, title="Ny")
    assert len(commands.remind_overdue(made.manager, made.project)) == 1
    assert Reminder.objects.count() == 2
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert len(commands.remind_overdue(made.manager, made.project)) == 1
    assert Reminder.objects.count() == 4


def test_one_action_is_reminded_of_with_or_without_a_date(made):
    action = add(made, days=None)
    commands.remind(made.coordinator, action)
    with pytest.raises(Invalid):
        commands.remind(made.coordinator, action)
    assert reminded(made, Role.MEMBER) == 1
    assert mails().count() == 1
    only = Reminder.objects.get()
    assert (only.by, only.person) == (made.people[Role.COORDINATOR], made.people[Role.MEMBER])


def test_only_who_keeps_the_registers_reminds(made):
    action = add(made)
    for role in (Role.MEMBER, Role.OWNER, Role.GUEST):
        with pytest.raises(NotAllowed):
            commands.remind(made.actor(role), action)
        with pytest.raises(NotAllowed):
            commands.remind_overdue(made.actor(role), made.project)


def test_nobodys_and_closed_actions_remind_nobody(made):
    with pytest.raises(Invalid):
        commands.remind(made.manager, add(made, None))
    done = add(made)
    commands.complete_action(made.member, done)
    with pytest.raises(Invalid):
        commands.remind(made.manager, done)


def test_a_crash_after_the_mail_sends_no_second(made):
    add(made)
    commands.remind_overdue(made.manager, made.project)
    reactions.carry_out_owed()
    owed = OwedReaction.objects.filter(name__contains="remind_them")
    assert owed.update(done_at=None, due_at=timezone.now()) == 1
    assert reactions.carry_out_owed() == 1
    assert (mails().count(), reminded(made, Role.MEMBER)) == (1, 1)


def escalated(made):
    reactions.carry_out_owed()
    OwedReaction.objects.all().delete()
    found = Notification.objects.filter(key__startswith="escalation:")
    assert set(found.values_list("person", flat=True)) <= {made.people[Role.MANAGER].pk}
    return found.count()


def test_the_manager_is_told_once_of_what_is_long_overdue(made):
    add(made, days=-7)
    assert jobs.escalate.call() == 0
    for title in ("Gammel", "Eldre"):
        add(made, days=-8, title=title)
    assert jobs.escalate.call() == 1
    assert jobs.escalate.call() == 0
    assert escalated(made) == 1, "one notice for both"


def test_two_reminders_are_enough(made):
    action = add(made, days=-3)
    for day in range(2):
        assert jobs.escalate.call() == 0
        with time_machine.travel(timezone.now() + timedelta(days=day)):
            commands.remind(made.coordinator, action)
    assert jobs.escalate.call() == 1


def test_a_new_due_date_that_passes_is_told_again(made):
    action = add(made, days=-9)
    assert jobs.escalate.call() == 1
    commands.adjust_action(
        made.manager,
        action,
        change=["due_on"],
        due_on=timezone.localdate() - timedelta(days=8),
    )
    assert jobs.escalate.call() == 1
    assert escalated(made) == 2


def test_handing_over_begins_the_count_anew(made):
    action = add(made, days=-3)
    for day in range(2):
        with time_machine.travel(timezone.now() + timedelta(days=day)):
            commands.remind(made.coordinator, action)
    commands.hand_over_action(made.manager, action, owner=made.people[Role.OWNER].pk)
    assert jobs.escalate.call() == 0
