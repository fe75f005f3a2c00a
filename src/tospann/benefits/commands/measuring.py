"""Indicators, when they are measured, and what was found."""

from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext
from pydantic import Field

from tospann.benefits.commands.keeping import KIND, AlreadyAdded, hers_or_kept, ours
from tospann.benefits.models import Benefit, Indicator, Measurement, Moment
from tospann.foundation.arguments import Line, OptionalLine, OptionalText
from tospann.foundation.authority import Actor, Power, Sentence
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid

Value = Annotated[Decimal, Field(max_digits=15, decimal_places=3)]


@command(needs=Power.EDIT_BENEFITS, kind=KIND)
def add_indicator(
    actor: Actor,
    benefit: Benefit,
    *,
    id: UUID,
    name: Line,
    target: Value,
    unit: OptionalLine = "",
    method: OptionalText = "",
    responsible: UUID | None = None,
    start_on: date | None = None,
    middle_on: date | None = None,
    end_on: date | None = None,
) -> Indicator:
    """Add an indicator"""
    if Indicator.objects.filter(pk=id).exists():
        raise AlreadyAdded
    indicator = Indicator(
        id=id,
        project_id=benefit.project_id,
        benefit=benefit,
        name=name,
        target=target,
        unit=unit[:60],
        method=method,
        responsible_id=ours(benefit.project_id, responsible, "responsible"),
    )
    indicator.save()
    days = {Moment.START: start_on, Moment.MIDDLE: middle_on, Moment.END: end_on}
    for moment, day in days.items():
        if day is not None:
            plan(indicator, moment, day)
    return indicator


def plan(indicator: Indicator, moment: Moment, day: date, pk: UUID | None = None) -> Measurement:
    """One more planned measuring; the same one is not planned twice."""
    there = Measurement.objects.filter(indicator=indicator, moment=moment, due_on=day)
    if there.exists():
        raise Invalid(gettext("It is to be measured that day already."), "due_on")
    planned = Measurement(
        project_id=indicator.project_id, indicator=indicator, moment=moment, due_on=day
    )
    if pk is not None:
        planned.id = pk
    planned.save()
    return planned


@command(needs=Power.EDIT_BENEFITS, kind=KIND)
def change_indicator(
    actor: Actor,
    indicator: Indicator,
    *,
    name: Line,
    target: Value,
    unit: OptionalLine = "",
    method: OptionalText = "",
    responsible: UUID | None = None,
) -> Indicator:
    """Change an indicator"""
    if responsible != indicator.responsible_id:
        indicator.responsible_id = ours(indicator.project_id, responsible, "responsible")
    indicator.name, indicator.target = name, target
    indicator.unit, indicator.method = unit[:60], method
    indicator.save()
    return indicator


@command(needs=Power.EDIT_BENEFITS, kind=KIND)
def remove_indicator(actor: Actor, indicator: Indicator) -> None:
    """Remove an indicator"""
    planned = Measurement.objects.filter(indicator=indicator)
    if planned.filter(value__isnull=False).exists():
        raise Invalid(gettext("It has been measured. What was found is kept."))
    for one in planned:
        one.delete()
    indicator.delete()


@command(needs=Power.EDIT_BENEFITS, kind=KIND)
def plan_measurement(
    actor: Actor, indicator: Indicator, *, id: UUID, moment: Moment, due_on: date
) -> Measurement:
    """Plan a measurement"""
    if Measurement.objects.filter(pk=id).exists():
        raise AlreadyAdded
    return plan(indicator, moment, due_on, id)


@command(needs=Power.EDIT_BENEFITS, kind=KIND)
def move_measurement(actor: Actor, measurement: Measurement, *, due_on: date) -> Measurement:
    """Move a measurement"""
    _must_be_open(measurement)
    measurement.due_on = due_on
    measurement.save()
    return measurement


@command(needs=Power.EDIT_BENEFITS, kind=KIND)
def remove_measurement(actor: Actor, measurement: Measurement) -> None:
    """Remove a planned measurement"""
    _must_be_open(measurement)
    measurement.delete()


def _must_be_open(measurement: Measurement) -> None:
    if measurement.value is not None:
        raise Invalid(gettext("This is measured already. What was found is kept."))


def is_hers_or_kept(actor: Actor, measurement: Measurement) -> Sentence | None:
    """Who measures, who owns the benefit, or who keeps the registers or the plan for benefits."""
    of = measurement.indicator
    return hers_or_kept(actor, measurement.scope_id, of.responsible_id, of.benefit.owner_id)


@command(needs=Power.OWN_ACTIONS, only_if=is_hers_or_kept)
def record_measurement(
    actor: Actor,
    measurement: Measurement,
    *,
    value: Value,
    measured_on: date | None = None,
    comment: OptionalText = "",
) -> Measurement:
    """Record a measurement"""
    _must_be_open(measurement)
    return _found(actor, measurement, value, measured_on, comment)


@command(needs=Power.OWN_ACTIONS, only_if=is_hers_or_kept)
def correct_measurement(
    actor: Actor,
    measurement: Measurement,
    *,
    value: Value,
    measured_on: date | None = None,
    comment: OptionalText = "",
) -> Measurement:
    """Correct a measurement"""
    if measurement.value is None:
        raise Invalid(gettext("This is not measured yet."))
    return _found(actor, measurement, value, measured_on or measurement.measured_on, comment)


def _found(
    actor: Actor, measurement: Measurement, value: Decimal, on: date | None, comment: str
) -> Measurement:
    today = timezone.localdate()
    if on is not None and on > today:
        raise Invalid(gettext("Nothing is measured in the future."), "measured_on")
    measurement.value, measurement.measured_on = value, on or today
    measurement.measured_by_id, measurement.comment = actor.person_id, comment
    measurement.save()
    return measurement
