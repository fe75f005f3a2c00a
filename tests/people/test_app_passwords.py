"""App passwords: made once, seen once, good for one device until revoked; guesses are counted."""

import base64

import pytest
from django.core.cache import cache
from django.test import RequestFactory
from tests.making import organisation, person, within_one_minute
from tests.people.accounts import account, acting, administrator

from tospann.foundation.errors import NotAllowed
from tospann.foundation.ids import new_id
from tospann.foundation.models import AuditDetail
from tospann.people import app_passwords, commands, ratelimit
from tospann.people.actors import NOBODY
from tospann.people.models import AppPassword

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh():
    cache.clear()
    ratelimit._here.clear()
    organisation()


def issued(somebody, **values):
    values = {"id": new_id(), "name": "Reise-PC"} | values
    return commands.create_app_password(acting(somebody), somebody, **values)


def actor_of(email, secret, header=None):
    given = header or "Basic " + base64.b64encode(f"{email}:{secret}".encode()).decode()
    return app_passwords.actor_of(RequestFactory().get("/dav/", headers={"authorization": given}))


def test_it_signs_its_owner_in_however_it_is_typed():
    me = person(email="kari@example.org")
    made = issued(me)
    assert len(made.secret) == 29
    for typed in (made.secret, made.secret.replace("-", ""), made.secret.upper()):
        assert actor_of("Kari@example.org", typed).person_id == me.pk
    assert AppPassword.objects.get().last_used_at is not None


def test_only_its_hash_is_kept_and_nothing_of_it_reaches_the_log():
    made = issued(person())
    kept = AppPassword.objects.get()
    assert made.secret.replace("-", "") not in str(vars(kept))
    logged = "".join(str((d.arguments, d.changes)) for d in AuditDetail.objects.all())
    assert made.secret not in logged
    assert kept.password_hash not in logged


def test_neither_another_address_nor_the_accounts_password_opens():
    me = account(email="kari@example.org")
    me.set_password("correct horse battery")
    made = issued(me)
    assert actor_of("ola@example.org", made.secret) is NOBODY
    assert actor_of(me.email, "correct horse battery") is NOBODY
    for header in ("Basic", "Basic !!!", "Basic /w==", "Bearer x", "Basic a2FyaQ=="):
        assert actor_of("", "", header) is NOBODY


def test_a_device_that_may_only_read_cannot_change_anything():
    me = person()
    reads = actor_of(me.email, issued(me, may_write=False).secret)
    with pytest.raises(NotAllowed):
        commands.change_own_profile(reads, me, name="Ny")
    commands.change_own_profile(actor_of(me.email, issued(me).secret), me, name="Ny")


def test_it_stops_when_revoked_and_when_its_owner_leaves():
    me, admin = person(), administrator()
    first, second = issued(me, name="PC"), issued(me, name="Mac")
    commands.revoke_app_password(acting(me), first.kept)
    assert actor_of(me.email, first.secret) is NOBODY
    assert actor_of(me.email, second.secret).person_id == me.pk
    commands.deactivate_person(acting(admin), me)
    assert actor_of(me.email, second.secret) is NOBODY
    assert not AppPassword.objects.filter(revoked_at__isnull=True).exists()


def test_nobody_makes_one_for_somebody_else_and_none_is_made_over_the_api():
    me, other = administrator(), person()
    with pytest.raises(NotAllowed):
        commands.create_app_password(acting(me), other, id=new_id(), name="x")
    assert not commands.create_app_password.exposed


def test_guesses_are_counted_by_address():
    with within_one_minute():
        for _ in range(app_passwords.FAILURES_A_MINUTE):
            assert actor_of("kari@example.org", "guess") is NOBODY
        with pytest.raises(ratelimit.TooMany):
            actor_of("kari@example.org", "guess")


def test_the_page_shows_it_once_and_revokes_it(client):
    me = account()
    client.force_login(me)
    made = client.post("/account/app-passwords/", {"name": "Reise-PC"}).content.decode()
    assert "/dav/" in made
    kept = AppPassword.objects.get()
    secret = made.split('class="secret">')[1].split("<")[0]
    assert actor_of(me.email, secret).person_id == me.pk
    later = client.get("/account/app-passwords/").content.decode()
    assert "Reise-PC" in later
    assert secret not in later
    client.post(f"/account/app-passwords/{kept.pk}/revoke")
    assert "Reise-PC" not in client.get("/account/app-passwords/").content.decode().split("<h1")[1]
    client.force_login(account())
    assert client.post(f"/account/app-passwords/{kept.pk}/revoke").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_for_one_and_for_three(client, django_assert_num_queries, rows):
    me = account()
    client.force_login(me)
    client.get("/account/")
    for _ in range(rows):
        issued(me)
    with django_assert_num_queries(6):
        client.get("/account/app-passwords/")
