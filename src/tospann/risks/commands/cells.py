"""Saying what the cells of the project's matrices amount to."""

from typing import Annotated

from django.utils.translation import gettext
from pydantic import Field

from tospann.foundation.arguments import Key
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.projects import commands as projects
from tospann.projects.models import ChoiceList, Project
from tospann.risks import matrix

_Line = Annotated[list[Key], Field(min_length=5, max_length=5)]
Cells = Annotated[list[_Line], Field(min_length=5, max_length=5)]


@command(needs=Power.KEEP_REGISTERS)
def set_cells(
    actor: Actor, project: Project, *, threats: Cells, opportunities: Cells
) -> ChoiceList:
    """Change the cells of the risk matrices"""
    scales = matrix.of_project(project)
    for name, of, cells in (
        ("threats", scales.threat, threats),
        ("opportunities", scales.opportunity, opportunities),
    ):
        known = {level.key for level in of.levels}
        if any(cell not in known for line in cells for cell in line):
            raise Invalid(gettext("A cell has a level the matrix does not know."), name)
    stored = {**matrix.stored(project), "threats": threats, "opportunities": opportunities}
    stored.setdefault("levels", [level for of in scales.both for level in matrix.as_data(of)])
    return projects.set_choice_list(actor, project, key=matrix.KEY, values=[stored])
