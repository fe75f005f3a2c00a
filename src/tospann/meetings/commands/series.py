"""Setting up the meeting series of a project."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from tospann.foundation.arguments import Key, Line, OptionalLine
from tospann.foundation.authority import Actor, Power, Role
from tospann.foundation.commands import command
from tospann.foundation.records import save_all
from tospann.meetings.models import Cadence, Series
from tospann.projects.models import Project

Minutes = Annotated[int, Field(ge=5, le=480)]


class SeriesLine(BaseModel):
    """A meeting series to set up; ``phases`` are keys of phases, none means the whole project."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: Key
    name: Line
    cadence: Cadence
    duration_minutes: Minutes
    participants: Annotated[list[Role], Field(min_length=1)]
    agenda: list[Line] = Field(default_factory=list, max_length=50)
    phases: list[Key] = Field(default_factory=list, max_length=50)
    minutes_template: OptionalLine = ""


@command(needs=Power.EDIT_PROJECT, undoable=False)
def add_series(
    actor: Actor,
    project: Project,
    *,
    series: Annotated[list[SeriesLine], Field(min_length=1, max_length=50)],
) -> list[Series]:
    """Set up meeting series"""
    before = Series.objects.filter(project=project).count()
    return save_all(
        Series(project=project, position=position, **line.model_dump(mode="json"))
        for position, line in enumerate(series, before + 1)
    )


@command(needs=Power.EDIT_PROJECT)
def change_series(
    actor: Actor,
    series: Series,
    *,
    name: Line,
    cadence: Cadence,
    duration_minutes: Minutes,
    agenda: Annotated[list[Line] | None, Field(max_length=50)] = None,
) -> Series:
    """Change a meeting series"""
    series.name, series.cadence, series.duration_minutes = name, cadence, duration_minutes
    if agenda is not None:
        series.agenda = agenda
    series.save()
    return series
