"""Getting in and out: passwords, links, codes, the demo's doors, and how sessions end."""

import json
import re
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.adapter import get_adapter as mfa_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.core.cache import cache
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from tests.making import organisation
from tests.people.accounts import PASSWORD, account, administrator, invited
from tests.people.passkey import Passkey, options_in

from tospann.foundation.authority import SYSTEM
from tospann.foundation.models import AuditDetail, AuditEntry
from tospann.people import commands, demo, sessions
from tospann.people.models import Person
from tospann.people.sign_in import Adapter, set_password_link

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh():
    cache.clear()
    organisation()


@pytest.fixture
def in_demo(settings, tmp_path):
    settings.DEMO, settings.DATA_DIR = True, tmp_path
    (tmp_path / demo.MARK).write_text("demo")


def sign_in(client, email, password=PASSWORD):
    return client.post("/account/login/", {"login": email, "password": password})


def signed_in_as(client):
    return client.session.get("_auth_user_id")


def acts():
    return list(AuditEntry.objects.order_by("id").values_list("command", flat=True))


def test_the_address_counts_however_it_is_written(client):
    kari = account(email="kari@example.org")
    assert sign_in(client, "KARI@Example.org").url == "/"
    assert signed_in_as(client) == str(kari.pk)


def test_a_wrong_password_says_nothing_about_who_exists(client):
    account(email="kari@example.org")
    wrong = sign_in(client, "kari@example.org", "not the password").content.decode()
    unknown = sign_in(client, "nobody@example.org", "not the password").content.decode()
    tokens = r'(value|hx-headers:inherited)=("[^"]*"|\'[^\']*\')|quote \w+'
    assert re.sub(tokens, "", wrong) == re.sub(tokens, "", unknown)


def test_guessing_is_slowed_down(client):
    account(email="kari@example.org")
    for _ in range(5):
        sign_in(client, "kari@example.org", "not the password")
    sign_in(client, "kari@example.org")
    assert signed_in_as(client) is None


def test_signing_in_and_out_is_in_the_log(client, django_capture_on_commit_callbacks):
    kari = account(email="kari@example.org")
    before = len(acts())
    with django_capture_on_commit_callbacks(execute=True):
        sign_in(client, "kari@example.org", "not the password")
        sign_in(client, "kari@example.org")
        client.post("/account/logout/")
    assert acts()[before:] == ["people.sign_in_failed", "people.signed_in", "people.signed_out"]
    logged = [str((d.arguments, d.actor_name)) for d in AuditDetail.objects.order_by("entry_id")]
    assert "kari@example.org" not in logged[-3]
    assert not any("password" in one for one in logged[-3:])
    assert AuditEntry.objects.latest("id").person_id == kari.pk
    assert signed_in_as(client) is None


def test_nobody_signs_up_alone(client, rf):
    assert client.get("/account/signup/").status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")
    assert not Adapter().is_open_for_signup(rf.get("/"))


def test_an_invited_person_sets_a_password_by_the_link_and_signs_in(client):
    found = invited(email="ny@example.org")
    path = set_password_link(found).split("8000", 1)[1]
    form = client.get(path, follow=True)
    assert form.status_code == 200
    assert "token" not in form.redirect_chain[-1][0]
    new = {"password1": "en lang setning", "password2": "en lang setning"}
    assert client.post(form.redirect_chain[-1][0], new).status_code == 302
    assert sign_in(client, "ny@example.org", "en lang setning").url == "/"
    again = client.get(path).content.decode()
    assert "password1" not in again
    assert 'href="/account/password/reset/"' in again


def test_the_first_link_dies_when_the_password_is_set():
    found = invited()
    link = set_password_link(found)
    found.set_password("noe helt annet enn før")
    found.save()
    assert set_password_link(found) != link


def test_a_forgotten_password_is_answered_alike_whoever_asks(client):
    account(email="kari@example.org")
    for email, mails in [("kari@example.org", 1), ("nobody@example.org", 0)]:
        mail.outbox.clear()
        answer = client.post("/account/password/reset/", {"email": email})
        assert (answer.status_code, answer.url) == (302, "/account/password/reset/done/")
        assert len(mail.outbox) == mails


