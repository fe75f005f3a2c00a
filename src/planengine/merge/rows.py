"""Three-way merging of a plan's tables: which rows stay, and what they need to stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from planengine.merge.conflicts import Conflict
from planengine.merge.fields import Row
from planengine.model import Plan
from planengine.validation.errors import Subject

Side = Literal["ours", "theirs"]
Tables = dict[Subject, dict[Any, Any]]
Place = tuple[Subject, Any]

TABLES: tuple[tuple[str, Subject], ...] = (
    ("calendars", "calendar"),
    ("resources", "resource"),
    ("activities", "activity"),
    ("links", "link"),
    ("assignments", "assignment"),
)
"""The plan's collections and what a row of each is called."""

NEEDS: Mapping[Subject, tuple[tuple[str, Subject], ...]] = {
    "plan": (("calendar", "calendar"),),
    "calendar": (("base", "calendar"),),
    "resource": (("calendar", "calendar"),),
    "activity": (("parent", "activity"), ("calendar", "calendar")),
    "link": (("predecessor", "activity"), ("successor", "activity")),
    "assignment": (("activity", "activity"), ("resource", "resource")),
}
"""Fields that name another row."""


def tables(plan: Plan) -> Tables:
    """The plan's rows by what they are and their key."""
    return {
        subject: {(row.key if subject == "link" else row.uid): row for row in getattr(plan, name)}
        for name, subject in TABLES
    }


class Rows:
    """Merges the tables of three plans. `kept` is the result, `conflicts` what was found."""

    def __init__(self, base: Plan, ours: Plan, theirs: Plan) -> None:
        self.base, self.ours, self.theirs = tables(base), tables(ours), tables(theirs)
        self.kept: Tables = {subject: {} for _, subject in TABLES}
        self.conflicts: list[Conflict] = []
        self._gone: dict[Place, Side] = {}
        self._rescued: dict[Place, Side] = {}
        for _, subject in TABLES:
            self._merge_table(subject)

    def _merge_table(self, subject: Subject) -> None:
        base, ours, theirs = self.base[subject], self.ours[subject], self.theirs[subject]
        for key in dict.fromkeys((*base, *ours, *theirs)):
            was, one, two = base.get(key), ours.get(key), theirs.get(key)
            if one is not None and two is not None:
                row = Row(subject, key)
                self.kept[subject][key] = row.merged(was, one, two)
                self.conflicts += row.conflicts
            elif was is None:
                self.kept[subject][key] = two if one is None else one
            elif one is not None or two is not None:
                self._one_sided(subject, key)

    def _one_sided(self, subject: Subject, key: Any) -> None:
        """A row of the base that one side removed and the other kept, perhaps changed."""
        was = self.base[subject][key]
        one, two = self.ours[subject].get(key), self.theirs[subject].get(key)
        self._gone[subject, key] = "ours" if one is None else "theirs"
        if (two if one is None else one) != was:
            self._keep(subject, key)

    def _keep(self, subject: Subject, key: Any) -> None:
        """Keep a row one side removed, and say so."""
        one, two = self.ours[subject].get(key), self.theirs[subject].get(key)
        self.kept[subject][key] = two if one is None else one
        self._rescued[subject, key] = self._gone.pop((subject, key))
        was = self.base[subject][key]
        self.conflicts.append(Conflict("removed", subject, key, "", "", was, one, two))

    def settle(self, head: Plan, head_conflicts: list[Conflict]) -> None:
        """Bring back what was removed and is still needed, and what went with it."""
        if not self._gone:
            return
        changed = [place for place in self._rescued if place[0] == "activity"]
        for place in changed:
            self._bring_back_family(place)
        conflicts = [*head_conflicts, *self.conflicts]
        todo: list[Place] = [
            (target, value)
            for found in conflicts
            for name, target in NEEDS[found.subject]
            if found.field == name
            for value in (found.ours, found.theirs)
        ]
        todo += [(target, getattr(head, name)) for name, target in NEEDS["plan"]]
        for subject, rows in self.kept.items():
            todo += [place for row in rows.values() for place in _needs(subject, row)]
        while todo:
            subject, key = todo.pop()
            if (subject, key) in self._gone:
                self._keep(subject, key)
                todo += _needs(subject, self.kept[subject][key])
        self._bring_back_joints()

    def _bring_back_family(self, place: Place) -> None:
        """A summary that one side changed comes back with everything that was removed with it."""
        side = self._rescued[place]
        other = self.theirs if side == "ours" else self.ours
        below: dict[int | None, list[int]] = {}
        for row in other["activity"].values():
            below.setdefault(row.parent, []).append(row.uid)
        stack = list(below.get(place[1], ()))
        while stack:
            uid = stack.pop()
            stack += below.get(uid, ())
            if self._gone.get(("activity", uid)) == side:
                self._keep("activity", uid)

    def _bring_back_joints(self) -> None:
        """Links and assignments that were removed only because a row that stays was removed."""
        joints = [place for place in self._gone if place[0] in ("link", "assignment")]
        for place in joints:
            subject, key = place
            side = self._gone[place]
            other = self.theirs if side == "ours" else self.ours
            needs = list(_needs(subject, other[subject][key]))
            cause = any(self._rescued.get(need) == side for need in needs)
            if cause and all(key in self.kept[table] for table, key in needs):
                self.kept[subject][key] = other[subject][key]
                del self._gone[place]


def _needs(subject: Subject, row: Any) -> Iterator[Place]:
    for name, target in NEEDS[subject]:
        value = getattr(row, name)
        if value is not None:
            yield target, value
