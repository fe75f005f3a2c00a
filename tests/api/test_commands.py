"""Commands through the API: done, proposed, refused, and every way to ask for them wrongly."""

import pytest
from tests import making
from tests.api.conftest import Caller, token_of

from tospann.foundation.authority import Role
from tospann.foundation.ids import new_id
from tospann.foundation.models import AuditEntry
from tospann.foundation.records import reference
from tospann.projects.models import Goal, GoalLevel

PROBLEM = "application/problem+json"


def add_goal(caller, made, **changed):
    arguments = {"id": str(new_id()), "level": "output_goal", "description": "A new hall"}
    return caller.command(made.project.key, "projects.add_goal", **(arguments | changed))


def test_a_command_within_ones_authority_is_done_at_once(made, caller):
    answer = add_goal(caller(Role.MANAGER), made)
    assert answer.status_code == 200
    came = answer.json()
    goal = Goal.objects.get()
    assert (came["outcome"], came["result"], came["version"]) == ("done", reference(goal), 1)
    entry = AuditEntry.objects.get(scope_id=made.project.pk, sequence=came["entry"])
    assert (entry.command, entry.person_id) == ("projects.add_goal", made.people[Role.MANAGER].pk)


def test_a_command_beyond_ones_authority_becomes_a_case(made, caller):
    answer = add_goal(caller(Role.COORDINATOR), made)
    assert answer.status_code == 202, answer.content
    came = answer.json()
    assert came["outcome"] == "proposed"
    assert came["case"].startswith("cases.")
    assert came["because"]
    assert not Goal.objects.exists()


def test_a_command_one_has_no_power_for_is_refused_with_a_reason(made, caller):
    answer = add_goal(caller(Role.MEMBER), made)
    assert (answer.status_code, answer["Content-Type"]) == (403, PROBLEM)
    assert "change goals" in answer.json()["detail"]
    assert answer.json()["request_id"] == answer["X-Request-ID"]


def test_a_token_that_may_only_read_changes_nothing(made):
    reader = Caller(token_of(made.people[Role.MANAGER], ["read"]))
    assert reader.get(f"/projects/{made.project.key}").status_code == 200
    assert add_goal(reader, made).status_code == 403
    assert not Goal.objects.exists()


