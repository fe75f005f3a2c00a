"""What is typed in a cell, as edits; ``Invalid`` says what would have been understood."""

from collections.abc import Callable

from django.utils.translation import gettext as _

import planengine as engine
from planengine.edits import Edit
from tospann.foundation.errors import Invalid
from tospann.planning.editor import typed
from tospann.planning.editor.bars import move, resize
from tospann.planning.editor.ground import Sheet, at_day, day_typed, is_summary, placed
from tospann.planning.editor.sent import Cell
from tospann.planning.editor.words import constraint_words
from tospann.planning.skeleton import BEGINS, ENDS
from tospann.ui.formats import parse_number


def cell(operation: Cell, sheet: Sheet) -> list[Edit]:
    one, text = sheet.row(operation.uid), operation.text.strip()
    if is_summary(sheet.plan, one) and operation.field in {"duration", "start", "finish"}:
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
    return [*placed(one), change]


def _start(sheet: Sheet, one: engine.Activity, text: str) -> list[Edit]:
    if not text:
        return [engine.SetConstraint(one.uid, None)] if one.constraint else []
    return move(one, at_day(day_typed(sheet, text), one.start, BEGINS))


def _finish(sheet: Sheet, one: engine.Activity, text: str) -> list[Edit]:
    if not text:
        return []
    return resize(sheet, one, at_day(day_typed(sheet, text), one.finish, ENDS))


def _deadline(sheet: Sheet, one: engine.Activity, text: str) -> list[Edit]:
    wanted = at_day(day_typed(sheet, text), one.deadline, ENDS) if text else None
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
    return [*(placed(one) if fresh else []), *gone, *other, *fresh]


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


def _constraint(sheet: Sheet, one: engine.Activity, text: str) -> list[Edit]:
    """“Starts no earlier than 22.11”, or SNET 22.11 as other tools call it."""
    wanted = None if not text else _constraint_typed(sheet, one, text)
    if wanted == one.constraint:
        return []
    return [*placed(one), engine.SetConstraint(one.uid, wanted)]


def _constraint_typed(sheet: Sheet, one: engine.Activity, text: str) -> engine.Constraint:
    begun = {said.replace("%(day)s", "").strip(): kind for kind, said in constraint_words().items()}
    begun |= {str(kind): kind for kind in engine.ConstraintKind}
    for said, kind in begun.items():
        if not text.lower().startswith(said.lower()):
            continue
        rest = text[len(said) :].strip()
        if kind is engine.ConstraintKind.AS_LATE_AS_POSSIBLE:
            return engine.Constraint(kind)
        starts = "START" in kind.name
        was = one.start if starts else one.finish
        return engine.Constraint(
            kind, at_day(day_typed(sheet, rest), was, BEGINS if starts else ENDS)
        )
    raise Invalid(
        _("“%(text)s” holds nothing. Write for example %(example)s.")
        % {"text": text, "example": f"{next(iter(begun))} 22.11"},
        "constraint",
    )


def _calendar(sheet: Sheet, one: engine.Activity, text: str) -> list[Edit]:
    """The task's own working days; empty for the plan's."""
    named = {row.name.lower(): row.uid for row in sheet.plan.calendars}
    found = [uid for name, uid in named.items() if name.startswith(text.lower())]
    wanted = None if not text else named.get(text.lower(), found[0] if len(found) == 1 else -1)
    if wanted == -1:
        raise Invalid(_("The plan has no calendar called “%(text)s”.") % {"text": text}, "calendar")
    return [engine.SetCalendar(one.uid, wanted)] if wanted != one.calendar else []


def status(sheet: Sheet, text: str) -> list[Edit]:
    """The day progress is told as of."""
    wanted = at_day(day_typed(sheet, text), None, ENDS) if text else None
    return [engine.SetStatusDate(wanted)] if wanted != sheet.plan.status_date else []


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
    "constraint": _constraint,
    "calendar": _calendar,
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
