"""Rows in the outline: indented, moved, cut and put elsewhere, added, removed."""

from collections.abc import Callable

from django.utils.translation import gettext as _

import planengine as engine
from planengine.edits import Edit
from tospann.foundation.errors import Invalid
from tospann.planning.editor import typed
from tospann.planning.editor.bars import chain, unlink
from tospann.planning.editor.ground import Sheet, is_summary
from tospann.planning.editor.sent import Add, Place


def in_order(sheet: Sheet, uids: list[int]) -> list[engine.Activity]:
    wanted = set(uids)
    found = [one for one in sheet.plan.activities if one.uid in wanted]
    if len(found) != len(wanted):
        raise Invalid(_("There is no such activity in the plan."), "uids")
    return found


def _tops(rows: list[engine.Activity]) -> list[engine.Activity]:
    """Without those that come along anyway, because what they lie under is among the rows."""
    uids = {one.uid for one in rows}
    return [one for one in rows if one.parent not in uids]


def _siblings(plan: engine.Plan, parent: int | None) -> list[int]:
    return [one.uid for one in plan.activities if one.parent == parent]


def _indent(sheet: Sheet, rows: list[engine.Activity]) -> list[Edit]:
    tops = _tops(rows)
    moved = {one.uid for one in tops}
    found: list[Edit] = []
    for one in tops:
        above = _siblings(sheet.plan, one.parent)
        before = [uid for uid in above[: above.index(one.uid)] if uid not in moved]
        if before:
            found.append(engine.MoveActivity(one.uid, before[-1]))
    if not found:
        raise Invalid(_("There is no row above it on the same level to lie under."), "uids")
    return found


def _outdent(sheet: Sheet, rows: list[engine.Activity]) -> list[Edit]:
    found: list[Edit] = []
    # Backwards, so that several rows keep their order behind the one they lay under.
    for one in reversed(_tops(rows)):
        if one.parent is not None:
            above = sheet.row(one.parent)
            uncles = _siblings(sheet.plan, above.parent)
            found.append(engine.MoveActivity(one.uid, above.parent, uncles.index(above.uid) + 1))
    if not found:
        raise Invalid(_("It lies on the highest level already."), "uids")
    return found


def _shift(step: int) -> Callable[[Sheet, list[engine.Activity]], list[Edit]]:
    def shift(sheet: Sheet, rows: list[engine.Activity]) -> list[Edit]:
        tops = _tops(rows)
        siblings = _siblings(sheet.plan, tops[0].parent)
        if any(one.parent != tops[0].parent for one in tops):
            raise Invalid(_("Choose rows that lie under the same row."), "uids")
        places = [siblings.index(one.uid) for one in tops]
        if not 0 <= (places[0] if step < 0 else places[-1]) + step < len(siblings):
            return []
        ordered = tops if step < 0 else list(reversed(tops))
        return [
            engine.MoveActivity(one.uid, one.parent, siblings.index(one.uid) + step)
            for one in ordered
        ]

    return shift


def _remove(_sheet: Sheet, rows: list[engine.Activity]) -> list[Edit]:
    return [engine.RemoveActivity(one.uid) for one in _tops(rows)]


ON_ROWS: dict[str, Callable[[Sheet, list[engine.Activity]], list[Edit]]] = {
    "chain": chain,
    "unlink": unlink,
    "indent": _indent,
    "outdent": _outdent,
    "up": _shift(-1),
    "down": _shift(1),
    "remove": _remove,
}


def add(sheet: Sheet, operation: Add) -> list[Edit]:
    """Without dates: it gets them when its duration, a date or a predecessor is said."""
    parent, position = after_row(sheet.plan, operation.after)
    fresh = engine.Activity(
        uid=sheet.reserve(),
        name=operation.name,
        parent=parent,
        duration=typed.seconds_in(sheet.plan, engine.DurationUnit.DAYS),
        mode=engine.Mode.MANUAL,
    )
    return [engine.AddActivity(fresh, position)]


def after_row(plan: engine.Plan, uid: int | None) -> tuple[int | None, int | None]:
    """Where the row after another one goes: first under an open summary, else beside it."""
    found = next((one for one in plan.activities if one.uid == uid), None)
    if found is None:
        return None, None
    if is_summary(plan, found):
        return found.uid, 0
    return found.parent, _siblings(plan, found.parent).index(found.uid) + 1


def place(sheet: Sheet, operation: Place) -> list[Edit]:
    tops = _tops(in_order(sheet, operation.uids))
    inside = {one.uid for one in tops}
    up = operation.after
    while up is not None:
        if up in inside:
            raise Invalid(_("Rows cannot be put under themselves."), "after")
        up = sheet.row(up).parent
    parent, _position = after_row(sheet.plan, operation.after)
    others = [uid for uid in _siblings(sheet.plan, parent) if uid not in inside]
    start = others.index(operation.after) + 1 if operation.after in others else 0
    if operation.after is None:
        start = len(others)
    return [engine.MoveActivity(one.uid, parent, start + i) for i, one in enumerate(tops)]
