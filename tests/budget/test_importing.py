"""Files of costs: read as people write them, refused by cell, recorded whole or not at all."""

import io
import zipfile
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook
from tests.budget import starting
from tests.budget.starting import started

from tospann.__main__ import main
from tospann.budget import commands, jobs
from tospann.budget.importing import checking, headings, staging
from tospann.budget.models import BudgetLine, Cost, CostBatch, StagedCosts
from tospann.foundation.authority import Role
from tospann.foundation.errors import Invalid
from tospann.foundation.models import AuditEntry
from tospann.jobs.models import Progress, ProgressState

pytestmark = pytest.mark.django_db
HEAD = "Dato;Beløp;Post;Leverandør;Tekst;Bilagsnr\n"


@pytest.fixture
def made():
    made = starting.project()
    started(made, 100_000, 200_000)
    return made


def at(made, name, *args):
    return reverse(name, args=[made.project.key, *args])


def stage(made, data, name="kostnader.csv"):
    content = data.encode() if isinstance(data, str) else data
    return staging.stage(made.coordinator, made.project, io.BytesIO(content), name)


def workbook(*rows, formulas=(), merged=()):
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(list(row))
    for where, formula in formulas:
        sheet[where] = formula
    for cells in merged:
        sheet.merge_cells(cells)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def problems(staged):
    return dict(staged.report["problems"])


def test_a_norwegian_file_is_read_as_it_is_written(made):
    staged = stage(
        made,
        HEAD
        + "1.3.2026;1 250,50;1;Fjordbygg AS;Avdrag;4101\n"
        + "02.03.26;\u22121\u00a0000,25;Post 2;;Kreditnota;4102\n"
        + "2026-03-03;kr 3\u202f000;B1;;;4103\n",
    )
    assert staged.report["problems"] == []
    assert (staged.report["rows"], staged.report["total"]) == (3, "3250.25")
    batch = jobs.record(made.coordinator, staged)
    one, two = BudgetLine.objects.filter(project=made.project).order_by("number")
    assert (one.spent, two.spent) == (Decimal("4250.50"), Decimal("-1000.25"))
    assert (batch.rows, batch.file_name, batch.source) == (3, "kostnader.csv", "csv")
    assert not StagedCosts.objects.exists()


def test_a_workbook_is_read_with_its_own_dates_and_numbers(made):
    data = workbook(
        ("Kostnader i mars",),
        (),
        ("Bilag", "Bilagsdato", "Konto", "Netto", "Mva"),
        (1, datetime(2026, 3, 1), 1, 0.1 + 0.2, 0.075),
        (2, date(2026, 3, 2), "2", 1234.005, None),
    )
    staged = stage(made, data, "mars.xlsx")
    assert staged.mapping["head"] == 2
    assert staged.report["problems"] == []
    assert staged.report["rounded"] == 2
    jobs.record(made.coordinator, staged)
    assert list(Cost.objects.order_by("id").values_list("amount", "vat", "external_id")) == [
        (Decimal("0.30"), Decimal("0.08"), "1"),
        (Decimal("1234.01"), Decimal(0), "2"),
    ]


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        ("i fjor;100;1;;;1", "A2"),
        (";100;1;;;1", "A2"),
        ("31.2.2026;100;1;;;1", "A2"),
        ("1.3.1826;100;1;;;1", "A2"),
        ("1.3.2026;ca. 500;1;;;1", "B2"),
        ("1.3.2026;1,234.50;1;;;1", "B2"),
        ("1.3.2026;;1;;;1", "B2"),
        ("1.3.2026;99999999999999999;1;;;1", "B2"),
        ("1.3.2026;100;7.9;;;1", "C2"),
        ("1.3.2026;100;;;;1", "C2"),
    ],
)
def test_what_makes_no_sense_is_named_by_its_cell_and_nothing_is_recorded(made, row, cell):
    staged = stage(made, f"{HEAD}{row}\n2.3.2026;50;1;;;2\n")
    assert list(problems(staged)) == [cell]
    before = AuditEntry.objects.count()
    with pytest.raises(Invalid, match=cell):
        jobs.record(made.coordinator, staged)
    assert not Cost.objects.exists()
    assert not CostBatch.objects.exists()
    assert AuditEntry.objects.count() == before


def test_formulas_and_merged_cells_are_refused_by_name(made):
    data = workbook(
        ("Dato", "Beløp", "Post"),
        (date(2026, 3, 1), 100, "1"),
        (date(2026, 3, 2), None, "1"),
        (date(2026, 3, 3), 300, "1"),
        formulas=[("B3", "=B2*2")],
        merged=["C2:C4"],
    )
    found = problems(stage(made, data, "x.xlsx"))
    assert {"B3", "C2:C4"} <= found.keys()


def test_the_same_voucher_twice_in_the_file_and_once_before(made):
    jobs.record(made.coordinator, stage(made, HEAD + "1.3.2026;10;1;;;B-1\n"))
    staged = stage(made, HEAD + "1.3.2026;10;1;;;B-1\n1.3.2026;20;1;;;B-2\n")
    assert (staged.report["already"], staged.report["rows"]) == (1, 1)
    assert list(problems(stage(made, HEAD + "1.3.2026;1;1;;;X\n2.3.2026;2;1;;;X\n"))) == ["F3"]


