"""A table as an Excel or CSV file that no spreadsheet will take for formulas."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple
from urllib.parse import quote

from django.http import HttpResponse
from django.utils import timezone

from tospann.ui import formats
from tospann.ui.jinja import language

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
MOST_ROWS = 50_000
Headings = Sequence[tuple[str, str]]
Table = Iterable[Sequence[Any]]
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def respond(kind: str, title: str, headings: Headings, table: Table) -> HttpResponse:
    """The file as a download named after the list and the day."""
    content = as_csv(headings, table) if kind == "csv" else as_xlsx(title, headings, table)
    label = re.sub(r"[^\w -]", "", title).strip() or "export"
    name = f"{label} {timezone.localdate()}.{kind}"
    response = HttpResponse(content, content_type=KINDS[kind])
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


def harmless(text: str) -> str:
    """Text a spreadsheet shows as text: an apostrophe before what it would run as a formula."""
    text = _CONTROL.sub("", text)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def as_csv(headings: Headings, table: Table) -> bytes:
    """UTF-8 with a mark, semicolons and decimal commas where the language has them."""
    norwegian = formats.is_norwegian(language())
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";" if norwegian else ",", lineterminator="\r\n")
    writer.writerow([harmless(label) for label, _kind in headings])
    for row in table:
        writer.writerow([_csv_cell(value, norwegian) for value in row])
    return stream.getvalue().encode("utf-8-sig")


def _csv_cell(value: Any, norwegian: bool) -> str:
    value = _plain(value)
    if value is None:
        return ""
    if isinstance(value, int | float | Decimal):
        return (
            f"{value:f}".replace(".", ",")
            if norwegian and not isinstance(value, int)
            else f"{value}"
        )
    return value.isoformat(" ") if isinstance(value, datetime) else harmless(str(value))


def _plain(value: Any) -> Any:
    """Instants in the portal's zone without the zone, which spreadsheets do not know."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value).replace(tzinfo=None, microsecond=0)
    return str(value) if isinstance(value, bool) else value


def as_xlsx(title: str, headings: Headings, table: Table) -> bytes:
    """One sheet with a frozen, filterable heading row and real dates and numbers."""
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        sheet = book.add_worksheet(re.sub(r"[\[\]:*?/\\']", " ", title)[:31].strip() or None)
        bold = book.add_format({"bold": True, "bottom": 1})
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        moment = book.add_format({"num_format": "dd.mm.yyyy hh:mm"})
        amount = book.add_format({"num_format": "#,##0.00"})
        shapes = _Shapes(day, moment, amount)
        last = 0
        for last, row in enumerate(table, start=1):
            for column, value in enumerate(row):
                _write(sheet, last, column, _plain(value), headings[column][1], shapes)
        for column, (label, kind) in enumerate(headings):
            sheet.write_string(0, column, label, bold)
            sheet.set_column(column, column, 34 if kind == "link" else 16)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, last, max(0, len(headings) - 1))
    return stream.getvalue()


class _Shapes(NamedTuple):
    day: Any
    moment: Any
    amount: Any


def _write(sheet: Any, row: int, column: int, value: Any, kind: str, shapes: _Shapes) -> None:
    if isinstance(value, date):
        shape = shapes.moment if isinstance(value, datetime) else shapes.day
        sheet.write_datetime(row, column, value, shape)
    elif isinstance(value, int | float | Decimal):
        sheet.write_number(row, column, value, shapes.amount if kind == "money" else None)
    elif value is not None:
        sheet.write_string(row, column, _CONTROL.sub("", str(value))[:32_767])
