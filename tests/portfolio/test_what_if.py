"""What if projects began later or stopped: computed on the plans as they are, never written."""

import pytest
import time_machine
from tests import making
from tests.conflicts.scene import NOW, scene
from tests.home import seeing

from tospann.foundation.authority import Role
from tospann.foundation.models import AuditEntry
from tospann.people.models import Person
from tospann.planning.models import Plan
from tospann.portfolio import what_if

pytestmark = pytest.mark.django_db
AT = "/portfolio/what-if"


@pytest.fixture
def found():
    with time_machine.travel(NOW):
        made = scene()
        made.look()
        yield made


def test_two_weeks_later_solves_the_conflict_and_writes_nothing(client, found):
    before = list(Plan.objects.values_list("content_hash", flat=True)), AuditEntry.objects.count()
    (later,) = outcomes = what_if.outcomes(found.leader, [what_if.Choice(found.other.project, 2)])
    assert later.days == 10
    assert later.costs > 0
    (sara,) = what_if.strained(outcomes)
    assert (sara.name, sara.before > 0, sara.after) == ("Sara Solheim", True, 0)
    seeing.sign_in(client, Person.objects.get(pk=found.leader.person_id))
    shown = client.get(AT, {"do_FAG": "2", "do_SKOLE": ""})
    assert shown.status_code == 200
    assert "Sara Solheim" in shown.text
    after = list(Plan.objects.values_list("content_hash", flat=True)), AuditEntry.objects.count()
    assert after == before


def test_stopping_frees_money_and_begins_nothing_more(found):
    (stops,) = what_if.outcomes(found.leader, [what_if.Choice(found.one.project, None)])
    assert stops.dropped == 3
    assert stops.frees == 500_000


def test_nothing_chosen_and_nonsense_are_told_of(client, found):
    seeing.sign_in(client, Person.objects.get(pk=found.leader.person_id))
    assert client.get(AT).status_code == 200
    for wrong in ("", "soon", "-3"):
        assert client.get(AT, {"do_FAG": wrong}).status_code == 422


def test_a_project_one_may_not_see_is_not_there(client, found):
    seeing.sign_in(client, found.one.people[Role.MANAGER])
    offered = client.get(AT).text
    assert "do_SKOLE" in offered
    assert "do_FAG" not in offered
    assert client.get(AT, {"do_FAG": "2"}).status_code == 404
    (mine,) = what_if.outcomes(found.one.member, [what_if.Choice(found.one.project, 2)])
    assert mine.costs is None  # who sees no rates sees no kroner
    seeing.sign_in(client, found.one.people[Role.MEMBER])
    assert client.get(AT, {"do_SKOLE": "2"}).status_code == 404
    seeing.sign_in(client, found.one.people[Role.GUEST])
    assert client.get(AT).status_code == 404


def test_the_choices_cost_the_same_for_two_and_four(client, found, django_assert_num_queries):
    seeing.sign_in(client, Person.objects.get(pk=found.leader.person_id))
    client.get(AT)
    for _time in range(2):
        with django_assert_num_queries(5):
            client.get(AT)
        making.project(), making.project()
