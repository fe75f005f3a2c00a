"""Plans from Primavera and spreadsheets: what is read, what is told, our own table back."""

import io
from datetime import date, datetime

import pytest
from django.urls import reverse
from openpyxl import Workbook
from tests import making
from tests.planengine.formats.xer_file import SOUND

import planengine as engine
from tospann.foundation.authority import Role
from tospann.foundation.commands import Done
from tospann.foundation.errors import Invalid
from tospann.planning import commands, imports, queries
from tospann.planning.models import Activity, Plan
from tospann.planning.skeleton import PlannedRow, outline_edits
from tospann.planning.spreadsheet import Unreadable, read

HOUR = 3600


def csv(*lines):
    return "\n".join(lines).encode()


def workbook(*rows, percent=()):
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    for place in percent:
        sheet[place].number_format = "0 %"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def rows(plan):
    return [(one.name, one.parent, one.duration) for one in plan.activities]


# ---- what is read ----


def test_a_table_with_norwegian_headings():
    plan = read(
        csv(
            "Nr.;Oppgave;Start;Slutt;Prosent ferdig;Venter på;Frist",
            "1;Grunnarbeid;;;;;",
            "1.1;Grave;11.01.2027;15.01.2027;50 %;;",
            "1.2;Støpe;18.01.2027;20.01.27;;1.1;22.1.2027",
            "2;Tett bygg;;25.01.2027;;1.2FS+2 d;",
        )
    ).plan
    assert rows(plan)[:3] == [
        ("Grunnarbeid", None, 0), ("Grave", 1, 5 * 27_000), ("Støpe", 1, 3 * 27_000),
    ]  # fmt: skip
    assert [(one.predecessor, one.successor, one.lag) for one in plan.links] == [
        (2, 3, 0), (3, 4, 2 * 27_000),
    ]  # fmt: skip
    grave, stope = plan.activities[1:3]
    assert grave.progress.percent == 50
    assert engine.moment(grave.constraint.date).date() == date(2027, 1, 11)
    assert stope.constraint is None
    assert engine.moment(stope.deadline).date() == date(2027, 1, 22)


def test_a_workbook_of_microsoft_project_with_english_headings():
    found = read(
        workbook(
            ["Exported 2027"],
            ["ID", "Outline Level", "Task Name", "Duration", "Start", "Predecessors", "% Complete",
             "Resource Names"],
            [1, 1, "Phase", None, None, None, None, None],
            [2, 2, "Dig", "2 wks", datetime(2027, 1, 11, 8), None, 0.25, "Kari"],
            [3, 2, "Cast", 3, None, "2", 0, None],
            [4, 2, "Tight", "0 days", None, "3SS", None, None],
            percent=["G4"],
        )
    )  # fmt: skip
    plan = found.plan
    assert rows(plan) == [
        ("Phase", None, 0), ("Dig", 1, 10 * 27_000), ("Cast", 1, 3 * 27_000), ("Tight", 1, 0),
    ]  # fmt: skip
    assert plan.activities[1].progress.percent == 25
    assert plan.activities[3].milestone
    assert [(one.predecessor, one.successor, str(one.kind)) for one in plan.links] == [
        (2, 3, "FS"), (3, 4, "SS"),
    ]  # fmt: skip
    assert [(loss.kind, loss.what) for loss in found.lost] == [("person", "Kari")]


def test_the_spaces_before_a_name_are_levels_too():
    plan = read(csv("Name,Days", "Phase,", "  Dig,5", "  Cast,2", "End,0")).plan
    assert [one.parent for one in plan.activities] == [None, 1, 1, None]


def test_old_files_of_excel_are_read_as_written():
    assert read("Navn;Dager\nBåt på fjorden;2".encode("cp1252")).plan.activities[0].name == (
        "Båt på fjorden"
    )
    assert read("Navn\tDager\nBåt\t2".encode("utf-16")).plan.activities[0].name == "Båt"


