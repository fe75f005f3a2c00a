"""A sheet as it is read: the lines by name, day by day."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from tospann.timesheets import expected, grid, lines
from tospann.timesheets.grid import Day, Grid, Row
from tospann.timesheets.models import Sheet


@dataclass(frozen=True)
class Shown:
    """The lines of a sheet with their sums."""

    days: list[Day]
    rows: list[Row]
    sums: list[Decimal]
    expected: Decimal


def of(sheet: Sheet) -> Shown:
    whole = Grid(sheet.person_id, sheet.monday, 0, sheet.state, [])
    for entry in lines.read(sheet.lines):
        row = Row(sheet.project, entry.uid, entry.kind, entry.comment, state=sheet.state)
        for step, hours in enumerate(entry.hours):
            row.put(step, hours)
        whole.rows.append(row)
    grid.named(whole)
    wanted = sum(expected.of(sheet.person_id, sheet.monday), lines.ZERO)
    return Shown(whole.days(_nobodys_day(sheet.monday)), whole.rows, whole.sums, wanted)


def _nobodys_day(monday: date) -> date:
    """No day of this week is today to whoever reads it."""
    return monday - timedelta(days=1)
