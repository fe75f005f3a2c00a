"""The rows of a workbook or a text file with separators: plain values, empty ones as None."""

import csv
import io
import zlib
from datetime import date, datetime
from typing import Any
from zipfile import BadZipFile

from tospann.planning.spreadsheet.failure import Unreadable

MOST_ROWS, MOST_COLUMNS = 20_000, 100
ZIP = b"PK\x03\x04"
_SEPARATORS = ";\t,|"
_BROKEN = (
    *(ValueError, LookupError, TypeError, AttributeError, OSError, ArithmeticError),
    *(BadZipFile, zlib.error, SyntaxError, EOFError, RuntimeError),
)
"""What the library raises for files that are not quite workbooks."""
Value = str | float | date | None
Rows = list[list[Value]]


def rows_of(data: bytes) -> Rows:
    """Every row of the first sheet that has any."""
    return _workbook(data) if data.startswith(ZIP) else _text(data)


def _workbook(data: bytes) -> Rows:
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        return next(filter(None, map(_sheet, book.worksheets)), [])
    except _BROKEN as error:
        raise Unreadable("workbook", str(error)[:100]) from None


def _sheet(sheet: Any) -> Rows:
    """The rows of a sheet; none of an empty one."""
    rows: Rows = [
        [_value(cell) for cell in row]
        for row in sheet.iter_rows(max_col=MOST_COLUMNS, max_row=MOST_ROWS + 12)
    ]
    return rows if any(value is not None for row in rows for value in row) else []


def _value(cell: Any) -> Value:
    value = cell.value
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, bool):
        return "1" if value else ""
    if isinstance(value, int | float):
        is_share = "%" in (cell.number_format or "") and abs(value) <= 1
        return float(value) * 100 if is_share else float(value)
    if isinstance(value, date):
        return value
    return str(value) if value is not None and str(value).strip() else None


def _text(data: bytes) -> Rows:
    text = _decoded(data)
    if "\x00" in text:
        raise Unreadable("text")
    first = text.lstrip().partition("\n")[0]
    separator = max(_SEPARATORS, key=first.count)
    try:
        found = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise Unreadable("text", str(error)[:100]) from None
    return [[part if part.strip() else None for part in row[:MOST_COLUMNS]] for row in found]


def _decoded(data: bytes) -> str:
    for encoding in ("utf-16", "utf-8-sig") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else (
        "utf-8-sig",
    ):  # fmt: skip
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("cp1252", errors="replace")
