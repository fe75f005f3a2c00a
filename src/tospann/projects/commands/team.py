"""Who holds which role."""

from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext

from tospann.foundation.authority import Actor, Power, Role
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.people.models import Person
from tospann.projects.models import (
    Membership,
    Project,
)

_NEVER_EMPTY = {Role.MANAGER, Role.OWNER}


@command(needs=Power.APPOINT, kind="team")
def appoint(
    actor: Actor, project: Project, *, person: UUID, role: Role, until: date | None = None
) -> Membership:
    """Appoint somebody to a role"""
    somebody = Person.objects.filter(pk=person, is_active=True).first()
    if somebody is None:
        raise Invalid(gettext("There is no such person."), "person")
    if Membership.objects.filter(project=project, person=somebody, role=role).exists():
        raise Invalid(gettext("%(person)s already has this role.") % {"person": somebody}, "person")
    membership = Membership(project=project, person=somebody, role=role, until=until)
    membership.save()
    return membership


@command(needs=Power.APPOINT, kind="team")
def set_term(actor: Actor, membership: Membership, *, until: date | None = None) -> Membership:
    """Set how long somebody holds a role"""
    if until is not None and until < timezone.localdate():
        raise Invalid(gettext("The last day has already passed."), "until")
    if until is not None and membership.role in _NEVER_EMPTY and _is_last(membership):
        raise Invalid(_empty(), "until")
    membership.until = until
    membership.save()
    return membership


@command(needs=Power.APPOINT, kind="team")
def release(actor: Actor, membership: Membership) -> None:
    """Release somebody from a role"""
    if membership.role in _NEVER_EMPTY and _is_last(membership):
        raise Invalid(_empty())
    membership.delete()


def _is_last(membership: Membership) -> bool:
    """Whether nobody else holds the role without an end."""
    others = Membership.objects.filter(
        project_id=membership.project_id, role=membership.role, until__isnull=True
    )
    return not others.exclude(pk=membership.pk).exists()


def _empty() -> str:
    return gettext("A project needs a project manager and a project owner. Appoint another first.")
