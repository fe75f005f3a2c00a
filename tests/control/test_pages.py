"""Oppfølging: what the page says, to whom, at what cost, and what it says when something lacks."""

from datetime import UTC, datetime, time
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse
from tests import making
from tests.api.conftest import Caller, token_of
from tests.budget import starting
from tests.control import following
from tests.control.following import friday

from tospann.budget import commands as budget
from tospann.control import summary
from tospann.foundation.authority import Role
from tospann.foundation.ids import new_id
from tospann.projects import commands as projects
from tospann.reports.models import Light
from tospann.reports.tolerances import standing

pytestmark = pytest.mark.django_db
QUERIES = 15


@pytest.fixture
def evening():
    """The end of the second week."""
    with time_machine.travel(datetime.combine(friday(2), time(19), UTC), tick=False):
        yield


@pytest.fixture
def made(evening):
    return following.followed(100_000, 100_000, 100_000)


def at(made, name="money_control", *args):
    return reverse(name, args=[made.project.key, *args])


def english(client):
    client.cookies["language"] = "en"
    return client


def signed_in(client, made, role=Role.MANAGER):
    client.force_login(made.people[role], "allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_as_many_queries_whatever_it_shows(
    client, evening, rows, django_assert_num_queries
):
    made = following.followed(*[100_000] * rows)
    following.spend(made, *[(n + 1, friday(1), 1000) for n in range(rows)], supplier="Grus AS")
    signed_in(client, made).get(at(made))
    with django_assert_num_queries(QUERIES):
        assert client.get(at(made)).status_code == 200


def test_it_says_what_the_figures_mean(visit, made):
    following.earn(made, [100_000] * 3, 150_000)
    following.spend(made, (1, friday(1), 120_000), (2, friday(2), 80_000))
    text = english(visit(Role.MANAGER)).get(at(made)).content.decode()
    assert "Every krone spent has given work worth NOK\u00a00.75" in text
    assert "2 working days behind" in text or "3 working days behind" in text
    assert "0.75" in text
    assert "to keep the budget, every krone from now on".casefold() in text.casefold()


def test_without_a_budget_or_a_tie_it_says_what_to_do(evening, client):
    empty = making.project()
    text = english(signed_in(client, empty)).get(at(empty)).content.decode()
    assert "There is no budget to follow up yet." in text
    starting.started(empty, 1_000, approved=False)
    assert "Progress is not measured yet" in client.get(at(empty)).content.decode()


def test_a_closed_month_and_what_came_after_are_marked(visit, made):
    following.spend(made, (1, friday(1), 1_000))
    with time_machine.travel(datetime.combine(friday(6), time(8), UTC), tick=False):
        budget.close_month(made.manager, made.project, id=new_id(), month=friday(1).replace(day=1))
        following.spend(made, (1, friday(2), 555))
        found = Caller(token_of(made.people[Role.MANAGER])).get(
            f"/projects/{made.project.key}/control"
        )
        text = english(visit(Role.MANAGER)).get(at(made)).content.decode()
    (month,) = found.json()["closed_months"]
    assert (month["month"], month["late"], month["late_count"]) == ("2027-08-01", "555.00", 1)
    assert "1 late cost" in text


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.MANAGER, Role.OWNER, Role.MEMBER])
def test_cost_per_person_is_only_for_those_who_may_see_rates(visit, made, role):
    person = made.people[Role.STEERING if Role.STEERING in made.people else Role.MEMBER]
    following.spend(made, (1, friday(1), 9_876), person=person.pk, hours=Decimal(9))
    may = role is not Role.MEMBER
    shown = visit(role).get(at(made)).content.decode()
    assert ('id="people"' in shown) == may
    said = Caller(token_of(made.people[role])).get(f"/projects/{made.project.key}/control").json()
    assert (said["people"] is not None) == may
    if may:
        assert [(one["name"], one["amount"]) for one in said["people"]] == [
            (person.name, "9876.00")
        ]


def test_a_guest_and_somebody_else_see_nothing(client, made):
    for person in (made.people[Role.GUEST], making.person()):
        client.force_login(person)
        for name in ("money_control", "cost_report_pdf", "budget_workbook", "net_present_value"):
            assert client.get(at(made, name)).status_code == 404


def test_the_trend_makes_an_area_to_be_watched_where_it_is_followed_up(made):
    projects.set_tolerance(
        made.owner, made.project, area="cost", allowed="10 %", percent=10, days=None
    )
    following.earn(made, [100_000] * 3, 150_000)
    following.spend(made, (1, friday(1), 200_000))
    assert summary.facts(made.project) is None, "not turned on"
    projects.set_modules(made.manager, made.project, modules=["overview", "earned_value"])
    made.project.refresh_from_db()
    said = summary.facts(made.project)
    assert (said["eac"], said["cost_is_beyond"]) == ("400000.00", True)
    (cost,) = [one for one in standing.of_project(made.project) if one.area == "cost"]
    assert cost.light == Light.AMBER
    assert not cost.is_crossed, "the lines' own forecasts are what a deviation is raised by"
