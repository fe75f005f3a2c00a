"""The checklist of a gate, until the gate is decided."""

import pytest
from tests import making

from tospann.foundation.commands import submit
from tospann.foundation.errors import CommandError, Invalid, NotAllowed
from tospann.foundation.undo import undo
from tospann.projects import commands
from tospann.projects.models import CriterionState, Gate, GateCriterion, GateState

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return making.project()


def first_point(made):
    return GateCriterion.objects.filter(gate__project=made.project).order_by("position")[0]


def test_a_decided_checklist_stays_as_it_was_even_by_undo(made):
    point = first_point(made)
    done = submit(made.manager, commands.settle_criterion.on(point), state=CriterionState.DONE)
    gate = Gate.objects.get(project=made.project)
    gate.state = GateState.PASSED
    making.inside(gate.save, made.project)
    with pytest.raises(CommandError):
        undo(made.manager, done.entry)
    with pytest.raises(NotAllowed):
        commands.add_criterion(made.manager, gate, text="One more")
    with pytest.raises(NotAllowed):
        commands.settle_criterion(made.manager, point, state=CriterionState.OPEN)
    assert first_point(made).state == CriterionState.DONE
    assert gate.criteria.count() == 2


@pytest.mark.parametrize(
    "evidence", ["//evil.example", "/\\evil.example", "javascript:alert(1)", "/x y", "ftp://a"]
)
def test_evidence_is_a_page_here_or_on_the_web(made, evidence):
    with pytest.raises(Invalid):
        commands.settle_criterion(
            made.manager, first_point(made), state=CriterionState.DONE, evidence=evidence
        )


@pytest.mark.parametrize("evidence", ["", "/", "/p/HALL/plan", "https://example.org/report"])
def test_evidence_that_is_accepted(made, evidence):
    settled = commands.settle_criterion(
        made.manager, first_point(made), state=CriterionState.DONE, evidence=evidence
    )
    assert settled.evidence == evidence
