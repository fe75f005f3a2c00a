"""Every figure is the same to the øre wherever it stands, and every page costs what it costs."""

import csv
import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.budget import starting
from tests.budget.starting import head, started

from tospann.budget import commands, queries
from tospann.budget.models import BudgetLine, Cost, CostParty
from tospann.budget.queries import costs
from tospann.cases.models import Case
from tospann.foundation.authority import Role
from tospann.foundation.ids import new_id

pytestmark = pytest.mark.django_db
QUERIES = {
    "money_costs": 12,
    "money_commitments": 8,
    "money_forecast": 10,
    "money_months": 13,
    "money_frames": 9,
    "cost_batches": 9,
}
EXAMPLES = 120 if settings.default.max_examples > 500 else 8
AMOUNTS = st.lists(
    st.decimals(min_value=-(10**7), max_value=10**7, places=2), min_size=1, max_size=30
)


@pytest.fixture
def made():
    return starting.project()


def at(made, name, *args):
    return reverse(name, args=[made.project.key, *args])


def filled(made, rows):
    """So many of everything that can stand on the pages of money."""
    lines = started(made, *[100_000] * rows)
    who, day = made.coordinator, date(2026, 3, 1)
    for number, line in enumerate(lines):
        row = commands.CostRow(
            line=line.pk, booked_on=day + timedelta(days=31 * number), amount=Decimal("10.10")
        )
        commands.record_costs(who, made.project, id=new_id(), rows=[row])
        commands.commit(who, line, id=new_id(), text="Avrop", amount=Decimal(100))
        commands.accrue(who, line, id=new_id(), text="Levert", amount=Decimal(5), booked_on=day)
        commands.add_cut(who, made.project, id=new_id(), name="Kutt", amount=Decimal(1))
        commands.add_funding(who, made.project, id=new_id(), name="Staten", amount=Decimal(1))


@pytest.mark.parametrize("rows", [1, 3])
def test_each_page_costs_as_many_queries_whatever_it_shows(visit, made, rows):
    filled(made, rows)
    client = visit(Role.MANAGER)
    found = {}
    client.get(at(made, "money_costs"))
    for name in QUERIES:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(at(made, name)).status_code == 200
        found[name] = len(asked)
    assert found == QUERIES


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(amounts=AMOUNTS)
def test_page_file_and_api_say_the_same_to_the_ore(visit, made, amounts):
    if not queries.budget(made.project):
        started(made, 1_000_000, 2_000_000)
    one, two = BudgetLine.objects.filter(project=made.project).order_by("number")
    rows = [
        commands.CostRow(
            line=(one, two)[number % 2].pk,
            booked_on=date(2026, 1, 31) + timedelta(days=number),
            amount=amount,
        )
        for number, amount in enumerate(amounts)
    ]
    before = costs_in_all(made)
    batch = commands.record_costs(made.coordinator, made.project, id=new_id(), rows=rows)
    whole = before + sum(amounts)
    assert batch.total == sum(amounts)
    client = visit(Role.MANAGER)
    said = client.get(f"/api/v1/projects/{made.project.key}/budget").json()
    listed = client.get(at(made, "money_costs") + "?format=csv").getvalue().decode("utf-8-sig")
    in_file = list(csv.reader(io.StringIO(listed), delimiter=";"))
    place = in_file[0].index("Beløp")
    file_sum = sum(Decimal(row[place].replace(",", ".")) for row in in_file[1:])
    known = queries.money(made.project)
    assert (
        whole
        == costs_in_all(made)
        == known.spent
        == queries.sums(made.project).spent
        == Decimal(said["spent"])
        == sum(Decimal(line["spent"]) for line in said["lines"])
        == Decimal(said["forecast_at_completion"]["incurred"])
        == file_sum
        == sum(costs.by_day(made.project).values())
        == sum(month.used for month in costs.months(made.project, {}))
    )


def costs_in_all(made):
    return sum(costs.by_month(made.project).values(), Decimal(0))


def test_the_frames_are_the_owners_to_set(visit, made):
    started(made, 1000)
    typed = {
        "base_estimate": "142 000 000",
        "unspecified": "6 500 000",
        "expected_addition": "9 500 000",
        "contingency": "18 000 000",
    }
    visit(Role.MANAGER).post(at(made, "set_frames"), typed)
    assert head(made).steering_frame is None
    assert Case.objects.get().deciders == ["owner"]
    answer = visit(Role.OWNER).post(at(made, "set_frames"), typed)
    assert answer.status_code == 302
    assert (head(made).steering_frame, head(made).p85) == (158_000_000, 176_000_000)
    assert visit(Role.MEMBER).get(at(made, "set_frames")).status_code == 403


