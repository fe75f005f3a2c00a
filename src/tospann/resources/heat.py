"""The heat map: how full each week of each person is, in words and numbers, colour besides."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from tospann.resources import capacity, load
from tospann.resources.weeks import Weeks, monday, number_of, working_days

FULL, BUSY, SOME = 100.5, 80, 1
"""Per cent from which a week is over, full or partly taken; rounding is not being over."""


class Cell(NamedTuple):
    """A week of somebody: hours wanted, hours there are, how many of them by this project."""

    hours: float
    capacity: float
    here: float = 0.0

    @property
    def percent(self) -> int | None:
        """None when there is no time at all: holidays, absence, not employed."""
        return round(self.hours * 100 / self.capacity) if self.capacity else None

    @property
    def is_over(self) -> bool:
        return self[0] > self[1] * FULL / 100 and self[0] >= 0.1

    @property
    def heat(self) -> str:
        """``over``, ``full``, ``some``, ``free`` or ``away``."""
        if self.is_over:
            return "over"
        if self.percent is None:
            return "away"
        if self.percent >= BUSY:
            return "full"
        return "some" if self.percent >= SOME else "free"


@dataclass(frozen=True)
class Row:
    """A person and her weeks."""

    id: UUID
    name: str
    title: str
    cells: Sequence[Cell]

    @property
    def over(self) -> int:
        return sum(cell.is_over for cell in self.cells)


@dataclass(frozen=True)
class Heat:
    """The whole map."""

    weeks: Weeks
    rows: Sequence[Row]

    @property
    def heads(self) -> list[dict[str, Any]]:
        """Each week: its number, its Monday, and its working days."""
        return [
            {"number": number_of(week)[1], "monday": monday(week), "days": len(working_days(week))}
            for week in self.weeks
        ]


def of(
    people: Sequence[Mapping[str, Any]],
    weeks: Weeks,
    project: UUID | None = None,
    projects: QuerySet[Any, Any] | None = None,
) -> Heat:
    """The map of these people (``id``, ``name``, ``title``): four queries at most.

    ``projects`` (their keys) leaves out what all others want.
    """
    ids = [one["id"] for one in people]
    there = capacity.of_people(ids, weeks)
    wanted = load.planned(ids, weeks, projects)
    here = load.of_project(project, ids, weeks) if project else {}
    nothing = [0.0] * len(weeks)
    rows = [
        Row(
            one["id"],
            one["name"],
            one["title"],
            [
                Cell(*hours)
                for hours in zip(
                    wanted[one["id"]],
                    there[one["id"]],
                    here.get(one["id"], nothing),
                    strict=True,
                )
            ],
        )
        for one in people
    ]
    return Heat(weeks, rows)


@dataclass(frozen=True)
class Over:
    """A run of weeks in which somebody has more to do than time, and which projects want it."""

    name: str
    first: int
    last: int
    worst: int | None
    """Per cent in the fullest of the weeks; None when she has no time at all then."""
    hours: float
    """How many hours too many in all."""
    projects: Mapping[UUID, float]
    """The hours each project wants in these weeks."""
    wants: Sequence[tuple[str, str, float]] = ()
    """The same by name and key (both empty for projects one does not see), most first."""


def overs(heat: Heat, most: int) -> list[Over]:
    """Who is wanted for more than there is, worst first: one query."""
    found = [(row, run) for row in heat.rows for run in _runs(row)]
    worst = sorted(found, key=lambda one: (-_too_many(*one), one[1].start))[:most]
    people = {row.id for row, _run in worst}
    by_project = load.by_project(people, heat.weeks) if people else {}
    return [_over(row, run, heat.weeks, by_project[row.id]) for row, run in worst]


def named(found: Iterable[Over], seen: Mapping[UUID, tuple[str, str]]) -> list[Over]:
    """With the projects by the names and keys of those one sees."""
    return [replace(one, wants=_by_name(one.projects, seen)) for one in found]


def _by_name(
    projects: Mapping[UUID, float], seen: Mapping[UUID, tuple[str, str]]
) -> list[tuple[str, str, float]]:
    wants: dict[tuple[str, str], float] = {}
    for project, hours in projects.items():
        known = seen.get(project, ("", ""))
        wants[known] = wants.get(known, 0.0) + hours
    return [(*who, hours) for who, hours in sorted(wants.items(), key=lambda one: -one[1])]


def _too_many(row: Row, run: range) -> float:
    return sum(row.cells[at].hours - row.cells[at].capacity for at in run)


def _runs(row: Row) -> list[range]:
    runs: list[range] = []
    for at, cell in enumerate(row.cells):
        if not cell.is_over:
            continue
        if runs and runs[-1].stop == at:
            runs[-1] = range(runs[-1].start, at + 1)
        else:
            runs.append(range(at, at + 1))
    return runs


def _over(row: Row, run: range, weeks: Weeks, by_project: Mapping[UUID, Sequence[float]]) -> Over:
    percents = [row.cells[at].percent for at in run]
    wanted = {project: sum(hours[at] for at in run) for project, hours in by_project.items()}
    return Over(
        row.name,
        weeks[run.start],
        weeks[run.stop - 1],
        None if None in percents else max(one or 0 for one in percents),
        round(_too_many(row, run), 1),
        {project: hours for project, hours in wanted.items() if hours},
    )


def free_share(there: Sequence[float], wanted: Sequence[float]) -> int:
    """Per cent of full weeks that is free in the fullest of these weeks."""
    shares = [
        max(0.0, hours - used) * 100 / hours
        for hours, used in zip(there, wanted, strict=True)
        if hours
    ]
    return round(min(shares, default=0.0))


def drawn(heat: Heat) -> Iterable[tuple[Row, Markup]]:
    """Each row with its cells as HTML: ten thousand of them take a template ten times as long."""
    words = {
        "away": escape(_("No time")),
        "over": escape(_("over")),
    }
    heads = [f'" data-week="{number_of(week)[1]}">' for week in heat.weeks]
    kept: dict[tuple[float, float], tuple[str, str]] = {}
    for row in heat.rows:
        parts = []
        for cell, head in zip(row.cells, heads, strict=True):
            key = (cell[0], cell[1])
            if (known := kept.get(key)) is None:
                known = kept[key] = (cell.heat, _inner(cell.heat, cell.percent, words))
            parts.append(f'<td class="heat-{known[0]}{head}{known[1]}</td>')
        yield row, Markup("".join(parts))  # noqa: S704  # numbers, and words escaped above


def _inner(heat: str, percent: int | None, words: Mapping[str, Markup]) -> str:
    if percent is None:
        if heat == "over":
            return f'<b aria-hidden="true">▲</b><span class="ds-sr-only">{words["over"]}</span>'
        return f'<span class="ds-sr-only">{words["away"]}</span><i aria-hidden="true">×</i>'
    if heat == "over":
        said = f'<span class="ds-sr-only"> {words["over"]}</span>'
        return f'<b>{percent}<i aria-hidden="true">▲</i></b>{said}'
    return (
        str(percent)
        if percent
        else '<span aria-hidden="true">·</span><span class="ds-sr-only">0</span>'
    )
