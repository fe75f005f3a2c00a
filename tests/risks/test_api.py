"""Risks, problems and deviations through the API: the same commands, the same refusals."""

import json

import pytest
from django.utils import timezone
from tests import making

from tospann.foundation.authority import Role
from tospann.foundation.ids import new_id
from tospann.risks import commands

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return making.project()


@pytest.fixture
def ask(client, made):
    def as_role(role, method, path, body=None):
        backend = "allauth.account.auth_backends.AuthenticationBackend"
        client.force_login(made.people[role], backend)
        address = f"/api/v1/projects/{made.project.key}{path}"
        return client.generic(
            method, address, json.dumps(body) if body else "", content_type="application/json"
        )

    return as_role


def test_a_risk_from_raised_to_closed(ask):
    new = {"id": str(new_id()), "title": "Regn", "probability": 4, "impact": 4}
    raised = ask(Role.MEMBER, "POST", "/commands/risks.raise_risk", {"arguments": new})
    assert raised.status_code == 200
    ref = raised.json()["result"]
    shown = ask(Role.OWNER, "GET", "/risks/1").json()
    assert (shown["level"], shown["residual_level"], shown["state"]) == ("red", None, "open")
    close = {"subject": ref, "arguments": {"reason": "Sol"}}
    assert ask(Role.MEMBER, "POST", "/commands/risks.close_risk", close).status_code == 403
    assert ask(Role.COORDINATOR, "POST", "/commands/risks.close_risk", close).status_code == 200
    assert ask(Role.OWNER, "GET", "/risks?state=open").json()["count"] == 0
    assert ask(Role.OWNER, "GET", "/risks?kind=threat").json()["items"][0]["reason"] == "Sol"


@pytest.mark.parametrize("path", ["/risks", "/problems", "/deviations"])
def test_lists_are_paged_and_narrowed(ask, made, path):
    raise_ = {
        "/risks": commands.raise_risk,
        "/problems": commands.raise_problem,
        "/deviations": commands.raise_deviation,
    }[path]
    person = made.people[Role.MEMBER].pk
    for title, owner in (("a", person), ("b", None), ("c", None)):
        raise_(made.coordinator, made.project, id=new_id(), title=title, owner=owner)
    assert ask(Role.MEMBER, "GET", path).json()["count"] == 3
    page = ask(Role.MEMBER, "GET", f"{path}?limit=1&offset=1").json()
    assert [one["title"] for one in page["items"]] == ["b"]
    assert ask(Role.MEMBER, "GET", f"{path}?owner={person}").json()["count"] == 1
    assert ask(Role.MEMBER, "GET", f"{path}/2").json()["title"] == "b"
    assert ask(Role.MEMBER, "GET", f"{path}/99").status_code == 404
    assert ask(Role.GUEST, "GET", path).status_code == 404


def test_the_matrices_are_read_with_their_words(ask):
    threat, opportunity = ask(Role.MEMBER, "GET", "/risks/matrix").json()
    assert (threat["kind"], opportunity["kind"]) == ("threat", "opportunity")
    assert threat["cells"][1][1] == "green", "2 × 2 is green …"
    assert threat["cells"][0][3] == "yellow", "… but 1 × 4 is yellow"
    assert [level["rank"] for level in threat["levels"]] == [1, 2, 3, 4]


def test_what_moved_is_read_since_a_day(ask, made):
    commands.raise_problem(made.coordinator, made.project, id=new_id(), title="Lekkasje")
    today = timezone.localdate().isoformat()
    (moved,) = ask(Role.OWNER, "GET", f"/risks/moved?since={today}").json()
    assert (moved["kind"], moved["direction"], moved["title"]) == ("problem", "new", "Lekkasje")
    assert ask(Role.OWNER, "GET", "/risks/moved?since=soon").status_code == 422
