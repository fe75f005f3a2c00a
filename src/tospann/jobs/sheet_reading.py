"""Reading a spreadsheet inside the confined child process: nothing of Django is imported here."""

import mimetypes
import sys
import zipfile
from datetime import date, datetime
from typing import IO, Any

from tospann.jobs.confinement import Refusal

MOST_ROWS = 20_000
MOST_COLUMNS = 60
LONGEST = 25_000
_BROKEN = (
    *(zipfile.BadZipFile, KeyError, ValueError, IndexError, OSError, EOFError),
    *(RuntimeError, SyntaxError, TypeError, AttributeError),
)
"""What a broken package makes its readers say: how it is packed, and what is in it."""


def read_sheet(file: IO[bytes]) -> dict[str, Any]:
    """The headings and the filled rows (with their numbers) of the first sheet."""
    _do_without()
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        lines = sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)
        headings = [str(_plain(cell) or "") for cell in next(lines, ())]
        while headings and not headings[-1]:
            headings.pop()
        rows = list(_rows(lines, len(headings)))
    except (InvalidFileException, *_BROKEN):
        raise Refusal({"code": "not_excel"}) from None
    return {"headings": headings, "rows": rows}


def _do_without() -> None:
    """What openpyxl would look for and does well without: NumPy and the system's media types."""
    sys.modules.setdefault("numpy", None)  # type: ignore[arg-type]  # None stands for "not there"
    mimetypes.knownfiles.clear()


def _rows(lines: Any, width: int) -> Any:
    """``(row number as the spreadsheet shows it, cells)``; empty rows are left out."""
    kept = 0
    for number, line in enumerate(lines, 2):
        cells = [_plain(cell) for cell in line[:width]]
        if not any(cell not in (None, "") for cell in cells):
            if number > 1_000_000:
                return
            continue
        kept += 1
        if kept > MOST_ROWS:
            raise Refusal({"code": "too_many_rows"})
        yield number, cells


def _plain(cell: Any) -> Any:
    """What JSON can hold: dates as 2027-01-31, text trimmed to what a field may hold."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    if cell is None or isinstance(cell, int | float):
        return cell
    return str(cell)[:LONGEST].strip()