def test_what_is_not_understood_is_told_and_the_rest_is_kept():
    found = read(
        csv(
            "Nr;Navn;Start;Slutt;Dager;Venter på",
            "1;Fase;;;;",
            "1.1;Grave;snart;;mange;9.9",
            "1.2;Støpe;20.01.2027;11.01.2027;;1",
            ";;11.01.2027;;;",
        )
    )
    assert len(found.plan.activities) == 3
    assert found.plan.links == ()
    assert {one.code for one in found.warnings} == {
        "link.unknown", "link.ancestor", "finish.before_start",
    }  # fmt: skip
    assert {one.what for one in found.lost} >= {"snart", "mange"}
    assert all(line for line in found.describe("nb"))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "headings"),
        (b"hei", "headings"),
        (csv("Navn;Dager"), "empty"),
        (b"\x00\x01\x02;Navn", "text"),
        (b"PK\x03\x04 not a workbook", "workbook"),
        (csv("Navn", *(f"Rad {number}" for number in range(20_001))), "rows"),
    ],
)
def test_what_is_no_plan_is_refused_in_words(data, code):
    with pytest.raises(Unreadable) as refused:
        read(data)
    assert refused.value.code == code
    assert refused.value.sentence("nb")
    assert refused.value.sentence("en")


@pytest.mark.parametrize(
    "cell",
    ["1e999", "-5", "99999999999999999999", "0,0,0", "٣", "=1+1", "31.02.2027", "0000-00-00",
     "2027-13-45", "𝟙", "NaN", "inf"],
)  # fmt: skip
def test_no_cell_is_worse_than_ignored(cell):
    header = "Nr;Nivå;Navn;Start;Slutt;Dager;Prosent;Venter på;Frist"
    plan = read(csv(header, *(f"{cell};{cell};A;{cell};{cell};{cell};{cell};{cell};{cell}",) * 2))
    assert not engine.validate(plan.plan)


# ---- through the door ----


@pytest.fixture
def made(db):
    return making.project()


@pytest.fixture
def plan(made):
    return commands.start_plan(
        made.coordinator, made.project, edits=outline_edits([PlannedRow("Var her")])
    )


def bring_in(made, content, name):
    staged = imports.stage(made.coordinator, made.project, io.BytesIO(content), name)
    head = Plan.objects.get(project=made.project)
    outcome = imports.submit_import(made.coordinator, head, staged, head.revision)
    assert isinstance(outcome, Done)
    return staged


def test_a_primavera_file_comes_in_through_the_confined_child(made, plan):
    staged = bring_in(made, SOUND.encode(), "plan.xer")
    assert staged.report["count"] == Activity.objects.filter(project=made.project).count() > 3
    assert str(queries.plan_of(made.project).options.profile) == "p6"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (csv("Navn;Start;Slutt", "Grave;11.01.2027;15.01.2027"), "plan.csv"),
        (workbook(["Navn", "Dager"], ["Grave", 5]), "plan.xlsx"),
    ],
)
def test_a_spreadsheet_comes_in_through_the_confined_child(made, plan, content, name):
    bring_in(made, content, name)
    assert [one.name for one in queries.plan_of(made.project).activities] == ["Grave"]


@pytest.mark.parametrize("content", [b"hei", b"PK\x03\x04 broken", b"ERMHDR\tbroken"])
def test_what_cannot_be_read_is_said_in_a_sentence(made, plan, content):
    with pytest.raises(Invalid) as refused:
        imports.stage(made.coordinator, made.project, io.BytesIO(content), "x")
    assert str(refused.value)


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("wanted", ["csv", "xlsx"])
def test_our_own_table_comes_back_as_the_same_plan(made, client, language, wanted):
    first = date(2027, 1, 11)
    head = commands.start_plan(
        made.coordinator,
        made.project,
        edits=outline_edits(
            [
                PlannedRow("Fase", 1),
                PlannedRow("=Grave", 2, first, date(2027, 1, 22), percent=40),
                PlannedRow("Støpe", 2, date(2027, 1, 25), date(2027, 1, 29), after=(2,)),
                PlannedRow("Ferdig", 2, finish=date(2027, 1, 29), milestone=True, after=(3,)),
            ]
        ),
    )
    client.force_login(made.people[Role.MEMBER])
    client.cookies["language"] = language
    address = reverse("plan_export", args=[made.project.key])
    before = queries.plan_of(made.project)
    after = read(client.get(address, {"format": wanted}).content).plan
    assert rows(after)[1:] == rows(before)[1:]
    assert after.activities[0].name == "Fase"
    assert [(one.predecessor, one.successor) for one in after.links] == [(2, 3), (3, 4)]
    assert [one.milestone for one in after.activities] == [False, False, False, True]
    assert after.activities[1].progress.percent == 40
    assert head.revision == 1
