"""Risks as a spreadsheet: what its columns are, what is wrong with one, and one written out."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F
from django.http import HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, override

from tospann.people.models import Person
from tospann.projects import queries as projects
from tospann.projects.models import Project
from tospann.risks import matrix, queries
from tospann.risks.models import RiskKind, RiskState
from tospann.ui import exports, formats

_ = gettext_lazy
LANGUAGES = ("nb", "en")
MOST_FAULTS = 200
COLUMNS: Mapping[str, Promise] = {
    "number": _("No."),
    "title": _("Title"),
    "kind": _("Kind"),
    "cause": _("Cause"),
    "event": _("Event"),
    "effect": _("Effect"),
    "probability": _("Probability"),
    "impact": _("Impact"),
    "residual_probability": _("Probability after measures"),
    "residual_impact": _("Impact after measures"),
    "proximity": _("Proximity"),
    "strategy": _("Strategy"),
    "owner": _("Owner"),
    "due_on": _("Next review"),
    "state": _("State"),
}
NOT_READ = (_("Level"), _("After measures"), _("Raised"))
"""Columns of our own lists that are worked out, so that an exported list can be read back."""
TEXTS = {"title": 200, "cause": 20_000, "event": 20_000, "effect": 20_000}
LEVELS = ("probability", "impact", "residual_probability", "residual_impact")


@dataclass(frozen=True)
class Fault:
    """What is wrong, and where: the row and the column as the spreadsheet shows them."""

    row: int
    column: str
    what: str


@dataclass
class Sheet:
    """A spreadsheet that was understood, or what is wrong with it."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    fault_count: int = 0
    not_read: list[str] = field(default_factory=list)
    new: int = 0
    changed: int = 0
    same: int = 0

    def add_fault(self, row: int, column: str, what: str) -> None:
        self.fault_count += 1
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(row, column, what))


