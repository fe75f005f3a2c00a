"""What somebody does in the chart, as edits of the plan. Nothing is written here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.utils.translation import gettext as _

import planengine as engine
from planengine.edits import Edit
from planengine.instants import DAY
from tospann.foundation.errors import Invalid
from tospann.planning.editor import typed
from tospann.planning.editor.sent import (
    Add,
    Cell,
    Move,
    Operation,
    Place,
    Resize,
    Rows,
    Stored,
    Tie,
)
from tospann.planning.prepare import parsed
from tospann.planning.projection import day_of
from tospann.planning.skeleton import BEGINS, ENDS
from tospann.ui.formats import parse_date, parse_number


@dataclass(frozen=True)
class Sheet:
    """The plan as the operation finds it."""

    plan: engine.Plan
    language: str
    today: date
    people: dict[str, str]
    """Ids of the project's people by their names, in lower case."""
    reserve: Callable[[], int]
    """Gives the number of a new activity."""

    def row(self, uid: int) -> engine.Activity:
        for one in self.plan.activities:
            if one.uid == uid:
                return one
        raise Invalid(_("There is no such activity in the plan."), "uid")


def edits_of(operation: Operation, sheet: Sheet) -> list[Edit]:
    """The edits an operation means; ``Invalid`` with a sentence when it cannot be done."""
    match operation:
        case Cell():
            return _cell(operation, sheet)
        case Move():
            return _move(sheet.row(operation.uid), operation.start * 60)
        case Resize():
            return _resize(sheet, sheet.row(operation.uid), operation.finish * 60)
        case Tie():
            return _tie(sheet, operation)
        case Rows():
            return _ROWS[operation.do](sheet, _in_order(sheet, operation.uids))
        case Add():
            return _add(sheet, operation)
        case Place():
            return _place(sheet, operation)
        case Stored():
            return list(parsed(operation.edits))
    raise AssertionError(operation)


# ---- one cell ----


def _cell(operation: Cell, sheet: Sheet) -> list[Edit]:
    one, text = sheet.row(operation.uid), operation.text.strip()
    if _is_summary(sheet.plan, one) and operation.field in {"duration", "start", "finish"}:
        raise Invalid(_("A summary task takes its dates from what lies under it."), operation.field)
    return _CELLS[operation.field](sheet, one, text)


def _name(_sheet: Sheet, one: engine.Activity, text: str) -> list[Edit]:
    if not text:
        raise Invalid(_("Give the task a name."), "name")
    return [engine.RenameActivity(one.uid, text)] if text != one.name else []


def _duration(sheet: Sheet, one: engine.Activity, text: str) -> list[Edit]:
    try:
        seconds, unit, elapsed, estimated = typed.duration(text, sheet.plan, sheet.language)
        if seconds < 0:
            raise ValueError(text)
    except ValueError:
        raise Invalid(
            _("“%(text)s” is not a duration. Write for example 5d, 2w or 4h.") % {"text": text},
            "duration",
        ) from None
    change = engine.SetDuration(one.uid, seconds, elapsed, estimated, unit)
    return [*_placed(one), change]


def _start(sheet: Sheet, one: engine.Activity, text: str) -> list[Edit]:
    if not text:
        return [engine.SetConstraint(one.uid, None)] if one.constraint else []
    return _move(one, _at(_day(sheet, text), one.start, BEGINS))


def _finish(sheet: Sheet, one: engine.Activity, text: str) -> list[Edit]:
    if not text:
        return []
    return _resize(sheet, one, _at(_day(sheet, text), one.finish, ENDS))


def _deadline(sheet: Sheet, one: engine.Activity, text: str) -> list[Edit]:
    wanted = _at(_day(sheet, text), one.deadline, ENDS) if text else None
    return [engine.SetDeadline(one.uid, wanted)] if wanted != one.deadline else []


