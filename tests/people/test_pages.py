"""Every page and mail of accounts and administration, in both languages; what they cost."""

from datetime import date
from pathlib import Path

import pytest
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.template.loader import render_to_string
from django.utils import timezone, translation
from tests.making import organisation, person, project
from tests.people.accounts import account, acting, administrator

import tospann.people
from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.ids import new_id
from tospann.foundation.models import AuditEntry
from tospann.people import commands, queries
from tospann.people.models import ApiToken, Deputy, Person, SavedView

pytestmark = pytest.mark.django_db
TEMPLATES = Path(tospann.people.__file__).parent / "templates"
MAILS = sorted(
    str(path.relative_to(TEMPLATES)).removesuffix("_subject.txt")
    for path in TEMPLATES.glob("*/email/*_subject.txt")
)
MESSAGES = sorted(str(p.relative_to(TEMPLATES)) for p in TEMPLATES.glob("*/messages/*.txt"))
LANGUAGES = ["nb", "en"]
SIGNED_OUT = [
    "/account/login/",
    "/account/inactive/",
    "/account/confirm-email/",
    "/account/confirm-email/nonsense/",
    "/account/password/reset/",
    "/account/password/reset/done/",
    "/account/password/reset/key/done/",
    "/account/password/reset/key/abc-def/",
]
SIGNED_IN = [
    "/account/",
    "/account/logout/",
    "/account/reauthenticate/",
    "/account/password/change/",
    "/account/mfa/",
    "/account/mfa/reauthenticate/",
    "/account/mfa/totp/deactivate/",
    "/account/mfa/recovery-codes/",
    "/account/mfa/recovery-codes/download/",
    "/account/mfa/recovery-codes/generate/",
    "/account/mfa/webauthn/",
    "/account/mfa/webauthn/add/",
    "/account/sessions/",
    "/account/deputies/",
    "/account/tokens/",
    "/admin/",
    "/admin/people/new",
    "/admin/organisation",
    "/admin/audit",
]
OF_A_PERSON = ["", "change", "email", "role", "deactivate"]


def titles(html):
    assert html.startswith("<!doctype html>"), html[:200]
    return html.split("<title>")[1].split("</title>")[0]


def prove(client, user):
    """As if the person had just proved who she is."""
    import time

    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time(), "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()


@pytest.fixture
def admin(client):
    organisation()
    found = administrator()
    TOTP.activate(found, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(found)
    client.force_login(found)
    prove(client, found)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", SIGNED_OUT)
def test_every_page_on_the_way_in(client, address, language):
    answer = client.get(address, headers={"accept-language": language})
    html = answer.content.decode()
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in html
    assert titles(html) != "Tospann"
    assert "script-src 'self'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", SIGNED_IN)
def test_every_page_of_account_and_administration(client, admin, address, language):
    admin.language = language
    admin.save(update_fields=["language"])
    answer = client.get(address)
    assert answer.status_code == 200, getattr(answer, "url", "")
    if answer["Content-Type"].startswith("text/html"):
        assert f'<html lang="{language}"' in answer.content.decode()
        assert titles(answer.content.decode()) != "Tospann"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", OF_A_PERSON)
def test_every_page_about_a_person(client, admin, page, language):
    admin.language = language
    admin.save(update_fields=["language"])
    somebody = person("Nils Nilsen")
    answer = client.get(f"/admin/people/{somebody.pk}/{page}")
    assert answer.status_code == 200
    assert "Nils Nilsen" in answer.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_that_need_a_certain_state(client, language):
    new = account(language=language)
    new.set_unusable_password()
    new.save()
    client.force_login(new)
    assert client.get("/account/password/set/").status_code == 200
    assert client.get("/account/mfa/totp/activate/").status_code == 200
    kept = {"name": "Nøkkel", "passwordless": True, "credential": {}}
    key = Authenticator.objects.create(user=new, type="webauthn", data=kept)
    assert "Nøkkel" in client.get("/account/mfa/webauthn/").content.decode()
    prove(client, new)
    for page in ("edit", "remove"):
        assert client.get(f"/account/mfa/webauthn/keys/{key.pk}/{page}/").status_code == 200
    waiting = EmailAddress.objects.create(user=new, email="ny@example.org")
    confirm = f"/account/confirm-email/{EmailConfirmationHMAC(waiting).key}/"
    assert "ny@example.org" in client.get(confirm).content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("prefix", MAILS)