def content_hash(rows: Sequence[Mapping[str, Any]]) -> str:
    text = json.dumps(rows, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


class _Wrong(Exception):
    """A cell that is not understood; says why."""


def understand(project: Project, headings: Sequence[str], lines: Sequence[Any]) -> Sheet:
    """Every row checked against the project as it is now."""
    sheet = Sheet()
    places = _places(headings, sheet)
    if sheet.faults:
        return sheet
    reader = _Reader(project, sheet)
    for number, cells in lines:
        row = reader.row(number, cells, places)
        if row is not None:
            sheet.rows.append(row)
    if not sheet.rows and not sheet.faults:
        sheet.add_fault(1, "", gettext("There is no row below the headings."))
    return sheet


def _places(headings: Sequence[str], sheet: Sheet) -> dict[str, int]:
    """Which column of the sheet holds what; the missing title and repeated columns are faults."""
    known, ours = _known_headings(), {_folded(str(one)) for one in _in_languages(NOT_READ)}
    places: dict[str, int] = {}
    for index, heading in enumerate(headings):
        key = known.get(_folded(heading))
        if key and key not in places:
            places[key] = index
        elif key:
            sheet.add_fault(1, heading, gettext("This heading stands there twice."))
        elif heading.strip() and _folded(heading) not in ours:
            sheet.not_read.append(heading.strip()[:60])
    if "title" not in places:
        wanted = ", ".join(str(label) for label in COLUMNS.values())
        said = gettext(
            "There must be a column with the heading “%(title)s”. Known headings: %(all)s."
        )
        sheet.add_fault(1, "", said % {"title": COLUMNS["title"], "all": wanted})
        for heading in sheet.not_read:
            sheet.add_fault(1, heading, gettext("This heading is not known."))
    return places


def _known_headings() -> dict[str, str]:
    found = {_folded(key): key for key in COLUMNS}
    for language in LANGUAGES:
        with override(language):
            found |= {_folded(str(label)): key for key, label in COLUMNS.items()}
    return found


def _in_languages(labels: Sequence[Promise]) -> Iterator[str]:
    for language in LANGUAGES:
        with override(language):
            yield from [str(label) for label in labels]


def _folded(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".:*")


def _words(choices: Sequence[tuple[str, Any]]) -> dict[str, str]:
    """Every way a value may be written: its key and its label in both languages."""
    found = {_folded(key): key for key, _label in choices}
    for language in LANGUAGES:
        with override(language):
            found |= {_folded(str(label)): key for key, label in choices}
    return found


class _Reader:
    """Knows the project's people, scales and rows, and reads one line at a time."""

    def __init__(self, project: Project, sheet: Sheet) -> None:
        self.project, self.sheet = project, sheet
        scales = matrix.of_project(project)
        self.menus = {
            name: _words(matrix.MENUS[name].choices) | _words(getattr(scales, name))
            for name in ("proximity", "strategy")
        }
        self.menus |= {"kind": _words(RiskKind.choices), "state": _words(RiskState.choices)}
        self.scales = {
            "probability": scales.threat.probability,
            "impact": (*scales.threat.impact, *scales.opportunity.impact),
        }
        self.people = _team(project)
        self.rows = _present(project)
        self.seen: set[int] = set()
        self.today = timezone.localdate()

    def row(
        self, number: int, cells: Sequence[Any], places: Mapping[str, int]
    ) -> dict[str, Any] | None:
        """The row's values; for a risk that is there already also its number and version."""
        values: dict[str, Any] = {}
        before = self.sheet.fault_count
        for key, index in places.items():
            try:
                values[key] = self._value(key, cells[index] if index < len(cells) else None)
            except _Wrong as wrong:
                self.sheet.add_fault(number, str(COLUMNS[key]), str(wrong))
        if self.sheet.fault_count > before:
            return None
        return self._compared(values)

    def _compared(self, values: dict[str, Any]) -> dict[str, Any]:
        """With what is there now: new, changed or the same."""
        known = self.rows.get(values.pop("number", None) or 0)
        if known is None:
            self.sheet.new += 1
            return {name: value for name, value in values.items() if value not in (None, "")}
        given = {name: value for name, value in values.items() if value != known[name]}
        self.sheet.changed += bool(given)
        self.sheet.same += not given
        return {**given, "number": known["number"], "version": known["version"]}

    def _value(self, key: str, cell: Any) -> Any:
        if key in TEXTS:
            return self._text(key, cell)
        if key in LEVELS:
            return self._level(key, cell)
        reads: dict[str, Callable[[Any], Any]] = {
            "number": self._number,
            "owner": self._owner,
            "due_on": self._date,
        }
        return reads[key](cell) if key in reads else self._word(key, cell)

    def _text(self, key: str, cell: Any) -> str:
        text = "" if cell is None else str(cell).replace("\x00", "").strip()
        if key == "title" and not text:
            raise _Wrong(gettext("The title is missing."))
        if len(text) > TEXTS[key]:
            said = gettext("This is too long (at most %(max_length)s characters).")
            raise _Wrong(said % {"max_length": TEXTS[key]})
        return text

    def _level(self, key: str, cell: Any) -> int | None:
        """4, ``4 Stor`` or ``Stor``."""
        text = "" if cell is None else str(cell).strip()
        if not text:
            return None
        words = self.scales[key.removeprefix("residual_")]
        named = [_folded(word) for word in words]
        if _folded(text) in named:
            return named.index(_folded(text)) % matrix.SIZE + 1
        first = text.split()[0]
        if first.isdecimal() and 1 <= int(first[:3]) <= matrix.SIZE:
            return int(first)
        raise _Wrong(gettext("“%(text)s” is not a number from 1 to 5.") % {"text": text[:40]})

    def _word(self, key: str, cell: Any) -> str:
        text = "" if cell is None else str(cell).strip()
        if not text:
            return {"kind": RiskKind.THREAT.value, "state": RiskState.OPEN.value}.get(key, "")
        found = self.menus[key].get(_folded(text))
        if found is None:
            known = ", ".join(sorted(set(self.menus[key])))[:300]
            said = gettext("“%(text)s” is not known here. Known: %(known)s.")
            raise _Wrong(said % {"text": text[:40], "known": known})
        return found

    def _number(self, cell: Any) -> int | None:
        text = "" if cell is None else str(cell).strip()
        if not text:
            return None
        digits = text.upper().removeprefix(f"{self.project.key.upper()}-")
        number = int(digits) if digits.isdecimal() and len(digits) < 9 else 0
        if number not in self.rows:
            raise _Wrong(
                gettext("There is no risk %(text)s in this project. Leave it empty for a new one.")
                % {"text": text[:40]}
            )
        if number in self.seen:
            raise _Wrong(gettext("%(text)s stands there twice.") % {"text": text[:40]})
        self.seen.add(number)
        return number

    def _owner(self, cell: Any) -> str | None:
        text = "" if cell is None else str(cell).strip()
        if not text:
            return None
        found = self.people.get(_folded(text), ())
        if len(found) > 1:
            said = gettext("Several on the team are called “%(text)s”. Write the mail address.")
            raise _Wrong(said % {"text": text[:60]})
        if not found:
            said = gettext("“%(text)s” is not on the project's team.")
            raise _Wrong(said % {"text": text[:60]})
        return str(next(iter(found)))

    def _date(self, cell: Any) -> str | None:
        text = "" if cell is None else str(cell).strip()
        if not text:
            return None
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            pass
        try:
            return formats.parse_date(text, self.today).isoformat()
        except ValueError:
            raise _Wrong(gettext("“%(text)s” is not a date.") % {"text": text[:40]}) from None


def _team(project: Project) -> dict[str, set[UUID]]:
    """The team by name and by mail address."""
    found: dict[str, set[UUID]] = {}
    people = Person.objects.filter(pk__in=projects.on_team(project.pk))
    for pk, name, email in people.values_list("pk", "name", "email"):
        found.setdefault(_folded(name), set()).add(pk)
        found.setdefault(_folded(email), set()).add(pk)
    return found


_KEPT = tuple(name for name in COLUMNS if name not in {"number", "owner"})


def _present(project: Project) -> dict[int, dict[str, Any]]:
    """The project's risks as a sheet would say them, by number."""
    rows = queries.risks(project).values("number", "version", "owner_id", *_KEPT)
    return {row["number"]: {**row, **_as_text(row)} for row in rows.iterator(chunk_size=2000)}


def _as_text(row: Mapping[str, Any]) -> dict[str, Any]:
    owner, due_on = row["owner_id"], row["due_on"]
    return {
        "owner": str(owner) if owner else None,
        "due_on": due_on.isoformat() if due_on else None,
    }


def written(project: Project) -> HttpResponse:
    """All the project's risks with every column that is read back."""
    scales = matrix.of_project(project)
    rows = queries.risks(project).order_by("number")
    found = rows.values("number", *_KEPT, owner_name=F("owner__name"))[: exports.MOST_ROWS]
    headings = [
        (str(label), "link" if key == "title" else "text") for key, label in COLUMNS.items()
    ]
    table = (_line(project, scales, row) for row in found.iterator(chunk_size=2000))
    return exports.respond("xlsx", gettext("Risks and opportunities"), headings, table)


def _line(project: Project, scales: matrix.Scales, row: Mapping[str, Any]) -> list[Any]:
    shown = {
        **row,
        "number": f"{project.key}-{row['number']}",
        "kind": str(RiskKind(row["kind"]).label),
        "state": str(RiskState(row["state"]).label),
        "owner": row["owner_name"],
        "proximity": dict(scales.proximity).get(row["proximity"], row["proximity"]),
        "strategy": dict(scales.strategy).get(row["strategy"], row["strategy"]),
    }
    return [shown[key] for key in COLUMNS]


def applied(row: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a staged row as the model holds them."""
    values = {name: row[name] for name in _KEPT if name in row}
    if values.get("due_on"):
        values["due_on"] = date.fromisoformat(values["due_on"])
    if "owner" in row:
        values["owner_id"] = UUID(row["owner"]) if row["owner"] else None
    return values