def _before(sheet: Sheet, one: engine.Activity, text: str) -> list[Edit]:
    numbers = engine.outline_numbers(sheet.plan)
    try:
        wanted = typed.links_to(text, one.uid, numbers, sheet.plan, sheet.language)
    except ValueError as error:
        raise Invalid(
            _(
                "“%(text)s” is not a predecessor. Write the number of the task, "
                "for example 1.2 or 1.2SS+2d."
            )
            % {"text": error},
            "before",
        ) from None
    now = {link.key: link for link in sheet.plan.links if link.successor == one.uid}
    then = {link.key: link for link in wanted}
    gone = [engine.RemoveLink(*key) for key in now if key not in then]
    fresh = [engine.AddLink(link) for key, link in then.items() if key not in now]
    other = [
        engine.ChangeLink(*key, link) for key, link in then.items() if now.get(key, link) != link
    ]
    return [*(_placed(one) if fresh else []), *gone, *other, *fresh]


def _responsible(sheet: Sheet, one: engine.Activity, text: str) -> list[Edit]:
    if not text:
        return [engine.SetResponsible(one.uid, None)] if one.responsible else []
    found = {pk for name, pk in sheet.people.items() if name.startswith(text.lower())}
    exact = sheet.people.get(text.lower())
    if exact is None and len(found) != 1:
        raise Invalid(
            _("Nobody in the project is called “%(text)s”.") % {"text": text}
            if not found
            else _("Several people in the project begin with “%(text)s”.") % {"text": text},
            "responsible",
        )
    person = exact or found.pop()
    return [engine.SetResponsible(one.uid, person)] if person != one.responsible else []


def _percent(_sheet: Sheet, _one: engine.Activity, _text: str) -> list[Edit]:
    raise Invalid(_("Progress is reported, not planned."), "percent")


_CELLS: dict[str, Callable[[Sheet, engine.Activity, str], list[Edit]]] = {
    "name": _name,
    "duration": _duration,
    "start": _start,
    "finish": _finish,
    "deadline": _deadline,
    "before": _before,
    "responsible": _responsible,
    "percent": _percent,
}


def share(text: str, language: str) -> float:
    """A typed share of 0 to 100, with or without its sign."""
    try:
        found = float(parse_number(text.replace("%", ""), language))
    except ValueError:
        found = -1.0
    if not 0 <= found <= 100:
        raise Invalid(_("Write a number from 0 to 100."), "percent")
    return found


def _day(sheet: Sheet, text: str) -> date:
    try:
        return parse_date(text, sheet.today)
    except ValueError:
        raise Invalid(
            _("“%(text)s” is not a date. Write for example 22.11, week 47 or +3d.")
            % {"text": text},
            "date",
        ) from None


def _at(day: date, before: int | None, otherwise: int) -> int:
    """The day with the time of day it had, or the usual one."""
    if before is not None and day == day_of(before):
        return before
    return engine.day(day) * DAY + (otherwise if before is None else before % DAY)


# ---- bars ----


def _move(one: engine.Activity, start: int) -> list[Edit]:
    """Somebody wants it to begin then: a constraint that is seen, or the date of a manual task."""
    if one.mode is engine.Mode.MANUAL and one.start is not None:
        length = (one.finish or one.start) - one.start
        return [engine.SetDates(one.uid, start, start + length)]
    kind = engine.ConstraintKind.START_NO_EARLIER_THAN
    wanted = engine.Constraint(kind, start)
    if one.constraint == wanted:
        return []
    return [*_placed(one), engine.SetConstraint(one.uid, wanted)]


def _resize(sheet: Sheet, one: engine.Activity, finish: int) -> list[Edit]:
    if one.start is None:
        raise Invalid(_("Say first when it starts."), "finish")
    if finish < one.start:
        raise Invalid(_("It cannot finish before it starts."), "finish")
    if one.mode is engine.Mode.MANUAL:
        return [engine.SetDates(one.uid, one.start, finish)]
    calendar = one.calendar if one.calendar is not None else sheet.plan.calendar
    time = engine.working_time(sheet.plan, calendar)
    seconds = finish - one.start if one.elapsed else time.between(one.start, finish)
    return [engine.SetDuration(one.uid, max(seconds, 0), one.elapsed, one.estimated, one.unit)]