def test_every_mail(rf, prefix, language):
    request = rf.get("/", headers={"user-agent": "A <browser> & more"})
    request.user, request.session = AnonymousUser(), {}
    values = {
        "user": person("Kari & Co"),
        "timestamp": timezone.now(),
        "ip": "192.0.2.7",
        "user_agent": "A <browser> & more",
        "password_reset_url": "https://portal.example.org/a?b=1&c=2",
        "activate_url": "https://portal.example.org/a?b=1&c=2",
    }
    with translation.override(language), context.request_context(request):
        get_adapter(request).send_mail(prefix, "kari@example.org", values)
    sent = mail.outbox[0]
    assert sent.subject.endswith(" – Tospann")
    assert "\n" not in sent.subject
    assert len(sent.subject) > 15
    assert "&amp;" not in sent.body and "&lt;" not in sent.body  # noqa: PT018
    assert "https://portal" in sent.body or "192.0.2.7" in sent.body or "kari@" in sent.body
    assert "\n\n\n\n" not in sent.body


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", MESSAGES)
def test_every_message(name, language):
    with translation.override(language):
        said = render_to_string(name, {"email": "kari@example.org"}).strip()
    assert ("<" in said) is False
    assert bool(said) is ("logged_in" not in name)


def test_nothing_of_allauths_own_templates_can_be_reached_untranslated():
    """What allauth renders by name must exist here; its own are Django templates we cannot read."""
    import allauth

    theirs = Path(allauth.__file__).parent
    unreachable = {
        "account/signup.html", "account/signup_by_passkey.html", "account/email.html",
        "account/email_change.html", "account/phone_change.html", "account/request_login_code.html",
        "account/confirm_login_code.html", "account/confirm_password_reset_code.html",
        "account/confirm_email_verification_code.html",
        "account/confirm_phone_verification_code.html", "mfa/trust.html",
        "mfa/webauthn/signup_form.html",
    }  # fmt: skip
    missing = []
    for app in ("account", "mfa", "usersessions"):
        for path in (theirs / "templates" / app).rglob("*.html"):
            name = str(path.relative_to(theirs / "templates"))
            partial = path.name.startswith("base") or "snippets" in path.parts
            if not partial and not (TEMPLATES / name).exists():
                missing.append(name)
    assert set(missing) == unreachable


@pytest.mark.parametrize("people", [1, 3])
def test_the_list_of_people_costs_the_same_for_one_and_for_three(
    client, django_assert_num_queries, people
):
    organisation()
    admin = administrator()
    client.force_login(admin)
    client.get("/admin/")
    for _ in range(people - 1):
        commands.give_organisation_role(SYSTEM, person(), role=Role.AUDITOR)
    # session, person, the actor, inbox; count, rows, saved views
    with django_assert_num_queries(7):
        assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_deputies_and_tokens_cost_the_same_for_one_and_for_three(
    client, django_assert_num_queries, rows
):
    me = account()
    client.force_login(me)
    client.get("/account/")
    for _ in range(rows):
        days = {"starts_on": date(2999, 1, 1), "ends_on": date(2999, 1, 2)}
        commands.appoint_deputy(SYSTEM, me, id=new_id(), deputy=person().pk, **days)
        commands.create_api_token(acting(me), me, id=new_id(), name="x", scopes=["read"])
    with django_assert_num_queries(8):  # … me, colleagues, deputies, whom I stand in for
        client.get("/account/deputies/")
    with django_assert_num_queries(6):
        client.get("/account/tokens/")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_audit_log_costs_the_same_for_one_and_for_three(
    client, django_assert_num_queries, rows
):
    organisation()
    admin = administrator()
    client.force_login(admin)
    client.get("/account/")
    for number in range(rows):
        commands.change_person(SYSTEM, admin, name=f"Navn {number}")
        admin = queries.person(admin.pk)
    with django_assert_num_queries(7):  # … count, entries with detail, names
        html = client.get("/admin/audit").content.decode()
    assert f"Navn {rows - 1}" in html


@pytest.mark.parametrize("address", [a for a in SIGNED_IN if a.startswith("/admin/")])
def test_administration_is_not_there_for_others(client, address):
    made = project()
    assert client.get(address).status_code == 302
    for role in (Role.MANAGER, Role.OWNER, Role.GUEST):
        client.force_login(made.people[role])
        assert client.get(address).status_code == 404


def test_auditors_read_the_log_and_nothing_else_here(client):
    organisation()
    auditor = account()
    commands.give_organisation_role(SYSTEM, auditor, role=Role.AUDITOR)
    client.force_login(auditor)
    assert client.get("/admin/audit").status_code == 200
    assert client.get("/admin/").status_code == 404


def test_an_administrator_invites_and_hands_over_the_link(client, admin):
    wrong = client.post("/admin/people/new", {"email": "nobody", "name": ""})
    assert wrong.status_code == 422
    data = {"email": "Ny@Example.org", "name": "Ny Person", "is_external": "on"}
    answer = client.post("/admin/people/new", data)
    assert "/account/password/reset/key/" in answer.content.decode()
    assert Person.objects.get(email="ny@example.org").is_external
    again = client.post("/admin/people/new", data)
    assert again.status_code == 422


