"""Who hears that she owns something, and what happens to what a leaving person owned."""

import pytest
from tests import making

from tospann.foundation import reactions
from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.ids import new_id
from tospann.notifications.models import Notification
from tospann.people import commands as people
from tospann.people.handover import open_work
from tospann.risks import commands

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return making.project()


def rows(made, by, owner):
    actor, person = made.actor(by), made.people[owner].pk if owner else None
    return [
        raise_(actor, made.project, id=new_id(), title="Lekkasje", owner=person)
        for raise_ in (commands.raise_risk, commands.raise_problem, commands.raise_deviation)
    ]


def told(made, role):
    found = Notification.objects.filter(person=made.people[role]).order_by("pk")
    return [notice.link for notice in found]


def test_the_new_owner_is_told_once(made):
    owned = rows(made, Role.COORDINATOR, Role.MEMBER)
    reactions.carry_out_owed()
    reactions.carry_out_owed()
    assert sorted(told(made, Role.MEMBER)) == sorted(row.get_absolute_url() for row in owned)
    commands.hand_over_problem(made.manager, owned[1], owner=made.people[Role.OWNER].pk)
    reactions.carry_out_owed()
    assert told(made, Role.OWNER) == [owned[1].get_absolute_url()]


def test_nobody_is_told_of_what_she_took_herself_or_nobody_owns(made):
    rows(made, Role.MEMBER, Role.MEMBER)
    rows(made, Role.MEMBER, None)
    reactions.carry_out_owed()
    assert not Notification.objects.exists()


@pytest.mark.parametrize("to", [Role.COORDINATOR, None])
def test_what_a_leaving_person_owned_is_handed_over(made, to):
    owned = rows(made, Role.COORDINATOR, Role.MEMBER)
    closed = commands.solve_problem(
        made.manager, rows(made, Role.COORDINATOR, Role.MEMBER)[1], solution="Ferdig"
    )
    leaving = made.people[Role.MEMBER]
    assert 5 in [number for _label, number, *_more in open_work(leaving)]
    heir = made.people[to].pk if to else None
    people.deactivate_person(SYSTEM, leaving, hand_over_to=heir)
    for row in owned:
        row.refresh_from_db()
        assert row.owner_id == heir
    closed.refresh_from_db()
    assert closed.owner_id == leaving.pk, "what is closed stays as it was"
