"""The rows a comparison is made of: what changed in the plan, and what that did to the dates."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import Any, Literal

from planengine.difference import Change, Changes, Difference, difference
from planengine.model import ActivityKind, Plan
from planengine.validation.errors import Subject

ChangeKind = Literal["added", "removed", "changed", "moved"]
"""`moved` is another place among the siblings or in the plan, all fields alike."""
Key = int | tuple[int, int, str] | None
"""A row's uid, a link's key, or `None` for the plan's own fields."""
DateField = Literal["start", "finish", "late_start", "late_finish"]
SlackField = Literal["total_slack", "free_slack"]


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row that came or went (`before` or `after` is the row), or one field of a row that stayed
    (`before` and `after` are its values).
    """

    change: ChangeKind
    subject: Subject
    key: Key
    field: str = ""
    before: Any = None
    after: Any = None


@dataclass(frozen=True, slots=True)
class DateChange:
    """A date of an activity in both plans that moved: instants, `None` where it had no such date.

    `days` is the way it moved in working days of the plan's calendar after the change, later being
    positive, 0.0 when only the instant changed (Friday 17:00 to Monday 08:00), `None` when a date
    is missing.
    """

    uid: int
    kind: ActivityKind
    field: DateField
    before: int | None
    after: int | None
    days: float | None


@dataclass(frozen=True, slots=True)
class SlackChange:
    """Slack that changed, in seconds of working time."""

    uid: int
    field: SlackField
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class FinishChange:
    """The project's finish before and after (instants), and the way it moved in working days."""

    before: int
    after: int
    days: float


@dataclass(frozen=True, slots=True)
class CriticalChange:
    """Uids of the critical activities, summaries left out, in outline order; who came and who
    went.
    """

    before: tuple[int, ...]
    after: tuple[int, ...]
    entered: tuple[int, ...]
    left: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CostChange:
    """The plan's total cost in hundredths: stored costs of active leaves, fixed costs where none is
    stored, and the summaries' own fixed costs.
    """

    before: int
    after: int


def row_changes(before: Plan, after: Plan) -> tuple[RowChange, ...]:
    """What differs between two plans, one row for each row that came or went and each field."""
    found = difference(before, after)
    rows = [
        RowChange("changed", "plan", None, name, getattr(before, name), getattr(after, name))
        for name in found.plan
    ]
    tables: tuple[tuple[Subject, Changes[Any]], ...] = (
        ("calendar", found.calendars),
        ("resource", found.resources),
        ("activity", found.activities),
        ("link", found.links),
        ("assignment", found.assignments),
    )
    for subject, changes in tables:
        rows += [RowChange("removed", subject, key(row), "", row) for row in changes.removed]
        rows += [RowChange("added", subject, key(row), "", None, row) for row in changes.added]
        for change in changes.changed:
            rows += _fields(subject, change)
    return (*rows, *_moved(found, before, after))


def _fields(subject: Subject, change: Change[Any]) -> list[RowChange]:
    one, two = change.before, change.after
    return [
        RowChange("changed", subject, key(two), name, getattr(one, name), getattr(two, name))
        for name in change.fields
    ]


def _moved(found: Difference, before: Plan, after: Plan) -> list[RowChange]:
    """Activities that stand elsewhere among those in both plans; the fewest that explain it."""
    if not found.positions:
        return []
    place = {row.uid: index for index, row in enumerate(before.activities)}
    order = [row.uid for row in after.activities if row.uid in place]
    kept = _longest_rising([place[uid] for uid in order])
    parents = {change.after.uid for change in found.activities.changed if "parent" in change.fields}
    return [
        RowChange("moved", "activity", uid, "order", place[uid], index)
        for index, uid in enumerate(order)
        if place[uid] not in kept and uid not in parents
    ]


def _longest_rising(values: list[int]) -> set[int]:
    """The members of a longest rising subsequence, in n·log n steps."""
    tails: list[int] = []
    before: dict[int, int | None] = {}
    for value in values:
        spot = bisect_left(tails, value)
        before[value] = tails[spot - 1] if spot else None
        tails[spot : spot + 1] = [value]
    found: set[int] = set()
    last: int | None = tails[-1] if tails else None
    while last is not None:
        found.add(last)
        last = before[last]
    return found


def key(row: Any) -> Any:
    """What names a row: a link's key, else its uid."""
    return row.key if hasattr(row, "predecessor") else row.uid
