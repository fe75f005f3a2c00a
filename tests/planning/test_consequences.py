"""What a change does: dates, chances, path, load, promises and people."""

from datetime import date

import pytest
from tests import making

import planengine as engine
from planengine.instants import DAY
from tospann.budget import commands as budget
from tospann.cases.consequences import Consequences, When, compute
from tospann.foundation.ids import new_id
from tospann.planning import commands
from tospann.planning.consequences import full, quick
from tospann.planning.models import Plan
from tospann.planning.prepare import prepared
from tospann.planning.skeleton import ENDS, PlannedRow, duration, outline_edits
from tospann.stakeholders.commands import record_promise

pytestmark = pytest.mark.django_db

ROWS = [
    PlannedRow("Grave", 1, date(2027, 3, 1), date(2027, 3, 31)),
    PlannedRow("Bygge", 1, date(2027, 4, 1), date(2027, 5, 31)),
    PlannedRow("Ferdig", 1, finish=date(2027, 5, 31), milestone=True),
    PlannedRow("Male bod", 1, date(2027, 3, 1), date(2027, 3, 5)),
]
LINKS = [engine.AddLink(engine.Link(1, 2)), engine.AddLink(engine.Link(2, 3))]


@pytest.fixture
def made():
    return making.project(finish=date(2027, 6, 4))


@pytest.fixture
def plan(made):
    edits = [*outline_edits(ROWS), *map(engine.edit_to_json, LINKS)]
    head = commands.start_plan(made.coordinator, made.project, edits=edits)
    deadline = engine.day(date(2027, 6, 2)) * DAY + ENDS
    change(made, head, engine.SetDeadline(2, deadline))
    return Plan.objects.select_related("project").get(pk=head.pk)


def change(made, head, *edits):
    head.refresh_from_db()
    stored = [engine.edit_to_json(edit) for edit in edits]
    commands.apply_edits(made.manager, head, base_revision=head.revision, edits=stored)
    head.refresh_from_db()


def longer(uid, start, finish):
    return engine.SetDuration(uid, duration(start, finish))


LATER = longer(2, date(2027, 4, 1), date(2027, 6, 7))
"""The building takes until the seventh of June."""


def test_the_finish_and_the_milestones_move(made, plan):
    found = quick(made.manager, plan, prepared(plan, [LATER]))
    assert (found.finish.before.plan, found.finish.after.plan, found.finish.days) == (
        date(2027, 5, 31),
        date(2027, 6, 7),
        5,
    )
    (milestone,) = found.milestones
    assert (milestone.name, milestone.days) == ("Ferdig", 5)


def test_a_broken_deadline_promise_and_finish_are_told_once_each(made, plan):
    record_promise(
        made.manager,
        made.project,
        id=new_id(),
        text="Innflytting",
        by_person=made.manager.person_id,
        to_name="Skolen",
        due_on=date(2027, 6, 3),
        activity_uid=3,
    )
    found = quick(made.manager, plan, prepared(plan, [LATER]))
    assert [(one.kind, one.name, one.whom) for one in found.broken] == [
        ("deadline", "Bygge", ""),
        ("promise", "Innflytting", "Skolen"),
        ("project", "", ""),
    ]


def test_what_comes_onto_the_critical_path_is_named(made, plan):
    slower = longer(4, date(2027, 3, 1), date(2027, 6, 30))
    found = quick(made.manager, plan, prepared(plan, [slower]))
    assert [one.name for one in found.path.entered] == ["Male bod"]
    assert "Bygge" in {one.name for one in found.path.left}


def test_figures_survive_being_stored(made, plan):
    found = quick(made.manager, plan, prepared(plan, [LATER]))
    assert Consequences.from_json(found.to_json()) == found
    assert Consequences.from_json(found.to_json()).fingerprint() == found.fingerprint()


