"""ØKONOMI: the lines, the spread and the page of one line, for each role, in both languages."""

from decimal import Decimal

import pytest
from django.urls import reverse
from tests import making
from tests.budget import starting
from tests.budget.starting import head, started

from tospann.budget.models import Budget, BudgetLine
from tospann.cases.models import Case
from tospann.foundation.authority import Role
from tospann.projects import commands as projects

pytestmark = pytest.mark.django_db
MONEY_QUERIES, PERIODS_QUERIES, LINE_QUERIES = 15, 9, 13
PLANNING = (Role.COORDINATOR, Role.MANAGER, Role.OWNER)


@pytest.fixture
def made():
    return starting.project()


def at(made, name, *args):
    return reverse(name, args=[made.project.key, *args])


@pytest.mark.parametrize("rows", [1, 3])
def test_each_page_costs_as_many_queries_whatever_it_shows(
    visit, made, rows, django_assert_num_queries
):
    started(made, *[100_000] * rows, manager=10_000)
    client = visit(Role.MANAGER)
    client.get(at(made, "money"))
    for name, args, queries in (
        ("money", (), MONEY_QUERIES),
        ("money_periods", (), PERIODS_QUERIES),
        ("budget_line", (1,), LINE_QUERIES),
    ):
        with django_assert_num_queries(queries):
            assert client.get(at(made, name, *args)).status_code == 200


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("role", [*PLANNING, Role.MEMBER])
def test_everybody_inside_sees_the_money(visit, made, role, language):
    (line,) = started(made, 1_250_000, manager=100_000)
    client = visit(role)
    client.cookies["language"] = language
    shown = client.get(at(made, "money")).content.decode()
    amount = "1\u00a0250\u00a0000\u00a0kr" if language == "nb" else "NOK\u00a01,250,000"
    assert line.name in shown
    assert amount in shown
    assert client.get(at(made, "money_periods")).status_code == 200
    line_page = client.get(at(made, "budget_line", line.number)).content.decode()
    assert amount in line_page
    assert (at(made, "edit_budget_line", line.number) in line_page) == (role in PLANNING)


def test_a_guest_and_somebody_else_see_nothing(client, made):
    started(made, 1_000)
    for person in (made.people[Role.GUEST], making.person()):
        client.force_login(person)
        for name, args in (("money", ()), ("money_periods", ()), ("budget_line", (1,))):
            assert client.get(at(made, name, *args)).status_code == 404


def test_who_starts_a_budget_gets_it_in_the_menu(visit, made):
    projects.set_modules(made.coordinator, made.project, modules=["overview", "plan"])
    client = visit(Role.COORDINATOR)
    assert f'href="{at(made, "money")}"' not in client.get(at(made, "overview")).content.decode()
    shown = client.get(at(made, "money")).content.decode()
    assert at(made, "start_budget") in shown
    assert client.post(at(made, "start_budget")).status_code == 302
    assert Budget.objects.filter(project=made.project).count() == 1
    assert f'href="{at(made, "money")}"' in client.get(at(made, "overview")).content.decode()
    assert client.post(at(made, "start_budget")).status_code == 422


