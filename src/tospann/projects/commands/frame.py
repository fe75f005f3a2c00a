"""What the project is kept within and kept in: tolerances, registers, lists of values."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from tospann.foundation.arguments import Key, Line
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.foundation.records import save_all
from tospann.projects.models import (
    ChoiceList,
    Project,
    RegisterDefinition,
    Tolerance,
)


@command(needs=Power.SET_LIMITS, kind="tolerance")
def set_tolerance(
    actor: Actor,
    project: Project,
    *,
    area: Key,
    allowed: Line,
    days: int | None = None,
    percent: int | None = None,
    most: int | None = None,
) -> Tolerance:
    """Set a tolerance"""
    tolerance = Tolerance.objects.filter(project=project, area=area).first()
    tolerance = tolerance or Tolerance(project=project, area=area)
    tolerance.allowed, tolerance.days, tolerance.percent = allowed, days, percent
    tolerance.most = most
    tolerance.save()
    return tolerance


@command(needs=Power.EDIT_PROJECT, undoable=False)
def keep_register(
    actor: Actor, project: Project, *, key: Key, title: Line, columns: list[dict[str, Any]]
) -> RegisterDefinition:
    """Keep a register"""
    register = RegisterDefinition(
        project=project,
        position=RegisterDefinition.objects.filter(project=project).count() + 1,
        key=key,
        title=title,
        columns=columns,
    )
    register.save()
    return register


class RegisterLine(BaseModel):
    """A register to keep: its key, its title and the columns it has besides the usual ones."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: Key
    title: Line
    columns: list[dict[str, Any]] = Field(default_factory=list, max_length=100)


@command(needs=Power.EDIT_PROJECT, undoable=False, exposed=False)
def keep_registers(
    actor: Actor, project: Project, *, registers: list[RegisterLine]
) -> list[RegisterDefinition]:
    """Keep registers"""
    before = RegisterDefinition.objects.filter(project=project).count()
    return save_all(
        RegisterDefinition(
            project=project,
            position=position,
            key=line.key,
            title=line.title,
            columns=line.columns,
        )
        for position, line in enumerate(registers, before + 1)
    )


Values = Annotated[list[dict[str, Any]], Field(min_length=1, max_length=200)]


@command(needs=Power.EDIT_PROJECT)
def set_choice_list(actor: Actor, project: Project, *, key: Key, values: Values) -> ChoiceList:
    """Set the values of a choice list"""
    kept = ChoiceList.objects.filter(project=project, key=key).first()
    kept = kept or ChoiceList(project=project, key=key)
    kept.values = values
    kept.save()
    return kept


@command(needs=Power.EDIT_PROJECT, undoable=False, exposed=False)
def set_choice_lists(
    actor: Actor, project: Project, *, lists: dict[Key, Values]
) -> list[ChoiceList]:
    """Set the values of new choice lists"""
    return save_all(
        ChoiceList(project=project, key=key, values=values) for key, values in lists.items()
    )
