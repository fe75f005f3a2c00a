"""A budget that comes back in a workbook, against the budget as it is: what differs, line by line.

Nothing is written here. A cell that makes no sense is named with its place and the reason.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tospann.budget import money
from tospann.budget.importing.headings import cell
from tospann.budget.models import BudgetLine
from tospann.control.workbooks.making import budget_columns, total
from tospann.foundation.errors import Invalid
from tospann.foundation.ids import new_id
from tospann.projects.models import Project
from tospann.ui.formats import parse_date

TAKEN = ("number", "code", "name", "starts_on", "ends_on", "amount")
"""Columns that are read; what the others hold is worked out or kept elsewhere."""
REQUIRED = ("name", "amount")
LOOKED_AT = 20
MOST_PROBLEMS = 100
MOST = Decimal(10) ** 13
LANGUAGES = ("nb", "en")
_NUMBER = re.compile(r"(?:\S+-)?B?(\d{1,9})", re.IGNORECASE)


@dataclass(frozen=True)
class Different:
    """A line that is not as it was; ``before`` is None for a new one."""

    line: BudgetLine | None
    row: dict[str, Any]
    """The line as the file has it, as the command wants it."""
    changed: tuple[str, ...]

    @property
    def more(self) -> Decimal:
        """How much is added to the budget."""
        return Decimal(self.row["amount"]) - (self.line.amount if self.line else 0)


@dataclass
class Taken:
    """What a file would change; ``problems`` are places with their reasons."""

    differences: list[Different] = field(default_factory=list)
    same: int = 0
    absent: list[BudgetLine] = field(default_factory=list)
    """Lines of the budget that the file does not have: they stay as they are."""
    problems: list[tuple[str, str]] = field(default_factory=list)

    @property
    def more(self) -> Decimal:
        return sum((one.more for one in self.differences), Decimal(0))

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [one.row for one in self.differences]


def compare(project: Project, content: Mapping[str, Any], today: date) -> Taken:
    """What the file's rows would change in the project's budget."""
    rows = content["rows"]
    head, columns = _columns(rows)
    lines = BudgetLine.objects.filter(project=project).order_by("code", "number")
    known = {line.number: line for line in lines.select_related("project")}
    reader = _Reader(content, columns, known, today)
    for place in range(head + 1, len(rows)):
        reader.take(place, rows[place])
    reader.taken.absent = [line for number, line in known.items() if number not in reader.seen]
    return reader.taken


def _columns(rows: Sequence[Sequence[Any]]) -> tuple[int, dict[str, int]]:
    """Where the headings are, in either language."""
    words = _headings()
    best: tuple[int, dict[str, int]] = (0, {})
    for place, row in enumerate(rows[:LOOKED_AT]):
        found: dict[str, int] = {}
        for at, value in enumerate(row):
            key = words.get(" ".join(value.casefold().split())) if isinstance(value, str) else None
            if key in TAKEN:
                found.setdefault(key, at)
        if len(found) > len(best[1]):
            best = place, found
    missing = [name for name in REQUIRED if name not in best[1]]
    if missing:
        labels = {column.key: column.label for column in budget_columns()}
        names = ", ".join(f"“{labels[name]}”" for name in missing)
        said = _("The file has no column called %(names)s. Begin with the workbook from here.")
        raise Invalid(said % {"names": names}, "file")
    return best


def _headings() -> dict[str, str]:
    found: dict[str, str] = {}
    for language in LANGUAGES:
        with translation.override(language):
            found |= {column.label.casefold(): column.key for column in budget_columns()}
    return found


class _Wrong(Exception):
    """A cell that makes no sense."""


class _Reader:
    """Rows of the file, one by one, against the lines there are."""

    def __init__(
        self,
        content: Mapping[str, Any],
        columns: Mapping[str, int],
        known: Mapping[int, BudgetLine],
        today: date,
    ) -> None:
        self.columns, self.known, self.today = columns, known, today
        self.formulas = set(content["formulas"])
        self.merged = [tuple(area) for area in content["merged"]]
        self.seen: set[int] = set()
        self.taken = Taken()
        self.totals = _totals()

    def take(self, place: int, row: Sequence[Any]) -> None:
        values = {key: row[at] if at < len(row) else None for key, at in self.columns.items()}
        if not any(value not in (None, "") for value in values.values()) or self._is_total(values):
            return
        try:
            self._compare(place, values)
        except _Wrong as wrong:
            column, why = wrong.args
            at = cell(place, self.columns.get(column, 0))
            if len(self.taken.problems) < MOST_PROBLEMS:
                self.taken.problems.append((at, why))

    def _is_total(self, values: Mapping[str, Any]) -> bool:
        """The row of sums: it has a name of its own and no number."""
        name = values.get("name")
        return not values.get("number") and isinstance(name, str) and name.strip() in self.totals

    def _compare(self, place: int, values: Mapping[str, Any]) -> None:
        for column in self.columns:
            self._require_plain(place, column)
        line = self._line(values.get("number"))
        row = self._row(values, line)
        if line is None:
            self.taken.differences.append(Different(None, row, ()))
            return
        changed = tuple(name for name in TAKEN[1:] if row[name] != _as_is(line)[name])
        if changed:
            self.taken.differences.append(Different(line, row, changed))
        else:
            self.taken.same += 1

    def _require_plain(self, place: int, column: str) -> None:
        """No formula and no part of a merged area: what it says must stand in the cell itself."""
        at = self.columns[column]
        if cell(place, at) in self.formulas:
            raise _Wrong(column, _("There is a formula here. Put its value instead."))
        if any(
            top <= place <= low and left <= at <= right for top, left, low, right in self.merged
        ):
            raise _Wrong(column, _("The cell is merged with others. Divide them first."))

    def _line(self, value: Any) -> BudgetLine | None:
        if value in (None, ""):
            return None
        text = f"{value:.0f}" if isinstance(value, float) else str(value).strip()
        found = _NUMBER.fullmatch(text)
        line = self.known.get(int(found[1])) if found else None
        if line is None:
            raise _Wrong(
                "number", _("There is no line with this number. Leave it empty for a new.")
            )
        if line.number in self.seen:
            raise _Wrong("number", _("This line is in the file twice."))
        self.seen.add(line.number)
        return line

    def _row(self, values: Mapping[str, Any], line: BudgetLine | None) -> dict[str, Any]:
        before = _as_is(line) if line else {}
        row: dict[str, Any] = {
            "id": str(line.pk if line else new_id()),
            "version": line.version if line else None,
        }
        for name, read in (("code", _code), ("name", _name), ("amount", _amount)):
            row[name] = read(values[name]) if name in self.columns else before.get(name, "")
        for name in ("starts_on", "ends_on"):
            row[name] = self._day(name, values[name]) if name in self.columns else before.get(name)
        return row

    def _day(self, name: str, value: Any) -> str | None:
        if value in (None, ""):
            return None
        if isinstance(value, dict):
            return str(value["d"])
        try:
            return parse_date(str(value), self.today).isoformat()
        except ValueError:
            raise _Wrong(name, _("This is not a date.")) from None


def _as_is(line: BudgetLine) -> dict[str, Any]:
    return {
        "code": line.code,
        "name": line.name,
        "amount": f"{line.amount:.2f}",
        "starts_on": line.starts_on.isoformat() if line.starts_on else None,
        "ends_on": line.ends_on.isoformat() if line.ends_on else None,
    }


def _totals() -> set[str]:
    found = set()
    for language in LANGUAGES:
        with translation.override(language):
            found.add(total())
    return found


def _code(value: Any) -> str:
    text = f"{value:g}" if isinstance(value, float) else str(value or "").strip()
    if len(text) > 20:
        raise _Wrong("code", _("A code has at most 20 characters."))
    return text


def _name(value: Any) -> str:
    text = " ".join(str(value or "").split())
    if not text:
        raise _Wrong("name", _("A line needs a name."))
    if len(text) > 200:
        raise _Wrong("name", _("A name has at most 200 characters."))
    return text


def _amount(value: Any) -> str:
    if value in (None, ""):
        raise _Wrong("amount", _("There is no amount here."))
    try:
        found = _number(value)
    except ValueError:
        raise _Wrong("amount", _("This is not an amount in kroner and øre.")) from None
    if found < 0:
        raise _Wrong("amount", _("A budget line cannot be negative."))
    if found >= MOST:
        raise _Wrong("amount", _("This is more money than can be kept."))
    return f"{found:.2f}"


def _number(value: Any) -> Decimal:
    if isinstance(value, dict):
        raise ValueError
    if isinstance(value, int | float):
        return money.rounded(Decimal(repr(value)))
    text = str(value).strip()
    for unit in ("kr", "NOK"):
        text = text.removeprefix(unit).removesuffix(unit).strip()
    return money.typed(text, get_language() or "nb")
