"""A spreadsheet for a register: what its columns are, what is wrong with each row, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import IO, Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy, override

from tospann.foundation.errors import Invalid
from tospann.jobs import confined, incoming
from tospann.people.models import Person
from tospann.projects import queries as projects
from tospann.projects.models import Project
from tospann.registers.columns import Choice, Column, cleaned
from tospann.registers.queries import Kept
from tospann.ui import formats

_ = gettext_lazy
READER = "tospann.jobs.sheet_reading:read_sheet"
MOST_BYTES = 5 * confined.MEGABYTE
MOST_ROWS, MOST_FAULTS = 500, 100
OWN = {"title": _("Title"), "owner": _("Owner"), "due_on": _("Due date"), "state": _("State")}
NUMBER = _("No.")
NOT_READ = (_("Raised"),)
LANGUAGES = ("nb", "en")


@dataclass(frozen=True)
class Fault:
    """What is wrong, and where: the row and the column as the spreadsheet shows them."""

    row: int
    column: str
    what: str


@dataclass
class Sheet:
    """The rows that are new, as the command takes them; or what is wrong."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    fault_count: int = 0
    not_read: list[str] = field(default_factory=list)
    known: int = 0
    """Rows with a number: they are in the register already, and stay as they are."""

    def add_fault(self, row: int, column: str, what: str) -> None:
        self.fault_count += 1
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(row, column[:60], what))


def read(project: Project, kept: Kept, file: IO[bytes]) -> Sheet:
    """Read in the confined child, then tried row by row; ``Invalid`` when it is no spreadsheet."""
    found = incoming.read(READER, file, MOST_BYTES, _refusal)[0]
    return understand(project, kept, found["headings"], found["rows"])


def _refusal(answer: Mapping[str, Any]) -> str:
    if answer["code"] == "too_many_rows":
        return gettext("The sheet has too many rows. Divide it.")
    return gettext("This is not an Excel file (.xlsx).")


def understand(
    project: Project, kept: Kept, headings: Sequence[str], lines: Sequence[Any]
) -> Sheet:
    sheet = Sheet()
    places = _places(kept, headings, sheet)
    if sheet.faults:
        return sheet
    reader = _Reader(project, kept, sheet)
    for number, cells in lines:
        reader.line(number, {key: _cell(cells, at) for key, at in places.items()})
    if len(sheet.rows) > MOST_ROWS:
        said = gettext("At most %(most)s new rows at a time. Divide the sheet.")
        sheet.add_fault(1, "", said % {"most": MOST_ROWS})
    if not sheet.rows and not sheet.known and not sheet.faults:
        sheet.add_fault(1, "", gettext("There is no row below the headings."))
    return sheet


def _cell(cells: Sequence[Any], at: int) -> str:
    value = cells[at] if at < len(cells) else None
    return "" if value is None else str(value).replace("\x00", "").strip()


def headings(kept: Kept) -> list[str]:
    return [*(str(one) for one in OWN.values()), *(one.label for one in kept.own)]


def _places(kept: Kept, given: Sequence[str], sheet: Sheet) -> dict[str, int]:
    """Which column of the sheet holds what; repeated ones and a missing title are faults."""
    known = {_folded(one.label): f"own-{one.key}" for one in kept.own}
    ignored = set()
    for language in LANGUAGES:
        with override(language):
            known |= {_folded(str(label)): key for key, label in {**OWN, "number": NUMBER}.items()}
            ignored |= {_folded(str(label)) for label in NOT_READ}
    places: dict[str, int] = {}
    for at, heading in enumerate(given):
        key = known.get(_folded(heading))
        if key in places:
            sheet.add_fault(1, heading, gettext("This heading stands there twice."))
        elif key:
            places[key] = at
        elif heading.strip() and _folded(heading) not in ignored:
            sheet.not_read.append(heading.strip()[:60])
    if "title" not in places:
        said = gettext(
            "There must be a column with the heading “%(title)s”. Known headings: %(all)s."
        )
        sheet.add_fault(1, "", said % {"title": OWN["title"], "all": ", ".join(headings(kept))})
    return places


