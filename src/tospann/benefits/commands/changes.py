"""What has to become different in the line, and which benefits it leads to."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext
from pydantic import Field

from tospann.benefits.commands.keeping import KIND, AlreadyAdded, hers_or_kept, ours
from tospann.benefits.models import Benefit, Change, ChangeState, Effect
from tospann.foundation.arguments import Line, OptionalLine, OptionalText
from tospann.foundation.authority import Actor, Power, Sentence
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.projects.models import Project

Several = Annotated[list[UUID], Field(max_length=100)]


@command(needs=Power.EDIT_BENEFITS, kind=KIND)
def plan_change(
    actor: Actor,
    project: Project,
    *,
    id: UUID,
    title: Line,
    description: OptionalText = "",
    product: OptionalLine = "",
    responsible: UUID | None = None,
    due_on: date | None = None,
    benefits: Several | None = None,
) -> Change:
    """Plan a change in the line"""
    if Change.objects.filter(pk=id).exists():
        raise AlreadyAdded
    change = Change(
        id=id,
        project=project,
        title=title,
        description=description,
        product=product,
        responsible_id=ours(project.pk, responsible, "responsible"),
        due_on=due_on,
    )
    change.save()
    _lead_to(change, benefits or ())
    return change


@command(needs=Power.EDIT_BENEFITS, kind=KIND)
def revise_change(
    actor: Actor,
    change: Change,
    *,
    title: Line,
    description: OptionalText = "",
    product: OptionalLine = "",
    responsible: UUID | None = None,
    due_on: date | None = None,
    benefits: Several | None = None,
) -> Change:
    """Revise a change in the line"""
    if responsible != change.responsible_id:
        change.responsible_id = ours(change.project_id, responsible, "responsible")
    change.title, change.description, change.product = title, description, product
    change.due_on = due_on
    change.save()
    _lead_to(change, benefits or ())
    return change


def _lead_to(change: Change, benefits: Sequence[UUID]) -> None:
    """Exactly these benefits: effects are added and taken away."""
    wanted = set(benefits)
    known = Benefit.objects.filter(project=change.project_id, pk__in=wanted)
    if known.count() != len(wanted):
        raise Invalid(gettext("There is no such benefit in this project."), "benefits")
    there = {one.benefit_id: one for one in Effect.objects.filter(change=change)}
    for pk in there.keys() - wanted:
        there[pk].delete()
    for pk in sorted(wanted - there.keys()):
        Effect(project_id=change.project_id, change=change, benefit_id=pk).save()


def is_hers_or_kept(actor: Actor, change: Change) -> Sentence | None:
    return hers_or_kept(actor, change.scope_id, change.responsible_id)


@command(needs=Power.OWN_ACTIONS, only_if=is_hers_or_kept)
def set_change_state(actor: Actor, change: Change, *, state: ChangeState) -> Change:
    """Say how far a change in the line has come"""
    change.state = state
    change.save()
    return change


@command(needs=Power.EDIT_BENEFITS, kind=KIND)
def remove_change(actor: Actor, change: Change) -> None:
    """Remove a change in the line"""
    for effect in Effect.objects.filter(change=change):
        effect.delete()
    change.delete()
