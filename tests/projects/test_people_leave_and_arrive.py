"""Roles and invitations: who is told, and what happens to the roles of somebody who leaves."""

import pytest
from tests import making

from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.errors import Invalid
from tospann.foundation.models import AuditEntry
from tospann.foundation.reactions import carry_out_owed
from tospann.notifications.models import Notification, OutboxMail
from tospann.people import commands as people
from tospann.people.actors import actor_for
from tospann.projects import commands
from tospann.projects.models import Membership

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return making.project()


def test_whoever_is_appointed_is_told(made):
    somebody = making.person("Ny Kollega")
    commands.appoint(made.manager, made.project, person=somebody.pk, role=Role.MEMBER)
    carry_out_owed()
    told = Notification.objects.get(person=somebody)
    assert made.project.name in str(told)


def test_the_roles_of_somebody_who_leaves_are_taken_over_in_each_projects_log(made):
    leaver, heir = made.people[Role.MANAGER], making.person("Arving")
    people.deactivate_person(SYSTEM, leaver, hand_over_to=heir.pk)
    roles = Membership.objects.filter(project=made.project, role=Role.MANAGER)
    assert [m.person for m in roles] == [heir]
    commands_ = AuditEntry.objects.filter(scope_id=made.project.pk).order_by("-sequence")[:2]
    assert {entry.command for entry in commands_} == {"projects.appoint", "projects.release"}


def test_the_last_manager_does_not_leave_without_an_heir(made):
    with pytest.raises(Invalid):
        people.deactivate_person(SYSTEM, made.people[Role.MANAGER])
    assert Membership.objects.filter(project=made.project, role=Role.MANAGER).count() == 1
    made.people[Role.MANAGER].refresh_from_db()
    assert made.people[Role.MANAGER].is_active


def test_an_invitation_is_mailed_once(made):
    from tospann.foundation.ids import new_id

    people.invite_person(
        SYSTEM, making.organisation(), id=new_id(), email="ny@example.org", name="Ny Person"
    )
    carry_out_owed()
    mail = OutboxMail.objects.get(to="ny@example.org")
    assert "/account/password/reset/key/" in mail.body


def test_somebody_from_outside_does_not_start_projects(made):
    outsider = making.person("Konsulent", is_external=True)
    commands.appoint(made.manager, made.project, person=outsider.pk, role=Role.COORDINATOR)
    organisation = making.organisation()
    assert commands.found_project.ruling(actor_for(outsider), organisation).is_refused
    assert commands.found_project.ruling(made.coordinator, organisation).may_decide
