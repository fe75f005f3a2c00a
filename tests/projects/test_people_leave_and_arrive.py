"""Roles and invitations: who is told, and what happens to the roles of somebody who leaves."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests import making

from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.errors import Invalid
from tospann.foundation.models import AuditEntry
from tospann.foundation.reactions import carry_out_owed
from tospann.foundation.undo import undo
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


def test_whoever_runs_the_organisation_does_not_take_over_roles_herself(made):
    admin, leaver = making.person("Ada"), made.people[Role.COORDINATOR]
    people.give_organisation_role(SYSTEM, admin, role=Role.ADMINISTRATOR)
    with pytest.raises(Invalid) as refused:
        people.deactivate_person(actor_for(admin), leaver, hand_over_to=admin.pk)
    assert refused.value.field == "hand_over_to"
    assert not Membership.objects.filter(person=admin).exists()
    heir = making.person("Arving")
    people.deactivate_person(actor_for(admin), leaver, hand_over_to=heir.pk)
    assert Membership.objects.get(person=heir).role == Role.COORDINATOR


def test_undoing_an_end_leaves_nobody_without_a_manager(made):
    """She was to stay for good, so another could leave: taking that back would leave nobody."""
    mine = Membership.objects.get(project=made.project, role=Role.MANAGER)
    other = commands.appoint(
        made.owner, made.project, person=making.person("Vikar").pk, role=Role.MANAGER
    )
    day = timezone.localdate() + timedelta(days=30)
    mine = commands.set_term(made.owner, mine, until=day)
    mine = commands.set_term(made.owner, mine, until=None)
    stayed = AuditEntry.objects.filter(command="projects.set_term").latest("sequence")
    commands.release(made.owner, other)
    with pytest.raises(Invalid):
        undo(made.owner, stayed)
    mine.refresh_from_db()
    assert mine.until is None


def test_an_end_is_undone_while_another_is_there(made):
    commands.appoint(made.owner, made.project, person=making.person().pk, role=Role.MANAGER)
    mine = Membership.objects.get(project=made.project, person=made.people[Role.MANAGER])
    day = timezone.localdate() + timedelta(days=30)
    commands.set_term(made.owner, mine, until=day)
    undo(made.owner, AuditEntry.objects.filter(command="projects.set_term").latest("sequence"))
    mine.refresh_from_db()
    assert mine.until is None


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
