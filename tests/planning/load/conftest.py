"""A plan in which one person answers for two tasks at once, and a crane is wanted twice."""

from datetime import date

import pytest
import time_machine
from tests import making

import planengine as engine
from tospann.foundation.authority import Role
from tospann.planning import commands
from tospann.planning.models import Plan
from tospann.planning.skeleton import PlannedRow, outline_edits

TODAY = date(2027, 1, 4)


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel("2027-01-04T08:00:00Z", tick=True):
        yield


@pytest.fixture
def made():
    project = making.project()
    who = project.people[Role.MEMBER].pk
    rows = [
        PlannedRow("Kartlegge", 1, date(2027, 1, 11), date(2027, 1, 15), responsible=who),
        PlannedRow("Tegne", 1, date(2027, 1, 11), date(2027, 1, 13), responsible=who),
        PlannedRow("Løfte tak", 1, date(2027, 1, 18), date(2027, 1, 20)),
        PlannedRow("Løfte vegger", 1, date(2027, 1, 18), date(2027, 1, 19)),
        PlannedRow("Ferdig", 1, milestone=True, after=(1, 2, 3, 4)),
    ]
    crane = [
        engine.AddResource(engine.Resource(1, "Kran")),
        engine.AddAssignment(engine.Assignment(1, 3, 1)),
        engine.AddAssignment(engine.Assignment(2, 4, 1)),
    ]
    edits = outline_edits(rows) + [engine.edit_to_json(one) for one in crane]
    commands.start_plan(project.coordinator, project.project, edits=edits)
    return project


@pytest.fixture
def head(made):
    return Plan.objects.select_related("project").get(project=made.project)
