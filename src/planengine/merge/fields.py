"""Three-way merging of one row: each field, and each item of the collections a row holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any

from planengine.merge.conflicts import Conflict, Key
from planengine.validation.errors import Subject

GROUPS = (("duration", "elapsed"), ("lag", "lag_format"))
"""Fields that mean something only together: if each side changes one of them, both conflict."""

_KEYS: dict[str, Callable[[Any], Any]] = {
    "baselines": lambda row: row.number,
    "exceptions": lambda row: (row.first_day, row.last_day),
    "work_weeks": lambda row: (row.first_day, row.last_day),
    "properties": lambda row: row[0],
}
"""Collections merged item by item, and what tells the items apart."""


class Row:
    """Merges one row's fields; the conflicts found are left in `conflicts`, sides as given."""

    def __init__(self, subject: Subject, key: Key) -> None:
        self.subject: Subject = subject
        self.key = key
        self.conflicts: list[Conflict] = []

    def merged(self, base: Any, ours: Any, theirs: Any, skip: tuple[str, ...] = ()) -> Any:
        """The row after both sides' changes; ours where they conflict. `base` may be `None`."""
        if ours is theirs or theirs is base or ours == theirs:
            return ours
        if ours is base:
            return theirs
        changes: dict[str, Any] = {}
        for item in fields(ours):
            if item.name in skip:
                continue
            own = getattr(ours, item.name)
            value = self._field(item.name, _of(base, item.name), own, getattr(theirs, item.name))
            if value is not own:
                changes[item.name] = value
        self._groups(base, ours, theirs, changes)
        return replace(ours, **changes) if changes else ours

    def _field(self, name: str, base: Any, ours: Any, theirs: Any) -> Any:
        if ours == theirs or theirs == base:
            return ours
        if ours == base:
            return theirs
        if name in _KEYS:
            return self._items(name, base or (), ours, theirs)
        if name == "options" and is_dataclass(base):
            return self.merged(base, ours, theirs)
        self._conflict("changed", name, "", base, ours, theirs)
        return ours

    def _items(
        self, name: str, base: tuple[Any, ...], ours: tuple[Any, ...], theirs: tuple[Any, ...]
    ) -> tuple[Any, ...]:
        """Items matched by what tells them apart; one side's removal yields to a change."""
        key = _KEYS[name]
        old, own, other = ({key(row): row for row in rows} for rows in (base, ours, theirs))
        kept = []
        for part in dict.fromkeys((*own, *other)):
            was, one, two = old.get(part), own.get(part), other.get(part)
            if one == two or two == was:
                value = one
            elif one == was:
                value = two
            else:
                kind = "removed" if one is None or two is None else "changed"
                self._conflict(kind, name, _said(part), was, one, two)
                value = two if one is None else one
            if value is not None:
                kept.append(value)
        return tuple(sorted(kept, key=key))

    def _groups(self, base: Any, ours: Any, theirs: Any, changes: dict[str, Any]) -> None:
        if base is None:
            return
        for names in GROUPS:
            if not hasattr(ours, names[0]):
                continue
            was, one, two = (_several(row, names) for row in (base, ours, theirs))
            if one in (was, two) or two == was:
                continue
            known = {row.field for row in self.conflicts}
            for name in names:
                changes.pop(name, None)
                parts = (_of(base, name), _of(ours, name), _of(theirs, name))
                if name not in known and len(set(parts)) > 1:
                    self._conflict("changed", name, "", *parts)

    def _conflict(self, kind: Any, name: str, part: str, base: Any, ours: Any, theirs: Any) -> None:
        self.conflicts.append(
            Conflict(kind, self.subject, self.key, name, part, base, ours, theirs)
        )


def _of(row: Any, name: str) -> Any:
    return None if row is None else getattr(row, name)


def _several(row: Any, names: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in names)


def _said(part: Any) -> str:
    return "–".join(map(str, part)) if isinstance(part, tuple) else str(part)
