"""Contacts, notes and promises for programs."""

import json

import pytest
from tests import making

from tospann.foundation.authority import Role
from tospann.foundation.ids import new_id
from tospann.stakeholders.models import Note

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return making.project()


@pytest.fixture
def ask(client, made):
    def as_role(role, method, path, body=None):
        backend = "allauth.account.auth_backends.AuthenticationBackend"
        client.force_login(made.people[role], backend)
        return client.generic(
            method,
            f"/api/v1/projects/{made.project.key}{path}",
            json.dumps(body) if body else "",
            content_type="application/json",
        )

    return as_role


def command(ask, role, name, subject=None, **arguments):
    body = {"arguments": arguments} | ({"subject": subject} if subject else {})
    return ask(role, "POST", f"/commands/stakeholders.{name}", body)


def test_a_call_is_noted_read_and_its_promise_kept(ask):
    said = {"text": "Sende tegninger", "due_on": "2027-05-03"}
    new = {"id": str(new_id()), "who": "Ola Berg", "text": "Ringte", "promises": [said]}
    assert command(ask, Role.MEMBER, "note_call", **new).status_code == 200
    note = ask(Role.OWNER, "GET", "/notes/1").json()
    assert (note["contact"], note["text"]) == ("Ola Berg", "Ringte")
    contact = ask(Role.OWNER, "GET", f"/contacts/{note['contact_id']}").json()
    assert contact["name"] == "Ola Berg"
    listed = ask(Role.OWNER, "GET", f"/notes?contact={contact['id']}").json()
    assert (listed["count"], len(listed["items"])) == (1, 1)
    promise = ask(Role.OWNER, "GET", "/promises?state=open").json()["items"][0]
    assert (promise["text"], promise["to"], promise["due_on"]) == (
        "Sende tegninger", "Ola Berg", "2027-05-03",
    )  # fmt: skip
    assert (promise["plan_breaks_it"], promise["planned_finish"]) == (False, None)
    assert promise["born_link"] == f"/p/{ask_key(promise)}/notes/1"
    reference = f"stakeholders.promise:{promise['id']}"
    assert command(ask, Role.MEMBER, "keep_promise", reference).status_code == 200
    assert ask(Role.OWNER, "GET", "/promises/2").json()["state"] == "kept"
    assert ask(Role.OWNER, "GET", "/contacts").json()["count"] == 1


def ask_key(promise):
    return promise["born_link"].split("/")[2]


def test_the_same_call_twice_is_a_conflict_and_saved_once(ask):
    new = {"id": str(new_id()), "who": "Ola Berg", "text": "Ringte"}
    assert command(ask, Role.MEMBER, "note_call", **new).status_code == 200
    again = command(ask, Role.MEMBER, "note_call", **new)
    assert again.status_code == 409
    assert Note.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"text": ""}, "text"),
        ({"who": ""}, "who"),
        ({"who": "x" * 201}, "who"),
        ({"called_at": "i går"}, "called_at"),
        ({"promises": [{"text": ""}]}, "promises.0.text"),
    ],
)
def test_what_is_wrong_is_named(ask, wrong, field):
    new = {"id": str(new_id()), "who": "Ola Berg", "text": "Ringte"} | wrong
    answer = command(ask, Role.MEMBER, "note_call", **new)
    assert (answer.status_code, answer.json()["field"]) == (422, field)


def test_guests_find_nothing(ask):
    for path in ("/contacts", "/notes", "/promises", "/notes/1", f"/contacts/{new_id()}"):
        assert ask(Role.GUEST, "GET", path).status_code == 404
    for path in ("/notes/1", "/promises/1", f"/contacts/{new_id()}"):
        assert ask(Role.MEMBER, "GET", path).status_code == 404