def test_an_administrator_gives_and_takes_roles_and_deactivates(client, admin):
    somebody = account("Nils Nilsen")
    base = f"/admin/people/{somebody.pk}"
    client.post(f"{base}/role", {"role": "auditor"})
    assert queries.organisation_roles(somebody) == {Role.AUDITOR}
    client.post(f"{base}/role/take", {"role": "auditor"})
    assert queries.organisation_roles(somebody) == set()
    assert client.post(f"{base}/role/take", {"role": "nonsense"}).status_code == 422
    client.post(f"{base}/deactivate", {"hand_over_to": ""})
    assert not queries.person(somebody.pk).is_active
    client.post(f"{base}/reactivate")
    assert queries.person(somebody.pk).is_active
    own = client.post(f"/admin/people/{admin.pk}/deactivate", {"hand_over_to": ""})
    assert own.status_code == 422


def test_a_profile_is_saved_undone_and_refused_when_stale(client):
    me = account("Før Endring")
    client.force_login(me)
    page = client.get("/account/").content.decode()
    assert f'name="version" value="{me.version}"' in page
    data = {"name": "Etter Endring", "version": me.version}
    client.post("/account/", data)
    entry = AuditEntry.objects.get(command="people.change_own_profile")
    assert client.post("/account/", data).status_code == 409
    undone = client.post(f"/undo/{entry.pk}", headers={"referer": "http://testserver/account/?a=1"})
    assert undone.url == "/account/?a=1"
    assert queries.person(me.pk).name == "Før Endring"
    assert client.post(f"/undo/{entry.pk}").status_code == 400
    assert client.post("/undo/999999").status_code == 404


def test_nobody_undoes_what_others_did(client):
    me, other = account(), account()
    commands.change_own_profile(acting(other), other, name="Annet")
    entry = AuditEntry.objects.get(command="people.change_own_profile")
    client.force_login(me)
    assert client.post(f"/undo/{entry.pk}").status_code == 403
    assert queries.person(other.pk).name == "Annet"


@pytest.mark.parametrize("path", ["//evil.example/x", "/\\evil.example/x", "///evil.example/x"])
def test_a_page_that_looks_like_a_host_is_still_a_page(client, path):
    referer = {"referer": f"http://testserver{path}"}
    back = client.post("/account/theme", {"theme": "dark"}, headers=referer).url
    assert back in {"/evil.example/x", "/"}


@pytest.mark.parametrize("referer", ["https://evil.example/x", "", "//evil.example"])
def test_one_is_sent_back_only_within_the_portal(client, referer):
    for address, data in [
        ("/account/language", {"language": "en", "next": "https://evil.example/"}),
        ("/account/theme", {"theme": "dark", "next": "//evil.example"}),
    ]:
        assert client.post(address, data, headers={"referer": referer}).url == "/"


def test_the_chosen_language_wins_over_cookie_and_browser(client):
    me = account()
    client.force_login(me)
    client.post("/account/language", {"language": "en", "next": "/account/"})
    assert Person.objects.get(pk=me.pk).language == "en"
    client.cookies["language"] = "nb"
    shown = client.get("/account/", headers={"accept-language": "nb"}).content.decode()
    assert '<html lang="en"' in shown
    client.post("/account/language", {"language": "klingon"})
    assert Person.objects.get(pk=me.pk).language == "en"


def test_whoever_is_signed_out_keeps_the_language_in_a_cookie(client):
    client.post("/account/language", {"language": "en"})
    shown = client.get("/account/login/", headers={"accept-language": "nb"}).content.decode()
    assert '<html lang="en"' in shown


def test_the_appearance_follows_to_another_device(client):
    me = account()
    client.force_login(me)
    client.post("/account/theme", {"theme": "dark"})
    del client.cookies["tospann_color_scheme"]
    assert 'data-color-scheme="dark"' in client.get("/account/").content.decode()
    client.cookies["tospann_color_scheme"] = "light"
    assert 'data-color-scheme="light"' in client.get("/account/").content.decode()


def test_deputies_and_tokens_by_their_pages(client):
    me, standing_in, other = account(), person(), account()
    client.force_login(me)
    data = {"deputy": standing_in.pk, "starts_on": "01.03.2999", "ends_on": "02.03.2999"}
    client.post("/account/deputies/", data)
    appointed = Deputy.objects.get()
    shown = client.post("/account/tokens/", {"name": "skript", "may_write": "on"})
    token = ApiToken.objects.get()
    assert token.scopes == ["read", "write"]
    assert token.prefix in shown.content.decode()
    assert "tos_" in shown.content.decode()
    client.force_login(other)
    assert client.post(f"/account/deputies/{appointed.pk}/end").status_code == 404
    assert client.post(f"/account/tokens/{token.pk}/revoke").status_code == 404
    client.force_login(me)
    client.post(f"/account/deputies/{appointed.pk}/end")
    client.post(f"/account/tokens/{token.pk}/revoke")
    assert not Deputy.objects.exists()
    assert ApiToken.objects.get().revoked_at


def test_a_view_of_a_list_is_saved_replaced_and_offered(client, admin):
    for query in ("state=active", "state=inactive"):
        client.post("/account/views", {"register": "people", "name": "Sluttet", "query": query})
    assert SavedView.objects.get().query == "state=inactive"
    assert "?state=inactive" in client.get("/admin/").content.decode()