def test_a_line_is_added_changed_and_removed(visit, made):
    started(made, approved=False)
    client = visit(Role.COORDINATOR)
    typed = {"name": "Kurs <ansatte>", "code": "6.1", "amount": "1 250,50", "starts_on": "1.2.2027"}
    answer = client.post(at(made, "new_budget_line"), typed)
    assert answer.status_code == 422
    assert "6.1" in answer.content.decode(), "what was typed is kept"
    assert (
        client.post(at(made, "new_budget_line"), {**typed, "ends_on": "28.2.2027"}).status_code
        == 302
    )
    line = BudgetLine.objects.get(project=made.project)
    assert (line.amount, line.number, line.short_id) == (
        Decimal("1250.50"),
        1,
        f"{made.project.key}-B1",
    )
    assert "Kurs &lt;ansatte&gt;" in client.get(at(made, "money")).content.decode()
    change = {"name": "Kurs", "amount": "900", "version": line.version}
    assert client.post(at(made, "edit_budget_line", 1), change).status_code == 302
    assert client.post(at(made, "edit_budget_line", 1), change).status_code == 409
    assert client.post(at(made, "remove_budget_line", 1)).status_code == 302
    assert not BudgetLine.objects.exists()


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"name": "", "amount": "1"}, "name"),
        ({"name": "Kurs", "amount": "-1"}, "amount"),
        ({"name": "Kurs", "amount": "mye"}, "amount"),
        ({"name": "Kurs", "amount": "1" * 16}, "amount"),
        (
            {"name": "Kurs", "amount": "1", "starts_on": "2.2.2027", "ends_on": "1.2.2027"},
            "ends_on",
        ),
        ({"name": "Kurs", "amount": "1", "phase": "0192"}, "phase"),
        ({"name": "Kurs", "amount": "1", "activity_uid": "999999"}, "activity_uid"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_saved(visit, made, typed, wrong):
    started(made, approved=False)
    answer = visit(Role.COORDINATOR).post(at(made, "new_budget_line"), typed)
    assert answer.status_code == 422
    assert f'id="id_{wrong}' in answer.content.decode()
    assert not BudgetLine.objects.exists()


def test_what_is_beyond_the_coordinator_becomes_a_case_with_the_reason(visit, made):
    (line,) = started(made, 1_000_000)
    client = visit(Role.COORDINATOR)
    client.cookies["language"] = "en"
    answer = client.post(
        at(made, "edit_budget_line", 1), {"name": line.name, "amount": "1312000"}, follow=True
    )
    assert "the total cost increase in the phase becomes NOK 312" in answer.content.decode()
    case = Case.objects.get()
    assert case.deciders == ["owner"]
    shown = client.get(at(made, "case", case.number)).content.decode()
    assert "from NOK 1,000,000 to NOK 1,312,000" in shown


def test_costs_are_facts_that_the_coordinator_records_at_once(visit, made):
    (line,) = started(made, 1_000_000)
    client = visit(Role.COORDINATOR)
    typed = {"spent": "400 000", "forecast": "1 100 000"}
    assert client.post(at(made, "report_cost", 1), typed).status_code == 302
    line.refresh_from_db()
    assert (line.spent, line.expected) == (400_000, 1_100_000)
    assert visit(Role.MEMBER).get(at(made, "report_cost", 1)).status_code == 403


def test_money_moves_and_reserves_are_released_on_the_page(visit, made):
    one, two = started(made, 1_000, 500, manager=300, owner=200)
    client = visit(Role.MANAGER)
    typed = {"to": str(two.pk), "amount": "250", "reason": "Billigere enn ventet"}
    assert client.post(at(made, "move_money", 1), typed).status_code == 302
    assert client.post(at(made, "move_money", 1), {**typed, "amount": "751"}).status_code == 422
    assert client.post(at(made, "release_managers", 1), {"amount": "200"}).status_code == 302
    assert client.post(at(made, "release_managers", 1), {"amount": "101"}).status_code == 422
    assert (
        visit(Role.OWNER).post(at(made, "release_owners", 2), {"amount": "150"}).status_code == 302
    )
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.amount, two.amount) == (950, 900)
    assert (head(made).manager_left, head(made).owner_left) == (100, 50)


def test_the_reserves_and_the_approval(visit, made):
    started(made, 1_000, approved=False)
    typed = {"manager_reserve": "100", "owner_reserve": "50", "version": head(made).version}
    assert visit(Role.COORDINATOR).post(at(made, "set_reserves"), typed).status_code == 302
    assert visit(Role.COORDINATOR).post(at(made, "approve_budget")).status_code == 302
    assert head(made).approved_total is None, "it is the owner's"
    assert Case.objects.get().deciders == ["owner"]
    visit(Role.OWNER).post(at(made, "approve_budget"))
    assert head(made).approved_total == 1_150


def test_the_list_is_searched_and_exported(visit, made):
    started(made, 1_000, 2_000)
    client = visit(Role.MEMBER)
    assert "Post 2" not in client.get(at(made, "money") + "?q=post+1").content.decode()
    written = client.get(at(made, "money") + "?format=csv").getvalue().decode("utf-8-sig")
    assert "Post 1" in written
    assert "2000" in written


def test_the_api_says_what_the_page_says(visit, made):
    started(made, 1_000, 2_000, manager=100)
    client = visit(Role.MEMBER)
    found = client.get(f"/api/v1/projects/{made.project.key}/budget").json()
    assert [line["amount"] for line in found["lines"]] == ["1000.00", "2000.00"]
    assert (Decimal(found["total"]), found["managers_reserve"]["left"]) == (3_100, "100.00")
    assert sum(Decimal(month["amount"]) for month in found["by_month"]) == 3_000
    assert {row["who"] for row in found["limits"]} == {"prosjektleder", "prosjekteier"}
    client.force_login(made.people[Role.GUEST])
    assert client.get(f"/api/v1/projects/{made.project.key}/budget").status_code == 404
