"""Adding and changing benefits, and saying how they stand."""

from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext
from pydantic import Field, StringConstraints

from tospann.benefits.commands.keeping import KIND, AlreadyAdded, goal_of, ours
from tospann.benefits.models import (
    LETTERS,
    Benefit,
    BenefitKind,
    BenefitState,
    Importance,
    Use,
)
from tospann.foundation.arguments import Line, OptionalText
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.foundation.transactions import next_number
from tospann.projects.models import Project

Amount = Annotated[Decimal, Field(max_digits=15, decimal_places=2)]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]


@command(needs=Power.EDIT_BENEFITS, kind=KIND)
def add_benefit(
    actor: Actor,
    project: Project,
    *,
    id: UUID,
    title: Line,
    kind: BenefitKind,
    description: OptionalText = "",
    goal: UUID | None = None,
    owner: UUID | None = None,
    value_per_year: Amount | None = None,
    currency: Currency = "NOK",
    full_from: date | None = None,
    importance: Importance | None = None,
    use: Use | None = None,
) -> Benefit:
    """Add a benefit"""
    if Benefit.objects.filter(pk=id).exists():
        raise AlreadyAdded
    benefit = Benefit(
        id=id,
        project=project,
        number=next_number(project.pk),
        code=_next_code(project, kind),
        title=title,
        kind=kind,
        description=description,
        goal_id=goal_of(project.pk, goal),
        owner_id=ours(project.pk, owner, "owner"),
        value_per_year=_priced(kind, value_per_year),
        currency=currency,
        full_from=full_from,
        importance=importance or "",
        use=use or "",
    )
    benefit.save()
    return benefit


def _priced(kind: BenefitKind, value: Decimal | None) -> Decimal | None:
    if kind == BenefitKind.QUALITATIVE and value is not None:
        raise Invalid(gettext("A benefit that is not priced has no amount."), "value_per_year")
    return value


def _next_code(project: Project, kind: BenefitKind) -> str:
    """Ø1, Ø2, V1 …: a number is not used twice."""
    letter = LETTERS[kind]
    there = Benefit.objects.filter(project=project, code__startswith=letter)
    used = [int(code.removeprefix(letter)) for code in there.values_list("code", flat=True)]
    return f"{letter}{max(used, default=0) + 1}"


@command(needs=Power.EDIT_BENEFITS, kind=KIND)
def change_benefit(
    actor: Actor,
    benefit: Benefit,
    *,
    title: Line,
    kind: BenefitKind,
    description: OptionalText = "",
    goal: UUID | None = None,
    owner: UUID | None = None,
    value_per_year: Amount | None = None,
    currency: Currency = "NOK",
    full_from: date | None = None,
    importance: Importance | None = None,
    use: Use | None = None,
) -> Benefit:
    """Change a benefit"""
    if kind != benefit.kind:
        benefit.code = _next_code(benefit.project, kind)
    if owner != benefit.owner_id:
        benefit.owner_id = ours(benefit.project_id, owner, "owner")
    benefit.title, benefit.kind, benefit.description = title, kind, description
    benefit.goal_id = goal_of(benefit.project_id, goal)
    benefit.value_per_year = _priced(kind, value_per_year)
    benefit.currency, benefit.full_from = currency, full_from
    benefit.importance, benefit.use = importance or "", use or ""
    benefit.save()
    return benefit


@command(needs=Power.EDIT_BENEFITS, kind=KIND)
def set_benefit_state(
    actor: Actor, benefit: Benefit, *, state: BenefitState, reason: OptionalText = ""
) -> Benefit:
    """Say how a benefit stands"""
    if state == BenefitState.GIVEN_UP and not reason:
        raise Invalid(gettext("Say why the benefit is given up."), "reason")
    benefit.state, benefit.reason = state, reason
    benefit.save()
    return benefit
