"""“Jeg står fast”: somebody is asked by name, by a day, and whoever gave it hears of silence."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from tests import making

from tospann.actions import commands, jobs
from tospann.actions.models import Action, Comment
from tospann.foundation.authority import Role
from tospann.foundation.errors import Invalid, NotAllowed
from tospann.foundation.ids import new_id
from tospann.foundation.reactions import carry_out_owed
from tospann.notifications.models import Notification

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return making.project("Svømmehall <nord>")


@pytest.fixture
def action(made):
    owner = made.people[Role.MEMBER].pk
    return commands.add_action(
        made.coordinator, made.project, id=new_id(), title="Ring <Ola>", owner=owner
    )


def stuck(made, action, **values):
    wanted = {"text": "Venter på <svar>", "helper": made.people[Role.OWNER].pk}
    wanted["reply_by"] = timezone.localdate() + timedelta(days=2)
    return commands.report_stuck(made.member, action, **{**wanted, **values})


def told(person):
    while carry_out_owed():
        pass
    return set(Notification.objects.filter(person=person).values_list("kind", flat=True))


def test_whoever_is_named_is_asked_and_the_giver_hears_of_it(made, action):
    stuck(made, action)
    assert "asked" in told(made.people[Role.OWNER])
    assert told(made.people[Role.COORDINATOR]) == {"news"}


def test_nobody_named_whoever_gave_it_is_asked(made, action):
    stuck(made, action, helper=None)
    assert told(made.people[Role.COORDINATOR]) == {"asked"}
    assert Action.objects.get().reply_by is None


def test_the_answer_stands_among_the_comments_and_the_asker_is_told(made, action):
    stuck(made, action)
    commands.answer_stuck(made.owner, action, id=new_id(), text="Ring meg")
    assert Comment.objects.get().text == "Ring meg"
    assert Action.objects.get().helped_at
    assert Action.objects.get().stuck_since
    assert "outcome" in told(made.people[Role.MEMBER])


def test_only_who_is_asked_or_keeps_the_registers_answers(made, action):
    stuck(made, action, helper=made.people[Role.MANAGER].pk)
    with pytest.raises(NotAllowed):
        commands.answer_stuck(made.owner, action, id=new_id(), text="Nei")


@pytest.mark.parametrize("days", [-1])
def test_the_day_is_still_to_come(made, action, days):
    with pytest.raises(Invalid):
        stuck(made, action, reply_by=timezone.localdate() + timedelta(days=days))


def test_oneself_or_a_stranger_cannot_be_asked(made, action):
    for who in (made.people[Role.MEMBER].pk, making.person().pk):
        with pytest.raises(Invalid):
            stuck(made, action, helper=who)


def test_silence_is_told_once_when_the_day_has_gone_by(made, action):
    stuck(made, action)
    assert jobs.tell_who_got_no_answer.func() == 0
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        assert jobs.tell_who_got_no_answer.func() == 2
        assert jobs.tell_who_got_no_answer.func() == 0


def test_what_is_going_again_waits_for_nobody(made, action):
    stuck(made, action)
    commands.release_stuck(made.member, action)
    assert Action.objects.get().helper_id is None


def test_the_form_asks_whom_and_by_when_and_the_page_offers_an_answer(visit, made, action):
    address = reverse("action_stuck", args=[made.project.key, action.number])
    form = visit(Role.MEMBER).get(address).text
    assert 'name="helper"' in form
    data = {"text": "Venter", "helper": str(made.people[Role.OWNER].pk), "reply_by": "+2d"}
    assert visit(Role.MEMBER).post(address, data).status_code == 302
    page = visit(Role.OWNER).get(action.get_absolute_url()).text
    assert reverse("help_with_action", args=[made.project.key, action.number]) in page