def test_an_alternative_is_compared_with_the_plan_as_it_is(made, plan):
    stored = {"base_revision": plan.revision, "edits": [engine.edit_to_json(LATER)]}
    operation = commands.apply_edits.operation(plan, stored).to_json()
    found = compute(made.project, [operation])
    assert found is not None
    assert found.finish.days == 5
    nothing = compute(made.project, [])
    assert nothing is not None
    assert nothing.finish.days == 0


def test_an_alternative_that_no_longer_fits_says_so(made, plan):
    stored = {"base_revision": plan.revision, "edits": [engine.edit_to_json(LATER)]}
    operation = commands.apply_edits.operation(plan, stored).to_json()
    change(made, plan, engine.RemoveActivity(2))
    found = compute(made.project, [operation])
    assert found is not None
    assert "passer ikke lenger" in str(found.not_computed[0])


WORKDAY = 450 * 60


def estimated(uid, low, likely, high):
    return engine.SetEstimate(
        uid, engine.ThreePoint(low * WORKDAY, likely * WORKDAY, high * WORKDAY)
    )


def test_percentiles_follow_the_estimates(made, plan):
    change(made, plan, estimated(2, 30, 41, 60))
    found = full(made.manager, plan, prepared(plan, [LATER]))
    before = found.finish.before
    assert before.plan < before.p50 < before.p80
    assert found.is_whole
    (deadline,) = (one for one in found.promised if one.kind == "deadline")
    assert 0 < deadline.chance_before < 1


def test_the_longer_estimate_makes_the_promise_less_likely(made, plan):
    change(made, plan, estimated(2, 30, 38, 45))
    found = full(made.manager, plan, prepared(plan, [estimated(2, 30, 45, 80)]))
    (deadline,) = (one for one in found.promised if one.kind == "deadline")
    assert deadline.chance_after < deadline.chance_before
    assert found.finish.p80_days > 0


def test_without_estimates_it_says_that_nothing_was_simulated(made, plan):
    found = full(made.manager, plan, prepared(plan, [LATER]))
    assert found.is_whole
    assert found.finish.after.p80 is None
    assert any("trippelanslag" in str(one) for one in found.not_computed)


UNRELATED = [
    engine.RenameActivity(4, "Male boden"),
    engine.SetNotes(2, "Husk nabovarsel"),
    engine.SetDuration(4, 2 * WORKDAY),
    engine.SetPriority(1, 900),
    engine.AddActivity(engine.Activity(9, "Flagg", duration=WORKDAY)),
    engine.SetDeadline(1, engine.day(date(2027, 4, 2)) * DAY + ENDS),
    engine.SetEstimate(4, engine.ThreePoint(WORKDAY, 2 * WORKDAY, 3 * WORKDAY)),
    engine.MoveActivity(4, None, 0),
    engine.SetCost(4, 0, 50_000_00),
]


@pytest.mark.parametrize("edit", UNRELATED, ids=lambda edit: type(edit).__name__)
def test_an_unrelated_edit_moves_no_percentile(made, plan, edit):
    change(made, plan, estimated(2, 30, 41, 60), estimated(1, 15, 22, 40))
    tried = prepared(plan, [edit])
    assert tried.before.hash != tried.after.hash
    found = full(made.manager, plan, tried)
    assert found.finish.before == found.finish.after != When(found.finish.after.plan)
    assert found.finish.p80_days == 0
    (milestone,) = found.milestones
    assert milestone.before == milestone.after


def test_the_same_question_gets_the_same_figures(made, plan):
    change(made, plan, estimated(2, 30, 41, 60))
    first = full(made.manager, plan, prepared(plan, [LATER]))
    assert full(None, plan, prepared(plan, [LATER])) == first


def responsible(uid, person):
    return engine.SetResponsible(uid, str(person.pk))


def test_load_counts_the_days_with_two_tasks(made, plan):
    somebody = made.people["member"]
    change(made, plan, responsible(1, somebody), responsible(4, somebody))
    apart = longer(4, date(2027, 3, 1), date(2027, 3, 12))
    (load,) = quick(made.manager, plan, prepared(plan, [apart])).overloads
    assert (load.name, load.before, load.after) == (somebody.name, 5.0, 10.0)


