"""Which of some edits fit a plan, one after the other, and why the others do not. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

import planengine as engine
from planengine.edits import Edit
from planengine.edits.draft import Draft
from planengine.edits.perform import perform

Placed = tuple[int | None, Edit]
"""An edit with its place in a longer list; None when it is none of that list's."""
MOST_RULES = 40
"""Broken rules looked for one by one; whatever follows the last of them is left out too."""


@dataclass(frozen=True)
class Unfit:
    """An edit that does not fit: it names what is not there, breaks a rule of plans, or gives a
    task to somebody who takes no part.
    """

    place: int | None
    error: engine.EditError | engine.PlanError | None = None
    stranger: str = ""


def fit(
    plan: engine.Plan, wanted: Sequence[Placed], members: set[str]
) -> tuple[list[Placed], list[Unfit]]:
    """The edits that fit, in order, and those that do not."""
    known = members | {one.responsible for one in plan.activities if one.responsible}
    strange = [Unfit(place, stranger=who) for place, edit in wanted if (who := _whom(edit, known))]
    out = {one.place for one in strange}
    fitting, unfit = _performed(plan, [one for one in wanted if one[0] not in out])
    unfit += strange
    for _try in range(MOST_RULES):
        broken = _rule(plan, fitting)
        if broken is None:
            return fitting, _listed(unfit)
        at, error = broken
        unfit.append(Unfit(fitting[at][0], error))
        fitting, more = _performed(plan, [*fitting[:at], *fitting[at + 1 :]])
        unfit += more
    unfit += [Unfit(place, error) for place, _edit in fitting[at:]]
    return fitting[:at], _listed(unfit)


def _listed(unfit: list[Unfit]) -> list[Unfit]:
    named = [one for one in unfit if one.place is not None]
    return sorted(named, key=lambda one: one.place or 0)


def _whom(edit: Edit, known: set[str]) -> str:
    who = edit.responsible if isinstance(edit, engine.SetResponsible) else None
    if isinstance(edit, engine.AddActivity):
        who = edit.activity.responsible
    return who if who and who not in known else ""


def _performed(plan: engine.Plan, wanted: Sequence[Placed]) -> tuple[list[Placed], list[Unfit]]:
    """Those that can be done; ``perform`` raises before it has changed anything."""
    draft = Draft(plan)
    fitting: list[Placed] = []
    unfit: list[Unfit] = []
    for place, edit in wanted:
        try:
            perform(draft, edit)
        except engine.EditError as error:
            unfit.append(Unfit(place, error))
        else:
            fitting.append((place, edit))
    return fitting, unfit


def _rule(plan: engine.Plan, fitting: Sequence[Placed]) -> tuple[int, engine.PlanError] | None:
    """The first edit after which the plan is not sound, and the rule it breaks."""
    found = _errors(plan, fitting)
    if not found:
        return None
    sound, broken = 0, len(fitting)
    while broken - sound > 1:
        middle = (sound + broken) // 2
        if now := _errors(plan, fitting[:middle]):
            broken, found = middle, now
        else:
            sound = middle
    return broken - 1, found[0]


def _errors(plan: engine.Plan, some: Sequence[Placed]) -> Sequence[engine.PlanError]:
    return engine.validate(engine.apply_all(plan, [edit for _place, edit in some]), limit=1)
