"""Bars moved, made longer, and tied: by the pointer, or as dates typed in a cell."""

from itertools import pairwise

from django.utils.translation import gettext as _

import planengine as engine
from planengine.edits import Edit
from tospann.foundation.errors import Invalid
from tospann.planning.editor.ground import Sheet, placed
from tospann.planning.editor.sent import Tie


def move(one: engine.Activity, start: int) -> list[Edit]:
    """Somebody wants it to begin then: a constraint that is seen, or the date of a manual task."""
    if one.mode is engine.Mode.MANUAL and one.start is not None:
        length = (one.finish or one.start) - one.start
        return [engine.SetDates(one.uid, start, start + length)]
    kind = engine.ConstraintKind.START_NO_EARLIER_THAN
    wanted = engine.Constraint(kind, start)
    if one.constraint == wanted:
        return []
    return [*placed(one), engine.SetConstraint(one.uid, wanted)]


def resize(sheet: Sheet, one: engine.Activity, finish: int) -> list[Edit]:
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


def tie(sheet: Sheet, operation: Tie) -> list[Edit]:
    link = engine.Link(operation.from_, operation.to, operation.kind)
    if any(other.key == link.key for other in sheet.plan.links):
        return []
    return [*placed(sheet.row(operation.to)), engine.AddLink(link)]


def chain(sheet: Sheet, rows: list[engine.Activity]) -> list[Edit]:
    known = {(link.predecessor, link.successor) for link in sheet.plan.links}
    found: list[Edit] = []
    for before, after in pairwise(rows):
        if (before.uid, after.uid) not in known:
            found += [*placed(after), engine.AddLink(engine.Link(before.uid, after.uid))]
    return found


def unlink(sheet: Sheet, rows: list[engine.Activity]) -> list[Edit]:
    """Between several rows the links among them; of one row every link."""
    uids = {one.uid for one in rows}
    chosen = [
        link
        for link in sheet.plan.links
        if (link.predecessor in uids and link.successor in uids)
        or (len(uids) == 1 and (link.predecessor in uids or link.successor in uids))
    ]
    return [engine.RemoveLink(*link.key) for link in chosen]
