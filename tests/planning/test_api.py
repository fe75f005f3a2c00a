"""The plan as programs read and change it."""

import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests import making
from tests.api.conftest import Caller, token_of
from tests.planning.test_imports import HOSTILE, task, xml

from tospann.foundation.authority import Role
from tospann.planning import commands, queries
from tospann.planning.models import Activity, Revision
from tospann.planning.skeleton import PlannedRow, outline_edits

pytestmark = pytest.mark.django_db

ROWS = [
    PlannedRow("Forberede", 1),
    PlannedRow("Kartlegge behov", 2, date(2027, 1, 11), date(2027, 1, 22)),
    PlannedRow("Krav godkjent", 2, finish=date(2027, 2, 12), milestone=True, after=(2,)),
    PlannedRow("Anskaffe", 1, date(2027, 2, 15), date(2027, 4, 30)),
]


@pytest.fixture
def made():
    return making.project()


@pytest.fixture
def plan(made):
    return commands.start_plan(made.coordinator, made.project, edits=outline_edits(ROWS))


@pytest.fixture
def call(made):
    return lambda role: Caller(token_of(made.people[role]))


def test_the_plan_is_read_in_parts(made, plan, call):
    address = f"/projects/{made.project.key}/plan"
    first = call(Role.MEMBER).get(address, limit=3).json()
    assert (first["revision"], first["task_count"], first["milestone_count"]) == (1, 2, 1)
    assert [row["number"] for row in first["activities"]["items"]] == ["1", "1.1", "1.2"]
    assert first["activities"]["count"] == 4
    rest = call(Role.MEMBER).get(first["activities"]["next"].removeprefix("/api/v1")).json()
    assert [row["name"] for row in rest["activities"]["items"]] == ["Anskaffe"]
    assert rest["activities"]["next"] is None


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"q": "BEHOV"}, [2]),
        ({"kind": "milestone"}, [3]),
        ({"under": 1}, [1, 2, 3]),
        ({"state": "done"}, []),
        ({"state": "open", "kind": "task"}, [2, 4]),
    ],
)
def test_the_plan_is_narrowed(made, plan, call, asked, expected):
    found = call(Role.MANAGER).get(f"/projects/{made.project.key}/plan", **asked).json()
    assert [row["uid"] for row in found["activities"]["items"]] == expected


def test_one_activity_the_milestones_and_the_revisions(made, plan, call):
    reader, root = call(Role.OWNER), f"/projects/{made.project.key}"
    one = reader.get(f"{root}/plan/activities/2").json()
    assert (one["start"], one["content"]["duration"]) == ("2027-01-11", 270_000)
    assert reader.get(f"{root}/plan/activities/99").status_code == 404
    assert [row["name"] for row in reader.get(f"{root}/milestones").json()] == ["Krav godkjent"]
    (revision,) = reader.get(f"{root}/plan/revisions").json()["items"]
    assert (revision["number"], revision["sentences"]) == (
        1,
        ["Started the plan “Nytt fagsystem”."],
    )
    assert call(Role.GUEST).get(f"{root}/plan").status_code == 404


def test_edits_are_applied_as_one_revision(made, plan, call):
    root = f"/projects/{made.project.key}"
    uid = call(Role.COORDINATOR).post(f"{root}/plan/numbers", {"count": 2}).json()["first"]
    edits = [
        {"kind": "activity.add", "activity": {"uid": uid, "name": "Ny", "duration": 27000}},
        {"kind": "link.add", "link": {"predecessor": 4, "successor": uid}},
    ]
    said = {"base_revision": 1, "edits": edits}
    answer = call(Role.COORDINATOR).post(f"{root}/plan/edits", said)
    assert (answer.status_code, answer.json()["outcome"], answer.json()["revision"]) == (
        200,
        "done",
        2,
    )
    stale = call(Role.COORDINATOR).post(f"{root}/plan/edits", said)
    assert stale.status_code == 409
    assert stale.json()["changed"][0]["revision"] == 2
    assert Revision.objects.filter(plan=plan).count() == 2


def test_a_member_s_edits_become_a_case(made, plan, call):
    said = {"base_revision": 1, "edits": [{"kind": "activity.rename", "uid": 2, "name": "x"}]}
    answer = call(Role.MEMBER).post(f"/projects/{made.project.key}/plan/edits", said)
    assert (answer.status_code, answer.json()["outcome"]) == (202, "proposed")
    assert answer.json()["case"].startswith("cases.case:")
    assert queries.plan_of(made.project).activities[1].name == "Kartlegge behov"


WRONG = [
    {"kind": "activity.rename", "uid": 2},
    {"kind": "activity.rename", "uid": 2, "name": "x", "more": 1},
    {"kind": "activity.rename", "uid": 2.5, "name": "x"},
    {"kind": ["x"], "uid": 2},
    {"kind": "activity.rename", "uid": 10**30, "name": "x"},
    {"kind": "activity.rename", "uid": 2, "name": "a\u0000b"},
    {"kind": "activity.rename", "uid": 2, "name": "x", "version": 7},
    {},
]


@pytest.mark.parametrize("wrong", WRONG, ids=range(len(WRONG)))
def test_a_wrong_edit_is_a_problem_with_its_place(made, plan, call, wrong):
    said = {"base_revision": 1, "edits": [wrong]}
    answer = call(Role.COORDINATOR).post(f"/projects/{made.project.key}/plan/edits", said)
    assert answer.status_code == 422, answer.content
    assert answer.json()["detail"]
    assert Revision.objects.filter(plan=plan).count() == 1


def bring_in(caller, made, content):
    file = SimpleUploadedFile("plan.xml", content or b" ", "text/xml")
    address = f"/api/v1/projects/{made.project.key}/plan/import"
    return Client().post(address, {"file": file}, headers=caller.headers)


def test_a_plan_is_imported(made, plan, call):
    answer = bring_in(call(Role.COORDINATOR), made, xml(task(1) + task(2)))
    assert (answer.status_code, answer.json()["revision"]) == (200, 2)
    assert answer.json()["report"]["kept"] == ["Activities: 2."]
    assert Activity.objects.filter(project=made.project).count() == 2


@pytest.mark.parametrize(("content", "_place"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_a_problem(made, plan, call, content, _place):
    answer = bring_in(call(Role.COORDINATOR), made, content)
    assert answer.status_code == 422
    assert json.loads(answer.content)["detail"]
    assert Revision.objects.filter(plan=plan).count() == 1
