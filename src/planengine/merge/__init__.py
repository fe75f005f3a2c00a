"""Two people’s changes to the same plan put together, field by field, with conflicts listed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from planengine.codec import Json, to_json
from planengine.merge.conflicts import Conflict
from planengine.merge.fields import Row
from planengine.merge.order import children, ordered
from planengine.merge.rows import TABLES, Rows
from planengine.model import Plan
from planengine.validation import validate

__all__ = ["Conflict", "Merge", "merge"]


@dataclass(frozen=True, slots=True)
class Merge:
    """Both sides' changes in one plan, and the conflicts between them.

    Where a field conflicts `plan` has our value; a row one side removed and the other changed or
    needs is kept. `plan` is sound when ours and theirs are, unless a conflict of kind `rule` names
    the rule the two break together.
    """

    plan: Plan
    conflicts: tuple[Conflict, ...] = ()

    def sentences(self, language: str = "en") -> tuple[str, ...]:
        """A sentence for each conflict, in nb or en."""
        return tuple(row.sentence(self.plan, language) for row in self.conflicts)

    def to_json(self) -> Json:
        """The merged plan and its conflicts as a JSON object."""
        found = [row.to_json(self.plan) for row in self.conflicts]
        return {"plan": to_json(self.plan), "conflicts": found}


def merge(base: Plan, ours: Plan, theirs: Plan) -> Merge:
    """Three-way merge: what each side changed since `base`, per field, in linear time.

    `merge(b, b, x) == merge(b, x, b) == merge(b, x, x) == Merge(x)` for sound plans. Swapping the
    sides swaps the conflicts' values and changes the plan only where there are conflicts. A row
    removed by one side and changed, or named, by the other is a conflict and stays, with the links
    and assignments that were removed along with it. Never raises for plans made of the right types.
    """
    head = Row("plan", None)
    names = tuple(name for name, _ in TABLES)
    plan: Plan = head.merged(base, ours, theirs, skip=names)
    rows = Rows(base, ours, theirs)
    rows.settle(plan, head.conflicts)
    sides = (children(base.activities), children(ours.activities), children(theirs.activities))
    activities, tangled = ordered(rows.kept["activity"], sides)
    parts: dict[str, Any] = {name: tuple(rows.kept[what].values()) for name, what in TABLES}
    merged = replace(plan, **{**parts, "activities": activities})
    found = sorted([*head.conflicts, *rows.conflicts, *tangled], key=_place)
    return Merge(merged, (*found, *_broken(merged, ours, theirs)))


def _place(row: Conflict) -> tuple[str, str, str, str]:
    return (row.subject, str(row.key), row.field, row.part)


def _broken(merged: Plan, ours: Plan, theirs: Plan) -> tuple[Conflict, ...]:
    """The rules the merged plan breaks though neither side does."""
    if merged in (ours, theirs):
        return ()
    errors = validate(merged)
    if not errors:
        return ()
    known = {*validate(ours), *validate(theirs)}
    return tuple(
        Conflict("rule", error.subject, error.uid, error=error)
        for error in errors
        if error not in known
    )
