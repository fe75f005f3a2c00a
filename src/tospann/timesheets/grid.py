"""The weekly grid: what stands in its cells, what was typed there, and what they come to."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from tospann.projects.models import Project
from tospann.timesheets import kinds, lines, queries
from tospann.timesheets.commands import HoursLine
from tospann.timesheets.lines import NOTHING, ZERO, Entry
from tospann.timesheets.models import LOCKED, State
from tospann.timesheets.planned import Task
from tospann.ui import formats
from tospann.ui.holidays import public_holidays
from tospann.ui.jinja import language

MOST_LINES = 100
MOST_A_DAY = 24
_WHAT = re.compile(r"([0-9a-f-]{36}):(\d{0,10}):([a-z0-9_]{0,60})")
_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)")


@dataclass(frozen=True)
class Day:
    """A column of the grid."""

    date: date
    holiday: str
    is_today: bool

    @property
    def name(self) -> str:
        return formats.weekday_name(self.date, language())

    @property
    def short(self) -> str:
        return self.name[:2].capitalize()

    @property
    def is_free(self) -> bool:
        return bool(self.holiday) or self.date.weekday() > 4


@dataclass
class Row:
    """A line of the grid, with its cells as they are typed."""

    project: Project
    uid: int | None
    kind: str
    comment: str = ""
    cells: list[str] = field(default_factory=lambda: [""] * 7)
    hours: list[Decimal] = field(default_factory=lambda: list(NOTHING))
    errors: dict[int, str] = field(default_factory=dict)
    state: str = State.OPEN
    reason: str = ""
    name: str = ""
    under: str = ""

    @property
    def what(self) -> str:
        return f"{self.project.pk}:{self.uid or ''}:{self.kind}"

    @property
    def is_locked(self) -> bool:
        return self.state in LOCKED

    @property
    def total(self) -> Decimal:
        return sum(self.hours, ZERO)

    def put(self, step: int, hours: Decimal) -> None:
        self.hours[step] = hours
        self.cells[step] = formats.number(hours, language()) if hours else ""


@dataclass
class Grid:
    """A week ready to be shown or saved."""

    person: UUID
    monday: date
    version: int
    state: str
    projects: list[Project]
    rows: list[Row] = field(default_factory=list)
    types: Mapping[UUID, Mapping[str, str]] = field(default_factory=dict)
    """The types of work of each project, once the lines have their names."""
    tasks: list[Task] | None = None
    """Her tasks of the week, once they are read (``filling.tasks``)."""

    @property
    def open_rows(self) -> list[Row]:
        return [row for row in self.rows if not row.is_locked]

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Each cell that cannot be read: its id and what is wrong with it."""
        return [
            (f"h-{place}-{step}", f"{row.name}, {self.day_name(step)}: {said}")
            for place, row in enumerate(self.rows)
            for step, said in row.errors.items()
        ]

    @property
    def sums(self) -> list[Decimal]:
        return lines.by_day(Entry(hours=tuple(row.hours)) for row in self.rows)

    @property
    def total(self) -> Decimal:
        return sum(self.sums, ZERO)

    @property
    def states(self) -> list[tuple[Project, str, str]]:
        """The projects whose hours are sent, approved or returned; each once."""
        told = [row for row in self.rows if row.state != State.OPEN]
        return list({row.project.pk: (row.project, row.state, row.reason) for row in told}.values())

    def day_name(self, step: int) -> str:
        return formats.weekday_name(self.monday + timedelta(days=step), language())

    def days(self, today: date) -> list[Day]:
        found = [self.monday + timedelta(days=step) for step in range(7)]
        return [Day(one, public_holidays(one.year).get(one, ""), one == today) for one in found]

    def row_for(self, project: UUID, uid: int | None, kind: str, comment: str = "") -> Row | None:
        """The line about this, added when it is new; None where hours are locked or not hers."""
        for row in self.rows:
            key = (row.project.pk, row.uid, row.kind)
            if key == (project, uid, kind) and row.comment == comment and not row.is_locked:
                return row
        locked = {row.project.pk for row in self.rows if row.is_locked}
        whose = next((one for one in self.projects if one.pk == project), None)
        if whose is None or project in locked or len(self.rows) >= MOST_LINES:
            return None
        self.rows.append(Row(whose, uid, kind, comment))
        return self.rows[-1]

    def fill(self, by_project: Mapping[UUID, Sequence[Entry]], days: Iterable[int]) -> bool:
        """Put hours in on these days; whether anything was put in."""
        chosen, done = list(days), False
        for project, entries in by_project.items():
            for entry in entries:
                wanted = [step for step in chosen if entry.hours[step]]
                row = (
                    self.row_for(project, entry.uid, entry.kind, entry.comment) if wanted else None
                )
                for step in wanted if row else ():
                    row.put(step, row.hours[step] + entry.hours[step])  # type: ignore[union-attr]  # `wanted if row`
                    done = True
        return done

    @property
    def empty_days(self) -> list[int]:
        return [step for step, hours in enumerate(self.sums) if not hours]

    def given(self) -> list[HoursLine]:
        """What a save takes."""
        return [
            HoursLine(
                project=row.project.pk,
                uid=row.uid,
                kind=row.kind,
                comment=row.comment,
                hours=row.hours,
            )
            for row in self.open_rows
        ]


