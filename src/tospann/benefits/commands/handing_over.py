"""Handing benefits over: to the line when the project ends, to somebody else when one leaves."""

from datetime import date
from typing import Annotated
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext
from pydantic import Field

from tospann.benefits.commands import measuring
from tospann.benefits.commands.keeping import KIND, ours
from tospann.benefits.models import Benefit, BenefitState, Change, ChangeState, Indicator, Moment
from tospann.benefits.queries import OPEN
from tospann.foundation.arguments import OptionalText
from tospann.foundation.authority import Actor, Power, Role
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.people.models import Person
from tospann.projects import queries as projects

Days = Annotated[list[date], Field(min_length=1, max_length=20)]
_HEIRS = (Role.BENEFIT_RESPONSIBLE, Role.OWNER, Role.MANAGER)


@command(needs=Power.EDIT_BENEFITS, kind=KIND)
def hand_over_benefit(
    actor: Actor, benefit: Benefit, *, owner: UUID, measure_on: Days, note: OptionalText = ""
) -> Benefit:
    """Hand a benefit over to the line

    Whoever owns it there also measures it from then on.
    """
    if not benefit.is_open:
        raise Invalid(gettext("Only a benefit that is planned or being realised is handed over."))
    indicators = list(Indicator.objects.filter(benefit=benefit).order_by("created_at", "pk"))
    if not indicators:
        raise Invalid(
            gettext("Add an indicator first: otherwise nobody can see whether it comes."),
            "measure_on",
        )
    benefit.owner_id = ours(benefit.project_id, owner, "owner")
    benefit.state, benefit.handed_over_at = BenefitState.REALISING, timezone.now()
    benefit.handed_over_note = note
    benefit.save()
    for indicator in indicators:
        if indicator.responsible_id != benefit.owner_id:
            indicator.responsible_id = benefit.owner_id
            indicator.save()
        for day in sorted(set(measure_on)):
            _plan_once(indicator, day)
    return benefit


def _plan_once(indicator: Indicator, day: date) -> None:
    if not indicator.measurements.filter(moment=Moment.AFTER, due_on=day).exists():
        measuring.plan(indicator, Moment.AFTER, day)


@command(needs=Power.KEEP_REGISTERS)
def give_benefit_to(actor: Actor, benefit: Benefit, *, person: UUID) -> Benefit:
    """Give a benefit to somebody else"""
    benefit.owner_id = ours(benefit.project_id, person, "person")
    benefit.save()
    return benefit


@command(needs=Power.KEEP_REGISTERS)
def give_change_to(actor: Actor, change: Change, *, person: UUID) -> Change:
    """Give a change in the line to somebody else"""
    change.responsible_id = ours(change.project_id, person, "person")
    change.save()
    return change


@command(needs=Power.KEEP_REGISTERS)
def give_indicator_to(actor: Actor, indicator: Indicator, *, person: UUID) -> Indicator:
    """Give an indicator to somebody else"""
    indicator.responsible_id = ours(indicator.project_id, person, "person")
    indicator.save()
    return indicator


def hand_over_all(actor: Actor, person: Person, to: Person | None) -> None:
    """A leaver's benefits, changes and measuring: to whoever takes over, else who answers."""
    for benefit in Benefit.objects.filter(owner=person, state__in=OPEN):
        if heir := _heir(benefit.project_id, person, to):
            give_benefit_to(actor, benefit, person=heir)
    changes = Change.objects.filter(responsible=person).exclude(state=ChangeState.DONE)
    for change in changes:
        if heir := _heir(change.project_id, person, to):
            give_change_to(actor, change, person=heir)
    for indicator in Indicator.objects.filter(responsible=person, benefit__state__in=OPEN):
        if heir := _heir(indicator.project_id, person, to):
            give_indicator_to(actor, indicator, person=heir)


def _heir(project_id: UUID, person: Person, to: Person | None) -> UUID | None:
    if to is not None and to.pk in projects.on_team(project_id):
        return to.pk
    for role in _HEIRS:
        found = [one for one in projects.holders(project_id, [role]) if one != person.pk]
        if found:
            return min(found)
    return None
