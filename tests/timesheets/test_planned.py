"""“As planned”, where the plan says who works on what and how much."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from tests import making
from tests.timesheets import working

import planengine as engine
from planengine.instants import DAY, HOUR
from tospann.foundation.authority import Role
from tospann.planning import commands as planning
from tospann.resources import assigned
from tospann.timesheets import planned
from tospann.timesheets.planned import Task

pytestmark = pytest.mark.django_db
FULL = (Decimal("7.5"),) * 5 + (Decimal(0),) * 2


@pytest.fixture
def made():
    """Nobody is responsible; the member is resource 7 by her id, the coordinator 8 by address."""
    today = working.this_monday()
    made = making.project(start=today - timedelta(weeks=8), finish=today + timedelta(weeks=40))
    start = engine.day(today - timedelta(weeks=1)) * DAY + 8 * HOUR
    member, other = made.people[Role.MEMBER], made.people[Role.COORDINATOR]
    edits = [
        engine.AddActivity(engine.Activity(uid, f"Bygg {uid}", start=start, duration=80 * 8 * HOUR))
        for uid in (1, 2, 3)
    ]
    edits += [
        engine.AddResource(engine.Resource(7, "Kari", person=str(member.pk))),
        engine.AddResource(engine.Resource(8, "Ola", email=other.email.upper())),
        engine.AddResource(engine.Resource(70, "En annen", person=str(uuid4()))),
        engine.AddAssignment(engine.Assignment(1, 1, 7, units=0.4)),
        engine.AddAssignment(engine.Assignment(2, 2, 8)),
        engine.AddAssignment(engine.Assignment(3, 3, 70)),
    ]
    planning.start_plan(
        made.coordinator, made.project, edits=[engine.edit_to_json(one) for one in edits]
    )
    return made


def week(made, role):
    monday = working.this_monday()
    found = planned.tasks(made.people[role].pk, [made.project.pk], monday)
    lines = planned.week(found, monday, FULL)
    return {one.uid: one.hours for one in lines.get(made.project.pk, [])}


def test_who_is_assigned_is_told_apart_by_id_and_by_address(made):
    project, people = made.project.pk, made.people
    assert assigned.of_person(people[Role.MEMBER].pk, [project]) == {(project, 1): 0.4}
    assert assigned.of_person(people[Role.COORDINATOR].pk, [project]) == {(project, 2): 1.0}
    assert assigned.of_person(people[Role.MANAGER].pk, [project]) == {}
    assert assigned.of_person(people[Role.MEMBER].pk, []) == {}


def test_a_person_assigned_to_a_task_works_what_the_plan_says(made):
    assert week(made, Role.MEMBER) == {1: (3, 3, 3, 3, 3, 0, 0)}
    assert week(made, Role.COORDINATOR) == {2: FULL}


def test_what_she_is_responsible_for_gets_the_rest_of_the_day(made):
    head = working.plan(made)
    edits = [engine.edit_to_json(engine.SetResponsible(3, str(made.people[Role.MEMBER].pk)))]
    planning.apply_edits(made.coordinator, head, base_revision=head.revision, edits=edits)
    assert week(made, Role.MEMBER) == {
        1: (3, 3, 3, 3, 3, 0, 0),
        3: (*(Decimal("4.5"),) * 5, 0, 0),
    }


@pytest.mark.parametrize(
    ("shares", "hours"),
    [
        ((0.5, 0.5), ("4", "3.5")),
        ((1.0, 1.0), ("4", "3.5")),
        ((1.0, 0.5), ("5", "2.5")),
        ((0.1,), ("1",)),
        ((3.0,), ("7.5",)),
        ((0.3, 0.3, 0.3), ("2.5", "2", "2.5")),
    ],
)
def test_half_hours_never_come_to_more_than_the_day(shares, hours):
    monday = working.this_monday()
    project = uuid4()
    found = [
        Task(project, uid, "", "", monday, monday, share) for uid, share in enumerate(shares, 1)
    ]
    lines = planned.week(found, monday, FULL)[project]
    assert [one.hours[0] for one in lines] == [Decimal(one) for one in hours]
    assert sum(one.hours[0] for one in lines) <= Decimal("7.5")
