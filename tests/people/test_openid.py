"""Signing in through a real OpenID provider, and every answer of it that must not be believed."""

import time
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.utils import translation
from tests.making import organisation
from tests.people.accounts import PASSWORD, account, administrator
from tests.people.openid import path_of, running

from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.models import AuditDetail, AuditEntry
from tospann.people import commands, queries
from tospann.people.models import Person
from tospann.people.oidc import configured
from tospann.ui.middleware import content_security_policy

pytestmark = pytest.mark.django_db
KARI = {"name": "Kari Nordmann", "email": "kari@example.org", "email_verified": True}


@pytest.fixture(scope="module")
def openid():
    with running("http://testserver") as provider:
        yield provider


@pytest.fixture(autouse=True)
def _fresh(settings, openid, monkeypatch):
    cache.clear()
    organisation()
    # The test's own transaction never ends, and what happened is noted when it has.
    monkeypatch.setattr("django.db.transaction.on_commit", lambda note, **_: note())
    settings.OIDC = openid.setting()
    settings.BASE_URL = "http://testserver"


def begin(client, **fields):
    return client.post("/account/oidc/work/login/", fields).url


def through(client, openid, **told):
    """The whole way: the portal's answer to the browser that comes back."""
    openid.tell(**{"claims": KARI, **told})
    return client.get(path_of(openid.walk(begin(client))))


def proved(client, address):
    """What matters for the account is done only by whoever proves anew who she is."""
    asked = client.post(address).url
    assert asked.startswith("/account/reauthenticate/")
    return client.post(asked, {"password": PASSWORD}).url


def signed_in_as(client):
    return client.session.get("_auth_user_id")


def reasons():
    found = AuditDetail.objects.filter(entry__command="people.provider_refused").order_by("pk")
    return [row.arguments["reason"] for row in found]


def refused(client, answer, reason):
    assert answer.status_code == 403
    assert signed_in_as(client) is None
    assert reasons() == [reason]
    assert SocialAccount.objects.count() == 0
    return answer.content.decode()


def test_an_invited_person_comes_in_and_is_known_again(client, openid):
    kari = account(email="kari@example.org")
    assert through(client, openid).url == "/"
    assert signed_in_as(client) == str(kari.pk)
    assert mail.outbox[0].to == ["kari@example.org"]
    client.logout()
    # By now it is the account there that counts, whatever its address has become.
    changed = {**KARI, "email": "other@example.org", "email_verified": False}
    assert through(client, openid, claims=changed).url == "/"
    assert signed_in_as(client) == str(kari.pk)
    linked = AuditEntry.objects.filter(command="people.account_linked")
    assert linked.get().person_id == kari.pk


def test_what_is_asked_of_the_provider(client, openid, settings):
    settings.OIDC = openid.setting(acr=["high", "highest"], max_age=300)
    asked = parse_qs(urlsplit(begin(client)).query)
    assert asked["response_type"] == ["code"]
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["acr_values"] == ["high highest"]
    assert asked["max_age"] == ["300"]
    assert len(asked["nonce"][0]) >= 32
    assert len(asked["state"][0]) >= 16
    assert asked["nonce"] != parse_qs(urlsplit(begin(client)).query)["nonce"]


def test_the_page_she_wanted_is_where_she_arrives(client, openid):
    account(email="kari@example.org")
    openid.tell(claims=KARI)
    back = openid.walk(begin(client, next="/inbox"))
    assert client.get(path_of(back)).url == "/inbox"
    client.logout()
    openid.tell(claims=KARI)
    back = openid.walk(begin(client, next="https://elsewhere.example/"))
    assert client.get(path_of(back)).url == "/"


ALTERED = [
    ("nonce", {"claims": {"nonce": "of another sign-in"}}),
    ("nonce", {"drop": ["nonce"]}),
    ("audience", {"claims": {"aud": "another-portal"}}),
    ("audience", {"claims": {"aud": ["tospann", "another-portal"]}}),
    ("audience", {"claims": {"azp": "another-portal"}}),
    ("issuer", {"claims": {"iss": "http://127.0.0.1:1"}}),
    ("expired", {"claims": {"exp": 1_700_000_000}}),
    ("expired", {"claims": {"iat": 1_700_000_000}}),
    ("subject", {"claims": {"sub": "ola"}}),
    ("token", {"drop": ["exp"]}),
    ("signature", {"signed": "foreign"}),
    ("token", {"signed": "none"}),
    ("token", {"signed": "secret"}),
]


