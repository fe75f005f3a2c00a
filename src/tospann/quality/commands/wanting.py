"""What is required: standards, laws and requirements."""

from typing import Literal
from uuid import UUID

from django.utils.translation import gettext

from tospann.foundation.arguments import Line, OptionalLine, OptionalText, Text
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.projects.models import Project
from tospann.quality.commands import keeping
from tospann.quality.models import Requirement, RequirementState

Kind = Literal["requirement", "standard", "law"]


@command(needs=Power.KEEP_QUALITY)
def add_requirement(
    actor: Actor,
    project: Project,
    *,
    id: UUID,
    title: Line,
    kind: Kind = "requirement",
    description: OptionalText = "",
    source: OptionalLine = "",
    method: OptionalLine = "",
    owner: UUID | None = None,
) -> Requirement:
    """Add a requirement"""
    requirement = Requirement(
        title=title,
        kind=kind,
        description=description,
        source=source,
        method=method,
        **keeping.start(project, id, owner),
    )
    requirement.save()
    return requirement


@command(needs=Power.KEEP_QUALITY)
def change_requirement(
    actor: Actor,
    requirement: Requirement,
    *,
    title: Line,
    kind: Kind = "requirement",
    description: OptionalText = "",
    source: OptionalLine = "",
    method: OptionalLine = "",
    owner: UUID | None = None,
) -> Requirement:
    """Change a requirement"""
    if not requirement.is_open:
        raise Invalid(gettext("This requirement is waived. Let it apply again first."))
    said = {"title": title, "kind": kind, "description": description, "source": source}
    owner_id = keeping.on_the_team(requirement.project_id, owner)
    keeping.change(requirement, **said, method=method, owner_id=owner_id)
    return requirement


@command(needs=Power.APPROVE_QUALITY, kind="quality")
def waive_requirement(actor: Actor, requirement: Requirement, *, reason: Text) -> Requirement:
    """Waive a requirement"""
    if not requirement.is_open:
        raise Invalid(gettext("This requirement is waived already."))
    keeping.change(requirement, state=RequirementState.WAIVED, reason=reason)
    return requirement


@command(needs=Power.KEEP_QUALITY)
def restore_requirement(actor: Actor, requirement: Requirement) -> Requirement:
    """Let a requirement apply again"""
    if requirement.is_open:
        raise Invalid(gettext("This requirement applies already."))
    keeping.change(requirement, state=RequirementState.ACTIVE, reason="")
    return requirement
