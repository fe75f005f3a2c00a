"""Which column means what in a file of hours, and what its cells say."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tospann.timesheets import grid

REQUIRED = ("person", "day", "hours")
_WORDS = {
    "person": "person navn ansatt medarbeider epost e-post name employee email e-mail",
    "day": "dato dag date day",
    "task": "oppgave aktivitet oppgavenummer nr nr. task activity wbs",
    "kind": "type arbeidstype aktivitetstype arbeidsart kind work_type activity_type",
    "hours": "timer antall antall_timer hours quantity",
    "comment": "kommentar merknad tekst beskrivelse comment text description note",
}
_MEANS = {word.replace("_", " "): key for key, words in _WORDS.items() for word in words.split()}
_ISO = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)(?:[T ].*)?")
_NORWEGIAN = re.compile(r"(\d\d?)[./](\d\d?)[./](\d{4})")
_FIRST_OF_WORKBOOKS = date(1899, 12, 30)
Cells = Sequence[Any]


class Wrong(Exception):
    """What is wrong with one cell."""

    def __init__(self, column: str, said: str) -> None:
        super().__init__(said)
        self.column, self.said = column, said


@dataclass(frozen=True)
class Columns:
    """Where the headings are, and where each column is."""

    head: int
    at: Mapping[str, int]

    @property
    def missing(self) -> list[str]:
        return [name for name in REQUIRED if name not in self.at]

    def text(self, row: Cells, name: str) -> str:
        place = self.at.get(name)
        value = row[place] if place is not None and place < len(row) else None
        if isinstance(value, dict):
            return str(value.get("d", ""))
        if isinstance(value, float) and value == int(value):
            return str(int(value))
        return "" if value is None else str(value).strip()

    def place(self, number: int, name: str) -> str:
        """D14; the row alone where there is no such column."""
        place = self.at.get(name)
        return f"{chr(65 + place)}{number}" if place is not None and place < 26 else f"{number}"


def found_in(rows: Sequence[Cells]) -> Columns:
    best = Columns(0, {})
    for place, row in enumerate(rows[:20]):
        at: dict[str, int] = {}
        for column, value in enumerate(row):
            key = _MEANS.get(" ".join(str(value or "").casefold().split()))
            if key and key not in at:
                at[key] = column
        if len(at) > len(best.at):
            best = Columns(place, at)
    return best


def label(name: str) -> str:
    return {
        "person": _("Person"),
        "day": _("Date"),
        "hours": _("Hours"),
    }.get(name, name)


def day_of(text: str) -> date:
    for pattern, order in ((_ISO, (1, 2, 3)), (_NORWEGIAN, (3, 2, 1))):
        if match := pattern.fullmatch(text):
            try:
                return date(*(int(match[place]) for place in order))
            except ValueError:
                break
    if re.fullmatch(r"[3-9]\d{4}", text):
        return _FIRST_OF_WORKBOOKS + timedelta(days=int(text))
    raise Wrong("day", _("“%(text)s” is no date.") % {"text": text[:40]})


def hours_of(text: str) -> Decimal:
    try:
        found = grid.hours_of(text)
    except ValueError as error:
        words = {"text": text[:40], "why": error}
        raise Wrong("hours", _("“%(text)s”: %(why)s.") % words) from None
    if not found:
        raise Wrong("hours", _("There are no hours here."))
    return found
