"""The matrices and the timeline as data for their pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from tospann.projects.models import Project
from tospann.risks import matrix, queries
from tospann.risks.models import Risk, RiskState

MOST = 500
"""So many rows on a timeline; the list holds them all."""
WAYS = ("proximity", "due", "raised")
_FIELDS = ("number", "title", "kind", "due_on", "created_at", "proximity", *queries.STANDING)


@dataclass(frozen=True)
class Cell:
    kind: str
    rank: int
    word: str
    count: int
    href: str
    name: str


MatrixRow = tuple[str, int, list[Cell]]


def rows(project: Project, of: matrix.Matrix, prefix: str = "") -> list[MatrixRow]:
    """The matrix from its highest probability, each cell with how many open rows lie there."""
    counts = queries.cell_counts(project, of.kind, prefix)
    return [
        (
            of.probability[number - 1],
            number,
            [_cell(project, of, number, column, counts, prefix) for column in _SPAN],
        )
        for number in reversed(_SPAN)
    ]


_SPAN = range(1, matrix.SIZE + 1)


def _cell(
    project: Project,
    of: matrix.Matrix,
    row: int,
    column: int,
    counts: dict[tuple[int, int], int],
    prefix: str,
) -> Cell:
    level, count = of.level(row, column), counts.get((row, column), 0)
    of_list = reverse("risks", args=[project.key])
    where = f"{'after' if prefix else 'now'}={row}x{column}"
    told = ngettext("%(n)s in the cell %(cell)s", "%(n)s in the cell %(cell)s", count)
    return Cell(
        kind=of.kind,
        rank=level.rank if level else 0,
        word=level.word if level else "",
        count=count,
        href=f"{of_list}?kind={of.kind}&{where}",
        name=told % {"n": count, "cell": f"{row} × {column}"},
    )


def worst(project: Project, scales: matrix.Scales, kind: str, most: int = 50) -> list[Any]:
    """The open rows of a kind, the highest level first: the table beside the matrices."""
    found = queries.risks(project).filter(state=RiskState.OPEN, kind=kind)
    ranked = queries.ranked(found, scales).order_by("-level", "number")
    return list(ranked.values(*_FIELDS, "level", owner_name=F("owner__name"))[:most])


def timeline(project: Project, scales: matrix.Scales, way: str) -> list[tuple[str, list[Any]]]:
    """The open rows under headings: by proximity, by the next review, or by when raised."""
    found = queries.risks(project).filter(state=RiskState.OPEN)
    groups: dict[str, list[Any]] = {}
    if way == "proximity":
        groups = {label: [] for _key, label in scales.proximity}
    for heading, row in _headed(found, scales, way):
        groups.setdefault(heading, []).append(row)
    return [(heading, listed) for heading, listed in groups.items() if listed]


def _headed(
    found: QuerySet[Risk], scales: matrix.Scales, way: str
) -> Iterator[tuple[str, dict[str, Any]]]:
    ranked: QuerySet[Any, Any] = queries.ranked(found, scales)
    if way == "proximity":
        words = dict(scales.proximity)
        for row in _values(ranked.order_by("-level", F("due_on").asc(nulls_last=True), "number")):
            yield words.get(row["proximity"]) or gettext("Proximity not assessed"), row
    elif way == "due":
        today = timezone.localdate()
        for row in _values(ranked.order_by(F("due_on").asc(nulls_last=True), "-level", "number")):
            yield _month_due(row["due_on"], today), row
    else:
        for row in _values(ranked.order_by("-created_at", "-number")):
            yield _month(timezone.localtime(row["created_at"]).date()), row


def _values(rows: QuerySet[Any, Any]) -> list[dict[str, Any]]:
    return list(rows.values(*_FIELDS, owner_name=F("owner__name"))[:MOST])


def _month_due(due_on: date | None, today: date) -> str:
    if due_on is None:
        return gettext("Without a date")
    return gettext("Overdue") if due_on < today else _month(due_on)


def _month(day: date) -> str:
    return date_format(day, "F Y")
