"""The plan as an operation of the chart finds it, and what operations share."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

import planengine as engine
from planengine.edits import Edit
from planengine.instants import DAY
from tospann.foundation.errors import Invalid
from tospann.planning.projection import day_of
from tospann.ui.formats import parse_date


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


def day_typed(sheet: Sheet, text: str) -> date:
    try:
        return parse_date(text, sheet.today)
    except ValueError:
        raise Invalid(
            _("“%(text)s” is not a date. Write for example 22.11, week 47 or +3d.")
            % {"text": text},
            "date",
        ) from None


def at_day(day: date, before: int | None, otherwise: int) -> int:
    """The day with the time of day it had, or the usual one."""
    if before is not None and day == day_of(before):
        return before
    return engine.day(day) * DAY + (otherwise if before is None else before % DAY)


def placed(one: engine.Activity) -> list[Edit]:
    """A row without dates gets them from the engine as soon as something is known about it."""
    if one.mode is engine.Mode.MANUAL and one.start is None:
        return [engine.SetMode(one.uid, engine.Mode.AUTO)]
    return []


def is_summary(plan: engine.Plan, one: engine.Activity) -> bool:
    return any(other.parent == one.uid for other in plan.activities)
