"""What must never be known: who answered the pulse how, and whose an unnamed thought is."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests import making

from tospann.actions.models import Action
from tospann.foundation.authority import Role
from tospann.foundation.errors import Invalid, NotAllowed
from tospann.foundation.ids import new_id
from tospann.foundation.models import AuditEntry
from tospann.people.actors import actor_for
from tospann.projects import commands as projects
from tospann.team import commands, pulse, thoughts
from tospann.team.models import Lesson, PulseTally, PulseVoter, Thought

pytestmark = pytest.mark.django_db
ANSWERING = (Role.COORDINATOR, Role.MANAGER, Role.OWNER, Role.MEMBER)


@pytest.fixture
def made():
    return making.project("Svømmehall <nord>")


def answered(made, *scores):
    for role, score in zip(ANSWERING, scores, strict=False):
        pulse.answer(made.actor(role), made.project, score)


def a_week_ago():
    PulseTally.objects.update(week=pulse.monday() - timedelta(days=7))


def opened(made):
    return commands.open_retrospective(
        made.coordinator, made.project, id=new_id(), title="Fase <1>"
    )


def test_four_answers_are_shown_as_one_number_when_the_week_is_over(made):
    answered(made, 2, 3, 4, 4)
    assert pulse.of(made.manager, made.project).latest is None
    a_week_ago()
    assert pulse.of(made.manager, made.project).latest.mean == 3.2


def test_three_answers_are_never_shown(made, visit):
    answered(made, 1, 1, 1)
    a_week_ago()
    shown = pulse.of(made.manager, made.project)
    assert shown.results[0].mean is None
    assert shown.latest is None
    text = visit(Role.MANAGER).get(reverse("team_week", args=[made.project.key])).text
    assert 'id="pulse"' in text
    assert "1,0" not in text


def test_nothing_that_is_kept_joins_a_person_and_an_answer(made):
    before = AuditEntry.objects.count()
    answered(made, 5, 5, 1, 2)
    assert AuditEntry.objects.count() == before
    assert {field.name for field in PulseTally._meta.fields} == {
        *("id", "project", "week", "about", "score", "count")
    }
    assert {field.name for field in PulseVoter._meta.fields} == {"id", "project", "week", "person"}
    assert sum(PulseTally.objects.values_list("count", flat=True)) == PulseVoter.objects.count()


def test_nobody_answers_twice_in_a_week(made):
    answered(made, 5)
    with pytest.raises(Invalid):
        pulse.answer(made.coordinator, made.project, 1)
    assert [row.score for row in PulseTally.objects.all()] == [5]


@pytest.mark.parametrize("score", [0, 6, -1])
def test_an_answer_is_one_to_five(made, score):
    with pytest.raises(Invalid):
        pulse.answer(made.member, made.project, score)


def test_where_fewer_than_four_could_answer_nobody_is_asked(made):
    from tospann.foundation.authority import SYSTEM
    from tospann.projects.models import Membership

    projects.release(SYSTEM, Membership.objects.get(person=made.people[Role.MEMBER]))
    assert not pulse.of(made.manager, made.project).is_offered
    with pytest.raises(Invalid):
        pulse.answer(made.manager, made.project, 3)


def test_guests_are_not_asked(made):
    with pytest.raises(NotAllowed):
        pulse.answer(made.guest, made.project, 3)


def test_an_unnamed_thought_is_nobodys_for_good(made):
    of, before = opened(made), AuditEntry.objects.count()
    thoughts.say(made.member, of, "stop", "Møter uten <saksliste>", named=False)
    assert AuditEntry.objects.count() == before
    assert Thought.objects.get().person_id is None
    closed = commands.close_retrospective(made.manager, of)
    assert [one["by"] for one in closed.content] == [""]
    assert not Thought.objects.exists()
    told = AuditEntry.objects.latest("pk").detail
    assert str(made.people[Role.MEMBER].pk) not in str(told.changes)
    assert made.people[Role.MEMBER].name not in str(told.changes)


def test_a_named_thought_carries_the_name_and_its_owner_takes_it_back(made):
    of = opened(made)
    said = thoughts.say(made.member, of, "keep", "Morgenmøtet", named=True)
    listed = thoughts.listed(of, made.member)["keep"]
    assert listed[0]["by"] == made.people[Role.MEMBER].name
    with pytest.raises(NotAllowed):
        thoughts.take_back(made.owner, of, said.pk)
    thoughts.take_back(made.member, of, said.pk)
    assert not Thought.objects.exists()


def test_a_closed_look_back_becomes_actions_and_lessons(visit, made):
    of = opened(made)
    thoughts.say(made.member, of, "try", "Tavle <i dag>", named=False)
    closed = commands.close_retrospective(made.coordinator, of)
    key, thought = made.project.key, closed.content[0]["id"]
    client = visit(Role.COORDINATOR)
    act = reverse("act_on_thought", args=[key, of.number, thought])
    assert client.post(act, {"title": "Kjøp tavle"}).status_code == 302
    assert Action.objects.get().origin_kind == "retrospective"
    learn = reverse("learn_from_thought", args=[key, of.number, thought])
    assert client.post(learn, {"text": "Tavle virker"}).status_code == 302
    assert Lesson.objects.get().kind == "try"
    page = client.get(reverse("retrospective", args=[key, of.number])).text
    assert "Tavle &lt;i dag&gt;" in page
    assert f"{key}-{Action.objects.get().number}</a>" in page


def test_nothing_is_said_after_it_is_closed_and_nothing_made_before(made):
    of = opened(made)
    said = thoughts.say(made.member, of, "try", "Tavle", named=False)
    with pytest.raises(Invalid):
        commands.act_on_thought(made.manager, of, id=new_id(), thought=str(said.pk), title="x")
    closed = commands.close_retrospective(made.manager, of)
    with pytest.raises(Invalid):
        thoughts.say(made.member, closed, "try", "For sent", named=False)


def test_the_api_says_no_more_than_the_page(client, made):
    answered(made, 2, 3, 4)
    a_week_ago()
    client.force_login(made.people[Role.MANAGER])
    found = client.get(f"/api/v1/projects/{made.project.key}/pulse").json()
    assert found["results"] == [
        {"week": str(pulse.monday() - timedelta(days=7)), "about": found["about"], "mean": None}
    ]
    assert actor_for(made.people[Role.MANAGER]).person_id is not None
    assert timezone.localdate() >= pulse.monday()