def test_a_collision_in_another_project_is_counted_and_its_manager_told(made, plan):
    other = making.project("Skolen")
    somebody = made.people["member"]
    head = commands.start_plan(other.coordinator, other.project, edits=outline_edits(ROWS[1:2]))
    making.commands.appoint(
        making.SYSTEM, other.project, person=somebody.pk, role=making.Role.MEMBER
    )
    change(other, head, responsible(1, somebody))
    change(made, plan, responsible(2, somebody))
    shorter = longer(2, date(2027, 4, 1), date(2027, 4, 15))
    found = quick(made.manager, plan, prepared(plan, [shorter]))
    (hit,) = found.hits
    assert (hit.key, hit.person) == ("", somebody.name)  # she does not see that project
    (kept,) = quick(None, plan, prepared(plan, [shorter])).hits
    assert kept.key == other.project.key
    assert hit.before > hit.after > 0
    assert [one.name for one in found.informed] == [somebody.name]
    change(made, plan, shorter)
    worse = quick(made.manager, plan, prepared(plan, [LATER]))
    assert [one.name for one in worse.informed] == [somebody.name, other.people["manager"].name]


def test_the_api_tries_edits_and_writes_nothing(client, made, plan):
    client.force_login(made.people["coordinator"])
    address = f"/api/v1/projects/{made.project.key}/plan/preview"
    body = {"base_revision": plan.revision, "edits": [engine.edit_to_json(LATER)]}
    answer = client.post(address, body, content_type="application/json")
    assert answer.status_code == 200
    found = answer.json()
    assert found["consequences"]["finish"]["days"] == 5
    assert found["consequences"]["promised"][0]["name"] == "Bygge"
    assert any("trippelanslag" in one for one in found["not_computed"])
    assert Plan.objects.get(pk=plan.pk).revision == plan.revision
    stale = client.post(address, {**body, "base_revision": 1}, content_type="application/json")
    assert stale.status_code == 409
    circle = [engine.edit_to_json(engine.AddLink(engine.Link(3, 1)))]
    refused = client.post(address, {**body, "edits": circle}, content_type="application/json")
    assert refused.status_code == 422
    client.force_login(making.person())
    assert client.post(address, body, content_type="application/json").status_code == 404


def line(made, **values):
    said = {"id": new_id(), "name": "Betong", "code": "10", "amount": "400000", **values}
    return budget.add_line.operation(made.project, said)


def test_money_before_and_after_is_told_by_line_and_month(made, plan):
    budget.start_budget(made.manager, made.project, id=new_id())
    march, april = {"starts_on": date(2027, 3, 1)}, {"ends_on": date(2027, 4, 30)}
    found = compute(made.project, [line(made, **march, **april).to_json()])
    assert found is not None
    assert found.costs is not None
    (added,) = found.costs.lines
    assert (added.code, added.name, added.before, added.change) == ("10", "Betong", None, 400_000)
    assert [one.name for one in found.costs.periods] == ["2027-03", "2027-04"]
    assert sum(one.change for one in found.costs.periods) == 400_000
    assert (found.costs.forecast.before, found.costs.forecast.after) == (0, 400_000)


def test_a_line_tied_to_a_task_moves_with_it(made, plan):
    budget.start_budget(made.manager, made.project, id=new_id())
    budget.add_line(made.manager, made.project, id=new_id(), name="x", amount=100, activity_uid=2)
    found = quick(made.manager, plan, prepared(plan, [LATER]))
    assert found.costs is not None
    assert [one.name for one in found.costs.periods] == ["2027-04", "2027-05", "2027-06"]
    assert sum(one.change for one in found.costs.periods) == 0


def test_money_needs_no_plan(made):
    budget.start_budget(made.manager, made.project, id=new_id())
    found = compute(made.project, [line(made).to_json()])
    assert found is not None
    assert found.costs is not None
    assert found.costs.forecast.change == 400_000
    assert found.finish.after.plan is None