def test_somebody_deactivated_is_signed_out_at_the_next_request_and_kept_out(client):
    kari = account(email="kari@example.org")
    sign_in(client, "kari@example.org")
    assert client.get("/account/").status_code == 200
    commands.deactivate_person(SYSTEM, kari)
    assert client.get("/account/").status_code == 302
    assert sign_in(client, "kari@example.org").url == "/account/inactive/"
    assert client.get("/account/inactive/").status_code == 200


@pytest.mark.parametrize(
    ("pauses", "stays"),
    [
        ([sessions.LONGEST_IDLE - 60] * 3, True),
        ([sessions.LONGEST_IDLE + 60], False),
        ([sessions.LONGEST_IDLE - 60] * 29, False),
    ],
)
def test_a_session_has_a_longest_pause_and_a_longest_life(client, pauses, stays):
    account(email="kari@example.org")
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        sign_in(client, "kari@example.org")
    statuses = []
    for pause in pauses:
        now += timedelta(seconds=pause)
        with time_machine.travel(now, tick=False):
            statuses.append(client.get("/account/").status_code)
    assert (statuses[-1] == 200) is stays
    assert set(statuses[:-1]) <= {200}


def test_one_sees_where_one_is_signed_in_and_signs_out_elsewhere(client):
    from django.test import Client

    account(email="kari@example.org")
    phone = Client(headers={"user-agent": "A phone"})
    sign_in(phone, "kari@example.org")
    sign_in(client, "kari@example.org")
    shown = client.get("/account/sessions/").content.decode()
    assert "A phone" in shown
    client.post("/account/sessions/")
    assert phone.get("/account/").status_code == 302
    assert client.get("/account/").status_code == 200


def prove_again(client, address):
    """What matters for the account is only shown to whoever proves anew who she is."""
    asked = client.get(address)
    assert asked.url.startswith("/account/reauthenticate/")
    return client.post(asked.url, {"password": PASSWORD}, follow=True)


def code_now(secret):
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def test_an_authenticator_app_is_asked_for_and_recovery_codes_help(
    client, django_capture_on_commit_callbacks
):
    kari = account(email="kari@example.org")
    sign_in(client, "kari@example.org")
    form = prove_again(client, "/account/mfa/totp/activate/")
    secret = re.search(r'<code class="secret">(\w+)</code>', form.content.decode())[1]
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/account/mfa/totp/activate/", {"code": code_now(secret)})
    assert Authenticator.objects.filter(user=kari, type="totp").exists()
    assert "people.factor_added" in acts()
    client.post("/account/logout/")
    assert sign_in(client, "kari@example.org").url == "/account/mfa/authenticate/"
    assert client.get("/account/").status_code == 302
    assert client.get("/account/mfa/authenticate/").status_code == 200
    codes = RecoveryCodes(Authenticator.objects.get(user=kari, type="recovery_codes"))
    code = codes.get_unused_codes()[0]
    assert client.post("/account/mfa/authenticate/", {"code": code}).url == "/"
    assert client.get("/account/").status_code == 200


@pytest.mark.parametrize("language", ["nb", "en"])
def test_a_passkey_is_added_signs_in_and_proves_who_one_is(client, language):
    kari = account(email="kari@example.org", language=language)
    sign_in(client, "kari@example.org")
    passkey = Passkey()
    page = prove_again(client, "/account/mfa/webauthn/add/").content.decode()
    answer = {
        "name": "Mobilen",
        "passwordless": "on",
        "credential": passkey.create(options_in(page)),
    }
    assert client.post("/account/mfa/webauthn/add/", answer).status_code == 302
    assert "Mobilen" in client.get("/account/mfa/webauthn/").content.decode()
    client.post("/account/logout/")

    login = "/account/mfa/webauthn/login/"
    options = client.get(login, headers={"accept": "application/json"}).json()
    assert client.post(login, {"credential": passkey.get(options)}).url == "/"
    assert signed_in_as(client) == str(kari.pk)

    again = "/account/mfa/webauthn/reauthenticate/"
    page = client.get(f"{again}?next=/account/mfa/").content.decode()
    proof = {"credential": passkey.get(options_in(page)), "next": "/account/mfa/"}
    assert client.post(again, proof).url == "/account/mfa/"


