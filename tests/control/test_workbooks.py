"""Workbooks out and the budget in again: real files, read by other programs' libraries."""

import html
import io
import re
import subprocess
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook
from tests.budget import starting
from tests.control import following
from tests.dav.programs import needs

from tospann.budget import commands as budget
from tospann.budget.models import BudgetLine
from tospann.cases.models import Case
from tospann.foundation.authority import Role

pytestmark = pytest.mark.django_db
EVIL = '=HYPERLINK("http://x";"y")'


@pytest.fixture
def made():
    found = following.followed(100_000, 250_000)
    line = BudgetLine.objects.get(project=found.project, number=1)
    budget.change_line(found.manager, line, **starting.values(line, name=EVIL))
    return found


def at(made, name, *args):
    return reverse(name, args=[made.project.key, *args])


def book_of(answer, **how):
    assert answer.status_code == 200
    return load_workbook(io.BytesIO(answer.content), **how)


def column(sheet, heading):
    return next(cell.column for cell in sheet[1] if cell.value == heading)


def upload(client, made, book):
    stream = io.BytesIO()
    book.save(stream)
    file = SimpleUploadedFile("budsjett.xlsx", stream.getvalue())
    return client.post(at(made, "read_budget"), {"file": file})


def rows_in(shown):
    """What the page would send when one says yes."""
    found = re.search(r'name="lines" value="([^"]*)"', shown.content.decode())
    return html.unescape(found[1])


def english(client):
    client.cookies["language"] = "en"
    return client


def test_sums_are_formulas_with_their_values_and_names_are_never_formulas(visit, made):
    client = english(visit(Role.MANAGER))
    answer = client.get(at(made, "budget_workbook"))
    sheet, values = book_of(answer).active, book_of(answer, data_only=True).active
    amount = column(sheet, "Budget")
    name = column(sheet, "Line")
    assert sheet.cell(2, name).value == EVIL
    assert sheet.cell(2, name).data_type == "s", "text, whatever it begins with"
    letter = sheet.cell(4, amount).column_letter
    assert sheet.cell(4, amount).value == f"=SUM({letter}2:{letter}3)"
    assert values.cell(4, amount).value == 350_000
    change = column(sheet, "Change since approval")
    assert str(sheet.cell(2, change).value).startswith("=")
    assert values.cell(4, change).value == 0


def test_the_workbook_that_went_out_comes_in_and_changes_nothing(visit, made):
    client = english(visit(Role.MANAGER))
    out = book_of(client.get(at(made, "budget_workbook")))
    shown = upload(client, made, out)
    assert shown.status_code == 200
    assert "There is nothing to change" in shown.content.decode()
    assert 'name="lines"' not in shown.content.decode()


def test_what_differs_is_shown_and_then_carried_out_in_one_act(visit, made):
    client = visit(Role.MANAGER)
    book = book_of(client.get(at(made, "budget_workbook")))
    sheet = book.active
    amount, name = column(sheet, "Budsjett"), column(sheet, "Post")
    sheet.cell(3, amount).value = "240\u00a0000,50"
    sheet.insert_rows(4)
    sheet.cell(4, name).value = "Ny post"
    sheet.cell(4, amount).value = 9_999.5
    shown = upload(client, made, book)
    assert shown.status_code == 200, shown.content.decode()
    text = shown.content.decode()
    assert "Ny post" in text
    assert "240\u00a0000,50\u00a0kr" in text
    lines = BudgetLine.objects.filter(project=made.project)
    assert lines.count() == 2, "nothing is changed before one has seen it"
    rows = rows_in(shown)
    assert client.post(at(made, "take_budget"), {"lines": rows}).status_code == 302
    amounts = dict(lines.values_list("name", "amount"))
    assert amounts["Ny post"] == Decimal("9999.50")
    assert amounts["Post 2"] == Decimal("240000.50")
    again = client.post(at(made, "take_budget"), {"lines": rows})
    assert again.status_code == 409, "the lines are not as they were when the file was read"


