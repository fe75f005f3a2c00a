"""What a change does: dates, chances, path, load, promises and people."""

from datetime import date

import pytest
from tests import making

import planengine as engine
from planengine.instants import DAY
from tospann.cases.consequences import Consequences, compute
from tospann.foundation.ids import new_id
from tospann.planning import commands
from tospann.planning.consequences import quick
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
    assert found is not None and found.finish.days == 5
    nothing = compute(made.project, [])
    assert nothing is not None and nothing.finish.days == 0


def test_an_alternative_that_no_longer_fits_says_so(made, plan):
    stored = {"base_revision": plan.revision, "edits": [engine.edit_to_json(LATER)]}
    operation = commands.apply_edits.operation(plan, stored).to_json()
    change(made, plan, engine.RemoveActivity(2))
    found = compute(made.project, [operation])
    assert found is not None
    assert "no longer fits" in str(found.not_computed[0])
