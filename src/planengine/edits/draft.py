"""A plan being changed: dictionaries inside, tuples only when it is finished."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from typing import Any

from planengine.edits.errors import EditError
from planengine.model import Activity, Assignment, Calendar, Link, LinkKey, Plan, Resource


class Draft:
    """The mutable form edits work on. Each part is opened only when an edit needs it.

    Activities of a sound plan come out in outline order; rows that have no place in the outline
    (which `validate` would report) come last.
    """

    def __init__(self, plan: Plan) -> None:
        self._open(plan)

    def _open(self, plan: Plan) -> None:
        self.plan = plan
        self.head: dict[str, Any] = {}
        self._moved = False

    @cached_property
    def activities(self) -> dict[int, Activity]:
        """Activities by uid."""
        return {row.uid: row for row in self.plan.activities}

    @cached_property
    def _children(self) -> dict[int | None, list[int]]:
        below: dict[int | None, list[int]] = {}
        for row in self.activities.values():
            below.setdefault(row.parent, []).append(row.uid)
        return below

    @cached_property
    def links(self) -> dict[LinkKey, Link]:
        """Links by key."""
        return {row.key: row for row in self.plan.links}

    @cached_property
    def resources(self) -> dict[int, Resource]:
        """Resources by uid."""
        return {row.uid: row for row in self.plan.resources}

    @cached_property
    def assignments(self) -> dict[int, Assignment]:
        """Assignments by uid."""
        return {row.uid: row for row in self.plan.assignments}

    @cached_property
    def calendars(self) -> dict[int, Calendar]:
        """Calendars by uid."""
        return {row.uid: row for row in self.plan.calendars}

    @cached_property
    def _links_at(self) -> dict[int, set[LinkKey]]:
        found: dict[int, set[LinkKey]] = {}
        for key in self.links:
            found.setdefault(key[0], set()).add(key)
            found.setdefault(key[1], set()).add(key)
        return found

    @cached_property
    def _assignments_at(self) -> dict[int, set[int]]:
        found: dict[int, set[int]] = {}
        for row in self.assignments.values():
            found.setdefault(row.activity, set()).add(row.uid)
        return found

    def activity(self, uid: int, path: str = "uid") -> Activity:
        """The activity, or `EditError` naming `path`."""
        row = self.activities.get(uid)
        if row is None:
            raise EditError("activity.unknown", path, uid)
        return row

    def siblings(self, parent: int | None) -> list[int]:
        """The uids under `parent`, in order; the list is the draft's own."""
        return self._children.setdefault(parent, [])

    def is_within(self, uid: int | None, ancestor: int) -> bool:
        """True when `uid` is `ancestor` or lies under it."""
        steps = len(self.activities)
        while uid is not None and uid != ancestor and steps >= 0:
            row = self.activities.get(uid)
            uid = row.parent if row is not None else None
            steps -= 1
        return uid == ancestor

    def family(self, uid: int) -> list[int]:
        """An activity and everything under it, in outline order."""
        found = []
        stack = [uid]
        while stack:
            found.append(stack.pop())
            stack.extend(reversed(self._children.get(found[-1], ())))
        return found

    def place(self, row: Activity, position: int | None) -> None:
        """Put an activity among its siblings, as a new row or a changed one."""
        siblings = self.siblings(row.parent)
        if position is not None and not 0 <= position <= len(siblings):
            raise EditError("position.range", "position", position)
        self._moved = True
        siblings.insert(len(siblings) if position is None else position, row.uid)
        self.activities[row.uid] = row

    def unplace(self, uid: int) -> int:
        """Take an activity from its siblings; returns where it stood."""
        self._moved = True
        siblings = self.siblings(self.activities[uid].parent)
        position = siblings.index(uid)
        del siblings[position]
        return position

    def drop_activity(self, uid: int) -> None:
        """Forget an activity that has been taken from its siblings."""
        self._moved = True
        del self.activities[uid]
        self._children.pop(uid, None)

    def put_link(self, link: Link) -> None:
        """Add or replace a link."""
        self.links[link.key] = link
        if "_links_at" in self.__dict__:
            self._links_at.setdefault(link.predecessor, set()).add(link.key)
            self._links_at.setdefault(link.successor, set()).add(link.key)

    def drop_link(self, key: LinkKey) -> Link:
        """Remove a link that exists."""
        if "_links_at" in self.__dict__:
            self._links_at[key[0]].discard(key)
            self._links_at[key[1]].discard(key)
        return self.links.pop(key)

    def links_of(self, uid: int) -> list[LinkKey]:
        """Keys of the links at either end of an activity, sorted."""
        return sorted(self._links_at.get(uid, ()))

    def put_assignment(self, row: Assignment) -> None:
        """Add or replace an assignment."""
        before = self.assignments.get(row.uid)
        self.assignments[row.uid] = row
        if "_assignments_at" in self.__dict__:
            if before is not None:
                self._assignments_at[before.activity].discard(row.uid)
            self._assignments_at.setdefault(row.activity, set()).add(row.uid)

    def drop_assignment(self, uid: int) -> Assignment:
        """Remove an assignment that exists."""
        row = self.assignments.pop(uid)
        if "_assignments_at" in self.__dict__:
            self._assignments_at[row.activity].discard(uid)
        return row

    def assignments_of(self, uid: int) -> list[int]:
        """Uids of an activity's assignments, sorted."""
        return sorted(self._assignments_at.get(uid, ()))

    def replace_with(self, plan: Plan) -> Plan:
        """Start over from another plan; returns the plan as it was."""
        before = self.finish()
        self.__dict__.clear()
        self._open(plan)
        return before

    def finish(self) -> Plan:
        """The plan as it has become."""
        changes = dict(self.head)
        if "activities" in self.__dict__:
            changes["activities"] = tuple(self._in_order())
        for name in ("links", "resources", "assignments", "calendars"):
            if name in self.__dict__:
                changes[name] = tuple(self.__dict__[name].values())
        return replace(self.plan, **changes) if changes else self.plan

    def _in_order(self) -> Iterator[Activity]:
        if not self._moved:
            yield from self.activities.values()
            return
        left = dict(self.activities)
        stack = list(reversed(self.siblings(None)))
        while stack:
            uid = stack.pop()
            yield left.pop(uid)
            stack.extend(reversed(self._children.get(uid, ())))
        yield from left.values()
