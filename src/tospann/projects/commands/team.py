"""Who holds which role."""

from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from tospann.foundation.authority import PROJECT_ROLES, Actor, Power, Role, Sentence
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid, NotAllowed, Stale
from tospann.foundation.models import AuditEntry
from tospann.foundation.records import reference
from tospann.foundation.references import find
from tospann.people import queries as people
from tospann.people.models import Person
from tospann.projects.models import (
    Membership,
    Project,
)

_NEVER_EMPTY = {Role.MANAGER, Role.OWNER}
_ABOVE_MANAGER = frozenset({Role.OWNER, Role.STEERING})
_ALWAYS = gettext_noop("Needs %(deciders)s: that is who decides such matters in this project.")


@command(needs=Power.APPOINT, kind="team")
def appoint(
    actor: Actor, project: Project, *, person: UUID, role: Role, until: date | None = None
) -> Membership:
    """Appoint somebody to a role"""
    if role not in PROJECT_ROLES:
        raise Invalid(gettext("This role belongs to the organisation, not to a project."), "role")
    _require_choice_of(actor, project.pk, role)
    somebody = Person.objects.filter(pk=person, is_active=True).first()
    if somebody is None:
        raise Invalid(gettext("There is no such person."), "person")
    membership = Membership.objects.filter(project=project, person=somebody, role=role).first()
    if membership is None:
        membership = Membership(project=project, person=somebody, role=role)
    elif membership.until is None or membership.until >= timezone.localdate():
        raise Invalid(gettext("%(person)s already has this role.") % {"person": somebody}, "person")
    membership.until = until
    membership.save()
    return membership


@command(needs=Power.APPOINT, kind="team")
def set_term(actor: Actor, membership: Membership, *, until: date | None = None) -> Membership:
    """Set how long somebody holds a role"""
    _require_choice_of(actor, membership.project_id, membership.role)
    if until is not None and until < timezone.localdate():
        raise Invalid(gettext("The last day has already passed."), "until")
    if until is not None and membership.role in _NEVER_EMPTY and _is_last(membership):
        raise Invalid(_empty(), "until")
    membership.until = until
    membership.save()
    return membership


@set_term.undo
def _undo_set_term(actor: Actor, membership: Membership, entry: AuditEntry) -> None:
    """As setting it again: undo leaves no project without a manager or an owner either."""
    change = (entry.detail.changes or {}).get(reference(membership))
    if change is None or membership.version != change["version"]:
        raise Stale(str(membership))
    before = change["fields"].get("until", [None])[0]
    set_term(actor, membership, until=date.fromisoformat(before) if before else None)


@command(needs=Power.APPOINT, kind="team")
def release(actor: Actor, membership: Membership) -> None:
    """Release somebody from a role"""
    _require_choice_of(actor, membership.project_id, membership.role)
    if membership.role in _NEVER_EMPTY and _is_last(membership):
        raise Invalid(_empty())
    membership.delete()


@appoint.undo
def _undo_appoint(actor: Actor, project: Project, entry: AuditEntry) -> None:
    """As releasing: a project is not left without a manager or an owner by way of undo either."""
    for ref, change in (entry.detail.changes or {}).items():
        membership = find(ref)
        if membership is None or membership.version != change["version"]:
            raise Stale(str(membership or change.get("label", "")))
        release(actor, membership)


def _require_choice_of(actor: Actor, project_id: UUID, role: str) -> None:
    """Who sets the manager's limits is not the manager's choice, nor by way of a proposal.

    Whoever has no role here acts inside something else: founding, or deactivating a person.
    """
    mine = actor.roles_in(project_id)
    if role not in _ABOVE_MANAGER or not mine or mine & _ABOVE_MANAGER:
        return
    if not people.runs_organisation(actor):
        raise NotAllowed(str(Sentence(_ALWAYS, {"deciders": f"role:{Role.OWNER}"})))


def _is_last(membership: Membership) -> bool:
    """Whether nobody else holds the role without an end."""
    others = Membership.objects.filter(
        project_id=membership.project_id, role=membership.role, until__isnull=True
    )
    return not others.exclude(pk=membership.pk).exists()


def _empty() -> str:
    return gettext("A project needs a project manager and a project owner. Appoint another first.")
