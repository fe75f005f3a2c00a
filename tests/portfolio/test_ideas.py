"""Ideas: handed in by anybody, scored, answered, and made into projects."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import gettext
from tests import making
from tests.home import seeing

from tospann.foundation import audit
from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.ids import new_id
from tospann.foundation.reactions import carry_out_owed
from tospann.notifications.models import Notification
from tospann.packs import queries as packs
from tospann.people import commands as people
from tospann.people.actors import actor_for
from tospann.portfolio import commands
from tospann.portfolio.models import Idea, IdeaState
from tospann.projects.models import Project

pytestmark = pytest.mark.django_db
QUERIES = 8


@pytest.fixture
def leader():
    boss = making.person("Liv Solberg")
    making.organisation()
    people.give_organisation_role(SYSTEM, boss, role=Role.PORTFOLIO_LEADER)
    return boss


@pytest.fixture
def asker():
    making.organisation()
    return making.person("Per Aas")


def handed_in(who, title="Felles booking", **said):
    said = {"solves": "Ingen finner ledige rom.", **said}
    return commands.hand_in_idea(
        actor_for(who), making.organisation(), id=new_id(), title=title, **said
    )


def told(person):
    while carry_out_owed():
        pass
    return [
        str(one)
        for one in Notification.objects.filter(person=person).values_list("link", flat=True)
    ]


def test_from_idea_to_project_and_back(client, leader, asker):
    seeing.sign_in(client, asker)
    typed = {"title": "Felles booking", "solves": "Ingen finner rom.", "rough_cost": "250 000"}
    assert client.post("/portfolio/ideas/new", typed).status_code == 302
    idea = Idea.objects.get()
    at = f"/portfolio/ideas/{idea.number}"
    assert idea.rough_cost == Decimal(250_000)
    assert at in told(leader)
    assert client.post(f"{at}/score", {"on_benefit": "5"}).status_code == 404
    seeing.sign_in(client, leader)
    assert client.post(f"{at}/score", {"on_benefit": "5", "on_urgency": "2"}).status_code == 302
    idea.refresh_from_db()
    assert (idea.state, idea.score) == (IdeaState.REVIEW, Decimal("4.00"))  # (4×5 + 2×2) / 6
    assert client.post(f"{at}/project", {}).status_code == 403  # not accepted yet
    assert client.post(f"{at}/answer", {"answer": "accepted"}).status_code == 302
    assert at in told(asker)
    start = client.get(f"{at}/project").text
    assert "Felles booking" in start
    form = {
        "name": "Felles booking", "key": "BOOK", "finish": "17.12.2027", "start": "04.01.2027",
        "pack": packs.available()[0].pack.key, "language": "nb",
        "manager": str(leader.pk), "owner": str(asker.pk),
        "coordinator": str(leader.pk),
    }  # fmt: skip
    answer = client.post(f"{at}/project", form)
    assert answer.status_code == 302, answer.text
    project, idea = Project.objects.get(key="BOOK"), Idea.objects.get()
    assert (idea.project, idea.state) == (project, IdeaState.PROJECT)
    assert project.purpose == "Ingen finner rom."
    assert "/p/BOOK/" in client.get(at).text
    assert at in client.get("/p/BOOK/").text
    assert list(audit.verify()) == []


def test_a_rejection_needs_a_reason_which_the_asker_is_told(client, leader, asker):
    idea = handed_in(asker)
    at = f"/portfolio/ideas/{idea.number}"
    seeing.sign_in(client, leader)
    assert client.post(f"{at}/answer", {"answer": "rejected"}).status_code == 422
    said = {"answer": "rejected", "reason": "Løses i neste års budsjett."}
    assert client.post(f"{at}/answer", said).status_code == 302
    assert at in told(asker)
    assert "Løses i neste års budsjett." in seeing.sign_in(client, asker).get(at).text
    assert client.post(f"{at}/edit", {"title": "Nytt", "solves": "x"}).status_code == 403


def test_other_weights_give_other_scores_in_another_order(client, leader, asker):
    one, other = handed_in(asker, "Den ene"), handed_in(asker, "Den andre")
    boss = actor_for(leader)
    commands.score_idea(boss, one, scores={"benefit": 5, "urgency": 1})
    commands.score_idea(boss, other, scores={"benefit": 1, "urgency": 5})
    seeing.sign_in(client, leader)
    page = client.get("/portfolio/ideas").text
    assert page.index("Den ene") < page.index("Den andre")
    typed = {"name_0": "Nytte", "weight_0": "1", "name_2": "Hast", "weight_2": "9"}
    assert client.post("/portfolio/ideas/criteria", typed).status_code == 302
    page = client.get("/portfolio/ideas").text
    assert page.index("Den andre") < page.index("Den ene")
    assert Idea.objects.get(pk=other.pk).score == Decimal("4.60")
    assert client.post("/portfolio/ideas/criteria", {"name_0": ""}).status_code == 422


def test_scores_outside_the_scale_or_on_nothing_are_refused(leader, asker):
    from tospann.foundation.errors import Invalid

    idea, boss = handed_in(asker), actor_for(leader)
    for wrong in ({"benefit": 6}, {"benefit": 0}, {"luck": 3}):
        with pytest.raises(Invalid):
            commands.score_idea(boss, idea, scores=wrong)
    assert Idea.objects.get().state == IdeaState.NEW


def test_guests_find_no_ideas_and_hand_in_none(client, asker):
    made, idea = making.project(), handed_in(asker)
    seeing.sign_in(client, made.people[Role.GUEST])
    for address in ("", "/new", f"/{idea.number}"):
        assert client.get(f"/portfolio/ideas{address}").status_code == 404
    assert client.get("/api/v1/portfolio/ideas").json() == []
    assert "/portfolio/ideas" not in client.get("/portfolio").text


def test_the_list_costs_the_same_for_one_and_three_and_goes_to_excel(
    client, leader, asker, django_assert_num_queries
):
    seeing.sign_in(client, leader)
    assert gettext("No ideas yet.") in client.get("/portfolio/ideas").text
    handed_in(asker, wished_end=date(2027, 6, 1))
    for more in range(2):
        with django_assert_num_queries(QUERIES):
            client.get("/portfolio/ideas")
        handed_in(asker, f"Ide {more}")
        handed_in(asker, f"Tanke {more}")
    file = client.get("/portfolio/ideas?format=xlsx")
    assert file["Content-Type"].endswith("spreadsheetml.sheet")
    assert len(client.get("/api/v1/portfolio/ideas").json()) == 5


def test_what_is_answered_can_be_taken_back(client, leader, asker):
    idea = handed_in(asker)
    seeing.sign_in(client, leader)
    client.post(f"/portfolio/ideas/{idea.number}/answer", {"answer": "accepted"})
    from tospann.foundation.models import AuditEntry

    entry = AuditEntry.objects.filter(command="portfolio.answer_idea").latest("sequence")
    assert client.post(f"/undo/{entry.pk}").status_code == 302
    assert Idea.objects.get().state == IdeaState.NEW


def test_the_demo_has_one_accepted_one_scored_and_one_new(leader):
    from tospann.demo import ideas

    cast = {who: making.person(who) for who, *_rest in ideas.IDEAS}
    ideas.hand_in({**cast, ideas.LEADER: leader})
    states = Idea.objects.order_by("number").values_list("state", flat=True)
    assert list(states) == [IdeaState.ACCEPTED, IdeaState.REVIEW, IdeaState.NEW]