def test_a_line_is_spread_as_somebody_says(visit, made):
    (line,) = started(made, 1200)
    client = visit(Role.COORDINATOR)
    months = list(queries.months_of(BudgetLine.objects.get(pk=line.pk)))
    typed = {f"m{first:%Y%m}": "0" for first in months}
    first, second = (f"m{one:%Y%m}" for one in months[:2])
    wrong = client.post(at(made, "set_periods", 1), {**typed, first: "1000", second: "100"})
    assert wrong.status_code == 422
    right = client.post(at(made, "set_periods", 1), {**typed, first: "1000", second: "200"})
    assert right.status_code == 302
    assert list(queries.money(made.project).by_period.values()) == [1000, 200]
    line.refresh_from_db()
    commands.change_line(made.coordinator, line, **starting.values(line, amount=Decimal("600.01")))
    assert list(queries.money(made.project).by_period.values()) == [
        Decimal("500.01"),
        Decimal("100.00"),
    ]


def test_what_makes_no_sense_is_refused_with_what_was_typed(visit, made):
    (line,) = started(made, 1000)
    client = visit(Role.COORDINATOR)
    for name, typed, kept in (
        ("new_cost", {"booked_on": "i fjor", "line": str(line.pk), "amount": "7"}, 'value="7"'),
        ("new_cost", {"booked_on": "1.3.2026", "line": str(line.pk), "amount": "-"}, "1.3.2026"),
        ("new_commitment", {"text": "Avrop", "line": str(line.pk), "amount": "-1"}, "Avrop"),
        ("new_accrual", {"text": "Levert", "line": str(line.pk), "amount": "0"}, "Levert"),
    ):
        answer = client.post(at(made, name), typed)
        assert answer.status_code == 422
        assert kept in answer.content.decode()
    assert queries.sums(made.project).incurred == 0


def test_what_each_supplier_and_person_has_cost_is_kept_as_costs_come_and_are_taken_back(made):
    line, other = started(made, 100_000, 100_000)
    who, day = made.coordinator, date(2026, 3, 1)

    def record(*rows):
        made_of = [commands.CostRow(booked_on=day, **row) for row in rows]
        return commands.record_costs(who, made.project, id=new_id(), rows=made_of)

    person = {"person": who.person_id, "hours": Decimal("7.5")}
    record(
        {"line": line.pk, "amount": Decimal("10.10"), "supplier": "Berg AS"},
        {"line": other.pk, "amount": Decimal("0.15"), "supplier": "Berg AS"},
        {"line": line.pk, "amount": Decimal(900), **person},
    )
    again = record(
        {"line": line.pk, "amount": Decimal("5.05"), "supplier": "Berg AS"},
        {"line": line.pk, "amount": Decimal(3), "supplier": "Dal AS"},
        {"line": line.pk, "amount": Decimal(7), "supplier": "Dal AS", **person},
        {"line": line.pk, "amount": Decimal(1)},
    )
    assert kept_of(made.project) == summed_of(made.project)
    assert costs.how_many(made.project, is_lifted=True) == 7
    assert costs.how_many(made.project, is_lifted=False) == 5

    commands.reverse_costs(who, again, id=new_id())
    assert kept_of(made.project) == summed_of(made.project)
    assert costs.how_many(made.project, is_lifted=True) == 11
    assert dict(costs.by_supplier(made.project)) == {
        "Berg AS": Decimal("10.25"),
        "Dal AS": Decimal(0),
    }


def test_the_list_of_batches_says_which_are_taken_back(visit, made):
    (line,) = started(made, 100_000)
    day, who = date(2026, 3, 1), made.coordinator
    for amount in (10, 20):
        row = commands.CostRow(line=line.pk, booked_on=day, amount=Decimal(amount))
        batch = commands.record_costs(who, made.project, id=new_id(), rows=[row])
    commands.reverse_costs(who, batch, id=new_id())
    listed = visit(Role.MANAGER).get(at(made, "cost_batches") + "?format=csv").content.decode()
    states = [line.rstrip().rsplit(";", 1)[1] for line in listed.splitlines()[1:]]
    assert states == ["", "Tilbakeført", ""]


def kept_of(project):
    rows = CostParty.objects.filter(project=project)
    return {
        (one.supplier, one.person_id, one.is_of_people): (one.amount, one.hours, one.rows)
        for one in rows
    }


def summed_of(project):
    """The same from every row."""
    found = {}
    for one in Cost.objects.filter(project=project):
        key = one.supplier, one.person_id, one.person_id is not None or one.hours is not None
        amount, hours, rows = found.get(key, (Decimal(0), Decimal(0), 0))
        found[key] = amount + one.amount_nok, hours + (one.hours or 0), rows + 1
    return found
