"""The steps of a draft: added, undone, done again, taken out, put back. Pure: lists in, lists out.

Whatever is done to them is checked by trying the edits on the plan before it is kept.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from planengine import EDIT_KINDS
from planengine.edits.kinds import ActivityFields
from tospann.foundation.errors import Gone, Invalid
from tospann.planning.drafts.models import StepState

Step = dict[str, Any]
Json = Mapping[str, Any]
MOST = 5000
"""Edits a draft holds: as many as one change of the plan may have."""


def added(steps: Sequence[Step], edits: Sequence[Json], by: str, at: str) -> list[Step]:
    """One step more. What was undone can no longer be done again."""
    kept = [step for step in steps if step["state"] != StepState.UNDONE]
    number = max((step["n"] for step in steps), default=0) + 1
    kept = _replaced(kept, edits, number)
    if len(edits_in(kept)) + len(edits) > MOST:
        raise Invalid(
            _("A draft holds %(most)s changes. Submit this one, and go on in another.")
            % {"most": MOST},
            "edits",
        )
    fresh = {"n": number, "edits": list(edits), "by": by, "at": at, "state": str(StepState.IN)}
    return [*kept, fresh]


def _replaced(steps: Sequence[Step], edits: Sequence[Json], number: int) -> list[Step]:
    """A step no longer counts when the new one sets anew, on the same rows, all that it set."""
    anew = {_sets(edit) for edit in edits} - {None}
    return [
        {**step, "state": str(StepState.OVER), "over": number}
        if step["state"] == StepState.IN and anew.issuperset(map(_sets, step["edits"]))
        else step
        for step in steps
    ]


def _sets(edit: Json) -> tuple[str, int] | None:
    """The kind of a plain setting of a row's fields, and the row; None for every other edit."""
    kind = str(edit["kind"])
    return (kind, edit["uid"]) if issubclass(EDIT_KINDS[kind], ActivityFields) else None


def undone(steps: Sequence[Step]) -> list[Step]:
    """The latest step no longer counts, but may be done again."""
    last = next((step for step in reversed(steps) if step["state"] == StepState.IN), None)
    if last is None:
        raise Invalid(_("There is nothing to undo."))
    return _with(steps, last["n"], StepState.UNDONE)


def redone(steps: Sequence[Step]) -> list[Step]:
    """The step that was undone last counts again."""
    first = next((step for step in steps if step["state"] == StepState.UNDONE), None)
    if first is None:
        raise Invalid(_("There is nothing to do again."))
    return _with(steps, first["n"], StepState.IN)


def taken_out(steps: Sequence[Step], number: int, at: int | None = None) -> list[Step]:
    """A step, or one edit of it, no longer counts. It stays in the list, to be put back."""
    here = _places(steps).get(_step(steps, number)["n"], [])
    if at is not None and not 0 <= at < len(here):
        raise Gone
    return without(steps, set(here) if at is None else {here[at]})


def without(steps: Sequence[Step], places: Collection[int]) -> list[Step]:
    """The steps without some of the edits that count; those stand beside them, taken out."""
    where = _places(steps)
    number = max((step["n"] for step in steps), default=0)
    found: list[Step] = []
    for step in steps:
        here = where.get(step["n"], [])
        out = [edit for place, edit in zip(here, step["edits"], strict=False) if place in places]
        if not out:
            found.append(step)
        elif len(out) == len(step["edits"]):
            found.append({**step, "state": str(StepState.OUT)})
        else:
            both = zip(here, step["edits"], strict=True)
            kept = [edit for place, edit in both if place not in places]
            number += 1
            found.append({**step, "edits": kept})
            found.append({**step, "n": number, "edits": out, "state": str(StepState.OUT)})
    return found


def edits_in(steps: Sequence[Step]) -> list[Json]:
    """The edits that count, in the order they are applied."""
    return [edit for step in steps if step["state"] == StepState.IN for edit in step["edits"]]


def _places(steps: Sequence[Step]) -> dict[int, list[int]]:
    """Where the edits of each step that counts lie among all that count."""
    found: dict[int, list[int]] = {}
    place = 0
    for step in steps:
        if step["state"] == StepState.IN:
            found[step["n"]] = list(range(place, place + len(step["edits"])))
            place += len(step["edits"])
    return found


def put_back(steps: Sequence[Step], number: int) -> list[Step]:
    """A step that was taken out counts again, in its old place."""
    return _with(steps, number, StepState.IN)


def rebased(
    steps: Sequence[Step], edits: Sequence[tuple[int | None, Json]], by: str, at: str
) -> list[Step]:
    """The steps with what became of their edits, each known by its place among those that count."""
    fresh = {place: edit for place, edit in edits if place is not None}
    back = [edit for place, edit in edits if place is None]
    where = _places(steps)
    found: list[Step] = []
    for step in steps:
        here = where.get(step["n"])
        if here is None:
            found.append(step)
        elif kept := [fresh[place] for place in here if place in fresh]:
            found.append({**step, "edits": kept})
    return [*_first(steps, back, by, at), *found]


def _first(steps: Sequence[Step], edits: Sequence[Json], by: str, at: str) -> list[Step]:
    if not edits:
        return []
    number = max((step["n"] for step in steps), default=0) + 1
    return [{"n": number, "edits": list(edits), "by": by, "at": at, "state": str(StepState.IN)}]


def _step(steps: Sequence[Step], number: int) -> Step:
    for step in steps:
        if step["n"] == number:
            return step
    raise Gone


def _with(steps: Sequence[Step], number: int, state: StepState) -> list[Step]:
    _step(steps, number)
    # What a step had replaced counts again while it is undone.
    under = StepState.IN if state == StepState.UNDONE else StepState.OVER
    turns = state == StepState.UNDONE or _step(steps, number)["state"] == StepState.UNDONE
    return [
        {**step, "state": str(state)}
        if step["n"] == number
        else {**step, "state": str(under)}
        if turns and step.get("over") == number
        else step
        for step in steps
    ]