def _placed(one: engine.Activity) -> list[Edit]:
    """A row without dates gets them from the engine as soon as something is known about it."""
    if one.mode is engine.Mode.MANUAL and one.start is None:
        return [engine.SetMode(one.uid, engine.Mode.AUTO)]
    return []


# ---- links ----


def _tie(sheet: Sheet, operation: Tie) -> list[Edit]:
    link = engine.Link(operation.from_, operation.to, operation.kind)
    if any(other.key == link.key for other in sheet.plan.links):
        return []
    return [*_placed(sheet.row(operation.to)), engine.AddLink(link)]


def _chain(sheet: Sheet, rows: list[engine.Activity]) -> list[Edit]:
    known = {(link.predecessor, link.successor) for link in sheet.plan.links}
    found: list[Edit] = []
    for before, after in pairwise(rows):
        if (before.uid, after.uid) not in known:
            found += [*_placed(after), engine.AddLink(engine.Link(before.uid, after.uid))]
    return found


def _unlink(sheet: Sheet, rows: list[engine.Activity]) -> list[Edit]:
    """Between several rows the links among them; of one row every link."""
    uids = {one.uid for one in rows}
    chosen = [
        link
        for link in sheet.plan.links
        if (link.predecessor in uids and link.successor in uids)
        or (len(uids) == 1 and (link.predecessor in uids or link.successor in uids))
    ]
    return [engine.RemoveLink(*link.key) for link in chosen]


# ---- the outline ----


def _in_order(sheet: Sheet, uids: list[int]) -> list[engine.Activity]:
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


_ROWS: dict[str, Callable[[Sheet, list[engine.Activity]], list[Edit]]] = {
    "chain": _chain,
    "unlink": _unlink,
    "indent": _indent,
    "outdent": _outdent,
    "up": _shift(-1),
    "down": _shift(1),
    "remove": _remove,
}


def _add(sheet: Sheet, operation: Add) -> list[Edit]:
    """Without dates: it gets them when its duration, a date or a predecessor is said."""
    parent, position = _after(sheet.plan, operation.after)
    fresh = engine.Activity(
        uid=sheet.reserve(),
        name=operation.name,
        parent=parent,
        duration=typed.seconds_in(sheet.plan, engine.DurationUnit.DAYS),
        mode=engine.Mode.MANUAL,
    )
    return [engine.AddActivity(fresh, position)]


def _after(plan: engine.Plan, uid: int | None) -> tuple[int | None, int | None]:
    """Where the row after another one goes: first under an open summary, else beside it."""
    found = next((one for one in plan.activities if one.uid == uid), None)
    if found is None:
        return None, None
    if _is_summary(plan, found):
        return found.uid, 0
    return found.parent, _siblings(plan, found.parent).index(found.uid) + 1


def _place(sheet: Sheet, operation: Place) -> list[Edit]:
    tops = _tops(_in_order(sheet, operation.uids))
    inside = {one.uid for one in tops}
    up = operation.after
    while up is not None:
        if up in inside:
            raise Invalid(_("Rows cannot be put under themselves."), "after")
        up = sheet.row(up).parent
    parent, _position = _after(sheet.plan, operation.after)
    others = [uid for uid in _siblings(sheet.plan, parent) if uid not in inside]
    start = others.index(operation.after) + 1 if operation.after in others else 0
    if operation.after is None:
        start = len(others)
    return [engine.MoveActivity(one.uid, parent, start + i) for i, one in enumerate(tops)]


def _is_summary(plan: engine.Plan, one: engine.Activity) -> bool:
    return any(other.parent == one.uid for other in plan.activities)
