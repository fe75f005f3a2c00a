"""What an open page may ask: has anything been changed here since?"""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone
from tests import making

from tospann.actions import commands as actions
from tospann.foundation.authority import Role
from tospann.foundation.ids import new_id
from tospann.foundation.records import reference
from tospann.people.sessions import UNATTENDED
from tospann.projects import changes, commands

pytestmark = pytest.mark.django_db
NOTHING_NEW, SOMETHING_NEW = 5, 6


@pytest.fixture
def made():
    return making.project()


@pytest.fixture
def ask(client, made):
    def as_role(role, **query):
        backend = "allauth.account.auth_backends.AuthenticationBackend"
        client.force_login(made.people[role], backend)
        return client.get(reverse("changes", args=[made.project.key]) + "?" + urlencode(query))

    return as_role


def test_what_was_changed_is_told_by_capability_and_reference(ask, made):
    head = ask(Role.MEMBER).json()["head"]
    assert ask(Role.MEMBER, since=head).json() == {"head": head, "changed": {}, "cut": False}
    action = actions.add_action(made.coordinator, made.project, id=new_id(), title="Ring")
    goal = commands.add_goal(
        made.manager, made.project, id=new_id(), level="output_goal", description="Et mål"
    )
    told = ask(Role.MEMBER, since=head).json()
    assert told["head"] == head + 2
    assert told["changed"] == {"actions": [reference(action)], "projects": [reference(goal)]}
    assert ask(Role.MEMBER, since=head + 1).json()["changed"] == {"projects": [reference(goal)]}


def test_a_page_that_knows_only_when_it_was_made_misses_nothing(ask, made):
    made_at = timezone.now()
    actions.add_action(made.coordinator, made.project, id=new_id(), title="Ring")
    told = ask(Role.MEMBER, at=made_at.isoformat()).json()
    assert "actions" in told["changed"]
    later = made_at + timedelta(minutes=1)
    assert ask(Role.MEMBER, at=later.isoformat()).json()["changed"] == {}


def test_nonsense_is_answered_with_the_head_alone(ask, made):
    head = changes.head(made.project.pk)
    for query in ({"since": "x"}, {"since": "9" * 40}, {"at": "yesterday"}, {"at": "2026-99-99"}):
        assert ask(Role.MEMBER, **query).json() == {"head": head, "changed": {}, "cut": False}


def test_who_does_not_see_the_project_is_told_nothing(ask, client, made):
    assert ask(Role.GUEST, since=0).status_code == 404
    other = making.project()
    client.force_login(
        other.people[Role.MANAGER], "allauth.account.auth_backends.AuthenticationBackend"
    )
    address = reverse("changes", args=[made.project.key])
    assert client.get(address).status_code == 404
    client.logout()
    assert client.get(address).status_code == 302
    assert client.get(address, headers={"HX-Request": "true"}).status_code == 401


@pytest.mark.parametrize("rows", [1, 3])
def test_asking_costs_the_same_whatever_was_changed(
    ask, client, made, rows, django_assert_num_queries
):
    head = ask(Role.MEMBER).json()["head"]
    address = reverse("changes", args=[made.project.key]) + f"?since={head}"
    with django_assert_num_queries(NOTHING_NEW):
        assert client.get(address)["Cache-Control"].startswith("max-age=0")
    for number in range(rows):
        actions.add_action(made.coordinator, made.project, id=new_id(), title=f"Ring {number}")
    with django_assert_num_queries(SOMETHING_NEW):
        assert len(client.get(address).json()["changed"]["actions"]) == rows


def test_more_than_is_told_is_said_to_be_more(made, monkeypatch):
    monkeypatch.setattr(changes, "MOST_ENTRIES", 2)
    head = changes.head(made.project.pk)
    for number in range(3):
        actions.add_action(made.coordinator, made.project, id=new_id(), title=f"Ring {number}")
    assert changes.since(made.manager, made.project.pk, head).is_cut
    assert not changes.since(made.manager, made.project.pk, head + 1).is_cut


def test_asking_does_not_keep_anybody_signed_in(ask, client, made):
    ask(Role.MEMBER)
    session = client.session
    session["signed_in_at"] = session["seen_at"] = 10
    long_ago = int(timezone.now().timestamp()) - 4000
    session["signed_in_at"] = session["seen_at"] = long_ago
    session.save()
    address = reverse("changes", args=[made.project.key])
    client.get(address, headers={UNATTENDED: "1"})
    assert client.session["seen_at"] == long_ago
    client.get(address)
    assert client.session["seen_at"] > long_ago