@pytest.mark.parametrize(("reason", "alter"), ALTERED)
def test_an_altered_token_lets_nobody_in(client, openid, reason, alter):
    account(email="kari@example.org")
    refused(client, through(client, openid, alter=alter), reason)


def test_an_unaltered_token_through_the_same_hands_does(client, openid):
    """So that it is the change that was refused, not the hands."""
    kari = account(email="kari@example.org")
    through(client, openid, alter={})
    assert signed_in_as(client) == str(kari.pk)


def test_too_weak_a_proof_is_refused_and_a_strong_one_taken(client, openid, settings):
    kari = account(email="kari@example.org")
    settings.OIDC = openid.setting(acr=["high"])
    with translation.override("nb"):
        refused(client, through(client, openid, acr="low"), "acr")
    through(client, openid, acr="high")
    assert signed_in_as(client) == str(kari.pk)


def test_a_proof_of_long_ago_is_refused(client, openid, settings):
    account(email="kari@example.org")
    settings.OIDC = openid.setting(max_age=300)
    long_ago = {"claims": {"auth_time": int(time.time()) - 3600}}
    refused(client, through(client, openid, alter=long_ago), "max_age")


def test_a_token_of_an_earlier_sign_in_is_refused(client, openid):
    """Somebody between the two hands out a token again that was good once."""
    account(email="kari@example.org")
    through(client, openid)
    kept = client.session["oidc"]["token"]
    SocialAccount.objects.all().delete()
    client.logout()
    refused(client, through(client, openid, instead=kept), "nonce")


def test_the_same_token_with_the_right_nonce_is_refused(client, openid, monkeypatch):
    account(email="kari@example.org")
    monkeypatch.setattr("secrets.token_urlsafe", lambda *_: "always the same nonce")
    through(client, openid)
    kept = client.session["oidc"]["token"]
    SocialAccount.objects.all().delete()
    client.logout()
    refused(client, through(client, openid, instead=kept), "replayed")


def test_an_answer_counts_once(client, openid):
    account(email="kari@example.org")
    openid.tell(claims=KARI)
    back = path_of(openid.walk(begin(client)))
    client.get(back)
    SocialAccount.objects.all().delete()
    client.logout()
    refused(client, client.get(back), "state")


def test_an_answer_to_another_browser_is_refused(client, openid, django_user_model):
    account(email="kari@example.org")
    openid.tell(claims=KARI)
    theirs = path_of(openid.walk(begin(client)))
    other = type(client)()
    refused(other, other.get(theirs), "state")


def test_an_answer_of_another_sender_is_refused(client, openid):
    account(email="kari@example.org")
    openid.tell(claims=KARI)
    back = path_of(openid.walk(begin(client)))
    host = urlsplit(openid.issuer).netloc.replace(":", "%3A")
    assert host in back
    refused(client, client.get(back.replace(host, "evil.example")), "issuer")


def test_an_unverified_address_links_to_nobody(client, openid):
    account(email="kari@example.org")
    told = refused(
        client, through(client, openid, claims={**KARI, "email_verified": False}), "unverified"
    )
    assert "Arbeidskonto" in told


def test_a_domain_the_operator_trusts_counts_as_verified(client, openid, settings):
    kari = account(email="kari@example.org")
    settings.OIDC = openid.setting(trusted_mail=["example.org"])
    through(client, openid, claims={**KARI, "email_verified": False})
    assert signed_in_as(client) == str(kari.pk)


def test_a_second_account_there_does_not_take_over_the_first_ones_person(client, openid):
    account(email="kari@example.org")
    through(client, openid)
    client.logout()
    assert through(client, openid, account="somebody-else").status_code == 403
    assert reasons() == ["unlinked"]


def test_strangers_stay_outside_unless_the_setting_lets_them_in(client, openid, settings):
    refused(client, through(client, openid), "unknown")
    settings.OIDC = openid.setting(new_people=True)
    assert through(client, openid).url == "/"
    kari = Person.objects.get(email="kari@example.org")
    assert (kari.name, kari.is_external) == ("Kari Nordmann", False)
    assert queries.organisation_roles(kari) == frozenset()


def test_whoever_is_deactivated_stays_outside(client, openid):
    kari = account(email="kari@example.org")
    commands.deactivate_person(SYSTEM, kari)
    through(client, openid)
    assert signed_in_as(client) is None


