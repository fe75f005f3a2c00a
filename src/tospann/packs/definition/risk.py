"""The risk matrix: scales, cells as data, and what each colour class asks for."""

from itertools import pairwise
from typing import Annotated, Literal, Self, get_args

from pydantic import Field as Bounds
from pydantic import model_validator

from tospann.packs.definition.words import Definition, Key, Text

ThreatOrOpportunity = Literal["threat", "opportunity"]
ThreatClass = Literal["green", "yellow", "orange", "red"]
OpportunityClass = Literal["green_1", "green_2", "green_3", "green_4"]
ORDER = {
    name: rank
    for names in (ThreatClass, OpportunityClass)
    for rank, name in enumerate(get_args(names))
}


class MatrixLevel(Definition):
    """What a colour class is called and what it asks of the project."""

    key: ThreatClass | OpportunityClass
    kind: ThreatOrOpportunity
    name: Text
    response: Text


class RiskMatrix(Definition):
    """``threats[p][i]`` is the class at probability ``p`` and impact ``i``, lowest first.

    The scales are lists of the pack's choices. Cells are stored and not computed from
    probability times impact: rare and very serious is not the same as frequent and slight.
    """

    probability: Key
    threat_impact: Key
    opportunity_impact: Key
    threats: Annotated[tuple[tuple[ThreatClass, ...], ...], Bounds(min_length=2)]
    opportunities: Annotated[tuple[tuple[OpportunityClass, ...], ...], Bounds(min_length=2)]
    levels: tuple[MatrixLevel, ...]

    @model_validator(mode="after")
    def _cells_fit(self) -> Self:
        _refuse_milder("threats", self.threats)
        _refuse_milder("opportunities", self.opportunities)
        described = {level.key for level in self.levels}
        used = {cell for rows in (self.threats, self.opportunities) for row in rows for cell in row}
        if used != described:
            raise ValueError(f"levels: {sorted(used ^ described)} is not both used and described")
        return self


def _refuse_milder(name: str, rows: tuple[tuple[str, ...], ...]) -> None:
    if len({len(row) for row in rows}) != 1:
        raise ValueError(f"{name}: every row needs the same number of cells")
    for line in (*rows, *zip(*rows, strict=True)):
        if any(ORDER[after] < ORDER[before] for before, after in pairwise(line)):
            raise ValueError(f"{name}: a cell is milder than one with less probability or impact")