def kept(person: UUID, monday: date) -> Grid:
    """The week as it is kept (three queries)."""
    found = queries.mine(person, monday)
    projects = queries.my_projects(person, monday)
    grid = Grid(person, monday, found.version, found.state, projects)
    for sheet in found.sheets:
        for entry in lines.read(sheet.lines):
            row = Row(sheet.project, entry.uid, entry.kind, entry.comment)
            row.state, row.reason = sheet.state, sheet.reason
            for step, hours in enumerate(entry.hours):
                row.put(step, hours)
            grid.rows.append(row)
    return grid


def typed(person: UUID, monday: date, data: QueryDict) -> Grid:
    """The week as it was typed, with what is kept of it where it is locked."""
    grid = kept(person, monday)
    seen = data.get("seen", "")
    grid.version = int(seen) if seen.isdigit() and len(seen) < 10 else grid.version
    state = {row.project.pk: (row.state, row.reason) for row in grid.rows}
    mine = {one.pk: one for one in grid.projects} | {r.project.pk: r.project for r in grid.rows}
    grid.rows = [row for row in grid.rows if row.is_locked]
    locked = {row.project.pk for row in grid.rows}
    for place in range(MOST_LINES):
        match = _WHAT.fullmatch(data.get(f"what-{place}", ""))
        which = _uuid(match[1]) if match else None
        project = mine.get(which) if which else None
        if match is None or project is None or project.pk in locked:
            continue
        row = Row(project, int(match[2]) if match[2] else None, match[3])
        row.state, row.reason = state.get(project.pk, (State.OPEN, ""))
        row.comment = data.get(f"comment-{place}", "").strip()[:300]
        _read(row, [data.get(f"h-{place}-{step}", "") for step in range(7)])
        grid.rows.append(row)
    return grid


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _read(row: Row, cells: Sequence[str]) -> None:
    for step, cell in enumerate(cells):
        row.cells[step] = cell.strip()[:20]
        try:
            row.hours[step] = hours_of(cell)
        except ValueError as error:
            row.errors[step] = str(error)


def hours_of(text: str) -> Decimal:
    """7,5 · 7.5 · 7:30, with any space and any minus; ``ValueError`` says what is wrong."""
    if not text.strip():
        return ZERO
    clock = _CLOCK.fullmatch(text.strip())
    if clock:
        return _possible(Decimal(clock[1]) + (Decimal(clock[2]) / 60).quantize(Decimal("0.01")))
    try:
        return _possible(formats.parse_number(text, language()))
    except ValueError as error:
        raise ValueError(error.args[0] if _is_ours(error) else _("write hours as 7,5")) from None


class _Impossible(ValueError):
    """A number, but none of hours of a day."""


def _is_ours(error: ValueError) -> bool:
    return isinstance(error, _Impossible)


def _possible(hours: Decimal) -> Decimal:
    if hours < 0:
        raise _Impossible(_("hours cannot be less than none"))
    if hours > MOST_A_DAY:
        raise _Impossible(_("a day has 24 hours"))
    if hours != round(hours, 2):
        raise _Impossible(_("at most two decimals"))
    return round(hours, 2)


def named(grid: Grid) -> Grid:
    """Give every line its name: task or type of work, and below it the project (two queries)."""
    pairs = [(row.project.pk, row.uid) for row in grid.rows if row.uid]
    tasks = queries.task_names(pairs)
    everywhere = {one.pk for one in grid.projects} | {row.project.pk for row in grid.rows}
    grid.types = types = kinds.of_projects(sorted(everywhere, key=str))
    for row in grid.rows:
        kind = kinds.name(types[row.project.pk], row.kind) if row.kind else ""
        number, task = tasks.get((row.project.pk, row.uid or 0), ("", ""))
        if row.uid and not task:
            task = _("A task that has left the plan")
        row.name = task or kind
        under = [f"{row.project.key} {number}".strip(), *([kind] if task and kind else [])]
        row.under = " · ".join(under)
    return grid


def choices(grid: Grid, tasks: Iterable[Task]) -> list[tuple[str, list[tuple[str, str]]]]:
    """What a new line may be about: of each project, her tasks and its types of work."""
    there = {row.what for row in grid.rows}
    locked = {row.project.pk for row in grid.rows if row.is_locked}
    found = []
    for project in grid.projects:
        hers = [
            (f"{project.pk}:{t.uid}:", f"{t.number} {t.name}")
            for t in tasks
            if t.project == project.pk
        ]
        work = [(f"{project.pk}::{key}", name) for key, name in grid.types[project.pk].items()]
        offered = [one for one in [*hers, *work] if one[0] not in there]
        if project.pk not in locked and offered:
            found.append((f"{project.key} {project.name}", offered))
    return found
