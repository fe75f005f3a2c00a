"""The same sums everywhere: page, PDF, workbook and API agree to the øre, whatever the amounts.

What they must come to is worked out beside the portal (tests/control/booking.py).
"""

import csv
import io
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from openpyxl import load_workbook
from tests.api.conftest import Caller, token_of
from tests.control.booking import EVERYTHING, booked
from tests.control.following import FIRST
from tests.control.reading import Workbook, amount, cents, pdf_text, plain, tables

from tospann.contracts.models import InvoiceState
from tospann.foundation.authority import Role
from tospann.ui import formats

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
EXAMPLES = 120 if settings.default.max_examples > 500 else 5
NAMES = ("bac", "pv", "ev", "ac", "expected")


class EverySum(TestCase):
    @given(everything=EVERYTHING, now=st.integers(14, 40))
    @settings(
        max_examples=EXAMPLES,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    def test_adds_up_and_is_the_same_in_page_pdf_workbook_and_api(self, everything, now):
        day = FIRST + timedelta(days=now)
        with time_machine.travel(f"{day.isoformat()}T19:00:00+00:00", tick=False):
            known = booked(everything)
            shown = Everything(known.made)
            _the_project(known, shown)
            _its_lines(known, shown)
            _its_months(known, shown)
            _whom_it_went_to(known, shown)
            _each_cost(known, shown)
            _its_invoices(known, shown)
            _its_hours(known, shown)


class Everything:
    """What the manager is shown, each way."""

    def __init__(self, made):
        self.key = made.project.key
        self.browser = Client()
        self.browser.force_login(made.people[Role.MANAGER], BACKEND)
        self.caller = Caller(token_of(made.people[Role.MANAGER]))
        self.control = self.api("control")
        self.page = tables(self.html("money_control"))
        self.pdf = pdf_text(self.content("cost_report_pdf"))
        self.report = Workbook(self.content("cost_report_workbook"))
        self.budget = Workbook(self.content("budget_workbook"))

    def api(self, path, **query):
        answer = self.caller.get(f"/projects/{self.key}/{path}", **query)
        assert answer.status_code == 200, answer.content
        return answer.json()

    def get(self, name, *args, **query):
        answer = self.browser.get(reverse(name, args=[self.key, *args]), query)
        assert answer.status_code == 200, name
        return answer

    def content(self, name, **query):
        return self.get(name, **query).content

    def html(self, name, *args, **query):
        return self.get(name, *args, **query).content.decode()

    def listed(self, name, **query):
        """A register as the rows of its CSV file, and of its Excel file."""
        answer = self.get(name, format="csv", **query)
        text = answer.getvalue().decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
        book = load_workbook(io.BytesIO(self.get(name, format="xlsx", **query).getvalue()))
        heads, *cells = book.active.iter_rows(values_only=True)
        return rows, [dict(zip(heads, row, strict=True)) for row in cells]


def _(text):
    """As the manager reads it."""
    with translation.override("nb"):
        return gettext(text)


def kroner(ore):
    return Decimal(ore).scaleb(-2)


def typed(text):
    """An amount in a file with commas."""
    return Decimal(text.replace(",", ".")) if text else Decimal(0)


def said(value):
    return formats.number(value, "nb", 2)


def drawn(*values):
    """A row of amounts as it stands in a PDF."""
    return plain("".join(said(value) for value in values))


def _the_project(known, shown):
    total, spent = shown.control["total"], kroner(known.total())
    assert Decimal(total["ac"]) == spent
    for name in NAMES:
        whole = Decimal(total[name])
        for rows in (shown.control["parts"], shown.control["lines"]):
            assert sum((Decimal(one[name]) for one in rows), Decimal(0)) == whole, name
    heads = [_("Budget"), *(_words()[name] for name in ("pv", "ev", "ac", "forecast"))]
    for caption in (_("By part of the plan"), _("By budget line")):
        for head, name in zip(heads, NAMES, strict=True):
            table = shown.page[caption]
            assert table.total(head) == Decimal(total[name]) == sum(table.column(head)), head
    for sheet in (0, 1):
        for place, name in zip((2, 3, 4, 5, 8), NAMES, strict=True):
            rows, whole = shown.report.column(sheet, place)
            assert sum(rows) == whole == Decimal(total[name]), name
    amounts = [Decimal(total[name]) for name in ("bac", "pv", "ev", "ac")]
    assert shown.pdf.count(drawn(*amounts)) >= 2


def _words():
    from tospann.control.pictures import names

    with translation.override("nb"):
        return {name: str(text) for name, text in names().items()}


def _its_lines(known, shown):
    """Spent on each line: costs and accruals; by the budget, costs alone."""
    spent, costs = known.by(lambda one: one.line), known.by(lambda one: one.line, costs_only=True)
    budget = shown.api("budget")
    page = shown.page[_("By budget line")]
    in_page = dict(zip(_codes(page), page.column(_words()["ac"]), strict=True))
    in_sheet = dict(zip(_texts(shown.report, 0, 0), shown.report.column(0, 5)[0], strict=True))
    in_book = dict(zip(_texts(shown.budget, 0, 1), shown.budget.column(0, 11)[0], strict=True))
    for line in shown.control["lines"]:
        number, code = line["number"], line["code"]
        here = kroner(spent[number])
        assert Decimal(line["ac"]) == here == in_page[code] == in_sheet[code] == in_book[code]
        amounts = [Decimal(line[name]) for name in ("bac", "pv", "ev", "ac")]
        assert drawn(*amounts) in shown.pdf
    for line in budget["lines"]:
        assert Decimal(line["spent"]) == kroner(costs[line["number"]])
    assert Decimal(budget["spent"]) == kroner(known.total(costs_only=True))


def _codes(table):
    return [
        row[0].split()[0] for row, last in zip(table.rows, table.totals, strict=True) if not last
    ]


def _texts(book, sheet, place):
    rows = list(book.values[sheet].iter_rows(min_row=2, values_only=True))
    return [row[place] for row in rows[:-1]]


def _its_months(known, shown):
    spent = known.by(lambda one: one.day.replace(day=1))
    today = date.fromisoformat(shown.control["on"])
    gone = known.by(lambda one: one.day.replace(day=1) if one.day <= today else None)
    gone.pop(None, None)
    periods = shown.control["periods"]
    in_api = {date.fromisoformat(one["first"]): Decimal(one["spent"] or 0) for one in periods}
    table = shown.page[_("Cash flow")]
    in_page = dict(zip(in_api, table.column(_("Spent")), strict=True))
    in_sheet = dict(zip(in_api, shown.report.column(2, 4)[0], strict=True))
    assert sum(in_api.values()) == kroner(known.total()) == table.total(_("Spent"))
    assert in_api == in_page == in_sheet
    assert shown.report.column(2, 4)[1] == kroner(known.total())
    for month, amount_ in gone.items():
        if month < today.replace(day=1) and month in in_api:
            assert in_api[month] == kroner(amount_) == kroner(spent[month]), month
    for one in periods:
        planned, earned, so_far = (one[name] for name in ("planned", "earned", "spent"))
        if earned is not None:
            assert drawn(*map(Decimal, (planned, earned, so_far))) in shown.pdf


def _whom_it_went_to(known, shown):
    """Suppliers and people: the rest of what is spent has no name."""
    suppliers = {name: sum_ for name, sum_ in known.by(lambda one: one.supplier).items() if name}
    found = {one["name"]: Decimal(one["amount"]) for one in shown.control["suppliers"]}
    assert found == {name: kroner(sum_) for name, sum_ in suppliers.items()}
    if found:
        table = shown.page[_("By supplier")]
        names = [row[0] for row in table.rows]
        assert dict(zip(names, table.column(_("Cost")), strict=True)) == found
    people = {name: sum_ for name, sum_ in known.by(lambda one: one.person).items() if name}
    found = {one["name"]: Decimal(one["amount"]) for one in shown.control["people"]}
    assert found == {name: kroner(sum_) for name, sum_ in people.items()}
    worked = sum((one.hours for one in known.entries), Decimal(0))
    assert sum((Decimal(one["hours"]) for one in shown.control["people"]), Decimal(0)) == worked
    if found:
        assert sum(shown.page[_("By person")].column(_("Cost"))) == sum(found.values())
    _sheet_of_costs(known, shown, suppliers, people)


def _sheet_of_costs(known, shown, suppliers, people):
    rows, total = shown.report.column(3, 6)
    assert sum(rows) == total == kroner(known.total())
    for place, wanted in ((2, suppliers), (3, people)):
        sums = defaultdict(Decimal)
        for name, cost in zip(_texts(shown.report, 3, place), rows, strict=True):
            sums[name] += cost
        sums.pop(None, None)
        assert sums == {name: kroner(sum_) for name, sum_ in wanted.items()}


def _each_cost(known, shown):
    """The list of costs: as rows of the API, of the page, of both files, whole and in part."""
    costs = shown.api("costs", limit=1000)["items"]
    whole = kroner(known.total(costs_only=True))
    assert sum((Decimal(one["amount_nok"]) for one in costs), Decimal(0)) == whole
    months = known.by(lambda one: one.day.strftime("%Y-%m"), costs_only=True)
    for month, sum_ in {"": known.total(costs_only=True), **months}.items():
        query = {"month": month} if month else {}
        rows, cells = shown.listed("money_costs", **query)
        assert sum((typed(row[_("Amount")]) for row in rows), Decimal(0)) == kroner(sum_), month
        assert sum((cents(row[_("Amount")]) for row in cells), Decimal(0)) == kroner(sum_)
        page = tables(shown.html("money_costs", **query)).get(_("Costs"))
        if page:
            place = page.begins(_("Amount"))
            assert sum(page.column(place)) == kroner(sum_)
    for line in known.by(lambda one: one.line):
        pk = next(one["id"] for one in shown.control["lines"] if one["number"] == line)
        items = shown.api("costs", limit=1000, line=pk)["items"]
        here = known.by(lambda one: one.line, costs_only=True)[line]
        assert sum((Decimal(one["amount_nok"]) for one in items), Decimal(0)) == kroner(here)


def _its_invoices(known, shown):
    """What each contract is asked for, holds back and has paid, in its own currency."""
    listed, cells = shown.listed("invoices", c=["amount", "vat", "retained", "state", "contract"])
    in_api = shown.api("contracts/invoices", limit=200)["items"]
    with translation.override("nb"):
        returned = str(InvoiceState.RETURNED.label)
    for number, sums in known.contracts.items():
        one = shown.api(f"contracts/{number}")
        account = one["account"]
        for name in ("invoiced", "retained", "paid"):
            assert Decimal(account[name]) == kroner(sums[name]), name
        mine = [row for row in in_api if row["contract_id"] == one["id"]]
        mine = [row for row in mine if row["state"] != "returned"]
        files = [
            [
                row
                for row in rows
                if row[_("Contract")] == one["title"] and row[_("State")] != returned
            ]
            for rows in (listed, cells)
        ]
        heads = {"amount": "Without VAT", "vat": "VAT", "retained": "Held back"}
        for name, key in (("amount", "invoiced"), ("vat", "vat"), ("retained", "retained")):
            wanted = kroner(sums[key])
            assert sum((Decimal(row[name]) for row in mine), Decimal(0)) == wanted
            assert sum((typed(row[_(heads[name])]) for row in files[0]), Decimal(0)) == wanted
            assert sum((cents(row[_(heads[name])]) for row in files[1]), Decimal(0)) == wanted
        for row in (*files[0], *files[1]):
            assert row[_("Currency")] == sums["currency"]
        table = tables(shown.html("contract", number)).get(_("Invoices"))
        if mine:
            cells_of = [row for row in table.rows if row[-1] != returned]
            assert sum(amount(row[1]) for row in cells_of) == kroner(sums["invoiced"])
            unit = "kr" if sums["currency"] == "NOK" else sums["currency"]
            assert all(row[1].endswith(unit) for row in cells_of)


def _its_hours(known, shown):
    """Hours that are sent and approved: on the page, in its files, in the workbook and the API."""
    sheets = shown.api("timesheets", limit=200)["items"]
    for state in ("submitted", "approved"):
        wanted = known.hours.get(state, Decimal(0))
        mine = [one for one in sheets if one["state"] == state]
        assert sum((Decimal(one["hours"]) for one in mine), Decimal(0)) == wanted
        lines = [line for one in mine for line in one["lines"]]
        assert sum((Decimal(day) for line in lines for day in line["hours"]), Decimal(0)) == wanted
        rows, cells = shown.listed("team_hours", state=state)
        assert sum((typed(row[_("Total")]) for row in rows), Decimal(0)) == wanted
        assert sum((cents(row[_("Total")]) for row in cells), Decimal(0)) == wanted
        table = tables(shown.html("team_hours", state=state)).get(_("Hours"))
        if wanted:
            place = table.begins(_("Total"))
            assert sum(table.column(place)) == wanted
    book = Workbook(shown.content("timesheets_workbook"))
    if known.hours:
        rows, total = book.column(0, 6)
        assert sum(rows) == total == sum(known.hours.values())
