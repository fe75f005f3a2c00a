"""Who may be given which role, and by whom."""

import pytest
from tests import making
from tests.api.conftest import Caller, token_of

from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.commands import Proposed, submit
from tospann.foundation.errors import Invalid, NotAllowed
from tospann.foundation.undo import undo
from tospann.people.queries import runs_organisation
from tospann.projects import commands
from tospann.projects.models import Membership

pytestmark = pytest.mark.django_db


def held(made, person):
    rows = Membership.objects.filter(project=made.project, person=person)
    return {Role(role) for role in rows.values_list("role", flat=True)}


@pytest.mark.parametrize("role", ["administrator", "portfolio_leader", "auditor", "line_manager"])
def test_nobody_gets_a_role_of_the_organisation_through_a_project(role):
    made = making.project()
    manager = made.people[Role.MANAGER]
    answer = Caller(token_of(manager)).command(
        made.project.key, "projects.appoint", person=str(manager.pk), role=role
    )
    assert (answer.status_code, answer.json()["field"]) == (422, "role")
    assert not runs_organisation(made.manager)


@pytest.mark.parametrize("role", [Role.OWNER, Role.STEERING])
def test_a_manager_does_not_choose_who_sets_her_limits(role):
    made = making.project()
    manager = made.people[Role.MANAGER]
    with pytest.raises(NotAllowed):
        commands.appoint(made.manager, made.project, person=manager.pk, role=role)
    assert held(made, manager) == {Role.MANAGER}
    commands.appoint(made.owner, made.project, person=manager.pk, role=role)
    assert held(made, manager) == {Role.MANAGER, role}


def test_a_manager_does_not_release_an_owner():
    made, other = making.project(), making.person()
    commands.appoint(made.owner, made.project, person=other.pk, role=Role.OWNER)
    owner = Membership.objects.get(project=made.project, person=other)
    with pytest.raises(NotAllowed):
        commands.release(made.manager, owner)
    assert held(made, other) == {Role.OWNER}


def test_a_proposal_does_not_let_the_manager_choose_an_owner():
    from tospann.cases.commands import decide

    made, other = making.project(), making.person()
    sent = submit(
        made.coordinator, commands.appoint.on(made.project), person=other.pk, role=Role.OWNER
    )
    assert isinstance(sent, Proposed)
    with pytest.raises(NotAllowed):
        decide(made.manager, sent.case, alternative="A")
    decide(made.owner, sent.case, alternative="A")
    assert held(made, other) == {Role.OWNER}


def test_undo_does_not_leave_a_project_without_a_manager():
    made, other = making.project(), making.person()
    manager = made.people[Role.MANAGER]
    commands.appoint(SYSTEM, made.project, person=manager.pk, role=Role.OWNER)
    sent = submit(
        made.manager, commands.appoint.on(made.project), person=other.pk, role=Role.MANAGER
    )
    own = Membership.objects.get(project=made.project, person=manager, role=Role.MANAGER)
    commands.release(made.manager, own)
    with pytest.raises(Invalid):
        undo(made.manager, sent.entry)
    assert held(made, other) == {Role.MANAGER}


def test_undo_of_an_appointment_releases_again():
    made, other = making.project(), making.person()
    sent = submit(
        made.manager, commands.appoint.on(made.project), person=other.pk, role=Role.MEMBER
    )
    undo(made.manager, sent.entry)
    assert held(made, other) == set()