def _folded(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".:*")


class _Wrong(Exception):
    """A cell that is not understood; says why."""


class _Reader:
    """Knows the register's columns and the project's people, and reads one line at a time."""

    def __init__(self, project: Project, kept: Kept, sheet: Sheet) -> None:
        self.kept, self.sheet = kept, sheet
        self.columns = {f"own-{one.key}": one for one in kept.own}
        self.today = timezone.localdate()
        self.people: dict[str, set[UUID]] = {}
        team = Person.objects.filter(pk__in=projects.on_team(project.pk))
        for pk, *names in team.values_list("pk", "name", "email"):
            for name in names:
                self.people.setdefault(_folded(name), set()).add(pk)

    def line(self, number: int, cells: Mapping[str, str]) -> None:
        if cells.get("number"):
            self.sheet.known += 1
            return
        before, row, values = self.sheet.fault_count, {}, {}
        for key, text in cells.items():
            column = self.columns.get(key)
            label = column.label if column else str(OWN.get(key, NUMBER))
            try:
                if column is not None:
                    values[column.key] = self._own(column, text)
                elif key != "number":
                    row[key] = self._common(key, text)
            except _Wrong as wrong:
                self.sheet.add_fault(number, label, str(wrong))
        if self.sheet.fault_count > before:
            return
        try:
            cleaned(self.kept.columns, values)
        except Invalid as wrong:
            self.sheet.add_fault(number, "", wrong.message)
            return
        self.sheet.rows.append(
            {**row, "values": {k: v for k, v in values.items() if v is not None}}
        )

    def _common(self, key: str, text: str) -> str | None:
        if key == "title":
            if not text:
                raise _Wrong(gettext("The title is missing."))
            if len(text) > 200:
                said = gettext("This is too long (at most %(max_length)s characters).")
                raise _Wrong(said % {"max_length": 200})
            return " ".join(text.split())
        if not text:
            return None
        if key == "owner":
            return self._person(text)
        if key == "due_on":
            return self._date(text)
        return _chosen(self.kept.states, text)

    def _own(self, column: Column, text: str) -> Any:
        if not text:
            return None
        match column.kind:
            case "choice":
                return _chosen(column.choices, text)
            case "person":
                return self._person(text)
            case "date":
                return self._date(text)
            case "bool":
                return _yes(text)
            case "number" | "money":
                return _decimal(text)
        return text

    def _person(self, text: str) -> str:
        found = self.people.get(_folded(text), set())
        if len(found) > 1:
            said = gettext("Several on the team are called “%(text)s”. Write the mail address.")
            raise _Wrong(said % {"text": text[:60]})
        if not found:
            said = gettext("“%(text)s” is not on the project's team.")
            raise _Wrong(said % {"text": text[:60]})
        return str(next(iter(found)))

    def _date(self, text: str) -> str:
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            pass
        try:
            return formats.parse_date(text, self.today).isoformat()
        except ValueError:
            raise _Wrong(gettext("“%(text)s” is not a date.") % {"text": text[:40]}) from None


def _chosen(choices: Sequence[Choice], text: str) -> str:
    known = {_folded(one.key): one.key for one in choices}
    known |= {_folded(one.label): one.key for one in choices}
    found = known.get(_folded(text))
    if found is None:
        said = gettext("“%(text)s” is not known here. Known: %(known)s.")
        labels = ", ".join(one.label for one in choices)[:300]
        raise _Wrong(said % {"text": text[:40], "known": labels})
    return found


def _yes(text: str) -> bool:
    words = {"ja": True, "yes": True, "1": True, "true": True, "x": True}
    words |= {"nei": False, "no": False, "0": False, "false": False}
    if _folded(text) not in words:
        raise _Wrong(gettext("Write yes or no."))
    return words[_folded(text)]


def _decimal(text: str) -> str:
    """As the spreadsheet has it, or as it is written: 1 234,5."""
    return "".join(text.split()).replace(",", ".")
