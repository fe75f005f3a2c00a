"""Levelling a plan into edits somebody looks at first: fast, or the best that can be found."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

import planengine as engine
from planengine.levelling import LevellingResult, Limits, Method, Order
from tospann.foundation.authority import Actor
from tospann.foundation.errors import Invalid
from tospann.planning import store
from tospann.planning.drafts import drafting
from tospann.planning.drafts.models import Draft
from tospann.planning.load.staffing import Staffed, Units, staffed
from tospann.planning.models import Plan

Which = Literal["fast", "best"]
SCHEDULES = 300
"""Arrangements looked at in search of the best."""
SECONDS = 40.0
"""How long the search, with its proof, goes on at most."""
NAME = gettext_noop("Levelling: %(moved)s tasks wait")
_NOTHING = gettext_noop("Nobody is wanted for more than there is. There is nothing to level.")
_STUCK = gettext_noop("Nothing of what collides can be moved. The load says why.")
Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Asked:
    """How to level: how thoroughly, who goes first, and whether the finish may move."""

    which: Which = "fast"
    order: str = "standard"
    within_slack: bool = False


def units_of(plan: engine.Plan) -> Units:
    """What the people of a plan have to give, as far as somebody knows."""
    people = {row.responsible for row in plan.activities} | {one.person for one in plan.resources}
    return _units([pk for text in people if text and (pk := _uuid(text))]) if _units else {}


UnitsProvider = Callable[[list[UUID]], Units]
_units: UnitsProvider | None = None


def units_come_from(provider: UnitsProvider) -> None:
    """Called once by the capability that knows how much people work."""
    global _units  # noqa: PLW0603  # set once, when the app is ready
    _units = provider


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def of_plan(head: Plan) -> Staffed:
    """The plan as it is, with everybody it asks something of."""
    loaded = store.load(head)
    return staffed(loaded, units_of(loaded.plan))


def level(of: Staffed, asked: Asked, tell: Tell | None = None) -> LevellingResult:
    """What must wait. ``tell`` hears how far a search has come."""
    said: dict[str, Any] = {"order": Order(asked.order), "within_slack": asked.within_slack}
    if asked.which == "fast":
        return engine.level(of.plan, Method.FAST, checked=True, **said)
    limits = Limits(SCHEDULES, SECONDS, _Ticking(tell)) if tell else Limits(SCHEDULES, SECONDS)
    return engine.level(of.plan, Method.EXACT, limits=limits, checked=True, **said)


class _Ticking:
    """A clock that tells, each time the search looks at it, how many arrangements were tried."""

    def __init__(self, tell: Tell) -> None:
        from time import monotonic

        self.now, self.tell, self.looks = monotonic, tell, 0

    def __call__(self) -> float:
        self.looks += 1
        if self.looks % 10 == 0:
            self.tell(min(self.looks, SCHEDULES - 1), SCHEDULES)
        return self.now()


def draft(actor: Actor, head: Plan, asked: Asked, tell: Tell | None = None) -> Draft:
    """A draft with what must wait; ``Invalid`` when there is nothing to move."""
    of = of_plan(head)
    found = level(of, asked, tell)
    if not found.overloads_before:
        raise Invalid(_(_NOTHING))
    if not found.edits:
        raise Invalid(_(_STUCK))
    stored = [engine.edit_to_json(one) for one in found.edits]
    return drafting.open_draft(actor, head, _(NAME) % {"moved": found.moved}, stored)
