"""Who sees a conflict, and how much of projects that are not hers."""

import pytest

from tospann.conflicts.models import Conflict, ConflictState
from tospann.foundation.authority import Role
from tospann.people.models import Person

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def as_(client, found):
    def sign_in(person):
        client.force_login(person, BACKEND)
        return client

    return sign_in


def leader(found):
    return Person.objects.get(pk=found.leader.person_id)


def test_the_portfolio_leader_reads_and_decides(as_, found):
    client = as_(leader(found))
    assert "Sara Solheim" in client.get("/portfolio").content.decode()
    assert "Sara Solheim" in client.get("/portfolio/conflicts").content.decode()
    shown = client.get(f"/portfolio/conflicts/{found.conflict.number}").content.decode()
    for made in (found.one, found.other):
        assert made.project.name in shown
    assert "10 057" in shown.replace("\xa0", " ").replace("\u202f", " ")
    address = f"/portfolio/conflicts/{found.conflict.number}/decide"
    assert client.post(address, {"way": "0"}).status_code == 422
    assert client.post(address, {"way": "A", "seen": "gammelt"}).status_code == 409
    assert found.conflict.state == ConflictState.OPEN
    assert client.post(address, {"way": "A"}).status_code == 302
    assert found.conflict.state == ConflictState.DECIDED
    shown = client.get(f"/portfolio/conflicts/{found.conflict.number}").content.decode()
    assert found.conflict.chosen in shown
    again = client.post(address, {"way": "A"})
    assert again.status_code == 409


def test_a_manager_sees_her_own_project_and_not_the_other(as_, found):
    client = as_(found.one.people[Role.MANAGER])
    shown = client.get(f"/portfolio/conflicts/{found.conflict.number}").content.decode()
    assert found.one.project.name in shown
    assert found.other.project.name not in shown
    assert found.other.project.key not in shown
    assert 'name="way"' not in shown
    address = f"/portfolio/conflicts/{found.conflict.number}/decide"
    assert client.post(address, {"way": "A"}).status_code == 403
    told = client.get(f"/api/v1/conflicts/{found.conflict.number}")
    assert found.other.project.name not in told.content.decode()
    assert told.json()["ways"][0]["cost"] is None
    assert found.conflict.state == ConflictState.OPEN


def test_nobody_else_finds_it(as_, found):
    for person in (
        found.one.people[Role.MEMBER], found.one.people[Role.GUEST], found.shared,
    ):  # fmt: skip
        client = as_(person)
        assert client.get(f"/portfolio/conflicts/{found.conflict.number}").status_code == 404
        assert client.get("/api/v1/conflicts").json() == []


def test_the_list_takes_as_many_queries_for_three_as_for_one(as_, found, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from tests import making

    from tospann.conflicts.models import Involved

    client = as_(leader(found))
    client.get("/portfolio/conflicts")
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get("/portfolio/conflicts")
    first = found.conflict
    for number in (101, 102):
        more = Conflict(
            number=number, person=making.person(), starts_on=first.starts_on, ends_on=first.ends_on
        )
        making.inside(more.save)
        Involved.objects.create(conflict=more, project=found.one.project)
    with django_assert_num_queries(len(one)):
        client.get("/portfolio/conflicts")
    assert len(one) <= 12


def test_the_api_decides_what_was_read(as_, found):
    client = as_(leader(found))
    told = client.get(f"/api/v1/conflicts/{found.conflict.number}").json()
    assert told["may_decide"]
    assert [one["project"] for one in told["ways"][0]["effects"]] == ["SKOLE", "FAG"]
    said = {"way": "A", "seen": told["seen"]}
    answer = client.post(
        f"/api/v1/conflicts/{found.conflict.number}/decision",
        said,
        content_type="application/json",
    )
    assert answer.status_code == 200, answer.content
    assert answer.json()["state"] == "decided"
