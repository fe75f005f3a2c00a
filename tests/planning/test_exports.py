"""The plan taken along: files that open, say what the plan says, and stop at what is too much."""

import re
import zlib
from datetime import date, timedelta
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from tests import making
from tests.api.conftest import Caller, token_of

from planengine.formats import mspdi
from tospann.foundation.authority import Role
from tospann.planning import commands, store
from tospann.planning.exports import files
from tospann.planning.models import Activity
from tospann.planning.skeleton import PlannedRow, outline_edits

pytestmark = pytest.mark.django_db
MONDAY = date(2027, 1, 11)
ROWS = [
    PlannedRow("Forberede", 1),
    PlannedRow("Kartlegge behov", 2, MONDAY, MONDAY + timedelta(11)),
    PlannedRow("=1+1", 2, MONDAY + timedelta(14), MONDAY + timedelta(18), after=(2,)),
    PlannedRow("Krav godkjent", 2, finish=date(2027, 2, 12), milestone=True, after=(3,)),
    PlannedRow("Bygge", 1),
    PlannedRow("Grave", 2, date(2027, 3, 1), date(2027, 3, 12)),
]


@pytest.fixture
def made():
    return making.project()


@pytest.fixture
def plan(made):
    return commands.start_plan(made.coordinator, made.project, edits=outline_edits(ROWS))


@pytest.fixture
def get(client, made, plan):
    """``get(format, …)``: the file as a member of the team gets it."""

    def go(wanted="", role=Role.MEMBER, **chosen):
        client.force_login(made.people[role])
        asked = {"format": wanted} | chosen
        if chosen:
            asked = {"asked": "1", "what": "all", "levels": "0", "paper": "a3"} | asked
        return client.get(reverse("plan_export", args=[made.project.key]), asked)

    return go


def texts(answer):
    found = ET.fromstring(answer.content).iter("{http://www.w3.org/2000/svg}text")
    return [one.text for one in found]


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("wanted", ["", "print"])
def test_the_pages_can_be_shown(get, wanted, language, client):
    client.cookies["language"] = language
    assert get(wanted).status_code == 200


@pytest.mark.parametrize("wanted", ["", "pdf", "xlsx", "xml"])
def test_whoever_is_not_in_the_project_finds_nothing(get, wanted):
    assert get(wanted, Role.GUEST).status_code == 404


