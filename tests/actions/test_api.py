"""Actions and inbox through the API: the same commands, the same refusals."""

import json

import pytest
from tests import making

from tospann.actions import commands
from tospann.actions.models import Action
from tospann.foundation import reactions
from tospann.foundation.authority import Role
from tospann.foundation.ids import new_id

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return making.project()


@pytest.fixture
def ask(client, made):
    def as_role(role, method, path, body=None):
        backend = "allauth.account.auth_backends.AuthenticationBackend"
        client.force_login(made.people[role], backend)
        address = "/api/v1" + path.format(key=made.project.key)
        return client.generic(
            method, address, json.dumps(body) if body else "", content_type="application/json"
        )

    return as_role


def command(ask, role, name, subject=None, version=None, **arguments):
    body = {"subject": subject, "version": version, "arguments": arguments}
    if subject is None:
        body.pop("subject")
    return ask(role, "POST", f"/projects/{{key}}/commands/actions.{name}", body)


def test_an_action_from_added_to_done(ask, made):
    member = str(made.people[Role.MEMBER].pk)
    new = {"id": str(new_id()), "title": "Ring", "owner": member, "due_on": "2027-05-03"}
    assert command(ask, Role.COORDINATOR, "add_action", **new).status_code == 200
    ref = f"actions.action:{new['id']}"
    assert command(ask, Role.MEMBER, "complete_action", ref).json()["outcome"] == "done"
    shown = ask(Role.OWNER, "GET", "/projects/{key}/actions/1").json()
    assert (shown["state"], shown["owner_id"]) == ("done", member)
    command(ask, Role.MEMBER, "reopen_action", ref)
    listed = ask(Role.OWNER, "GET", f"/projects/{{key}}/actions?state=open&owner={member}").json()
    assert (listed["count"], listed["items"][0]["number"]) == (1, 1)
    mine = ask(Role.MEMBER, "GET", "/actions/mine").json()
    assert [row["number"] for group in mine.values() for row in group] == [1]


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"title": "x" * 201},
        {"owner": "x"},
        {"owner": str(new_id())},
        {"due_on": "soon"},
        {"title": "x\x00"},
        {"origin_kind": "thin air"},
    ],
)
def test_bad_input_is_refused_and_adds_nothing(ask, wrong):
    values = {"id": str(new_id()), "title": "x"} | wrong
    answer = command(ask, Role.COORDINATOR, "add_action", **values)
    assert answer.status_code == 422
    assert not Action.objects.exists()


def test_a_stale_change_is_a_conflict(ask, made):
    action = commands.add_action(made.manager, made.project, id=new_id(), title="Ring")
    ref, version = f"actions.action:{action.pk}", action.version
    assert command(ask, Role.MANAGER, "change_action", ref, version, title="A").status_code == 200
    assert command(ask, Role.MANAGER, "change_action", ref, version, title="B").status_code == 409
    assert Action.objects.get().title == "A"


def test_an_action_of_another_project_is_not_found(ask, made):
    other = making.project()
    theirs = commands.add_action(other.manager, other.project, id=new_id(), title="Deres")
    ref = f"actions.action:{theirs.pk}"
    assert command(ask, Role.MANAGER, "complete_action", ref).status_code == 404
    assert ask(Role.MANAGER, "GET", "/projects/{key}/actions/1").status_code == 404


@pytest.mark.parametrize("query", ["state=odd", "owner=x", "limit=0", "offset=-1"])
def test_a_filter_that_makes_no_sense_is_refused(ask, query):
    assert ask(Role.MANAGER, "GET", f"/projects/{{key}}/actions?{query}").status_code == 422


def test_guests_find_no_project(ask, made):
    commands.add_action(made.manager, made.project, id=new_id(), title="Ring")
    for path in ("/projects/{key}/actions", "/projects/{key}/actions/1"):
        assert ask(Role.GUEST, "GET", path).status_code == 404


def test_the_inbox_is_ones_own(ask, made):
    owner = made.people[Role.MEMBER].pk
    commands.add_action(made.manager, made.project, id=new_id(), title="Ring", owner=owner)
    reactions.carry_out_owed()
    found = ask(Role.MEMBER, "GET", "/inbox?unread=true").json()
    assert (found["count"], found["unread"]) == (1, 1)
    notice = found["items"][0]
    assert notice["project"] == made.project.key
    assert ask(Role.OWNER, "POST", f"/inbox/{notice['id']}/read").status_code == 404
    assert ask(Role.MEMBER, "POST", f"/inbox/{notice['id']}/read").json()["read_at"]
    assert ask(Role.MEMBER, "POST", "/inbox/all-read").json() == {"marked": 0}
    assert ask(Role.OWNER, "GET", "/inbox").json()["count"] == 0


def test_lists_are_narrowed_and_one_action_tells_what_was_said(ask, made):
    member = made.people[Role.MEMBER].pk
    stuck = commands.add_action(
        made.coordinator, made.project, id=new_id(), title="Ring", owner=member
    )
    commands.add_action(made.coordinator, made.project, id=new_id(), title="Skriv")
    commands.comment_on(made.member, stuck, id=new_id(), text="Snart")
    commands.add_link(made.member, stuck, id=new_id(), title="T", address="https://example.org/")
    commands.remind(made.coordinator, stuck)
    stuck.refresh_from_db()
    stuck = commands.report_stuck(made.member, stuck, text="Venter")
    commands.move_action(made.member, stuck, to="under_way")
    for query in ("flagged=true", "stage=under_way", f"given_by={made.coordinator.person_id}"):
        found = ask(Role.OWNER, "GET", f"/projects/{{key}}/actions?{query}").json()
        assert [one["title"] for one in found["items"]][:1] == ["Ring"], query
    assert ask(Role.OWNER, "GET", "/projects/{key}/actions?overdue=true").json()["count"] == 0
    whole = ask(Role.OWNER, "GET", "/projects/{key}/actions/1").json()
    assert (whole["stage"], whole["stuck_text"]) == ("under_way", "Venter")
    assert [one["text"] for one in whole["comments"]] == ["Snart"]
    assert [one["address"] for one in whole["links"]] == ["https://example.org/"]
    assert [one["person_id"] for one in whole["reminders"]] == [str(member)]


def test_everything_owed_is_in_the_api(ask, made):
    member = made.people[Role.MEMBER].pk
    commands.add_action(made.coordinator, made.project, id=new_id(), title="Ring", owner=member)
    found = ask(Role.MEMBER, "GET", f"/projects/{{key}}/owed?owner={member}&kind=action").json()
    assert found["count"] == 1
    assert found["items"][0]["link"] == f"/p/{made.project.key}/actions/1"
    assert ask(Role.MEMBER, "GET", "/projects/{key}/owed?overdue=true").json()["count"] == 0
    assert ask(Role.GUEST, "GET", "/projects/{key}/owed").status_code == 404
    assert ask(Role.MEMBER, "GET", "/projects/{key}/owed?limit=0").status_code == 422
