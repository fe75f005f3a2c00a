"""A file of hours tried as a whole: the weeks it holds, or which cells stand in the way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from tospann.foundation.authority import Role
from tospann.people.models import Person
from tospann.planning.models import Activity, Kind
from tospann.projects.models import Membership, Project
from tospann.timesheets import closing, kinds, lines
from tospann.timesheets.commands import checks
from tospann.timesheets.importing import columns
from tospann.timesheets.importing.columns import Cells, Columns, Wrong
from tospann.timesheets.lines import ZERO, Entry
from tospann.timesheets.models import LOCKED, Sheet, monday_of
from tospann.ui.holidays import public_holidays

MOST_ROWS = 20_000
PersonWeek = tuple[UUID, date]


@dataclass
class Checked:
    """What came of trying a file."""

    weeks: dict[PersonWeek, list[Entry]] = field(default_factory=dict)
    problems: list[tuple[str, str]] = field(default_factory=list)
    """(cell, reason), in the order of the file."""
    holidays: list[str] = field(default_factory=list)
    """Cells with hours on a public holiday: they are asked about."""
    already: int = 0
    """Weeks that stand there already with the same hours."""

    @property
    def hours(self) -> Decimal:
        return sum((lines.total(found) for found in self.weeks.values()), ZERO)

    @property
    def people(self) -> int:
        return len({person for person, _monday in self.weeks})


@dataclass
class Known:
    """What the rows are held against: who is on the project, its tasks and types of work."""

    project: Project
    people: dict[str, UUID]
    until: dict[UUID, date | None]
    tasks: dict[str, int]
    kinds: dict[str, str]
    closed: closing.Closed
    today: date


def known(project: Project) -> Known:
    """Five queries."""
    people: dict[str, UUID] = {}
    until: dict[UUID, date | None] = {}
    held = Membership.objects.filter(project=project).exclude(role=Role.GUEST)
    for one in held.select_related("person"):
        _add_names(people, one.person)
        before = until.get(one.person_id, date.min)
        endless = before is None or one.until is None
        until[one.person_id] = None if endless else max(before, one.until)  # type: ignore[type-var]  # neither is None
    rows = Activity.objects.filter(project=project).exclude(kind=Kind.SUMMARY)
    tasks: dict[str, int] = {}
    for number, name, uid in rows.values_list("number", "name", "uid"):
        tasks.setdefault(number.casefold(), uid)
        tasks.setdefault(name.casefold(), uid)
    named = kinds.of_project(project.pk)
    types = {key: key for key in named} | {name.casefold(): key for key, name in named.items()}
    closed = closing.closed([project.pk])
    return Known(project, people, until, tasks, types, closed, timezone.localdate())


def _add_names(people: dict[str, UUID], person: Person) -> None:
    people[person.email.casefold()] = person.pk
    name = person.name.casefold()
    # Two of the same name are told apart by their addresses alone.
    people[name] = person.pk if people.get(name, person.pk) == person.pk else UUID(int=0)


def check(rows: Sequence[Cells], project: Project) -> Checked:
    """Every row tried on the project as it is now."""
    found, there = Checked(), columns.found_in(rows)
    if there.missing:
        names = ", ".join(columns.label(name) for name in there.missing)
        said = _("There is no column for: %(names)s.") % {"names": names}
        found.problems.append((f"{there.head + 1}", said))
        return found
    against = known(project)
    where: dict[PersonWeek, list[tuple[str, date]]] = {}
    for number, row in enumerate(rows[there.head + 1 :], there.head + 2):
        if any(cell is not None for cell in row):
            _take(found, against, there, number, row, where)
    _hold_against_what_is_there(found, project, where)
    found.weeks = {key: lines.joined(entries) for key, entries in found.weeks.items()}
    return found


def _take(
    found: Checked,
    against: Known,
    there: Columns,
    number: int,
    row: Cells,
    where: dict[PersonWeek, list[tuple[str, date]]],
) -> None:
    try:
        person, day = _person(against, there, row), columns.day_of(there.text(row, "day"))
        _may_have_worked(against, person, day)
        hours = columns.hours_of(there.text(row, "hours"))
        entry = Entry(*_work(against, there, row), there.text(row, "comment")[:300])
    except Wrong as wrong:
        found.problems.append((there.place(number, wrong.column), wrong.said))
        return
    cell = there.place(number, "hours")
    if day in public_holidays(day.year):
        found.holidays.append(cell)
    week = tuple(hours if step == day.weekday() else ZERO for step in range(7))
    key = (person, monday_of(day))
    found.weeks.setdefault(key, []).append(lines.added(entry, week))
    where.setdefault(key, []).append((cell, day))


def _person(against: Known, there: Columns, row: Cells) -> UUID:
    text = there.text(row, "person")
    found = against.people.get(text.casefold())
    if found is None:
        said = _("“%(text)s” is nobody on this project.") % {"text": text[:80]}
        raise Wrong("person", said)
    if not found.int:
        said = _("Several people are called “%(text)s”. Give the e-mail address.")
        raise Wrong("person", said % {"text": text[:80]})
    return found


def _may_have_worked(against: Known, person: UUID, day: date) -> None:
    if not against.today - checks.BACK <= day <= against.today:
        raise Wrong("day", _("Hours are imported for days that have been, two years back."))
    until = against.until[person]
    if until is not None and day > until:
        raise Wrong("day", _("This person had left the project by then."))
    if closing.is_closed(against.closed, against.project.pk, day):
        raise Wrong("day", checks.month_is_closed(against.project.key, day))


def _work(against: Known, there: Columns, row: Cells) -> tuple[int | None, str]:
    task, kind = there.text(row, "task"), there.text(row, "kind")
    uid, key = against.tasks.get(task.casefold()), against.kinds.get(kind.casefold())
    if task and uid is None:
        raise Wrong("task", _("There is no task “%(text)s” in the plan.") % {"text": task[:80]})
    if kind and key is None:
        raise Wrong("kind", _("“%(text)s” is no type of work here.") % {"text": kind[:80]})
    if uid is None and key is None:
        raise Wrong("task", _("Say which task or type of work it was."))
    return uid, key or ""


def _hold_against_what_is_there(
    found: Checked, project: Project, where: Mapping[PersonWeek, list[tuple[str, date]]]
) -> None:
    """24 hours a day over all projects; what is sent or approved stays (one query)."""
    people, mondays = {who for who, _m in where}, {monday for _w, monday in where}
    sheets: dict[PersonWeek, list[Any]] = {}
    rows = Sheet.objects.filter(person__in=people, monday__in=mondays)
    columns_ = ("person_id", "monday", "project_id", "state", "lines")
    for person, monday, *rest in rows.values_list(*columns_):
        sheets.setdefault((person, monday), []).append(rest)
    for key, cells in where.items():
        kept = sheets.get(key, [])
        own = next((one for one in kept if one[0] == project.pk), None)
        if own and own[1] in LOCKED:
            _is_the_same(found, key, own, cells[0][0])
            continue
        others = [e for one in kept if one[0] != project.pk for e in lines.read(one[2])]
        _fits_in_days(found, key, [*others, *found.weeks[key]], cells)


def _is_the_same(found: Checked, key: PersonWeek, own: Any, cell: str) -> None:
    if lines.same(lines.joined(found.weeks.pop(key)), lines.read(own[2])):
        found.already += 1
        return
    said = _("The hours of this week are already sent or approved, and others than these.")
    found.problems.append((cell, said))


def _fits_in_days(
    found: Checked, key: PersonWeek, entries: list[Entry], cells: list[tuple[str, date]]
) -> None:
    for step, hours in enumerate(lines.by_day(entries)):
        if hours > checks.MOST_A_DAY:
            day = key[1] + timedelta(days=step)
            cell = next((cell for cell, on in reversed(cells) if on == day), cells[0][0])
            found.problems.append((cell, checks.too_many(day, hours)))
