"""The API with personal tokens: who one is, people to choose from, limits on calls and guesses."""

import pytest
from django.core.cache import cache
from tests.making import organisation, person, project, within_one_minute
from tests.people.accounts import account

from tospann.foundation.authority import SYSTEM, Role
from tospann.people import administration, commands, ratelimit, tokens
from tospann.people.models import ApiToken

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.people.api_urls")]


@pytest.fixture(autouse=True)
def _fresh():
    cache.clear()
    ratelimit._here.clear()
    organisation()


def call(client, secret, address, method="get", **meta):
    bearer = {"authorization": f"Bearer {secret}"}
    return getattr(client, method)(f"/api{address}", headers=bearer, **meta)


def token_for(somebody, *scopes):
    return administration.api_token(somebody.email, "skript", list(scopes or ["read"]))


def test_a_token_says_whose_it_is(client):
    kari = account("Kari Nordmann", email="kari@example.org")
    answer = call(client, token_for(kari), "/me")
    assert answer.json() == {
        "id": str(kari.pk),
        "name": "Kari Nordmann",
        "email": "kari@example.org",
        "organisation_roles": [],
        "scopes": ["read"],
    }


def test_without_a_token_there_is_nothing(client):
    assert client.get("/api/me").status_code == 401
    assert call(client, "tos_guess", "/me").status_code == 401
    kari = account()
    client.force_login(kari)
    assert client.get("/api/me").status_code == 401


def test_people_are_found_by_part_of_name_address_or_organisation(client):
    kari = account("Kari Nordmann", company="Fjordvik kommune")
    person("Ola Hansen", email="ola@firma.example.org")
    person("Sluttet Hansen", is_active=False)
    found = {
        q: [one["name"] for one in call(client, token_for(kari), f"/people?q={q}").json()]
        for q in ("hans", "FIRMA", "fjordvik", "ingen", "%00")
    }
    assert found == {
        "hans": ["Ola Hansen"],
        "FIRMA": ["Ola Hansen"],
        "fjordvik": ["Kari Nordmann"],
        "ingen": [],
        "%00": ["Kari Nordmann", "Ola Hansen"],
    }
    assert call(client, token_for(kari), "/people?limit=0").status_code == 422
    assert call(client, token_for(kari), "/people?q=" + "x" * 101).status_code == 422


def test_guests_see_nobody(client):
    guest = project().people[Role.GUEST]
    assert call(client, token_for(guest), "/people").status_code == 404


def test_tokens_are_listed_and_revoked_with_a_token_that_may_change(client):
    kari, other = account(), account()
    reads, writes = token_for(kari), token_for(kari, "write")
    foreign = token_for(other)
    listed = call(client, writes, "/me/tokens").json()
    assert len(listed) == 2
    assert not any("hash" in key for key in listed[0])
    mine = ApiToken.objects.get(token_hash=commands.hash_of(reads))
    theirs = ApiToken.objects.get(token_hash=commands.hash_of(foreign))
    assert call(client, reads, f"/me/tokens/{mine.pk}", "delete").status_code == 403
    assert call(client, writes, f"/me/tokens/{theirs.pk}", "delete").status_code == 404
    assert call(client, writes, f"/me/tokens/{mine.pk}", "delete").status_code == 204
    assert call(client, reads, "/me").status_code == 401


def test_a_token_of_somebody_who_left_no_longer_works(client):
    kari = account()
    secret = token_for(kari)
    commands.deactivate_person(SYSTEM, kari)
    assert call(client, secret, "/me").status_code == 401


def test_guessing_tokens_is_slowed_down_for_each_address_on_the_net(client):
    secret = token_for(account())
    with within_one_minute():
        guesses = [call(client, f"tos_{n}", "/me").status_code for n in range(12)]
    assert guesses == [401] * tokens.FAILURES_A_MINUTE + [429] * 2
    assert call(client, "tos_other", "/me", REMOTE_ADDR="192.0.2.9").status_code == 401
    assert call(client, secret, "/me").status_code == 200  # colleagues behind one address


def test_too_many_calls_are_refused_for_that_token_alone(client, monkeypatch):
    monkeypatch.setattr(tokens, "CALLS_A_MINUTE", 20)
    kari = account()
    busy, calm = token_for(kari), token_for(kari)
    with within_one_minute():
        answers = [call(client, busy, "/me").status_code for _ in range(25)]
    assert answers == [200] * 20 + [429] * 5
    assert call(client, calm, "/me").status_code == 200


def test_a_call_costs_the_same_whoever_is_there(client, django_assert_num_queries):
    kari = account()
    secret = token_for(kari)
    call(client, secret, "/people")
    for extra in (0, 2):
        for _ in range(extra):
            person()
        with django_assert_num_queries(4):  # token, person, her roles, people
            call(client, secret, "/people")
