"""Reports through the REST API: read, written, signed and fetched."""

import json

import pytest
from tests.home import seeing
from tests.reports import reporting

from tospann.foundation.authority import Role
from tospann.reports import queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return reporting.project()


@pytest.fixture
def call(client, made):
    root = f"/api/v1/projects/{made.project.key}/reports"

    def as_role(role, method="get", what="", body=None):
        seeing.sign_in(client, made.people[role])
        sent = {"data": json.dumps(body or {}), "content_type": "application/json"}
        return getattr(client, method)(f"{root}{what}", **({} if method == "get" else sent))

    return as_role


def test_the_list_and_one_report(call, made):
    signed = reporting.signed(made)
    reporting.draft(made)
    found = call(Role.MEMBER).json()
    assert [(row["number"], row["state"]) for row in found["items"]] == [
        (2, "draft"),
        (1, "signed"),
    ]
    assert found["items"][1]["pdf_sha256"] == signed.pdf_sha256
    one = call(Role.MEMBER, what="/1").json()
    assert one["light"] == one["overall"]["light"] == signed.state
    assert [row["key"] for row in one["sections"]] == ["needed", "done", "next", "problems"]
    assert one["content_hash"] == signed.content_hash
    assert call(Role.MEMBER, what="/1/pdf").content == queries.pdf_of(signed)
    assert call(Role.MEMBER, what="/1/slides").content.startswith(b"PK")
    assert call(Role.MEMBER, what="/2/pdf").status_code == 404


def test_a_draft_is_written_field_by_field(call, made):
    reporting.draft(made)
    first = call(Role.COORDINATOR, "put", "/1/draft", {"texts": {"done": "Hennes"}})
    assert first.status_code == 200
    clash = {"texts": {"done": "Hans", "next": "Mer"}, "bases": {"done": "Noe eldre"}}
    answer = call(Role.MANAGER, "put", "/1/draft", clash)
    assert answer.status_code == 409
    assert answer.json()["clashes"] == {"done": "Hennes"}
    texts = {row["key"]: row["text"] for row in call(Role.MEMBER, what="/1").json()["sections"]}
    assert (texts["done"], texts["next"]) == ("Hennes", "Mer")
    assert call(Role.MEMBER, "put", "/1/draft", {"texts": {"done": "x"}}).status_code == 403


def test_the_manager_signs_and_nobody_else(call, made):
    reporting.submitted(made)
    for role in (Role.COORDINATOR, Role.OWNER, Role.MEMBER):
        assert call(role, "post", "/1/sign").status_code == 403
    answer = call(Role.MANAGER, "post", "/1/sign")
    assert answer.json()["pdf_sha256"] == queries.signed(made.project, 1).pdf_sha256
    assert call(Role.MANAGER, "post", "/1/sign").status_code == 422


def test_a_signed_report_is_mailed_and_its_recipients_are_remembered(call, made):
    reporting.signed(made)
    body = {"recipients": [{"kind": "role", "value": "owner"}], "message": "God lesning"}
    assert call(Role.MEMBER, "post", "/1/send", body).status_code == 403
    answer = call(Role.COORDINATOR, "post", "/1/send", body)
    assert [one["email"] for one in answer.json()["receivers"]] == [made.people[Role.OWNER].email]
    assert queries.reporting(made.project).recipients == body["recipients"]
    assert call(Role.MEMBER).json()["items"][0]["is_sent"] is True
    nobody = {"recipients": [{"kind": "contact", "value": "nobody"}]}
    assert call(Role.COORDINATOR, "post", "/1/send", nobody).status_code == 422


def test_guests_find_nothing(call, made):
    reporting.signed(made)
    for what in ("", "/1", "/1/pdf", "/1/slides"):
        assert call(Role.GUEST, what=what).status_code == 404
