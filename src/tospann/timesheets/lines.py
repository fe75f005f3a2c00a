"""A line of a sheet as a value: what was worked on, and the hours of each day. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

ZERO = Decimal(0)
NOTHING = (ZERO,) * 7
Week7 = tuple[Decimal, ...]
"""Hours from Monday to Sunday."""


@dataclass(frozen=True)
class Entry:
    """Hours on a task, a type of work, or a type of work on a task."""

    uid: int | None = None
    kind: str = ""
    comment: str = ""
    hours: Week7 = NOTHING

    @property
    def key(self) -> tuple[int, str, str]:
        return (self.uid or 0, self.kind, self.comment)

    @property
    def total(self) -> Decimal:
        return sum(self.hours, ZERO)

    @property
    def stored(self) -> dict[str, Any]:
        hours = [text(one) for one in self.hours]
        return {"uid": self.uid, "kind": self.kind, "comment": self.comment, "hours": hours}


def read(stored: Iterable[dict[str, Any]]) -> list[Entry]:
    return [
        Entry(one["uid"], one["kind"], one["comment"], tuple(map(Decimal, one["hours"])))
        for one in stored
    ]


def text(hours: Decimal) -> str:
    """7.5, never 7.50 or 1E+1: the same hours are always stored alike."""
    found = f"{hours:.2f}".rstrip("0").rstrip(".")
    return found or "0"


def joined(entries: Iterable[Entry]) -> list[Entry]:
    """Lines about the same thing as one; those without hours are left out."""
    found: dict[tuple[int, str, str], Entry] = {}
    for one in entries:
        before = found.get(one.key)
        found[one.key] = one if before is None else added(before, one.hours)
    return [one for one in found.values() if one.total]


def added(entry: Entry, hours: Sequence[Decimal]) -> Entry:
    return replace(entry, hours=tuple(a + b for a, b in zip(entry.hours, hours, strict=True)))


def by_day(entries: Iterable[Entry]) -> list[Decimal]:
    """What each day adds up to."""
    found = [ZERO] * 7
    for one in entries:
        found = [a + b for a, b in zip(found, one.hours, strict=True)]
    return found


def total(entries: Iterable[Entry]) -> Decimal:
    return sum((one.total for one in entries), ZERO)


def same(one: Iterable[Entry], other: Iterable[Entry]) -> bool:
    """Whether two lists say the same, in whatever order."""
    return sorted(one, key=_whole) == sorted(other, key=_whole)


def _whole(entry: Entry) -> tuple[Any, ...]:
    return (entry.key, entry.hours)
