"""Excel in and out: everything or nothing, and what is wrong told by row and column."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import Workbook, load_workbook
from tests import making

from tospann.foundation.authority import Role
from tospann.foundation.commands import submit
from tospann.foundation.errors import Invalid, Stale
from tospann.foundation.ids import new_id
from tospann.foundation.models import AuditEntry
from tospann.foundation.undo import undo
from tospann.risks import commands, imports, sheets
from tospann.risks.models import Risk, StagedRisks

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return making.project(key="SVH")


def book(*lines):
    sheet = Workbook(write_only=True)
    page = sheet.create_sheet()
    for line in lines:
        page.append(line)
    stream = io.BytesIO()
    sheet.save(stream)
    return stream.getvalue()


def upload(client, made, content, name="risiko.xlsx", language="en"):
    client.cookies["language"] = language
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("risk_excel", args=[made.project.key]), {"file": file})


def raised(made, **values):
    values = {"title": "Regn", "probability": 2, "impact": 3} | values
    return commands.raise_risk(made.coordinator, made.project, id=new_id(), **values)


def stage(made, *lines):
    return imports.stage(made.coordinator, made.project, io.BytesIO(book(*lines)), "x.xlsx")


def test_a_sheet_is_shown_before_it_comes_in_as_one_act(visit, made):
    member = made.people[Role.MEMBER]
    headings = ["Title", "Kind", "Probability", "Impact", "Owner", "Next review", "Our own"]
    lines = [
        ["Regn", "Opportunity", "4 High", 5, member.name, date(2027, 3, 1), "x"],
        ["Snø", None, "", None, member.email.upper(), "2027-04-01", None],
        [None] * 7,
        ["@Snø", "threat", 1, 1, None, None, None],
    ]
    client = visit(Role.COORDINATOR)
    answer = upload(client, made, book(headings, *lines))
    assert answer.status_code == 302
    assert not Risk.objects.exists(), "only shown"
    shown = client.get(answer["Location"]).text
    assert "Our own" in shown, "what is not read is said"
    before = AuditEntry.objects.count()
    assert client.post(answer["Location"]).status_code == 302
    assert AuditEntry.objects.count() == before + 1
    rain, snow, sum_ = Risk.objects.order_by("number")
    assert (rain.kind, rain.probability, rain.impact) == ("opportunity", 4, 5)
    assert (rain.due_on, rain.owner_id) == (date(2027, 3, 1), member.pk)
    assert (snow.owner_id, snow.probability, snow.due_on) == (member.pk, None, date(2027, 4, 1))
    assert sum_.title == "@Snø"
    assert client.post(answer["Location"]).status_code == 404, "it comes in once"
    assert Risk.objects.count() == 3


def test_what_goes_out_comes_back_the_same(visit, made):
    raised(made, owner=made.people[Role.MEMBER].pk, due_on=date(2027, 5, 4), strategy="reduce")
    raised(made, title="Snø", kind="opportunity", proximity="immediate", cause="Kaldt\nvær")
    commands.close_risk(made.manager, raised(made, title="Over"), reason="Ferdig")
    client = visit(Role.COORDINATOR)
    for language in ("nb", "en"):
        client.cookies["language"] = language
        file = client.get(reverse("risk_excel_file", args=[made.project.key])).content
        answer = upload(client, made, file, language=language)
        counts = StagedRisks.objects.get().counts
        assert answer.status_code == 302
        assert (counts["new"], counts["changed"], counts["same"]) == (0, 0, 3), language
        assert counts["not_read"] == []


def test_the_list_as_exported_is_read_back_too(visit, made):
    raised(made)
    client = visit(Role.COORDINATOR)
    client.cookies["language"] = "en"
    file = client.get(reverse("risks", args=[made.project.key]), {"format": "xlsx"}).content
    assert upload(client, made, file).status_code == 302
    assert StagedRisks.objects.get().counts["same"] == 1


def test_a_row_with_a_number_changes_that_risk_and_leaves_the_rest_of_it(made):
    risk = raised(made, cause="Lavtrykk")
    _sheet, staged = stage(made, ["No.", "Title", "Impact"], [risk.short_id, "Mye regn", 5])
    commands.import_risks(
        made.coordinator, made.project, staged=staged.pk, content_hash=staged.content_hash
    )
    risk.refresh_from_db()
    assert (risk.title, risk.impact, risk.probability) == ("Mye regn", 5, 2)
    assert risk.cause == "Lavtrykk"


def test_wrong_headings_are_told_and_nothing_comes_in(visit, made):
    lines = [["Hva", "Hvem"], *[[f"Rad {n}", "Noen"] for n in range(10_000)]]
    answer = upload(visit(Role.COORDINATOR), made, book(*lines))
    assert answer.status_code == 422
    for told in ("Hva", "Hvem", "Title", "Probability"):
        assert told in answer.text
    assert not StagedRisks.objects.exists()


def test_what_is_wrong_is_told_by_row_and_column(made):
    risk = raised(made)
    headings = ["No.", "Title", "Probability", "Owner", "Next review", "Strategy", "Kind"]
    wrong = {
        2: [None, "", 1, None, None, None, None],
        3: [None, "a", 6, None, None, None, None],
        4: [None, "b", "mye", "Nobody Here", "33.13", "pray", "perhaps"],
        5: [f"SVH-{risk.number}", "c", None, None, None, None, None],
        6: [risk.number, "d", None, None, None, None, None],
        7: ["SVH-999", "e", None, None, None, None, None],
        8: [None, "f" * 201, None, None, None, None, None],
    }
    sheet, staged = stage(made, headings, *wrong.values())
    assert staged is None
    assert not StagedRisks.objects.exists()
    assert {fault.row for fault in sheet.faults} == {2, 3, 4, 6, 7, 8}
    assert len([fault for fault in sheet.faults if fault.row == 4]) == 5
    assert all(fault.what and fault.column for fault in sheet.faults)


def test_faults_are_counted_but_not_all_listed(made):
    sheet, _none = stage(made, ["Title", "Impact"], *[["x", 9] for _row in range(500)])
    assert (sheet.fault_count, len(sheet.faults)) == (500, sheets.MOST_FAULTS)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no zip", b"a;b;c\n1;2;3"])
def test_what_is_no_spreadsheet_is_refused(visit, made, content):
    answer = upload(visit(Role.COORDINATOR), made, content or b" ")
    assert answer.status_code == 422
    assert "Excel" in answer.text
    assert not StagedRisks.objects.exists()


def test_a_file_that_is_too_large_is_refused_before_it_is_read(visit, made):
    answer = upload(visit(Role.COORDINATOR), made, b"x" * (imports.MOST_BYTES + 1024 * 1024))
    assert answer.status_code == 413


def test_ten_thousand_rows_come_in_as_one_act(made):
    lines = [[f"Risiko {n}", n % 5 + 1, n // 5 % 5 + 1] for n in range(10_000)]
    _sheet, staged = stage(made, ["Title", "Probability", "Impact"], *lines)
    before = AuditEntry.objects.count()
    bound = commands.import_risks.on(made.project)
    done = submit(made.coordinator, bound, staged=staged.pk, content_hash=staged.content_hash)
    assert Risk.objects.count() == 10_000
    assert AuditEntry.objects.count() == before + 1
    assert Risk.objects.values("number").distinct().count() == 10_000
    assert len(done.entry.detail.changes) == 10_000
    with CaptureQueriesContext(connection) as asked:
        undo(made.coordinator, done.entry)
    assert Risk.objects.count() == 0
    assert len(asked) < 100, "ten thousand rows are not taken back one by one"


def brought_in(made, *lines):
    _sheet, staged = stage(made, *lines)
    bound = commands.import_risks.on(made.project)
    return submit(made.coordinator, bound, staged=staged.pk, content_hash=staged.content_hash)


def test_an_import_is_taken_back_whole_while_nobody_has_built_on_it(made):
    risk = raised(made)
    done = brought_in(made, ["No.", "Title"], [risk.short_id, "Fra arket"], [None, "Ny"])
    undo(made.coordinator, done.entry)
    assert [one.title for one in Risk.objects.all()] == [risk.title]


def test_an_import_that_somebody_built_on_stays(made):
    done = brought_in(made, ["Title"], ["En"], ["To"])
    first, second = Risk.objects.order_by("number")
    commands.add_measure(made.manager, first, id=new_id(), title="Sikre kranen")
    with pytest.raises(Stale, match="En"):
        undo(made.coordinator, done.entry)
    commands.change_risk(made.manager, second, title="Noe annet")
    assert Risk.objects.count() == 2


def test_who_changed_something_meanwhile_is_not_overwritten(made):
    risk = raised(made)
    lines = (["No.", "Title"], [risk.short_id, "Fra arket"], [None, "Ny"])
    _sheet, staged = stage(made, *lines)
    commands.change_risk(made.manager, risk, title="Fra siden")
    with pytest.raises(Invalid):
        commands.import_risks(
            made.coordinator, made.project, staged=staged.pk, content_hash=staged.content_hash
        )
    assert [one.title for one in Risk.objects.all()] == ["Fra siden"]


def test_only_keepers_bring_in_and_only_what_they_read_themselves(visit, made):
    assert upload(visit(Role.MEMBER), made, book(["Title"], ["Regn"])).status_code == 403
    _sheet, staged = stage(made, ["Title"], ["Regn"])
    address = reverse("risk_import", args=[made.project.key, staged.pk])
    assert visit(Role.MANAGER).get(address).status_code == 404
    assert visit(Role.COORDINATOR).get(address).status_code == 200


def test_a_spreadsheet_is_read_and_brought_in_through_the_api(visit, made):
    client = visit(Role.COORDINATOR)
    root = f"/api/v1/projects/{made.project.key}"
    file = SimpleUploadedFile("risiko.xlsx", book(["Title", "Impact"], ["Regn", 3]))
    read = client.post(f"{root}/risks/spreadsheet", {"file": file}).json()
    assert (read["new"], read["faults"]) == (1, [])
    body = {"arguments": {"staged": read["staged"], "content_hash": read["content_hash"]}}
    address = f"{root}/commands/risks.import_risks"
    assert client.post(address, body, content_type="application/json").status_code == 200
    assert Risk.objects.get().impact == 3
    wrong = SimpleUploadedFile("risiko.xlsx", book(["Title", "Impact"], ["Regn", 9]))
    told = client.post(f"{root}/risks/spreadsheet", {"file": wrong}).json()
    assert (told["staged"], told["faults"][0]["row"]) == (None, 2)
    assert client.get(f"{root}/risks/spreadsheet").content.startswith(b"PK")
    again = SimpleUploadedFile("risiko.xlsx", book(["Title"], ["Regn"]))
    refused = visit(Role.MEMBER).post(f"{root}/risks/spreadsheet", {"file": again})
    assert refused.status_code == 403


def test_the_file_holds_every_column(visit, made):
    raised(made)
    client = visit(Role.MEMBER)
    client.cookies["language"] = "en"
    answer = client.get(reverse("risk_excel_file", args=[made.project.key]))
    rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert rows[0][:3] == ("No.", "Title", "Kind")
    assert rows[1][:3] == ("SVH-1", "Regn", "Threat")
    assert len(rows[0]) == len(sheets.COLUMNS)


def test_the_history_of_an_imported_risk_is_its_own(visit, made):
    _sheet, staged = stage(made, ["Title"], ["Regn"], ["Snø"])
    commands.import_risks(
        made.coordinator, made.project, staged=staged.pk, content_hash=staged.content_hash
    )
    page = visit(Role.MEMBER).get(Risk.objects.get(title="Regn").get_absolute_url()).text
    assert "x.xlsx" in page
    assert "Snø" not in page