def test_roles_follow_the_groups_both_ways(client, openid, settings):
    anne = administrator()
    roles = {"PMO": "portfolio_leader", "Revisjon": "auditor"}
    settings.OIDC = openid.setting(roles=roles)
    kari = account(email="kari@example.org")
    commands.give_organisation_role(SYSTEM, kari, role=Role.LINE_MANAGER)
    through(client, openid, claims={**KARI, "groups": ["PMO", "Kantina"]})
    assert queries.organisation_roles(kari) == {Role.PORTFOLIO_LEADER, Role.LINE_MANAGER}
    through(client, openid, claims={**KARI, "groups": ["Revisjon"]})
    assert queries.organisation_roles(kari) == {Role.AUDITOR, Role.LINE_MANAGER}
    through(client, openid, claims=KARI)
    assert queries.organisation_roles(kari) == {Role.LINE_MANAGER}
    assert queries.organisation_roles(anne) == {Role.ADMINISTRATOR}


def test_the_last_administrator_stays_one(client, openid, settings):
    settings.OIDC = openid.setting(roles={"Drift": "administrator"})
    kari = account(email="kari@example.org")
    commands.give_organisation_role(SYSTEM, kari, role=Role.ADMINISTRATOR)
    through(client, openid)
    assert queries.organisation_roles(kari) == {Role.ADMINISTRATOR}


def test_one_links_and_unlinks_ones_own_account(client, openid, settings):
    settings.OIDC = openid.setting(link_by_mail=False)
    kari = account(email="kari@example.org")
    refused(client, through(client, openid), "unlinked")
    client.post("/account/login/", {"login": kari.email, "password": PASSWORD})
    openid.tell(claims=KARI)
    away = proved(client, "/account/oidc/work/link/")
    assert client.get(path_of(openid.walk(away))).url == "/account/mfa/"
    assert "kari@example.org" in client.get("/account/mfa/").content.decode()
    client.logout()
    assert through(client, openid).url == "/"
    assert proved(client, "/account/oidc/work/unlink/") == "/account/mfa/"
    assert not SocialAccount.objects.exists()


def test_an_account_of_somebody_else_is_not_linked(client, openid):
    account(email="kari@example.org")
    through(client, openid)
    client.logout()
    ola = account(email="ola@example.org")
    client.post("/account/login/", {"login": ola.email, "password": PASSWORD})
    openid.tell(claims=KARI)
    away = proved(client, "/account/oidc/work/link/")
    assert client.get(path_of(openid.walk(away))).status_code == 403
    assert SocialAccount.objects.get().user.email == "kari@example.org"


def test_stopping_there_is_said_in_words(client, openid):
    account(email="kari@example.org")
    refused(client, through(client, openid, refuses=True), "cancelled")


def test_a_provider_that_does_not_answer_is_said_in_words(client, openid, settings):
    settings.OIDC = openid.setting(issuer="http://127.0.0.1:9")
    refused(client, client.post("/account/oidc/work/login/"), "unreachable")


def test_signing_out_leads_to_the_provider(client, openid):
    account(email="kari@example.org")
    through(client, openid)
    away = client.post("/account/logout/").url
    assert away.startswith(f"{openid.issuer}/session/end?id_token_hint=")
    assert "post_logout_redirect_uri=http%3A%2F%2Ftestserver%2Faccount%2Flogin%2F" in away
    assert signed_in_as(client) is None


def test_without_the_setting_nothing_of_it_is_there(client, settings):
    settings.OIDC = ""
    assert client.post("/account/oidc/work/login/").status_code == 404
    assert client.get("/account/oidc/work/login/callback/?code=1&state=2").status_code == 404
    assert "/account/oidc/" not in client.get("/account/login/").content.decode()


def test_the_sign_in_page_offers_it_by_name(client):
    assert "Arbeidskonto" in client.get("/account/login/").content.decode()


def test_forms_may_lead_to_the_provider_and_nowhere_else(settings, openid):
    text = openid.setting(origins=["https://login.example"])
    settings.TOSPANN_SIGN_IN_ORIGINS = configured.origins(text)
    policy = content_security_policy()
    assert f"form-action 'self' {openid.issuer} https://login.example;" in policy


WRONG = [
    "{",
    '[{"id": "work"}]',
    '[{"id": "a", "name": "A", "issuer": "http://login.example", "client_id": "x"}]',
    '[{"id": "a", "name": "A", "issuer": "https://l.example", "client_id": "x", "arc": ["high"]}]',
    '[{"id": "a", "name": "A", "issuer": "https://l.a", "client_id": "x", "roles": {"G": "me"}}]',
]


@pytest.mark.parametrize("text", WRONG)
def test_a_setting_that_is_not_right_stops_the_portal_at_its_start(text):
    with pytest.raises(ImproperlyConfigured, match="TOSPANN_OIDC"):
        configured.parsed(text)