def test_the_same_file_is_recorded_once_unless_it_was_reversed(made):
    text = "Dato;Beløp;Post\n1.3.2026;10;1\n"
    batch = jobs.record(made.coordinator, stage(made, text))
    again = stage(made, text)
    assert again.report["problem_count"] == 1
    with pytest.raises(Invalid):
        jobs.record(made.coordinator, again)
    commands.reverse_costs(made.coordinator, batch, id=staging.new_id())
    jobs.record(made.coordinator, stage(made, text))
    assert BudgetLine.objects.get(project=made.project, number=1).spent == 10


def test_what_was_tried_is_tried_again_when_the_budget_has_changed_since(made):
    staged = stage(made, HEAD + "1.3.2026;10;2;;;1\n")
    commands.remove_line(made.coordinator, BudgetLine.objects.get(project=made.project, number=2))
    with pytest.raises(Invalid):
        jobs.record(made.coordinator, staged)
    assert not Cost.objects.exists()


def test_hostile_and_strange_files_are_refused_with_a_sentence(made):
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w") as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")
    for data in (b"", b"\n\n", b"\xd0\xcf\x11\xe0gammel", b"PK\x03\x04tull", bomb.getvalue()):
        with pytest.raises(Invalid) as refused:
            stage(made, data)
        assert refused.value.field == "file"


def test_cells_are_named_as_spreadsheets_name_them():
    assert [headings.letter(place) for place in (0, 25, 26, 701, 702)] == [
        *("A", "Z", "AA", "ZZ", "AAA")
    ]
    assert headings.cell(13, 3) == "D14"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("1 234,50", "1234.50"), ("\u2212 5", "-5"), ("1.234.567,00", "1234567.00"), ("12,-", "12")],
)
def test_amounts_as_they_are_typed(typed, meant):
    assert checking.amount(typed) == Decimal(meant)


def test_the_way_through_the_pages_ends_with_progress(visit, made):
    client = visit(Role.COORDINATOR)
    file = SimpleUploadedFile("mars.csv", "Når;Hvor mye\n1.3.2026;100,50\n".encode(), "text/csv")
    answer = client.post(at(made, "import_costs"), {"file": file})
    assert answer.status_code == 302
    staged = StagedCosts.objects.get()
    assert at(made, "record_cost_import", staged.pk) not in client.get(answer.url).content.decode()
    line = BudgetLine.objects.get(project=made.project, number=2)
    typed = {"head": "1", "booked_on": "0", "amount": "1", "line_for_all": str(line.pk)}
    assert client.post(answer.url, typed).status_code == 302
    shown = client.get(answer.url).content.decode()
    assert at(made, "record_cost_import", staged.pk) in shown
    assert not Cost.objects.exists(), "a dry run writes nothing"
    gone = client.post(at(made, "record_cost_import", staged.pk))
    work = Progress.objects.get()
    assert gone.url == reverse("job_progress", args=[work.pk])
    jobs.record_file.call(
        work=str(work.pk),
        staged=str(staged.pk),
        person=str(made.coordinator.person_id),
        language="nb",
    )
    work.refresh_from_db()
    assert (work.state, work.link) == (ProgressState.DONE, at(made, "cost_batch", 1))
    line.refresh_from_db()
    assert line.spent == Decimal("100.50")
    assert visit(Role.MEMBER).get(at(made, "import_costs")).status_code == 403


def test_through_the_api_first_dry_then_for_good(visit, made):
    client = visit(Role.COORDINATOR)
    address = f"/api/v1/projects/{made.project.key}/costs/import"

    def send(text, query=""):
        file = SimpleUploadedFile("mars.csv", (HEAD + text).encode(), "text/csv")
        return client.post(address + query, {"file": file})

    bad = send("1.3.2026;mye;1;;;1\n", "?dry_run=false").json()
    assert (bad["problems"][0]["cell"], bad["batch"]) == ("B2", None)
    assert send("1.3.2026;10;1;;;1\n").json()["batch"] is None
    assert not Cost.objects.exists()
    assert send("1.3.2026;10;1;;;1\n", "?dry_run=false").json()["batch"]["rows"] == 1
    found = client.get(f"/api/v1/projects/{made.project.key}/costs?line=").status_code
    assert found in (200, 422)
    shown = client.get(f"/api/v1/projects/{made.project.key}/costs").json()
    assert (shown["count"], shown["items"][0]["amount_nok"]) == (1, "10.00")


def test_from_the_command_line(made, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("tospann.config.operating.database.prepare", lambda: None)
    file = tmp_path / "mars.csv"
    file.write_text(HEAD + "1.3.2026;10,40;1;;;1\n")
    words = ["import-costs", made.project.key, str(file)]
    assert main([*words, "--dry-run"]) == 0
    assert not Cost.objects.exists()
    assert main(words) == 0
    assert Cost.objects.get().amount == Decimal("10.40")
    file.write_text(HEAD + "1.3.2026;ti;1;;;2\n")
    assert main(words) == 1
    assert "B2" in capsys.readouterr().out
