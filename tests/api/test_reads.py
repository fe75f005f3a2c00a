"""Reading through the API: pages of lists, filters, and nothing one may not see."""

import pytest
from tests import making
from tests.api.conftest import Caller, token_of

from tospann.foundation.authority import Role


def test_a_list_comes_in_pages_that_lead_to_each_other(made, caller):
    member = made.people[Role.MEMBER]
    for number in range(4):
        other = making.project(f"Project {number}")
        making.commands.appoint(making.SYSTEM, other.project, person=member.pk, role=Role.MEMBER)
    found, address = [], "/projects?limit=2&count=true"
    program = Caller(token_of(member))
    while address:
        answer = program.get(address.removeprefix("/api/v1")).json()
        assert answer["count"] == 5
        found += [item["name"] for item in answer["items"]]
        address = answer["next"]
    assert found == sorted(found)
    assert len(found) == 5


def test_a_page_is_never_larger_than_allowed(caller):
    assert caller(Role.MEMBER).get("/projects", limit=201).status_code == 422
    assert caller(Role.MEMBER).get("/projects", offset=-1).status_code == 422


def test_projects_are_filtered(made, caller):
    member = caller(Role.MEMBER)
    assert len(member.get("/projects", q=made.project.name[:5]).json()["items"]) == 1
    assert member.get("/projects", q="no such").json()["items"] == []
    assert member.get("/projects", state="closed").json()["items"] == []
    assert member.get("/projects", state="open").status_code == 422
    assert member.get("/projects", q="\x00").status_code == 200


@pytest.mark.parametrize("part", ["phases", "gates", "goals", "members", "tolerances", "audit"])
def test_everything_of_a_project_can_be_read_by_its_members_alone(made, caller, part):
    path = f"/projects/{made.project.key}/{part}"
    assert caller(Role.MEMBER).get(path).status_code == 200
    assert caller(Role.GUEST).get(path).status_code == 404
    assert Caller(token_of(making.person())).get(path).status_code == 404
    assert Caller().get(path).status_code == 401


def test_a_gate_shows_its_checklist_and_references_commands_can_use(made, caller):
    coordinator = caller(Role.COORDINATOR)
    gate = coordinator.get(f"/projects/{made.project.key}/gates").json()["items"][0]
    assert [criterion["state"] for criterion in gate["criteria"]] == ["open", "open"]
    criterion = gate["criteria"][0]
    done = coordinator.command(
        made.project.key,
        "projects.settle_criterion",
        criterion["reference"],
        criterion["version"],
        state="done",
    )
    assert done.status_code == 200
    again = coordinator.get(f"/projects/{made.project.key}/gates").json()["items"][0]
    assert again["criteria"][0]["state"] == "done"


def test_the_audit_log_can_be_followed(made, caller):
    member = caller(Role.MEMBER)
    path = f"/projects/{made.project.key}/audit"
    first = member.get(path, limit=3).json()["items"]
    rest = member.get(path, after=first[-1]["number"], limit=200).json()["items"]
    assert [entry["number"] for entry in first] == [1, 2, 3]
    assert rest[0]["number"] == 4
    only = member.get(path, command="projects.appoint", limit=200).json()["items"]
    assert {entry["command"] for entry in only} == {"projects.appoint"}


def test_reading_takes_the_same_queries_for_one_row_and_for_three(
    made, caller, django_assert_num_queries
):
    from tospann.projects import commands

    member = caller(Role.MEMBER)
    path = f"/projects/{made.project.key}/phases"
    assert member.get(path).status_code == 200  # the token's use is noted once in a while
    for expected in (2, 5):
        with django_assert_num_queries(5):
            assert len(member.get(path).json()["items"]) == expected
        for number in range(3):
            key = f"more_{expected}_{number}"
            commands.add_phase(making.SYSTEM, made.project, key=key, name="More")
