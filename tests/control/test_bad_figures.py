"""Figures that make no sense, at each door they may come in by: a named cell or field, a reason,
and not one row more in the database than before.

What is shown elsewhere: overlapping agreements between people in tests/resources/test_agreeing.py;
hours on a public holiday, in a closed month and beyond a day in tests/timesheets (test_commands,
test_pages, test_importing); rounding residues in tests/control/test_sums.py and
tests/budget/test_reconciling.py; every other cell of a file in tests/budget/test_importing.py,
tests/timesheets/test_importing.py and tests/control/test_workbooks.py.
"""

import io
import json
import re
from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook
from tests import making
from tests.api.conftest import Caller, token_of
from tests.budget import starting as money
from tests.contracts import starting as contracts
from tests.timesheets import working

from tospann.budget.models import BudgetLine, Cost, ExchangeRate
from tospann.foundation.authority import Role
from tospann.foundation.ids import new_id
from tospann.timesheets.models import Hours

pytestmark = pytest.mark.django_db
NOT_KEPT = {"session", "stagedcosts", "stagedhours", "accesslogentry", "apitoken"}
"""Working state: a file that waits to be looked at is not imported."""
MINUS, NBSP = "\u2212", "\u00a0"


def rows():
    """How many rows there are of everything that is kept."""
    models = [one for one in apps.get_models() if one._meta.model_name not in NOT_KEPT]
    return {one._meta.label: one._default_manager.count() for one in models}


def book(*cells, formulas=(), merged=()):
    made = Workbook()
    for row in cells:
        made.active.append(list(row))
    for where, formula in formulas:
        made.active[where] = formula
    for area in merged:
        made.active.merge_cells(area)
    kept = io.BytesIO()
    made.save(kept)
    return SimpleUploadedFile("tall.xlsx", kept.getvalue())


class Costs:
    """Costs through the API, recorded at once if nothing stands in the way."""

    heads = ("Dato", "Beløp", "Post", "Tekst")

    def __init__(self, client):
        self.made = money.project()
        money.started(self.made, 100_000)
        self.client = client

    def row(self, amount):
        return (date(2026, 3, 1), amount, "1", "Grus")

    def send(self, file):
        self.client.force_login(self.made.people[Role.COORDINATOR])
        address = f"/api/v1/projects/{self.made.project.key}/costs/import?dry_run=false"
        answer = self.client.post(address, {"file": file})
        return json.dumps(answer.json(), ensure_ascii=False)

    def kept(self):
        return list(Cost.objects.values_list("amount", flat=True))


class Budget:
    """The budget through its page, shown before anything is changed."""

    heads = ("Post", "Budsjett", "Kode", "Fra")

    def __init__(self, client):
        self.made = money.project()
        money.started(self.made, 100_000)
        self.client = client

    def row(self, amount):
        return ("Grunnarbeid", amount, "77", None)

    def send(self, file):
        self.client.force_login(self.made.people[Role.COORDINATOR])
        address = reverse("read_budget", args=[self.made.project.key])
        return self.client.post(address, {"file": file}).content.decode()

    def kept(self):
        return list(BudgetLine.objects.filter(code="77").values_list("amount", flat=True))


class Timesheets:
    """Hours through their page: read, shown, and recorded when one says yes."""

    heads = ("Dato", "Timer", "Person", "Oppgave")

    def __init__(self, client):
        self.made = working.project()
        self.client = client

    def row(self, hours):
        day = working.this_monday() - working.timedelta(days=7)
        return (day, hours, self.made.people[Role.MEMBER].email, "1")

    def send(self, file):
        self.client.force_login(self.made.people[Role.COORDINATOR])
        address = reverse("import_hours", args=[self.made.project.key])
        answer = self.client.post(address, {"file": file})
        if answer.status_code != 302:
            return answer.content.decode()
        shown = self.client.get(answer.url).content.decode()
        return shown + self.client.post(answer.url).content.decode()

    def kept(self):
        return list(Hours.objects.values_list("hours", flat=True))


