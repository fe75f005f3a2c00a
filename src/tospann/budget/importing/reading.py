"""The cells of a workbook or a text file, read in the confined child: nothing of Django here.

Cells come as text, numbers, ``{"d": "2026-11-01"}`` or None, each at its place in the file.
"""

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from typing import IO, Any

import python_calamine

from tospann.jobs.confinement import Refusal

MOST_ROWS, MOST_COLUMNS = 100_000, 60
MOST_UNPACKED = 400 * 1024 * 1024
ZIP, OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
SEPARATORS = ";\t,|"
_CELL = re.compile(rb"<c\b([^>]*)>\s*<f\b")
_AT = re.compile(rb'\br="([A-Z]{1,3}\d{1,7})"')
_SHEET = re.compile(r"<sheet\b[^>]*>")
_LINK = re.compile(r"<Relationship\b[^>]*>")
_BROKEN = (python_calamine.CalamineError, zipfile.BadZipFile, ValueError, OSError, KeyError)


def read_costs(file: IO[bytes]) -> dict[str, Any]:
    """The rows, and what no value can be taken from: formulas and merged cells."""
    data = file.read()
    if data.startswith(OLD):
        raise Refusal({"code": "old"})
    found = _workbook(data) if data.startswith(ZIP) else _text(data)
    if len(found["rows"]) > MOST_ROWS:
        raise Refusal({"code": "rows", "most": MOST_ROWS})
    if not any(cell is not None for row in found["rows"] for cell in row):
        raise Refusal({"code": "empty"})
    return found


def _workbook(data: bytes) -> dict[str, Any]:
    try:
        packed = zipfile.ZipFile(io.BytesIO(data))
        if sum(one.file_size for one in packed.infolist()) > MOST_UNPACKED:
            raise Refusal({"code": "large"})
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        name = _first_used(book)
        sheet = book.get_sheet_by_name(name)
        if sheet.total_height > MOST_ROWS:
            raise Refusal({"code": "rows", "most": MOST_ROWS})
        rows = [_plain(row) for row in sheet.to_python(skip_empty_area=False)]
        return {
            "rows": rows,
            "sheet": name,
            "formulas": _formulas(packed, name),
            "merged": [[*first, *last] for first, last in sheet.merged_cell_ranges or ()],
        }
    except _BROKEN:
        raise Refusal({"code": "workbook"}) from None


def _first_used(book: Any) -> str:
    for name in book.sheet_names:
        if book.get_sheet_by_name(name).total_height:
            return str(name)
    raise Refusal({"code": "empty"})


def _plain(row: Sequence[Any]) -> list[Any]:
    cells = [_cell(value) for value in row[:MOST_COLUMNS]]
    while cells and cells[-1] is None:
        cells.pop()
    return cells


def _cell(value: Any) -> Any:
    if isinstance(value, datetime):
        return {"d": value.date().isoformat()}
    if isinstance(value, date):
        return {"d": value.isoformat()}
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return value
    text = str(value).replace("\x00", "").strip() if value is not None else ""
    return text or None


def _formulas(packed: zipfile.ZipFile, name: str) -> list[str]:
    """The cells of the sheet that hold a formula, such as D14."""
    path = _path_of(packed, name)
    if path is None or path not in packed.namelist():
        return []
    found = (_AT.search(attributes) for attributes in _CELL.findall(packed.read(path)))
    return [one[1].decode() for one in found if one]


def _path_of(packed: zipfile.ZipFile, name: str) -> str | None:
    if "xl/workbook.xml" not in packed.namelist():
        return None
    sheets = _SHEET.findall(packed.read("xl/workbook.xml").decode("utf-8", "replace"))
    links = _LINK.findall(packed.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace"))
    targets = {_attribute(one, "Id"): _attribute(one, "Target") for one in links}
    for one in sheets:
        if _unescaped(_attribute(one, "name")) == name:
            target = targets.get(_attribute(one, "r:id"), "")
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return None


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'\s{name}="([^"]*)"', tag)
    return found[1] if found else ""


def _unescaped(text: str) -> str:
    for written, meant in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'")):
        text = text.replace(written, meant)
    return text.replace("&amp;", "&")


def _text(data: bytes) -> dict[str, Any]:
    text = _decoded(data)
    if "\x00" in text:
        raise Refusal({"code": "text"})
    head = text.lstrip()[:20_000].split("\n", 5)
    separator = max(SEPARATORS, key=lambda one: sum(line.count(one) for line in head[:5]))
    try:
        read = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        rows = [_plain(row) for row in read]
    except csv.Error:
        raise Refusal({"code": "text"}) from None
    return {"rows": rows, "sheet": "", "formulas": [], "merged": []}


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
