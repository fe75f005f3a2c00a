"""Arguments that fit their type, and yet would break what is read afterwards."""

import pytest
from tests import making
from tests.api.conftest import Caller, token_of

from tospann.foundation.authority import Role
from tospann.foundation.ids import ORGANISATION_SCOPE, new_id
from tospann.projects.models import Project

pytestmark = pytest.mark.django_db


def test_a_project_cannot_take_the_organisations_place_in_the_audit_log():
    making.organisation()
    somebody = making.person()
    people = [{"role": role, "person": str(somebody.pk)} for role in (Role.OWNER, Role.MANAGER)]
    answer = Caller(token_of(somebody)).post(
        "/commands/packs.start_project",
        {
            "arguments": {
                "id": str(ORGANISATION_SCOPE),
                "key": "ZERO",
                "name": "Everything",
                "start": "2027-01-04",
                "finish": "2027-12-17",
                "pack": "small_general",
                "people": people,
            }
        },
    )
    assert (answer.status_code, answer.json()["field"]) == (422, "id")
    assert not Project.objects.exists()


@pytest.mark.parametrize("limit", ["1e400", "9" * 60, 1e300, "NaN", "0.123456", "-1e-4000"])
def test_a_limit_that_cannot_be_kept_is_refused_and_the_matrix_can_still_be_read(limit):
    made = making.project()
    owner = Caller(token_of(made.people[Role.OWNER]))
    rule = {"kind": "authority", "measure": "cost", "deciders": ["owner"]}
    path = (made.project.key, "cases.add_authority_rule")
    assert owner.command(*path, **rule, limit=limit).status_code == 422
    assert owner.command(*path, **rule, limit="12.50").status_code == 200
    assert owner.command(*path, **rule, limit=1000).status_code == 200


def test_a_token_that_may_only_read_changes_nothing_not_even_the_inbox():
    made = making.project()
    member = Caller(token_of(made.people[Role.MEMBER], scopes=["read"]))
    assert member.get("/inbox").status_code == 200
    assert member.post("/inbox/all-read").status_code == 403
    assert member.delete(f"/me/tokens/{made.project.pk}").status_code == 403


@pytest.mark.parametrize("year", ["0001", "9999"])
def test_a_project_at_the_end_of_time_is_refused(year):
    making.organisation()
    owner = making.person()
    caller = Caller(token_of(owner))
    days = {"start": f"{year}-11-01", "finish": f"{year}-12-31"}
    people = [{"role": role, "person": str(owner.pk)} for role in ("owner", "manager")]
    started = {"id": str(new_id()), "key": "FAR", "name": "Far", "pack": "small_general"}
    answer = caller.post(
        "/commands/packs.start_project", {"arguments": {**started, **days, "people": people}}
    )
    assert answer.status_code == 422, answer.content
    made = making.project()
    asked = Caller(token_of(made.people[Role.OWNER]))
    answer = asked.command(made.project.key, "projects.set_project_dates", **days)
    assert (answer.status_code, answer.json()["field"]) == (422, "start")


def test_whatever_a_list_of_values_holds_the_goals_can_still_be_read(client):
    made = making.project()
    values = [{"name": "No key"}, {"key": ["output_goal"]}]
    answer = Caller(token_of(made.people[Role.COORDINATOR])).post(
        f"/projects/{made.project.key}/commands/projects.set_choice_list",
        {"arguments": {"key": "goal_levels", "values": values}},
    )
    assert answer.status_code == 200, answer.content
    client.force_login(made.people[Role.MANAGER])
    assert client.get(f"/p/{made.project.key}/goals").status_code == 200


@pytest.mark.parametrize(
    ("command", "field", "arguments"),
    [
        ("edit_project", "language", {"name": "x", "language": "x" * 50}),
        ("add_gate", "mode", {"code": "G9", "name": "x", "deciders": ["owner"], "mode": "nobody"}),
    ],
)
def test_a_choice_is_one_of_those_there_are(command, field, arguments):
    made = making.project()
    role = Role.OWNER if command == "add_gate" else Role.MANAGER
    caller = Caller(token_of(made.people[role]))
    path = f"/projects/{made.project.key}/commands/projects.{command}"
    answer = caller.post(path, {"arguments": arguments})
    assert (answer.status_code, answer.json()["field"]) == (422, field)
