"""What became different between two plans: rows added, changed and removed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from typing import Any, Generic, TypeVar

from planengine.model import Activity, Assignment, Calendar, Link, Plan, Resource

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Change(Generic[Row]):
    """One row before and after, and the names of the fields that differ."""

    before: Row
    after: Row
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changes(Generic[Row]):
    """Rows of one kind, each group in the order of its plan (`removed`: of the plan before)."""

    added: tuple[Row, ...] = ()
    changed: tuple[Change[Row], ...] = ()
    removed: tuple[Row, ...] = ()

    def __bool__(self) -> bool:
        """True when anything differs."""
        return bool(self.added or self.changed or self.removed)


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that differs between two plans.

    `plan` names the plan's own fields that differ (the values are in the two plans). `positions`
    gives `(uid, index in the plan after)` for activities in both plans whose index differs, so
    that a store which keeps an order column knows which to write.
    """

    plan: tuple[str, ...]
    activities: Changes[Activity]
    positions: tuple[tuple[int, int], ...]
    links: Changes[Link]
    resources: Changes[Resource]
    assignments: Changes[Assignment]
    calendars: Changes[Calendar]

    def __bool__(self) -> bool:
        """True when anything differs."""
        parts = (self.activities, self.links, self.resources, self.assignments, self.calendars)
        return bool(self.plan or self.positions or any(parts))


def difference(before: Plan, after: Plan) -> Difference:
    """What must be written to turn `before` into `after`. Linear time.

    Rows are matched by uid, links by key (a link whose kind changed is one removed and one added).
    Where a uid stands twice the last one counts; `validate` reports such plans.
    """
    heads = tuple(name for name in _HEAD if getattr(before, name) != getattr(after, name))
    return Difference(
        plan=heads,
        activities=_changes(before.activities, after.activities, _uid),
        positions=_positions(before.activities, after.activities),
        links=_changes(before.links, after.links, _key),
        resources=_changes(before.resources, after.resources, _uid),
        assignments=_changes(before.assignments, after.assignments, _uid),
        calendars=_changes(before.calendars, after.calendars, _uid),
    )


_ROWS = ("activities", "links", "resources", "assignments", "calendars")
_HEAD = tuple(item.name for item in fields(Plan) if item.name not in _ROWS)


def _uid(row: Any) -> Any:
    return row.uid


def _key(row: Any) -> Any:
    return row.key


def _changes(
    before: tuple[Row, ...], after: tuple[Row, ...], key: Callable[[Row], Any]
) -> Changes[Row]:
    if before is after:
        return Changes()
    old = {key(row): row for row in before}
    new = {key(row): row for row in after}
    changed = []
    for name, row in new.items():
        was = old.get(name, row)
        if was is not row and was != row:
            changed.append(Change(was, row, _differing(was, row)))
    return Changes(
        added=tuple(row for name, row in new.items() if name not in old),
        changed=tuple(changed),
        removed=tuple(row for name, row in old.items() if name not in new),
    )


def _differing(before: Any, after: Any) -> tuple[str, ...]:
    names: Iterable[str] = (item.name for item in fields(after))
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))


def _positions(
    before: tuple[Activity, ...], after: tuple[Activity, ...]
) -> tuple[tuple[int, int], ...]:
    if before is after:
        return ()
    was = {row.uid: index for index, row in enumerate(before)}
    return tuple(
        (row.uid, index) for index, row in enumerate(after) if was.get(row.uid, index) != index
    )