def test_a_passkey_is_the_second_step_after_a_password(client):
    account(email="kari@example.org")
    sign_in(client, "kari@example.org")
    passkey, stranger = Passkey(), Passkey()
    page = prove_again(client, "/account/mfa/webauthn/add/").content.decode()
    client.post("/account/mfa/webauthn/add/", {"credential": passkey.create(options_in(page))})
    client.post("/account/logout/")
    sign_in(client, "kari@example.org")
    for key, signed_in in [(stranger, False), (passkey, True)]:
        page = client.get("/account/mfa/authenticate/").content.decode()
        client.post("/account/mfa/authenticate/", {"credential": key.get(options_in(page))})
        assert (signed_in_as(client) is not None) is signed_in


def test_an_administrators_recovery_removes_the_second_factor(client):
    from tospann.people import administration

    admin = administrator()
    TOTP.activate(admin, "JBSWY3DPEHPK3PXP")
    assert mfa_adapter().is_mfa_enabled(admin)
    administration.recover_admin(admin.email)
    assert not mfa_adapter().is_mfa_enabled(admin)


def test_the_sign_in_form_leads_nowhere_else(client):
    account(email="kari@example.org")
    data = {"login": "kari@example.org", "password": PASSWORD, "next": "https://evil.example/"}
    assert client.post("/account/login/", data).url == "/"


def test_passkey_sign_in_offers_a_challenge(client):
    answer = client.get("/account/mfa/webauthn/login/", headers={"accept": "application/json"})
    assert json.loads(answer.content)["request_options"]["publicKey"]["challenge"]


def make_demo_people():
    for one in demo.PEOPLE:
        invited(
            one.name, one.email, title=one.title, company=one.company, is_external=one.is_external
        )


DOORS = [
    "coordinator",
    "manager",
    "owner",
    "member",
    "portfolio_leader",
    "line_manager",
    "auditor",
    "guest",
]


def test_there_are_thirteen_demo_people_and_a_door_for_each_role():
    assert len({one.email for one in demo.PEOPLE}) == 13
    assert sorted(one.role for one in demo.PEOPLE if one.role) == sorted(DOORS)


@pytest.mark.parametrize("key", DOORS)
def test_in_the_demo_one_click_signs_in(client, in_demo, key):
    make_demo_people()
    name = next(one.name for one in demo.PEOPLE if one.role == key)
    assert name in client.get("/account/login/").content.decode()
    assert client.post(f"/account/demo/{key}").status_code == 302
    assert Person.objects.get(pk=signed_in_as(client)).name == name


def outside_demo(settings, tmp_path, what):
    settings.DATA_DIR = tmp_path
    settings.DEMO = what != "setting"
    if what != "mark":
        (tmp_path / demo.MARK).write_text("demo")


@pytest.mark.parametrize(
    ("missing", "meta"),
    [
        ("setting", {}),
        ("mark", {}),
        ("", {"REMOTE_ADDR": "192.0.2.7"}),
        ("", {"HTTP_X_FORWARDED_FOR": "192.0.2.7"}),
        ("", {"HTTP_HOST": "portal.example.org"}),
    ],
)
def test_outside_the_demo_there_are_no_doors(client, settings, tmp_path, missing, meta):
    make_demo_people()
    outside_demo(settings, tmp_path, missing)
    settings.ALLOWED_HOSTS = ["*"]
    assert "Ingrid Lund" not in client.get("/account/login/", **meta).content.decode()
    assert client.post("/account/demo/coordinator", **meta).status_code == 404
    assert signed_in_as(client) is None


def test_a_door_is_opened_by_pressing_not_by_following_a_link(client, in_demo):
    make_demo_people()
    assert client.get("/account/demo/coordinator").status_code == 405
    assert client.post("/account/demo/nobody").status_code == 404


@pytest.mark.parametrize(("language", "says"), [("nb", '<html lang="nb"'), ("en", "Too many")])
def test_whoever_hurries_too_much_is_told_so(client, language, says):
    for _ in range(31):
        answer = client.post("/account/login/", {}, headers={"accept-language": language})
    assert answer.status_code == 429
    assert says in answer.content.decode()