def test_what_is_beyond_her_becomes_one_case(visit, made):
    client = visit(Role.COORDINATOR)
    book = book_of(client.get(at(made, "budget_workbook")))
    sheet = book.active
    sheet.cell(3, column(sheet, "Budsjett")).value = 400_000
    shown = upload(client, made, book)
    assert "Foreslå endringen" in shown.content.decode()
    client.post(at(made, "take_budget"), {"lines": rows_in(shown)})
    assert Case.objects.filter(project=made.project).count() == 1
    assert BudgetLine.objects.get(project=made.project, number=2).amount == 250_000


@pytest.mark.parametrize(
    ("where", "value", "said"),
    [
        ("Budget", "=1+1", "formula"),
        ("Budget", "mye", "not an amount"),
        ("Budget", -5, "negative"),
        ("Budget", "\u2212200", "negative"),
        ("Budget", None, "no amount"),
        ("Line", None, "needs a name"),
        ("No.", "B99", "no line with this number"),
        ("From", "snart", "not a date"),
    ],
)
def test_a_cell_that_makes_no_sense_is_named_and_nothing_is_taken(visit, made, where, value, said):
    client = english(visit(Role.MANAGER))
    book = book_of(client.get(at(made, "budget_workbook")))
    sheet = book.active
    cell = sheet.cell(3, column(sheet, where))
    cell.value = value
    shown = upload(client, made, book)
    text = shown.content.decode()
    assert shown.status_code == 422
    assert f"<strong>{cell.coordinate}</strong>" in text
    assert said in text
    assert 'name="lines"' not in text


def test_merged_cells_and_a_file_of_something_else_are_refused(visit, made):
    client = visit(Role.MANAGER)
    book = book_of(client.get(at(made, "budget_workbook")))
    letter = book.active.cell(2, column(book.active, "Budsjett")).column_letter
    book.active.merge_cells(f"{letter}2:{letter}3")
    assert f"<strong>{letter}2</strong>" in upload(client, made, book).content.decode()
    other = Workbook()
    other.active.append(["Fugl", "Antall"])
    assert upload(client, made, other).status_code == 422
    broken = SimpleUploadedFile("x.xlsx", b"PK\x03\x04 not a workbook")
    assert client.post(at(made, "read_budget"), {"file": broken}).status_code == 422


def test_members_see_no_hours_of_others_and_take_no_budget_in(visit, made):
    following.spend(
        made, (1, date(2027, 8, 10), 12_000), person=made.people[Role.MEMBER].pk, hours=Decimal(12)
    )
    client = visit(Role.MEMBER)
    assert client.get(at(made, "timesheets_workbook")).status_code == 403
    assert client.post(at(made, "read_budget"), {}).status_code == 403
    name = made.people[Role.MEMBER].name
    costs = list(book_of(client.get(at(made, "cost_report_workbook"))).worksheets[3].values)
    assert name not in str(costs)
    client = visit(Role.MANAGER)
    costs = list(book_of(client.get(at(made, "cost_report_workbook"))).worksheets[3].values)
    assert name in str(costs)


@pytest.mark.long
@needs("soffice")
def test_another_program_works_the_formulas_out_to_the_same_values(visit, made, tmp_path):
    following.spend(made, (1, date(2027, 8, 10), "12345.67"), (2, date(2027, 8, 11), "-0.05"))
    client = visit(Role.MANAGER)
    for name in ("budget_workbook", "cost_report_workbook"):
        written = client.get(at(made, name)).content
        known = load_workbook(io.BytesIO(written), data_only=True)
        without_values = tmp_path / f"{name}.xlsx"
        load_workbook(io.BytesIO(written)).save(without_values)
        found = load_workbook(_worked_out(without_values, tmp_path), data_only=True)
        compared = 0
        for sheet in known.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    if isinstance(cell.value, int | float):
                        other = found[sheet.title][cell.coordinate].value
                        assert other == pytest.approx(cell.value, abs=1e-9), cell.coordinate
                        compared += 1
        assert compared > 20


def _worked_out(file, folder):
    """The workbook as LibreOffice saves it; it has no values of ours to go by."""
    out = folder / "out"
    command = ["soffice", "--headless", "--norestore", f"-env:UserInstallation=file://{folder}/lo"]
    command += ["--convert-to", "xlsx", "--outdir", str(out), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return out / file.name
