"""Search: everything one may see and nothing else."""

import pytest
from tests import making
from tests.home import seeing

from tospann.cases import commands as cases
from tospann.foundation.authority import Role
from tospann.foundation.ids import new_id
from tospann.home.search import search

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    made = seeing.fill(making.project("Svømmehall på Solbakken"), 1)
    cases.open_case(made.coordinator, made.project, id=new_id(), title="Pilot i mars")
    cases.record_decision(
        made.manager,
        made.project,
        id=new_id(),
        title="Velge flislegger",
        reason="Billigst",
        decided_on=seeing.day(0),
    )
    return made


def kinds(actor, text):
    return {group.name: [hit["label"] for hit in group.hits] for group in search(actor, text)}


@pytest.mark.parametrize(
    ("text", "kind", "label"),
    [
        ("solbakken", "projects", "Svømmehall på Solbakken"),
        ("mars pilot", "cases", "Pilot i mars"),
        ("flislegger", "decisions", "Velge flislegger"),
        ("aksjon", "actions", "Aksjon 0"),
        ("målet", "goals", "Målet <0>"),
        ("oppgave", "tasks", "Oppgave 0"),
    ],
)
def test_a_member_finds_it_and_a_stranger_and_a_guest_do_not(made, text, kind, label):
    assert label in kinds(made.member, text)[kind]
    assert kind not in kinds(making.project().member, text)
    assert kinds(made.guest, text) == {}


def test_every_word_must_occur(made):
    assert "cases" not in kinds(made.member, "pilot april")


def test_people_are_found_but_not_by_guests(made):
    name = made.people[Role.OWNER].name
    assert kinds(made.member, name)["people"] == [name]
    assert kinds(made.guest, name) == {}


@pytest.mark.parametrize("asked", ["", "   ", "%", "_", "\x00", "x" * 3000, "<script>", "'; --"])
def test_odd_questions_are_answered(client, made, asked):
    seeing.sign_in(client, made.people[Role.MEMBER])
    page = client.get("/search", {"q": asked})
    assert page.status_code == 200
    assert "<script>" not in page.text.split("</head>")[1]


def test_a_percent_sign_is_no_wildcard(made):
    assert kinds(made.member, "%") == {}


def test_help_is_a_page(client, made):
    seeing.sign_in(client, made.people[Role.MEMBER])
    assert client.get("/help").status_code == 200
