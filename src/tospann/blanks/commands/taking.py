"""Taking document templates into use in a project."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from tospann.blanks.models import Blank, BlankKind
from tospann.foundation.arguments import Key, Line, OptionalLine
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.foundation.records import save_all
from tospann.projects.models import Project


class BlankLine(BaseModel):
    """A document template to take into use; its definition was checked where it was read."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: Key
    name: Line
    kind: BlankKind
    gate: OptionalLine = ""
    prepared_by: OptionalLine = ""
    approved_by: OptionalLine = ""
    definition: dict[str, Any]


@command(needs=Power.EDIT_PROJECT, undoable=False, exposed=False)
def add_blanks(
    actor: Actor,
    project: Project,
    *,
    blanks: Annotated[list[BlankLine], Field(min_length=1, max_length=100)],
) -> list[Blank]:
    """Take document templates into use"""
    before = Blank.objects.filter(project=project).count()
    return save_all(
        Blank(project=project, position=position, **line.model_dump())
        for position, line in enumerate(blanks, before + 1)
    )


@command(needs=Power.EDIT_PROJECT)
def rename_blank(actor: Actor, blank: Blank, *, name: Line) -> Blank:
    """Rename a document template"""
    blank.name = name
    blank.save()
    return blank
