"""Units and employment, which the administrator keeps, and what a line manager keeps of hers."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext, gettext_noop
from pydantic import Field

from tospann.foundation.arguments import Line
from tospann.foundation.authority import Actor, Power, Role, Sentence
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.people import queries as people
from tospann.people.models import Organisation, Person
from tospann.resources import line
from tospann.resources.commands.terms import Amount, Currency, Share, active_person
from tospann.resources.models import HOURS_PER_DAY, NOK, Employment, Rate, Unit

HoursPerDay = Annotated[Decimal, Field(gt=0, le=12, max_digits=4, decimal_places=2)]
_NOT_HERS = gettext_noop("You are not the line manager of this person.")


def managed(actor: Actor, person: Person) -> Sentence | None:
    return None if line.manages(actor, person.pk) else Sentence(_NOT_HERS)


@command(needs=Power.RUN_ORGANISATION)
def add_unit(
    actor: Actor, organisation: Organisation, *, id: UUID, name: Line, manager: UUID | None = None
) -> Unit:
    """Add a unit"""
    unit = Unit(id=id, name=name, manager=_manager(actor, manager))
    unit.save()
    return unit


@command(needs=Power.RUN_ORGANISATION)
def change_unit(actor: Actor, unit: Unit, *, name: Line, manager: UUID | None = None) -> Unit:
    """Change a unit"""
    unit.name, unit.manager = name, _manager(actor, manager)
    unit.save()
    return unit


@command(needs=Power.RUN_ORGANISATION)
def employ(
    actor: Actor,
    person: Person,
    *,
    id: UUID,
    unit: UUID | None = None,
    percent: Share = 100,
    hours_per_day: HoursPerDay = HOURS_PER_DAY,
    starts_on: date,
    ends_on: date | None = None,
) -> Employment:
    """Record where and how much somebody works"""
    if ends_on is not None and ends_on < starts_on:
        raise Invalid(gettext("The last day is before the first."), "ends_on")
    found = Unit.objects.filter(pk=unit).first() if unit else None
    if unit and found is None:
        raise Invalid(gettext("There is no such unit."), "unit")
    _refuse_twice(person, starts_on, ends_on)
    employment = Employment(
        id=id,
        person=person,
        unit=found,
        percent=percent,
        hours_per_day=hours_per_day,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    employment.save()
    return employment


@command(needs=Power.RUN_ORGANISATION)
def end_employment(actor: Actor, employment: Employment, *, ends_on: date) -> Employment:
    """End where and how much somebody works"""
    if ends_on < employment.starts_on:
        raise Invalid(gettext("The last day is before the first."), "ends_on")
    employment.ends_on = ends_on
    employment.save()
    return employment


@command(needs=Power.OFFER_PEOPLE, only_if=managed)
def set_working_share(
    actor: Actor, person: Person, *, id: UUID, percent: Share, starts_on: date
) -> Employment:
    """Change how much somebody works from a day on"""
    now = Employment.objects.filter(person=person, starts_on__lte=starts_on)
    now = now.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on))
    current = now.order_by("-starts_on").first()
    if current is None:
        raise Invalid(gettext("%(person)s does not work here that day.") % {"person": person})
    if current.starts_on == starts_on:
        current.percent = percent
        current.save()
        return current
    following = Employment(
        id=id,
        person=person,
        unit=current.unit,
        percent=percent,
        hours_per_day=current.hours_per_day,
        starts_on=starts_on,
        ends_on=current.ends_on,
    )
    current.ends_on = starts_on - timedelta(days=1)
    current.save()
    following.save()
    return following


@command(needs=Power.OFFER_PEOPLE, only_if=managed, undoable=False, guarded=["amount"])
def set_rate(
    actor: Actor,
    person: Person,
    *,
    id: UUID,
    amount: Amount,
    currency: Currency = NOK,
    valid_from: date,
) -> Rate:
    """Set what an hour of somebody costs"""
    found = Rate.objects.filter(person=person, valid_from=valid_from).first()
    rate = found or Rate(id=id, person=person, valid_from=valid_from)
    rate.amount, rate.currency = amount, currency
    rate.save()
    return rate


def _manager(actor: Actor, pk: UUID | None) -> Person | None:
    """Whoever leads a unit is a line manager in the portal too."""
    if pk is None:
        return None
    found = active_person(pk)
    if Role.LINE_MANAGER not in people.organisation_roles(found):
        raise Invalid(
            gettext("%(person)s does not have the role of line manager. Give it first.")
            % {"person": found},
            "manager",
        )
    return found


def _refuse_twice(person: Person, starts_on: date, ends_on: date | None) -> None:
    others = Employment.objects.filter(person=person)
    others = others.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on))
    if ends_on is not None:
        others = others.filter(starts_on__lte=ends_on)
    if others.exists():
        raise Invalid(
            gettext("%(person)s already works somewhere in these days. End that first.")
            % {"person": person},
            "starts_on",
        )
