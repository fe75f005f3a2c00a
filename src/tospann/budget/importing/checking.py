"""A file of costs tried as a whole: what it would record, or which cells stand in the way."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tospann.budget import posting
from tospann.budget.importing import headings
from tospann.budget.models import Cost
from tospann.budget.money import NOK, ZERO, rounded
from tospann.foundation.errors import Invalid
from tospann.ui import formats

SOURCE = "csv"
MOST = Decimal(10) ** 13
EARLIEST, LATEST = date(1990, 1, 1), date(2100, 1, 1)
STEP = 5_000
_EXCEL_BEGINS = date(1899, 12, 30)
_ISO = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)(?:[T ].*)?")
_NORWEGIAN = re.compile(r"(\d\d?)[./](\d\d?)[./](\d{4}|\d\d)")
_FIELD_OF = {"currency": "currency", "vat_code": "vat_code", "line": "line"}


class Wrong(Exception):
    """What is wrong with one cell."""


@dataclass
class Checked:
    """What came of trying a file."""

    costs: list[Cost] = field(default_factory=list)
    problems: list[tuple[str, str]] = field(default_factory=list)
    """(cell, reason), in the order of the file."""
    already: int = 0
    """Rows that are recorded before, by their number; they are passed over."""
    rounded: int = 0
    """Amounts that were not whole øre."""

    @property
    def total(self) -> Decimal:
        return sum((one.amount_nok for one in self.costs), ZERO)


class Sheet:
    """The cells that were read, and what was said of their columns."""

    def __init__(self, content: Mapping[str, Any], mapping: Mapping[str, Any]) -> None:
        self.rows: Sequence[Sequence[Any]] = content["rows"]
        self.head = int(mapping["head"])
        self.columns: Mapping[str, int] = mapping["columns"]
        self.line = mapping.get("line") or ""
        self.formulas = set(content["formulas"])
        self.merged: list[list[int]] = content["merged"]

    def data(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """The rows below the headings that hold anything, by field."""
        for number in range(self.head + 1, len(self.rows)):
            row = self.rows[number]
            if any(value is not None for value in row):
                yield (
                    number,
                    {
                        name: row[place] if place < len(row) else None
                        for name, place in self.columns.items()
                    },
                )

    def at(self, row: int, name: str) -> str:
        """The cell of a field, or the whole row when it has no column."""
        place = self.columns.get(name)
        return _("row %(number)s") % {"number": row + 1} if place is None else self._cell(row, name)

    def _cell(self, row: int, name: str) -> str:
        return headings.cell(row, self.columns[name])

    def spoiled(self) -> Iterator[tuple[str, str]]:
        """Merged cells among those that are used."""
        used = set(self.columns.values())
        for top, left, bottom, right in self.merged:
            if bottom > self.head and used & set(range(left, right + 1)):
                where = f"{headings.cell(top, left)}:{headings.cell(bottom, right)}"
                yield where, _("These cells are merged. Split them, so that each row has its own.")

    def formula_in(self, row: int) -> Iterator[str]:
        if self.formulas:
            for name in self.columns:
                if (where := self._cell(row, name)) in self.formulas:
                    yield where


def check(
    content: Mapping[str, Any],
    mapping: Mapping[str, Any],
    book: posting.Book,
    tell: Callable[[int, int], None] | None = None,
) -> Checked:
    """Try every row; nothing is written."""
    sheet, found = Sheet(content, mapping), Checked()
    for name in headings.REQUIRED:
        if name not in sheet.columns:
            raise Invalid(_("Say which column is “%(name)s”.") % {"name": headings.FIELDS[name]})
    if "line" not in sheet.columns and not sheet.line:
        raise Invalid(_("Say which column names the budget line, or choose one line for all."))
    found.problems.extend(sheet.spoiled())
    rows = list(sheet.data())
    reader = _Reader(sheet, book, found, _recorded(sheet, rows, book))
    for count, (number, cells) in enumerate(rows, 1):
        reader.read(number, cells)
        if tell and count % STEP == 0:
            tell(count, len(rows))
    return found


def _recorded(
    sheet: Sheet, rows: Sequence[tuple[int, dict[str, Any]]], book: posting.Book
) -> set[str]:
    if "external_id" not in sheet.columns:
        return set()
    return posting.already(book.project_id, (_text(cells["external_id"], 80) for _n, cells in rows))


class _Reader:
    """From rows of cells to costs, keeping account of what is wrong."""

    def __init__(
        self, sheet: Sheet, book: posting.Book, found: Checked, recorded: set[str]
    ) -> None:
        self.sheet, self.book, self.found, self.recorded = sheet, book, found, recorded
        self.lines = _named(book)
        self.seen: dict[str, int] = {}

    def read(self, number: int, cells: Mapping[str, Any]) -> None:
        problems = self.found.problems
        before = len(problems)
        for where in self.sheet.formula_in(number):
            problems.append((where, _("This cell holds a formula. Paste its value instead.")))
        values = self._values(number, cells)
        if len(problems) > before:
            return
        external = values.get("external_id", "")
        if external in self.recorded:
            self.found.already += 1
            return
        try:
            row = posting.Row(**values)
            self.found.costs.append(self.book.cost(row, SOURCE))
        except Invalid as error:
            name = _FIELD_OF.get(error.field or "", "booked_on")
            problems.append((self.sheet.at(number, name), error.message))

    def _values(self, number: int, cells: Mapping[str, Any]) -> dict[str, Any]:
        """Each field by its own reader; one that cannot be read is named with its cell."""
        values: dict[str, Any] = {}
        for name, read in self._readers.items():
            if name not in cells and name != "line":
                continue
            try:
                values[name] = read(self, cells.get(name), number)
            except Wrong as wrong:
                self.found.problems.append((self.sheet.at(number, name), str(wrong)))
        return {key: value for key, value in values.items() if value is not None}

    def _day(self, value: Any, _number: int) -> date:
        if value is None:
            raise Wrong(_("The date is missing."))
        found = day(value)
        if found is None:
            raise Wrong(_("“%(value)s” is not a date.") % {"value": _shown(value)})
        return found

    def _amount(self, value: Any, _number: int) -> Decimal:
        if value is None:
            raise Wrong(_("The amount is missing."))
        return self._decimal(value)

    def _optional(self, value: Any, _number: int) -> Decimal | None:
        return None if value is None else self._decimal(value)

    def _decimal(self, value: Any) -> Decimal:
        exact = amount(value)
        if exact is None:
            raise Wrong(_("“%(value)s” is not an amount.") % {"value": _shown(value)})
        if abs(exact) >= MOST:
            raise Wrong(_("This is more money than can be kept."))
        whole = rounded(exact)
        if whole != exact:
            self.found.rounded += 1
        return whole

    def _hours(self, value: Any, _number: int) -> Decimal | None:
        if value is None:
            return None
        found = amount(value)
        if found is None or not 0 <= found < 100_000:
            raise Wrong(_("“%(value)s” is not a number of hours.") % {"value": _shown(value)})
        return rounded(found)

    def _line(self, value: Any, _number: int) -> UUID:
        if value is None:
            if not self.sheet.line:
                raise Wrong(_("The budget line is missing."))
            return UUID(self.sheet.line)
        found = self.lines.get(_text(value, 200).casefold())
        if found is None:
            raise Wrong(_("There is no budget line “%(value)s”.") % {"value": _shown(value)})
        return found

    def _words(self, value: Any, _number: int) -> str:
        return _text(value, 200)

    def _external(self, value: Any, number: int) -> str:
        text = _text(value, 80)
        if text and self.seen.setdefault(text, number) != number:
            words = {"value": text[:40], "row": self.seen[text] + 1}
            raise Wrong(_("“%(value)s” is in row %(row)s too.") % words)
        return text

    def _currency(self, value: Any, _number: int) -> str:
        text = (_text(value, 10) or NOK).upper()
        if not re.fullmatch("[A-Z]{3}", text):
            said = _("“%(value)s” is not a currency such as EUR.")
            raise Wrong(said % {"value": _shown(value)})
        return text

    def _vat_code(self, value: Any, _number: int) -> str | None:
        text = _text(value, 40).lower()
        if not text:
            return None
        if not re.fullmatch("[a-z0-9]{1,10}", text):
            raise Wrong(_("“%(value)s” is not a VAT code.") % {"value": _shown(value)})
        return text

    _readers: Mapping[str, Callable[["_Reader", Any, int], Any]] = {
        "booked_on": _day,
        "amount": _amount,
        "line": _line,
        "text": _words,
        "supplier": _words,
        "external_id": _external,
        "vat": _optional,
        "vat_code": _vat_code,
        "currency": _currency,
        "hours": _hours,
    }


def _named(book: posting.Book) -> dict[str, UUID]:
    """By code before number before name; a name that two lines share is nobody's."""
    found: dict[str, UUID] = {}
    taken: set[str] = set()
    for line in book.lines.values():
        name = line.name.casefold()
        if name in taken:
            found.pop(name, None)
        else:
            taken.add(name)
            found[name] = line.pk
    for line in book.lines.values():
        found[f"b{line.number}"] = line.pk
    codes = [line for line in book.lines.values() if line.code]
    found |= {line.code.casefold(): line.pk for line in codes}
    return found


