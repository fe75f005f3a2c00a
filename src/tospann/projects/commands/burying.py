"""Removing a whole project, which leaves a tombstone."""

from typing import Annotated
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext
from pydantic import Field, StringConstraints

from tospann.foundation import transactions
from tospann.foundation.audit import head_of
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.people.models import Organisation
from tospann.projects import burying
from tospann.projects.models import Project, ProjectState, Tombstone

Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=500)]


@command(needs=Power.RUN_ORGANISATION, undoable=False, exposed=False)
def delete_project(
    actor: Actor,
    organisation: Organisation,
    *,
    id: UUID,
    project: UUID,
    typed: Annotated[str, Field(max_length=20)],
    reason: Reason,
) -> Tombstone:
    """Delete a project for good

    All that belongs to it goes. A tombstone stays, which says who removed it, when and why, and
    where its log ended. Only a project that is closed, or was never begun, can be deleted.
    """
    transactions.hold([project])
    found = Project.objects.filter(pk=project).first()
    if found is None:
        raise Invalid(gettext("There is no such project."), "project")
    if typed.strip() != found.key:
        raise Invalid(gettext("Type the key of the project: %(key)s") % {"key": found.key}, "typed")
    if found.state == ProjectState.ACTIVE:
        raise Invalid(gettext("Close the project first."))
    if against := burying.objections(found.pk):
        raise Invalid(" ".join(map(str, against)))
    tombstone = _tombstone(actor, id, found, reason)
    burying.close(tombstone, burying.bury(found))
    return tombstone


def _tombstone(actor: Actor, id: UUID, project: Project, reason: str) -> Tombstone:
    """It stands open while rows leave."""
    head = head_of(project.pk)
    made = Tombstone(
        id=id,
        project_key=project.key,
        name=project.name,
        began_on=project.start,
        buried=project.pk,
        buried_at=timezone.now(),
        by=actor.person_id,
        reason=reason,
        chain_sequence=head.sequence,
        chain_hash=head.hash,
        is_open=True,
    )
    made.save()
    return made
