"""Anslag i tre tall: what the page adds up, and what it says when something cannot be."""

from decimal import Decimal

import pytest
from django.urls import reverse
from tests import making
from tests.api.conftest import Caller, token_of
from tests.control.reading import tables

from tospann.foundation.authority import Role

pytestmark = pytest.mark.django_db
QUERIES = 5


@pytest.fixture
def made():
    return making.project()


@pytest.fixture
def ask(client, made):
    client.force_login(
        made.people[Role.MANAGER], "allauth.account.auth_backends.AuthenticationBackend"
    )

    def get(costs="", **more):
        asked = {"costs": costs, "reading": "prosjektveiviseren", **more}
        return client.get(reverse("three_points", args=[made.project.key]), asked)

    return get


def said(answer):
    assert answer.status_code == 422
    return answer.content.decode()


def lines(rows):
    return "\n".join(f"Kostnad {n};{n}00,01;{n}10;{n}50,50" for n in range(1, rows + 1))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_as_many_queries_whatever_it_adds(ask, rows, django_assert_num_queries):
    ask(lines(rows))
    with django_assert_num_queries(QUERIES):
        answer = ask(lines(rows))
    (table,) = tables(answer.content.decode()).values()
    assert len(table.rows) == rows + 3
    expected = table.column("Forventet")
    totals = [row for row, total in zip(table.rows, table.totals, strict=True) if total]
    assert len(expected) == rows
    costs = Decimal("".join(totals[0][4].split()).replace("kr", "").replace(",", "."))
    assert sum(expected) == costs, "to the øre"


def test_the_first_visit_asks_for_amounts(client, made):
    client.force_login(made.people[Role.MANAGER])
    answer = client.get(reverse("three_points", args=[made.project.key]))
    assert answer.status_code == 200
    assert not tables(answer.content.decode())


def test_pairs_that_differ_change_the_deviation(ask):
    two = "A;10;20;30\nB;10;20;30"
    sds = []
    for more in ({}, {"correlation": "1"}, {"correlation": "1", "pairs": "A;B;-1"}):
        (table,) = tables(ask(two, **more).content.decode()).values()
        totals = [row for row, total in zip(table.rows, table.totals, strict=True) if total]
        sds.append(totals[0][5])
    assert len(set(sds)) == 3
    assert sds[2].startswith("0")


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"costs": ""}, "minst én kostnad eller én gevinst"),
        ({"costs": "Grunn;30;20;10"}, "Grunn: tallene må stå fra det laveste til det høyeste"),
        ({"costs": "Grunn;30;20"}, "Linje 1 må ha et navn og tre beløp"),
        ({"costs": "A;1;2;3\nGrunn;30;mange;40"}, "Linje 2"),
        ({"costs": "A;1;2;3", "pairs": "A;C;0,5"}, "A og C er ikke to av beløpene"),
        ({"costs": "A;1;2;3\nB;1;2;3", "pairs": "A;B;1,5"}, "mellom −1 og 1"),
        (
            {"costs": "A;1;2;3\nB;1;2;3\nC;1;2;3", "pairs": "A;B;-1\nB;C;-1\nA;C;-1"},
            "motsier hverandre",
        ),
    ],
)
def test_what_cannot_be_is_said(ask, asked, sentence):
    assert sentence in said(ask(**asked))


@pytest.mark.parametrize(
    "asked",
    [
        {"low": [1], "likely": [2, 3], "high": [3, 4]},
        {"low": [3], "likely": [2], "high": [1]},
        {"low": [1, 1], "likely": [2, 2], "high": [3, 3], "correlations": [1, 0.5, 0.4, 1]},
        {"low": [1, 1], "likely": [2, 2], "high": [3, 3], "correlations": [1, 0.5]},
    ],
)
def test_the_api_refuses_what_cannot_be(made, asked):
    caller = Caller(token_of(made.people[Role.MANAGER]))
    answer = caller.get(f"/projects/{made.project.key}/three-point-sums", **asked)
    assert answer.status_code == 422, answer.content


def test_a_guest_and_somebody_else_see_nothing(client, made):
    for person in (made.people[Role.GUEST], making.person()):
        client.force_login(person)
        assert client.get(reverse("three_points", args=[made.project.key])).status_code == 404
        answer = Caller(token_of(person)).get(
            f"/projects/{made.project.key}/three-point-sums", low=[1], likely=[2], high=[3]
        )
        assert answer.status_code == 404
