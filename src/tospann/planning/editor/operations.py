"""What somebody does in the chart, as edits of the plan. Nothing is written here."""

from planengine.edits import Edit
from tospann.planning.editor.bars import move, resize, tie
from tospann.planning.editor.cells import cell, share, status
from tospann.planning.editor.ground import Sheet
from tospann.planning.editor.pasted import paste
from tospann.planning.editor.rows import ON_ROWS, add, in_order, place
from tospann.planning.editor.sent import (
    Add,
    Cell,
    Move,
    Operation,
    Paste,
    Place,
    Resize,
    Rows,
    Status,
    Stored,
    Tie,
)
from tospann.planning.prepare import parsed

__all__ = ["Sheet", "edits_of", "share"]


def edits_of(operation: Operation, sheet: Sheet) -> list[Edit]:
    """The edits an operation means; ``Invalid`` with a sentence when it cannot be done."""
    match operation:
        case Cell():
            return cell(operation, sheet)
        case Move():
            return move(sheet.row(operation.uid), operation.start * 60)
        case Resize():
            return resize(sheet, sheet.row(operation.uid), operation.finish * 60)
        case Tie():
            return tie(sheet, operation)
        case Rows():
            return ON_ROWS[operation.do](sheet, in_order(sheet, operation.uids))
        case Add() | Place() | Paste():
            return _of_rows(operation, sheet)
        case Status():
            return status(sheet, operation.text.strip())
        case Stored():
            return list(parsed(operation.edits))
    raise AssertionError(operation)


def _of_rows(operation: Add | Place | Paste, sheet: Sheet) -> list[Edit]:
    match operation:
        case Add():
            return add(sheet, operation)
        case Place():
            return place(sheet, operation)
        case Paste():
            return paste(sheet, operation)
