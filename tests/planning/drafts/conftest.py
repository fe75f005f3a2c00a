"""A small plan, agreed on, in a project whose matrix sets limits on its finish."""

from datetime import date
from decimal import Decimal

import pytest
from tests import making

from tospann.cases.models import AuthorityRule
from tospann.foundation.authority import Role
from tospann.planning import commands, limits
from tospann.planning.models import Plan
from tospann.planning.skeleton import PlannedRow, outline_edits

ROWS = [
    PlannedRow("Kartlegge", 1, date(2027, 1, 11), date(2027, 1, 15)),
    PlannedRow("Bygge", 1, date(2027, 1, 18), date(2027, 1, 22), after=(1,)),
    PlannedRow("Ferdig", 1, milestone=True, after=(2,)),
]


@pytest.fixture
def made():
    project = making.project()
    for limit, role in ((2, Role.MANAGER), (7, Role.OWNER)):
        rule = AuthorityRule(
            project=project.project,
            kind="plan",
            measure=limits.FINISH,
            limit=Decimal(limit),
            deciders=[str(role)],
        )
        making.inside(rule.save, project.project)
    commands.start_plan(project.coordinator, project.project, edits=outline_edits(ROWS))
    commands.set_baseline(project.owner, Plan.objects.get(), base_revision=1)
    return project
