"""Keeping the events that simulations draw."""

from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext
from pydantic import Field

from tospann.foundation.arguments import Line
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.planning.models import Activity, Kind
from tospann.planning.simulate.models import UncertainEvent
from tospann.projects.models import Project

Chance = Annotated[int, Field(ge=1, le=99)]
Uid = Annotated[int, Field(ge=1, le=2**31 - 1)]
Days = Annotated[list[Annotated[float, Field(ge=-2000, le=2000)]], Field(max_length=3)]
Money = Annotated[list[Annotated[float, Field(ge=-1e12, le=1e12)]], Field(max_length=3)]
Number = Annotated[int, Field(ge=1, le=2**31 - 1)]
MOST = 200


@command(needs=Power.KEEP_REGISTERS)
def add_uncertain_event(
    actor: Actor,
    project: Project,
    *,
    id: UUID,
    name: Line,
    probability: Chance,
    activity_uid: Uid | None = None,
    delay: Days | None = None,
    cost: Money | None = None,
    risk_number: Number | None = None,
) -> UncertainEvent:
    """Add an uncertain event"""
    if UncertainEvent.objects.filter(project=project).count() >= MOST:
        raise Invalid(gettext("There are as many events as a simulation can hold."))
    found = UncertainEvent(id=id, project=project)
    return _write(
        found,
        name=name,
        probability=probability,
        activity_uid=activity_uid,
        delay=delay or [],
        cost=cost or [],
        risk_number=risk_number,
    )


@command(needs=Power.KEEP_REGISTERS)
def change_uncertain_event(
    actor: Actor,
    event: UncertainEvent,
    *,
    name: Line,
    probability: Chance,
    activity_uid: Uid | None = None,
    delay: Days | None = None,
    cost: Money | None = None,
    risk_number: Number | None = None,
) -> UncertainEvent:
    """Change an uncertain event"""
    return _write(
        event,
        name=name,
        probability=probability,
        activity_uid=activity_uid,
        delay=delay or [],
        cost=cost or [],
        risk_number=risk_number,
    )


@command(needs=Power.KEEP_REGISTERS)
def remove_uncertain_event(actor: Actor, event: UncertainEvent) -> None:
    """Remove an uncertain event"""
    event.delete()


def _write(event: UncertainEvent, **values: Any) -> UncertainEvent:
    for field in ("delay", "cost"):
        _check_points(values[field], field)
    if not values["delay"] and not values["cost"]:
        raise Invalid(gettext("Say what it costs, how it delays a task, or both."), "delay")
    if values["delay"]:
        _check_task(event.project, values["activity_uid"])
    for name, value in values.items():
        setattr(event, name, value)
    event.save()
    return event


def _check_points(points: list[float], field: str) -> None:
    if points and (len(points) != 3 or points != sorted(points)):
        raise Invalid(
            gettext("Give three numbers: at least, most likely and at most, in that order."), field
        )


def _check_task(project: Project, uid: int | None) -> None:
    tasks = Activity.objects.filter(project=project).exclude(kind=Kind.SUMMARY)
    if uid is None or not tasks.filter(uid=uid).exists():
        raise Invalid(gettext("Say which task of the plan it delays."), "activity_uid")