DOORS = [Costs, Budget, Timesheets]


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(
    ("trouble", "cell", "reason"),
    [
        ({"formulas": [("B3", "=1+1")]}, "B3", "formel|formler|formula"),
        ({"merged": ["B2:B3"]}, "B2", "slått sammen|merged"),
        ({"text": "omtrent fem"}, "B3", "omtrent fem|beløp|tall|timer"),
    ],
    ids=["formula", "merged", "text"],
)
def test_a_spoiled_cell_is_named_and_nothing_is_half_imported(client, door, trouble, cell, reason):
    through = door(client)
    spoiled = dict(trouble)
    second = spoiled.pop("text", "3")
    file = book(through.heads, through.row("5"), through.row(second), **spoiled)
    through.send(book(through.heads))  # signing in and the like leave their own rows
    before = rows()
    said = through.send(file)
    assert cell in said
    assert re.search(reason, said, re.IGNORECASE)
    assert rows() == before
    assert through.kept() == []


@pytest.mark.parametrize("door", [Budget, Timesheets])
@pytest.mark.parametrize("minus", [MINUS, "-"])
def test_less_than_nothing_is_refused_with_its_cell_whatever_the_minus(client, door, minus):
    through = door(client)
    through.send(book(through.heads))
    before = rows()
    said = through.send(book(through.heads, through.row("5"), through.row(f"{minus}3")))
    assert "B3" in said
    assert rows() == before


def test_a_credit_with_a_minus_sign_and_hard_spaces_is_the_amount_it_says(client):
    through = Costs(client)
    through.send(book(through.heads, through.row(f"{MINUS}1{NBSP}234,50")))
    assert through.kept() == [Decimal("-1234.50")]


def test_hours_and_budgets_with_hard_spaces_are_the_numbers_they_say(client):
    through = Timesheets(client)
    through.send(book(through.heads, through.row(f"{NBSP}7,5{NBSP}")))
    assert through.kept() == [Decimal("7.50")]


@pytest.mark.parametrize("typed", ["-1", f"{MINUS}1{NBSP}000"])
def test_a_negative_budget_is_refused_at_its_field_and_by_the_api(client, typed):
    made = money.project()
    money.started(made, 100_000)
    client.force_login(made.people[Role.COORDINATOR])
    before = rows()
    asked = {"name": "Grunnarbeid", "code": "77", "amount": typed}
    answer = client.post(reverse("new_budget_line", args=[made.project.key]), asked)
    said = answer.content.decode()
    assert answer.status_code == 422
    assert typed in said
    assert 'aria-invalid="true"' in said
    assert rows() == before
    caller = Caller(token_of(made.people[Role.COORDINATOR]))
    before = rows()
    refused = caller.post(
        f"/projects/{made.project.key}/commands/budget.add_line",
        {"arguments": {"id": str(new_id()), "name": "Grunnarbeid", "amount": "-1.00"}},
    )
    assert refused.status_code == 422
    assert "amount" in refused.content.decode()
    assert rows() == before


def test_amounts_of_two_currencies_stand_each_in_its_own_and_are_never_added_up(client):
    made = contracts.project()
    for currency, rate in (("EUR", "11.5"), ("SEK", "0.98")):
        kept = ExchangeRate(currency=currency, valid_from=date(2020, 1, 1), rate=Decimal(rate))
        making.inside(kept.save)
    for currency in ("NOK", "EUR"):
        of = contracts.contract(made, currency=currency, value=Decimal(1000), title=currency)
        contracts.invoice(made, of, amount=Decimal(100), vat=Decimal(25))
    client.force_login(made.people[Role.MANAGER])
    for name, shown in (("invoices", "100"), ("contracts", "1 000")):
        page = client.get(reverse(name, args=[made.project.key])).content.decode()
        assert f"{shown.replace(' ', NBSP)}{NBSP}kr" in page
        assert f"{shown.replace(' ', NBSP)}{NBSP}EUR" in page
        file = client.get(reverse(name, args=[made.project.key]), {"format": "csv"})
        heads, *listed = file.getvalue().decode("utf-8-sig").splitlines()
        assert "Valuta" in heads.split(";")
        place = heads.split(";").index("Valuta")
        assert sorted(row.split(";")[place] for row in listed) == ["EUR", "NOK"]


def test_a_currency_without_a_rate_is_refused_with_its_row_and_nothing_is_recorded(client):
    made = money.project()
    (line,) = money.started(made, 100_000)
    caller = Caller(token_of(made.people[Role.COORDINATOR]))
    before = rows()
    good = {"line": str(line.pk), "booked_on": "2026-03-01", "amount": "10"}
    answer = caller.post(
        f"/projects/{made.project.key}/costs", {"rows": [good, {**good, "currency": "USD"}]}
    )
    assert answer.status_code == 422
    assert "USD" in answer.content.decode()
    assert "rows.1.currency" in answer.content.decode()
    assert rows() == before
