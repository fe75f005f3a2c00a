"""Meetings through the API: lists, one with its items, publishing, and the same refusals."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone
from tests import making
from tests.meetings import meet

from tospann.foundation.authority import Role
from tospann.foundation.ids import new_id
from tospann.meetings import commands
from tospann.meetings.models import Meeting, MeetingState

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
        sent = json.dumps(body) if body else ""
        return client.generic(method, address, sent, content_type="application/json")

    return as_role


def test_a_meeting_from_planned_to_published(ask, made):
    starts = timezone.now() + timedelta(hours=1)
    item = {"id": str(new_id()), "title": "Økonomi", "minutes": 10}
    called = {"id": str(new_id()), "person": str(made.people[Role.MEMBER].pk)}
    new = {
        "id": str(new_id()),
        "title": "Oppstart",
        "starts_at": starts.isoformat(),
        "duration_minutes": 60,
        "agenda": [item],
        "attendees": [called],
    }
    plan = "/projects/{key}/commands/meetings.plan_meeting"
    assert ask(Role.COORDINATOR, "POST", plan, {"arguments": new}).status_code == 200
    ref = {"subject": f"meetings.meeting:{new['id']}"}
    start = "/projects/{key}/commands/meetings.start_meeting"
    assert ask(Role.MEMBER, "POST", start, ref).status_code == 403
    assert ask(Role.COORDINATOR, "POST", start, ref).status_code == 200
    number = Meeting.objects.get().number
    whole = ask(Role.MEMBER, "GET", f"/projects/{{key}}/meetings/{number}").json()
    assert [one["title"] for one in whole["items"]] == ["Økonomi"]
    assert whole["items"][0]["label"].startswith("1/")
    assert whole["attendances"][0]["person_id"] == called["person"]
    out = f"/projects/{{key}}/meetings/{number}/minutes"
    assert ask(Role.MEMBER, "GET", out).status_code == 404
    due = {"remarks_due_on": (timezone.localdate() + timedelta(days=5)).isoformat()}
    assert ask(Role.MEMBER, "POST", out, due).status_code == 403
    published = ask(Role.COORDINATOR, "POST", out, due).json()
    assert published["content"]["items"][0]["title"] == "Økonomi"
    assert ask(Role.MEMBER, "GET", out).json()["sha256"] == published["sha256"]
    assert ask(Role.COORDINATOR, "POST", out, due).status_code == 422


def test_the_list_is_narrowed_by_state(ask, made):
    for _one in range(3):
        meet.planned(made)
    commands.cancel_meeting(made.manager, meet.planned(made), message="Sykdom")
    listed = ask(Role.MEMBER, "GET", "/projects/{key}/meetings?state=cancelled").json()
    assert listed["count"] == 1
    assert listed["items"][0]["state"] == MeetingState.CANCELLED
    assert ask(Role.MEMBER, "GET", "/projects/{key}/meetings?limit=2").json()["count"] == 4


def test_guests_find_nothing_and_others_their_own(ask, made):
    meeting = meet.planned(made, days=2)
    assert ask(Role.GUEST, "GET", "/projects/{key}/meetings").status_code == 404
    own = ask(Role.MEMBER, "GET", "/meetings/mine").json()
    assert [one["number"] for one in own["week"]] == [meeting.number]
    assert ask(Role.OWNER, "GET", "/meetings/mine").json()["week"] == []


def test_publishing_is_not_a_command_that_skips_the_typesetting(ask, made):
    address = "/projects/{key}/commands/meetings.publish_minutes"
    refused = ask(Role.MANAGER, "POST", address, {"arguments": {}})
    assert refused.status_code == 404