def test_reasons_are_in_the_language_asked_for(made, caller):
    english = add_goal(caller(Role.MEMBER), made).json()
    norwegian = add_goal(caller(Role.MEMBER, language="nb"), made).json()
    assert english["detail"] != norwegian["detail"]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"level": "highest"}, "level"),
        ({"description": ""}, "description"),
        ({"description": "\u200b\x7f \u2066"}, "description"),
        ({"description": "x" * 20_001}, "description"),
        ({"description": 5}, "description"),
        ({"description": "null \x00 character"}, "arguments"),
        ({"id": "not-an-id"}, "id"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_wrong_arguments_name_the_field_and_change_nothing(made, caller, changed, field):
    answer = add_goal(caller(Role.MANAGER), made, **changed)
    assert (answer.status_code, answer["Content-Type"]) == (422, PROBLEM)
    problem = answer.json()
    assert problem["field"] == field
    assert problem["detail"]
    assert not Goal.objects.exists()


@pytest.mark.parametrize("raw", ["", "{", "[]", "null", '"text"', "[" * 100_000, '{"a": NaN}'])
def test_a_body_that_is_no_object_is_a_problem(made, caller, raw):
    path = f"/projects/{made.project.key}/commands/projects.add_goal"
    answer = caller(Role.MANAGER).post(path, raw=raw)
    assert answer.status_code in {400, 422}
    assert answer["Content-Type"] == PROBLEM


def test_a_stale_version_is_refused_with_what_changed(made, caller):
    manager = caller(Role.MANAGER)
    goal = add_goal(manager, made).json()["result"]
    change = {"level": GoalLevel.OUTPUT, "description": "Warmer water"}
    args = (made.project.key, "projects.change_goal", goal)
    assert manager.command(*args, version=1, **change).status_code == 200
    answer = manager.command(*args, version=1, **change | {"description": "Colder"})
    assert answer.status_code == 409
    problem = answer.json()
    assert problem["changed"][0]["fields"]["description"][1] == "Warmer water"
    assert Goal.objects.get().description == "Warmer water"


def test_the_same_id_twice_is_a_conflict(made, caller):
    manager, goal = caller(Role.MANAGER), str(new_id())
    assert add_goal(manager, made, id=goal).status_code == 200
    answer = add_goal(manager, made, id=goal)
    assert (answer.status_code, answer["Content-Type"]) == (409, PROBLEM)


def test_a_number_too_large_to_store_is_a_problem(made, caller):
    arguments = {"area": "time", "allowed": "much", "days": 10**30}
    answer = caller(Role.OWNER).command(made.project.key, "projects.set_tolerance", **arguments)
    assert (answer.status_code, answer["Content-Type"]) == (422, PROBLEM)


def test_another_projects_record_does_not_exist_here(made, caller):
    other = making.project()
    made.people[Role.MANAGER]
    goal = reference(making.inside(lambda: _goal_in(other)))
    change = {"level": "output_goal", "description": "Mine now"}
    answer = caller(Role.MANAGER).command(made.project.key, "projects.change_goal", goal, **change)
    assert answer.status_code == 404
    assert Goal.objects.get().description == "Theirs"


def _goal_in(other):
    goal = Goal(project=other.project, description="Theirs")
    goal.save()
    return goal


@pytest.mark.parametrize(
    ("subject", "status"),
    [
        ("projects.goal:00000000-0000-7000-8000-000000000000", 404),
        ("people.person:00000000-0000-7000-8000-000000000000", 404),
        ("projects.project:{project}", 404),
        ("foundation.auditentry:1", 422),
        ("sessions.session:00000000-0000-7000-8000-000000000000", 404),
        ("no.such:00000000-0000-7000-8000-000000000000", 404),
        ("projects.goal:1 OR 1=1", 422),
        ("", 422),
    ],
)
def test_hostile_references(made, caller, subject, status):
    named = subject.format(project=made.project.pk)
    change = {"level": "output_goal", "description": "x"}
    answer = caller(Role.MANAGER).command(made.project.key, "projects.change_goal", named, **change)
    assert answer.status_code == status


@pytest.mark.parametrize("role", [None, Role.GUEST])
def test_what_one_may_not_see_does_not_exist(made, role):
    stranger = making.person() if role is None else made.people[role]
    answer = add_goal(Caller(token_of(stranger)), made)
    assert answer.status_code == 404


def test_without_a_token_nothing_is_answered(made):
    for answer in (Caller().get("/projects"), Caller("tos_wrong").get("/projects")):
        assert (answer.status_code, answer["Content-Type"]) == (401, PROBLEM)
        assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_signed_in_browser_may_read_but_needs_its_csrf_token_to_write(made):
    from django.test import Client

    browser = Client(enforce_csrf_checks=True)
    browser.force_login(
        made.people[Role.MANAGER], "allauth.account.auth_backends.AuthenticationBackend"
    )
    assert browser.get(f"/api/v1/projects/{made.project.key}").status_code == 200
    path = f"/api/v1/projects/{made.project.key}/commands/projects.add_goal"
    answer = browser.post(path, "{}", content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (403, PROBLEM)


def test_starting_a_project_is_a_command_of_the_organisation(made):
    making.organisation()
    answer = Caller(token_of(made.people[Role.MANAGER])).post(
        "/commands/packs.start_project",
        {
            "arguments": {
                "id": str(new_id()),
                "key": "HALL",
                "name": "Svømmehall",
                "start": "2027-01-04",
                "finish": "2027-12-17",
                "pack": "small_general",
                "people": [
                    {"role": role, "person": str(made.people[role].pk)}
                    for role in (Role.OWNER, Role.MANAGER)
                ],
            }
        },
    )
    assert answer.status_code == 200, answer.content
    assert answer.json()["result"].startswith("projects.project:")


def test_the_wrong_method_is_a_problem_that_names_the_right_one(made, caller):
    answer = caller(Role.MANAGER).get(f"/projects/{made.project.key}/commands/projects.add_goal")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert answer["Content-Type"] == PROBLEM


def test_too_many_calls_are_told_when_to_come_back(made, caller, monkeypatch):
    from tospann.people import tokens

    monkeypatch.setattr(tokens, "CALLS_A_MINUTE", 20)
    manager = caller(Role.MANAGER)
    with making.within_one_minute():
        answers = [manager.get(f"/projects/{made.project.key}") for _number in range(25)]
    assert answers[0].status_code == 200
    assert answers[-1].status_code == 429
    assert 0 < int(answers[-1]["Retry-After"]) <= 60
    assert answers[-1]["Content-Type"] == PROBLEM
