"""A spreadsheet into a register of one's own: tried, shown, taken in one act, taken back in one."""

import io
import json
import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook
from tests import making

from tospann.foundation import undo
from tospann.foundation.authority import Role
from tospann.foundation.errors import Stale
from tospann.foundation.models import AuditEntry
from tospann.projects import commands as projects
from tospann.registers import commands
from tospann.registers.models import Line

pytestmark = pytest.mark.django_db
COLUMNS = [
    {"key": "room", "label": "Rom", "kind": "text", "required": True},
    {"key": "price", "label": "Pris", "kind": "money"},
    {
        "key": "size",
        "label": "Størrelse",
        "kind": "choice",
        "choices": [{"key": "s", "label": "Liten"}, {"key": "l", "label": "Stor"}],
    },
]
HEADINGS = ("Tittel", "Ansvarlig", "Frist", "Rom", "Pris", "Størrelse", "Merknad")
GOOD = ("Nøkkel <1>", "", "24.12.2026", "A-101", "1 250,50", "stor", "leses ikke")


@pytest.fixture
def made(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    made = making.project("Svømmehall")
    projects.keep_register(made.manager, made.project, key="keys", title="Nøkler", columns=COLUMNS)
    return made


def at(made, name="register_excel"):
    return reverse(name, args=[made.project.key, "keys"])


def sheet(*rows, headings=HEADINGS):
    book = Workbook()
    for row in (headings, *rows):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return SimpleUploadedFile("rader.xlsx", file.getvalue())


def tried(client, made, *rows, **more):
    return client.post(at(made), {"file": sheet(*rows, **more)})


def shown_rows(answer):
    """What the page sends when it is confirmed."""
    return unescape(re.search(r'name="rows" value="([^"]*)"', answer.text)[1])


def test_what_was_shown_comes_in_as_one_act_and_is_taken_back_in_one(visit, made):
    client = visit(Role.COORDINATOR)
    answer = tried(client, made, GOOD, ("Kort", "", "", "B-2", "", "", ""))
    assert answer.status_code == 200, answer.text[-2000:]
    assert "Merknad" in answer.text
    assert not Line.objects.exists(), "nothing is written by trying"
    before = AuditEntry.objects.filter(scope_id=made.project.pk).count()
    taken = client.post(at(made, "take_register_excel"), {"rows": shown_rows(answer)})
    assert taken.status_code == 302
    first, second = Line.objects.order_by("number")
    assert (first.title, second.title) == ("Nøkkel <1>", "Kort")
    assert first.values == {"room": "A-101", "price": "1250.50", "size": "l"}
    assert f"{first.due_on}" == "2026-12-24"
    entries = AuditEntry.objects.filter(scope_id=made.project.pk)
    assert entries.count() == before + 1
    undo.undo(made.coordinator, entries.latest("sequence"))
    assert not Line.objects.exists()


def test_it_is_not_taken_back_once_somebody_has_built_on_it(visit, made):
    client = visit(Role.COORDINATOR)
    rows = shown_rows(tried(client, made, GOOD))
    client.post(at(made, "take_register_excel"), {"rows": rows})
    entry = AuditEntry.objects.filter(scope_id=made.project.pk).latest("sequence")
    line = Line.objects.get()
    commands.change_line(made.coordinator, line, title="Annet", values={"room": "A"})
    with pytest.raises(Stale):
        undo.undo(made.coordinator, entry)
    assert Line.objects.get().title == "Annet"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("", "", "", "A", "", "", ""), "Tittel"),
        (("x" * 201, "", "", "A", "", "", ""), "200"),
        (("A", "Ukjent Person", "", "A", "", "", ""), "Ukjent Person"),
        (("A", "", "i overimorgen kanskje", "A", "", "", ""), "overimorgen"),
        (("A", "", "", "", "", "", ""), "Rom"),
        (("A", "", "", "A", "mye", "", ""), "Pris"),
        (("A", "", "", "A", "", "Middels", ""), "Liten, Stor"),
    ],
)
def test_each_rows_fault_is_said_in_words_and_nothing_can_be_taken(visit, made, row, said):
    answer = tried(visit(Role.COORDINATOR), made, GOOD, row)
    assert answer.status_code == 422
    faults = answer.text.partition('id="faults"')[2]
    assert said in faults
    assert '<td class="is-number">3</td>' in faults
    assert 'name="rows"' not in answer.text
    assert not Line.objects.exists()


def test_a_sheet_without_a_title_or_with_a_heading_twice_is_refused(visit, made):
    client = visit(Role.COORDINATOR)
    assert tried(client, made, ("A",), headings=("Rom",)).status_code == 422
    assert tried(client, made, ("A", "B"), headings=("Tittel", "tittel")).status_code == 422


def test_rows_with_a_number_stay_as_they_are(visit, made):
    client = visit(Role.COORDINATOR)
    headings = ("Nr.", "Tittel", "Rom")
    answer = tried(client, made, ("P1-1", "Gammel", "A"), ("", "Ny", "B"), headings=headings)
    assert [row["title"] for row in json.loads(shown_rows(answer))] == ["Ny"]


@pytest.mark.parametrize("rows", ["", "[]", "{}", '[{"title": "A", "strange": 1}]', "x" * 100])
def test_what_was_never_shown_is_refused(visit, made, rows):
    answer = visit(Role.COORDINATOR).post(at(made, "take_register_excel"), {"rows": rows})
    assert answer.status_code != 302 or not Line.objects.exists()
    assert not Line.objects.exists()


def test_only_who_keeps_the_registers_brings_in(visit, made):
    for role, status in ((Role.MEMBER, 403), (Role.OWNER, 403), (Role.GUEST, 404)):
        client = visit(role)
        assert client.get(at(made)).status_code == status
        assert tried(client, made, GOOD).status_code == status
        answer = client.post(at(made, "take_register_excel"), {"rows": '[{"title": "A"}]'})
        assert answer.status_code == status
    assert not Line.objects.exists()


def test_a_file_that_is_no_workbook_is_refused_in_words(visit, made):
    junk = SimpleUploadedFile("rader.xlsx", b"PK\x03\x04 no zip")
    answer = visit(Role.MANAGER).post(at(made), {"file": junk})
    assert answer.status_code == 422
    assert ".xlsx" in answer.text
