"""Two people's versions of one field, joined; what finds no room is kept beside."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tospann.ui.merging import merge

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Joined:
    """What the field holds now, and whether ours had to give way somewhere."""

    value: Any
    is_clash: bool = False


def joined(base: Any, theirs: Any, ours: Any) -> Joined:
    """What both made of ``base``: texts line by line, tables row by row and cell by cell."""
    if ours in (base, theirs):
        return Joined(theirs)
    if theirs == base:
        return Joined(ours)
    if _is_table(base) and _is_table(theirs) and _is_table(ours):
        return _tables(_by_id(base), _by_id(theirs), _by_id(ours))
    if all(isinstance(one, str | None) for one in (base, theirs, ours)):
        return _texts(base or "", theirs or "", ours or "")
    return Joined(theirs, is_clash=True)


def _texts(base: str, theirs: str, ours: str) -> Joined:
    """Lines added in different places go together; the same line changed by both does not."""
    if "\n" not in base + theirs + ours:
        return Joined(theirs or None, is_clash=True)
    found = merge(base, theirs, ours)
    return Joined(found.text or None, is_clash=bool(found.left_over))


def _is_table(value: Any) -> bool:
    if value is None:
        return True
    return isinstance(value, list) and all(isinstance(row, dict) and "_id" in row for row in value)


def _by_id(value: Any) -> dict[str, Row]:
    return {str(row["_id"]): row for row in value or ()}


def _tables(base: Mapping[str, Row], theirs: Mapping[str, Row], ours: Mapping[str, Row]) -> Joined:
    clash = False
    made: list[Row] = []
    for key in _order(base, theirs, ours):
        mine, other, before = ours.get(key), theirs.get(key), base.get(key)
        if mine is None or other is None:
            kept = mine or other
            if before is None or kept != before:  # new, or changed by whoever still has it
                made.append(kept or {})
            continue
        found = _rows(before or {}, other, mine)
        clash = clash or found.is_clash
        made.append(found.value)
    return Joined(made or None, is_clash=clash)


def _order(
    base: Mapping[str, Row], theirs: Mapping[str, Row], ours: Mapping[str, Row]
) -> list[str]:
    """Ours if we moved rows, else theirs; rows only the other one has follow at the end."""
    moved = [key for key in ours if key in base] != [key for key in base if key in ours]
    first, second = (ours, theirs) if moved else (theirs, ours)
    return [*first, *(key for key in second if key not in first)]


def _rows(base: Row, theirs: Row, ours: Row) -> Joined:
    clash, made = False, dict(theirs)
    for key in {**theirs, **ours}:
        found = joined(base.get(key), theirs.get(key), ours.get(key))
        clash = clash or found.is_clash
        made[key] = found.value
    return Joined(made, is_clash=clash)
