"""The status page: the same facts as a page, a tagged PDF and through the API."""

import io
from threading import BoundedSemaphore

import pypdf
import pytest
from tests import making
from tests.home import seeing

from tospann.cases import commands as cases
from tospann.foundation.authority import Role
from tospann.foundation.ids import new_id
from tospann.projects import commands as projects
from tospann.projects.models import GoalLevel
from tospann.ui import pdf

pytestmark = pytest.mark.django_db
QUERIES = 18
HOSTILE = '#read("/etc/passwd") $x^2$ \\ "q" *b* _i_ `c` <l> @ref // c /* d */ [x] {y} #{1+1}'


@pytest.fixture
def made():
    made = seeing.fill(making.project("Svømmehall", phases=3), 2)
    cases.record_decision(
        made.manager,
        made.project,
        id=new_id(),
        title="Velge flislegger",
        reason="Billigst",
        decided_on=seeing.day(-10),
    )
    return made


def address(made, query=""):
    return f"/p/{made.project.key}/reports/status.pdf{query}"


def read(client, made, query="", role=Role.MEMBER):
    seeing.sign_in(client, made.people[role])
    answer = client.get(address(made, query))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    return pypdf.PdfReader(io.BytesIO(answer.content))


def text(document):
    """All that is written in it, without the line breaks and joints of the layout."""
    joined = " ".join(page.extract_text() for page in document.pages)
    return " ".join(joined.replace("\u200b", "").replace("\xa0", " ").split())


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("nb", ["Mål og suksesskriterier", "Milepæler", "1 dag forsinket", "Pågår", "Side 1 av"]),
        ("en", ["Goals and success criteria", "1 day late", "Under way", "Page 1 of"]),
    ],
)
def test_the_pdf_is_tagged_titled_and_in_the_language_asked_for(client, made, language, says):
    document = read(client, made, f"?language={language}")
    root = document.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]["/K"]
    assert root["/Lang"] == language
    assert "Svømmehall" in document.metadata.title
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    found = text(document)
    facts = ["Fase 1", "Fase 3", "Målet <0>", "Kriterium 1", "Milepæl 1", "Velge flislegger"]
    for expected in (*says, *facts, made.project.key, "Planen er klar"):
        assert expected in found


def test_it_says_it_is_a_ua_document(client, made):
    metadata = read(client, made).trailer["/Root"]["/Metadata"].get_data()
    assert b"pdfuaid:part" in metadata


@pytest.mark.parametrize(
    "name",
    [
        HOSTILE,
        "שלום עולם",
        "مرحبا",
        "emoji 😀 og 日本語 etter",
        "\u202esnudd\u202c og \u2066mer",
        "a\u0301 å ﬁ ½ € “sitat”",
    ],
)
def test_what_people_write_is_text_and_never_source(client, made, name):
    projects.add_goal(
        made.owner, made.project, id=new_id(), level=GoalLevel.OUTPUT, description=f"før {name}."
    )
    found = text(read(client, made))
    assert "før" in found
    assert "root:" not in found
    if name == HOSTILE:
        assert " ".join(HOSTILE.split()) in found


def test_one_very_long_word_stays_on_the_page(client, made):
    projects.add_goal(
        made.owner, made.project, id=new_id(), level=GoalLevel.OUTPUT, description="y" * 20000
    )
    document = read(client, made)
    assert text(document).count("y") >= 20000
    assert len(document.pages) > 3


@pytest.mark.parametrize("name", ["x" * 200, HOSTILE, "Hall\u0007 \u202e"])
def test_the_name_of_the_project_may_be_anything(client, name):
    made = making.project(name)
    assert len(read(client, made).pages) >= 1


def test_an_empty_project_has_a_status_page(client):
    assert "0 av 2" in text(read(client, making.project()))


def test_decisions_are_those_of_the_period(client, made):
    assert "Velge flislegger" in text(read(client, made, f"?since={seeing.day(-11)}"))
    assert "Velge flislegger" not in text(read(client, made, f"?since={seeing.day(-9)}"))
    assert "Velge flislegger" in text(read(client, made, "?since=tull"))


@pytest.mark.parametrize("path", ["reports/now", "reports/status.pdf"])
def test_only_those_who_see_the_project_get_it(client, made, path):
    where = f"/p/{made.project.key}/{path}"
    assert client.get(where).status_code == 302
    for person in (made.people[Role.GUEST], making.person()):
        seeing.sign_in(client, person)
        assert client.get(where).status_code == 404


def test_nobody_in_between_keeps_it(client, made):
    seeing.sign_in(client, made.people[Role.MEMBER])
    assert client.get(address(made))["Cache-Control"] == "private, no-store"


def test_when_too_many_are_being_made_one_is_asked_to_wait(client, made, monkeypatch):
    monkeypatch.setattr(pdf, "PATIENCE", 0.01)
    taken = BoundedSemaphore(1)
    taken.acquire()
    monkeypatch.setattr(pdf, "_renders", taken)
    seeing.sign_in(client, made.people[Role.MEMBER])
    assert client.get(address(made)).status_code == 503


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_however_much_there_is(client, rows, django_assert_num_queries):
    made = seeing.fill(making.project(), rows)
    seeing.sign_in(client, made.people[Role.MEMBER])
    with django_assert_num_queries(QUERIES):
        page = client.get(f"/p/{made.project.key}/reports/now")
    assert page.text.count("Milepæl ") == rows


def test_the_state_is_computed_with_its_reasons(client):
    fine = making.project()
    seeing.sign_in(client, fine.people[Role.MEMBER])
    assert 'data-rag="green"' in client.get(f"/p/{fine.project.key}/reports/now").text
    late = making.project(start=seeing.day(-30), finish=seeing.day(1))
    seeing.fill(late, 5)
    seeing.sign_in(client, late.people[Role.MEMBER])
    assert 'data-rag="red"' in client.get(f"/p/{late.project.key}/reports/now").text


def test_the_api_says_the_same(client, made):
    seeing.sign_in(client, made.people[Role.MEMBER])
    root = f"/api/v1/projects/{made.project.key}"
    found = client.get(f"{root}/status?language=en").json()
    assert [phase["name"] for phase in found["phases"]] == ["Fase 1", "Fase 2", "Fase 3"]
    assert found["decisions"][0]["title"] == "Velge flislegger"
    assert client.get(f"{root}/status.pdf").content.startswith(b"%PDF")
    seeing.sign_in(client, made.people[Role.GUEST])
    assert client.get(f"{root}/status").status_code == 404
    assert client.get(f"{root}/status.pdf").status_code == 404
