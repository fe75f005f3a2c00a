"""Search: everything one may see and nothing else."""

import pytest
from tests import making
from tests.home import seeing

from tospann.cases import commands as cases
from tospann.foundation.authority import Role
from tospann.foundation.ids import new_id
from tospann.home.search import search
from tospann.search.indexing import rebuild

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
    rebuild()
    return made


def kinds(actor, text):
    groups = search(actor, text).groups
    return {group.name: [hit.label for hit in group.hits] for group in groups}


@pytest.mark.parametrize(
    ("text", "kind", "label"),
    [
        ("solbakken", "project", "Svømmehall på Solbakken"),
        ("mars pilot", "case", "Pilot i mars"),
        ("flisleggeren", "decision", "Velge flislegger"),
        ("aksjon", "action", "Aksjon 0"),
        ("målene", "goal", "Målet <0>"),
        ("oppgave", "activity", "Oppgave 0"),
    ],
)
def test_a_member_finds_it_and_a_stranger_and_a_guest_do_not(made, text, kind, label):
    assert label in kinds(made.member, text)[kind]
    assert kind not in kinds(making.project().member, text)
    assert kinds(made.guest, text) == {}


def test_every_word_must_occur(made):
    assert "case" not in kinds(made.member, "pilot april")


def test_people_are_found_but_not_by_guests(made):
    making.person("Torgeir Fjellstad", title="Byggeleder", email="torgeir@example.org")
    rebuild()
    assert kinds(made.member, "fjellstad")["person"] == ["Torgeir Fjellstad"]
    assert kinds(made.member, "byggeleder")["person"] == ["Torgeir Fjellstad"]
    assert kinds(made.guest, "fjellstad") == {}


@pytest.mark.parametrize("asked", ["", "   ", "%", "_", "\x00", "x" * 3000, "<script>", "'; --"])
def test_odd_questions_are_answered(client, made, asked):
    seeing.sign_in(client, made.people[Role.MEMBER])
    page = client.get("/search", {"q": asked})
    assert page.status_code == 200
    assert "<script>" not in page.text.split("</head>")[1]


def test_a_hit_shows_where_and_is_marked(client, made):
    seeing.sign_in(client, made.people[Role.MEMBER])
    page = client.get("/search", {"q": "billigst"})
    assert "<mark>Billigst</mark>" in page.text


def test_help_is_a_page(client, made):
    seeing.sign_in(client, made.people[Role.MEMBER])
    assert client.get("/help").status_code == 200


def test_the_api_finds_the_same(client, made):
    seeing.sign_in(client, made.people[Role.MEMBER])
    (hit,) = client.get("/api/v1/search", {"q": "flisleggere"}).json()
    assert (hit["kind"], hit["title"]) == ("decision", "Velge flislegger")
    assert hit["link"].startswith(f"/p/{made.project.key}/decisions/log/")
    seeing.sign_in(client, made.people[Role.GUEST])
    assert client.get("/api/v1/search", {"q": "flisleggere"}).json() == []
    assert client.get("/api/v1/search", {"q": ""}).status_code == 422