def test_a_sheet_for_the_wall(get):
    answer = get("pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer.content.startswith(b"%PDF-")
    (box,) = set(re.findall(rb"/MediaBox ?\[([^]]+)\]", _unpacked(answer.content)))
    wide, high = (float(one) for one in box.split()[2:])
    assert (round(wide / 72 * 25.4), round(high / 72 * 25.4)) == (420, 297)
    assert b"pdfuaid" in answer.content


def test_a4_when_that_is_asked_for(get):
    small = _unpacked(get("pdf", paper="a4").content)
    assert b"841.8" in re.search(rb"/MediaBox ?\[([^]]+)\]", small)[1]


def _unpacked(pdf):
    """The file with its streams unpacked."""
    parts = [pdf]
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            parts.append(zlib.decompress(packed))
        except zlib.error:
            continue
    return b"\n".join(parts)


def test_the_drawing_has_every_row_with_its_dates(get):
    answer = get("svg")
    assert answer["Content-Type"] == "image/svg+xml"
    found = texts(answer)
    assert {"Forberede", "Kartlegge behov", "=1+1", "Krav godkjent", "Bygge", "Grave"} <= set(found)
    assert "11.01.27" in found
    reached = Activity.objects.get(name="Krav godkjent").finish
    assert f"{reached:%d.%m.}" in found


def test_the_picture_is_a_picture(get):
    answer = get("png")
    assert answer["Content-Type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("chosen", "kept"),
    [
        ({"what": "phases"}, {"Forberede", "Krav godkjent", "Bygge"}),
        ({"levels": "1"}, {"Forberede", "Krav godkjent", "Bygge"}),
        ({"first": "2027-02-20"}, {"Bygge", "Grave"}),
        ({"last": "2027-01-20"}, {"Forberede", "Kartlegge behov"}),
    ],
)
def test_only_what_was_chosen(get, chosen, kept):
    names = {row.name for row in ROWS}
    assert names & set(texts(get("svg", **chosen))) == kept


def test_a_period_that_ends_before_it_begins_is_told_on_the_page(get):
    answer = get("pdf", first="2027-03-01", last="2027-01-01")
    assert answer.status_code == 422
    assert "text/html" in answer["Content-Type"]


def test_what_is_too_much_is_told_with_the_number(get, monkeypatch):
    monkeypatch.setitem(files.MOST, "png", 3)
    answer = get("png")
    assert answer.status_code == 422
    assert "6" in answer.content.decode()


def test_a_workbook_with_real_dates_and_no_formulas(get):
    sheet = load_workbook(BytesIO(get("xlsx").content)).active
    rows = list(sheet.iter_rows(min_row=2))
    assert [row[0].value for row in rows] == ["1", "1.1", "1.2", "1.3", "2", "2.1"]
    assert rows[1][4].value.date() == MONDAY
    assert rows[2][2].value == "=1+1"
    assert rows[2][2].data_type == "s"
    assert rows[2][10].value.startswith("1.1")


def test_a_csv_no_spreadsheet_runs(get):
    lines = get("csv").content.decode("utf-8-sig").splitlines()
    assert len(lines) == 7
    assert ";'=1+1;" in lines[3]


def test_microsoft_project_gets_the_same_plan_back(get, plan):
    read = mspdi.read(get("xml").content)
    head = store.load(plan).plan
    assert [(one.name, one.start, one.finish) for one in read.plan.activities] == [
        (one.name, one.start, one.finish) for one in head.activities
    ]
    assert [(one.predecessor, one.successor) for one in read.plan.links] == [(2, 3), (3, 4)]


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        ({"format": "svg", "what": "phases"}, "image/svg+xml"),
        ({"format": "xml"}, "application/xml"),
    ],
)
def test_a_program_gets_the_same_files(made, plan, asked, kind):
    call = Caller(token_of(made.people[Role.MEMBER]))
    address = f"/projects/{made.project.key}/plan/export"
    answer = call.get(address, **asked)
    assert (answer.status_code, answer["Content-Type"]) == (200, kind)
    assert call.get(address, format="docx").status_code == 422
    guest = Caller(token_of(made.people[Role.GUEST]))
    assert guest.get(address, **asked).status_code == 404


def test_names_no_font_can_draw_still_come_on_paper(get, made, plan):
    wild = [PlannedRow("\U0001f409 drage \u706b", 1, MONDAY, MONDAY + timedelta(1))]
    edits = outline_edits(wild, first_uid=99)
    commands.apply_edits(made.manager, plan, base_revision=plan.revision, edits=edits)
    assert get("pdf").content.startswith(b"%PDF-")


def test_a_printed_sheet_tells_of_lines_that_leave_it_as_the_paper_does(get, made, plan):
    many = [PlannedRow(f"Oppgave {number}", 1, MONDAY, MONDAY) for number in range(120)]
    last = PlannedRow("Sist", 1, MONDAY, MONDAY, after=(1,))
    edits = outline_edits([*many, last], first_uid=7)
    commands.apply_edits(made.manager, plan, base_revision=plan.revision, edits=edits)
    shown = get("print").content.decode()
    assert "\u2192 123" in shown
    assert "\u2190 3" in shown


@pytest.mark.parametrize(("wanted", "queries"), [("", 6), ("svg", 6), ("print", 7), ("xlsx", 6)])
@pytest.mark.parametrize("count", [1, 3])
def test_more_rows_cost_no_more_queries(
    made, client, wanted, queries, count, django_assert_num_queries
):
    commands.start_plan(made.coordinator, made.project, edits=outline_edits(ROWS[:count]))
    client.force_login(made.people[Role.MEMBER])
    address = reverse("plan_export", args=[made.project.key])
    client.get(address, {"format": wanted})
    with django_assert_num_queries(queries):
        assert client.get(address, {"format": wanted}).status_code == 200