def _text(value: Any, most: int) -> str:
    if isinstance(value, dict):
        return str(value["d"])
    if isinstance(value, float) and value == int(value):
        value = int(value)
    text = " ".join(str("" if value is None else value).split())
    return text.removeprefix("'")[:most] if re.match(r"'[=+@-]", text) else text[:most]


def _shown(value: Any) -> str:
    return _text(value, 40)


def day(value: Any) -> date | None:
    """A date in a cell: a real one, a day number of a spreadsheet, or written out in full."""
    found = _read_day(value)
    return found if found and EARLIEST <= found <= LATEST else None


def _read_day(value: Any) -> date | None:
    try:
        if isinstance(value, dict):
            return date.fromisoformat(value["d"])
        if isinstance(value, int | float):
            return _EXCEL_BEGINS + timedelta(days=int(value)) if 30_000 < value < 80_000 else None
        if match := _ISO.fullmatch(str(value)):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := _NORWEGIAN.fullmatch(str(value)):
            year = int(match[3]) + (2000 if len(match[3]) == 2 else 0)
            return date(year, int(match[2]), int(match[1]))
    except ValueError:
        pass
    return None


def amount(value: Any) -> Decimal | None:
    """A number in a cell: −1 234,50 with any minus and any space, or a real one."""
    try:
        if isinstance(value, int | float):
            found = Decimal(repr(value))
            return found if found.is_finite() else None
        if isinstance(value, str):
            text = re.sub(r"^(kr|nok)\.?\s*|\s*(kr|nok|,-)\.?$", "", value.strip().lower())
            return formats.parse_number(text, "nb")
    except (ValueError, InvalidOperation):
        pass
    return None
