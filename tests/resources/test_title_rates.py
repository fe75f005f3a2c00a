"""Rates by title: kept by line managers, by date, on a page that nobody else sees."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse
from tests import making
from tests.resources.making_people import line

from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.ids import new_id
from tospann.foundation.models import AuditDetail
from tospann.people import commands as people
from tospann.resources import commands, rates
from tospann.resources.models import Rate

pytestmark = pytest.mark.django_db
API = "/api/v1/title-rates"
QUERIES = 6


@pytest.fixture(autouse=True)
def in_march():
    with time_machine.travel("2027-03-10T08:00:00+01:00", tick=False):
        yield


@pytest.fixture
def hers(client):
    found = line()
    making.person("Åse Ødegård", title="Rådgiver Økonomi")
    making.person("Bo Dahl", title="rådgiver  økonomi")
    client.force_login(found.manager)
    return found


def set_rate(hers, title, amount, valid_from):
    values = {"title": title, "amount": Decimal(amount), "valid_from": valid_from}
    return commands.set_title_rate(hers.actor, making.organisation(), id=new_id(), **values)


def test_a_rate_is_set_changed_and_removed_on_the_page(client, hers):
    here = reverse("title_rates")
    assert here in client.get(reverse("line")).text
    empty = client.get(here).text
    assert "Rådgiver Økonomi" in empty, "a title somebody has, and no rate yet"
    form = reverse("set_title_rate")
    assert 'value="Rådgiver Økonomi"' in client.get(form, {"title": "Rådgiver Økonomi"}).text
    typed = {"title": "RÅDGIVER ØKONOMI", "amount": "1\u00a0050,50", "valid_from": "1.1.2027"}
    for wrong in (
        {"amount": "\u22125"},
        {"amount": "mye"},
        {"title": "  "},
        {"valid_from": "31.2"},
    ):
        sent = client.post(form, typed | wrong)
        assert sent.status_code == 422
        assert f'value="{(typed | wrong)["amount"]}"' in sent.text, "what was typed stays"
    assert not Rate.objects.exists()
    assert client.post(form, typed).status_code == 302
    client.post(form, typed | {"title": "rådgiver økonomi", "amount": "1100"})
    assert [str(one.amount) for one in Rate.objects.all()] == ["1100.00"], "the same day: corrected"
    client.post(form, typed | {"amount": "1200", "valid_from": "1.7.2027"})
    text = client.get(here).text
    assert "1\u00a0100\u00a0kr" in text
    assert "1\u00a0200\u00a0kr" in text
    assert ("Gjelder nå" in text) or ("Valid now" in text)
    coming = Rate.objects.get(valid_from=date(2027, 7, 1))
    assert client.post(reverse("remove_title_rate", args=[coming.pk])).status_code == 302
    assert Rate.objects.count() == 1
    for detail in AuditDetail.objects.filter(entry__command__contains="title_rate"):
        assert "1100" not in str([detail.arguments, detail.changes])
        assert "1200" not in str([detail.arguments, detail.changes])


def test_a_title_is_the_same_whatever_its_capitals_also_beyond_ascii(hers):
    made = making.project()
    set_rate(hers, "RÅDGIVER ØKONOMI", "900", date(2027, 1, 1))
    set_rate(hers, "rådgiver økonomi", "950", date(2027, 3, 1))
    one = making.person(title="Rådgiver økonomi")
    assert rates.hourly(made.project.pk, one.pk, date(2027, 2, 1)).amount == 900
    assert rates.hourly(made.project.pk, one.pk, date(2027, 3, 1)).amount == 950


def test_others_find_nothing_there(client, hers):
    kept = set_rate(hers, "Tester", "900", date(2027, 1, 1))
    own = commands.set_rate(
        hers.actor, hers.kari, id=new_id(), amount=Decimal(77), valid_from=date(2027, 1, 1)
    )
    made = making.project()
    leader = making.person()
    people.give_organisation_role(SYSTEM, leader, role=Role.PORTFOLIO_LEADER)
    remove = reverse("remove_title_rate", args=[kept.pk])
    for person in (leader, hers.kari, *made.people.values()):
        client.force_login(person)
        assert client.get(reverse("title_rates")).status_code == 404
        assert client.get(reverse("set_title_rate")).status_code == 403
        assert client.post(remove).status_code == 404
        assert client.get(API).status_code == 404
    client.force_login(hers.manager)
    removal = reverse("remove_title_rate", args=[own.pk])
    assert client.post(removal).status_code == 404, "a person's rate is no title's"
    assert Rate.objects.count() == 2


def test_the_api_says_what_the_page_says(client, hers):
    set_rate(hers, "Tester", "900", date(2027, 1, 1))
    set_rate(hers, "Tester", "990", date(2027, 7, 1))
    known = client.get(API).json()
    assert [(one["title"], one["people"]) for one in known] == [
        ("Tester", 0),
        ("Rådgiver Økonomi", 2),
    ]
    found = [(one["amount"], one["valid_from"]) for one in known[0]["rates"]]
    assert found == [("990.00", "2027-07-01"), ("900.00", "2027-01-01")]


def test_in_english_and_with_as_many_queries_for_many_titles(
    client, hers, django_assert_num_queries
):
    set_rate(hers, "Tester", "900", date(2027, 1, 1))
    for number in (1, 3):
        for more in range(number):
            set_rate(hers, f"Tittel {number} {more}", "900", date(2027, 1, 1))
        with django_assert_num_queries(QUERIES):
            client.get(reverse("title_rates"))
    hers.manager.language = "en"
    making.inside(hers.manager.save)
    assert "Rates by title" in client.get(reverse("title_rates")).text
