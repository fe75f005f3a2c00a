"""Writing a workbook: what people wrote is text whatever it begins with; totals are formulas."""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

MOST_TEXT = 32_767
WIDTHS = {"text": 18, "name": 36, "day": 12, "money": 18, "number": 10}
_STEERS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_BAD_IN_A_NAME = re.compile(r"[\[\]:*?/\\']")


@dataclass(frozen=True)
class Column:
    """A column: its heading, what it holds, and how its cells are worked out, if they are.

    ``formula`` names other columns in braces: ``{budget}-{approved}``.
    """

    key: str
    label: str
    kind: str = "text"
    formula: str = ""
    is_summed: bool = False


@dataclass
class Book:
    """A workbook being made."""

    stream: io.BytesIO = field(default_factory=io.BytesIO)
    book: Any = None
    shapes: dict[str, Any] = field(default_factory=dict)

    def sheet(
        self,
        title: str,
        columns: Sequence[Column],
        rows: Iterable[Sequence[Any]],
        total: str = "",
    ) -> None:
        """A sheet of rows under a heading row, with their sums below when ``total`` names them."""
        sheet = self.book.add_worksheet(_BAD_IN_A_NAME.sub(" ", title)[:31].strip())
        for place, column in enumerate(columns):
            sheet.write_string(0, place, column.label, self.shapes["head"])
            sheet.set_column(place, place, WIDTHS[column.kind])
        sums = [Decimal(0)] * len(columns)
        last = 0
        for last, row in enumerate(rows, start=1):
            self._row(sheet, last, columns, row, sums)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, last, len(columns) - 1)
        if total and last:
            self._total(sheet, last, columns, sums, total)

    def _row(
        self,
        sheet: Any,
        at: int,
        columns: Sequence[Column],
        row: Sequence[Any],
        sums: list[Decimal],
    ) -> None:
        for place, (column, value) in enumerate(zip(columns, row, strict=True)):
            if column.is_summed and value is not None:
                sums[place] += value
            if column.formula:
                self._formula(sheet, at, place, _worked_out(column, columns, at), value)
            else:
                self._cell(sheet, at, place, value, column.kind)

    def _total(
        self, sheet: Any, last: int, columns: Sequence[Column], sums: list[Decimal], said: str
    ) -> None:
        at = last + 1
        named = next((n for n, one in enumerate(columns) if one.kind == "name"), 0)
        for place, (column, amount) in enumerate(zip(columns, sums, strict=True)):
            if column.is_summed:
                letter = _letter(place)
                formula = f"=SUM({letter}2:{letter}{last + 1})"
                shape = self.shapes[f"{column.kind}_sum"]
                sheet.write_formula(at, place, formula, shape, float(amount))
            else:
                text = said if place == named else ""
                sheet.write_string(at, place, text, self.shapes["head_sum"])

    def _formula(self, sheet: Any, at: int, place: int, formula: str, value: Any) -> None:
        sheet.write_formula(at, place, formula, self.shapes["money"], float(value or 0))

    def _cell(self, sheet: Any, at: int, place: int, value: Any, kind: str) -> None:
        if value is None or value == "":
            return
        if isinstance(value, date):
            sheet.write_datetime(at, place, value, self.shapes["day"])
        elif isinstance(value, int | float | Decimal):
            sheet.write_number(at, place, value, self.shapes.get(kind))
        else:
            sheet.write_string(at, place, _STEERS.sub("", str(value))[:MOST_TEXT])


@contextmanager
def workbook() -> Iterator[Book]:
    """A new workbook; its bytes are in ``stream`` afterwards."""
    import xlsxwriter

    made = Book()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    made.book = xlsxwriter.Workbook(made.stream, options)
    made.shapes = _shapes(made.book)
    yield made
    made.book.close()


def _shapes(book: Any) -> dict[str, Any]:
    money, number, day = "#,##0.00", "#,##0.##", "dd.mm.yyyy"
    last = {"bold": True, "top": 1}
    return {
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        "head_sum": book.add_format(last),
        "money": book.add_format({"num_format": money}),
        "money_sum": book.add_format({"num_format": money, **last}),
        "number": book.add_format({"num_format": number}),
        "number_sum": book.add_format({"num_format": number, **last}),
        "day": book.add_format({"num_format": day}),
    }


def _worked_out(column: Column, columns: Sequence[Column], at: int) -> str:
    cells = {one.key: f"{_letter(place)}{at + 1}" for place, one in enumerate(columns)}
    return "=" + column.formula.format(**cells)


def _letter(place: int) -> str:
    """0 → A, 27 → AB."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name
