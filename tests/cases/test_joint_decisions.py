"""Decisions that several roles make jointly."""

import pytest
from tests import making

from tospann.cases import commands
from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.ids import new_id
from tospann.people.actors import actor_for
from tospann.projects import commands as projects
from tospann.projects.models import Gate

pytestmark = pytest.mark.django_db


def submitted(made, board):
    """A gate that the owner and the steering group decide jointly, submitted."""
    projects.appoint(SYSTEM, made.project, person=board.pk, role=Role.STEERING)
    gate = Gate.objects.get(project=made.project)
    gate.deciders, gate.mode = ["owner", "steering"], "all"
    making.inside(gate.save, made.project)
    case = commands.prepare_gate(
        made.manager, gate, id=new_id(), recommended="proceed", recommendation="Go on"
    )
    return commands.submit_case(made.manager, case)


def test_a_yes_does_not_outlive_the_case_it_was_given_to():
    made, board = making.project(), making.person()
    case = submitted(made, board)
    assert commands.decide(made.owner, case, alternative="proceed") is None
    commands.return_case(actor_for(board), case, question="What does it cost?")
    case.refresh_from_db()
    commands.edit_case(made.manager, case, title="Otherwise", recommendation="Spend twice as much")
    commands.submit_case(made.manager, case)
    assert commands.decide(actor_for(board), case, alternative="proceed") is None
    assert commands.decide(made.owner, case, alternative="proceed") is not None


def test_whoever_holds_both_roles_answers_for_both():
    made = making.project()
    case = submitted(made, made.people[Role.OWNER])
    assert commands.decide(made.owner, case, alternative="proceed") is not None
