"""The outline seen from above: children, kinds, numbers and what summaries add up to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from planengine.model import Activity, ActivityKind, Plan

MAX_DEPTH = 100
"""Outline levels a plan may have; Microsoft Project stores far fewer."""


class Outline:
    """An index over a plan's activities, made once in linear time and never changed.

    Works for plans that are not valid as well: a parent that does not exist counts as none, the
    first of two activities with the same uid counts, and activities in a parent cycle are under
    nobody's root.
    """

    __slots__ = ("_children", "_last", "_place", "by_uid", "roots")

    def __init__(self, plan: Plan) -> None:
        self.by_uid: dict[int, Activity] = {}
        for activity in plan.activities:
            self.by_uid.setdefault(activity.uid, activity)
        children: dict[int | None, list[int]] = {}
        for activity in self.by_uid.values():
            children.setdefault(self.parent(activity.uid), []).append(activity.uid)
        self.roots: tuple[int, ...] = tuple(children.pop(None, ()))
        self._children = {uid: tuple(below) for uid, below in children.items() if uid is not None}
        self._place: dict[int, int] = {}
        self._last: dict[int, int] = {}
        self._number()

    def _number(self) -> None:
        """Give each activity its place in outline order and the place of its last descendant."""
        stack = [(uid, False) for uid in reversed(self.roots)]
        place = 0
        while stack:
            uid, done = stack.pop()
            if done:
                self._last[uid] = place - 1
                continue
            self._place[uid] = place
            place += 1
            stack.append((uid, True))
            stack.extend((child, False) for child in reversed(self.children(uid)))

    def parent(self, uid: int) -> int | None:
        """The parent's uid, or `None` at the top."""
        above = self.by_uid[uid].parent
        return above if above in self.by_uid else None

    def children(self, uid: int) -> tuple[int, ...]:
        """Direct children in order; empty for a leaf and for an unknown uid."""
        return self._children.get(uid, ())

    def kind(self, uid: int) -> ActivityKind:
        """Summary when it has children, else milestone when marked so or without duration, else
        task.
        """
        if uid in self._children:
            return ActivityKind.SUMMARY
        activity = self.by_uid[uid]
        if activity.milestone or activity.duration == 0:
            return ActivityKind.MILESTONE
        return ActivityKind.TASK

    def is_within(self, uid: int, ancestor: int) -> bool:
        """True when `uid` is `ancestor` or lies somewhere under it; in constant time."""
        place = self._place.get(uid)
        top = self._place.get(ancestor)
        if place is None or top is None:
            return uid == ancestor
        return top <= place <= self._last[ancestor]

    def are_nested(self, one: int, other: int) -> bool:
        """True when one of two is the other or lies somewhere under it."""
        if one not in self._children and other not in self._children:
            return one == other
        return self.is_within(one, other) or self.is_within(other, one)

    def reachable(self, uid: int) -> bool:
        """False for an activity in (or under) a parent cycle."""
        return uid in self._place

    def in_order(self) -> tuple[int, ...]:
        """Every reachable uid: a parent, then each child followed by its own children."""
        return tuple(self._place)

    def levels(self) -> dict[int, int]:
        """Outline level of each reachable activity, 1 at the top."""
        level: dict[int, int] = {}
        for uid in self._place:
            above = self.parent(uid)
            level[uid] = 1 if above is None else level[above] + 1
        return level

    def descendants(self, uid: int) -> Iterator[int]:
        """Everything under `uid`, in outline order, itself not included."""
        stack = list(reversed(self.children(uid)))
        while stack:
            below = stack.pop()
            yield below
            stack.extend(reversed(self.children(below)))


def outline_numbers(plan: Plan) -> dict[int, str]:
    """The number of every activity: `1`, `1.1`, `1.2`, `2` … by uid, in outline order.

    Below `MAX_DEPTH` levels an activity carries the number of its ancestor there, so that no plan
    makes endless texts.
    """
    outline = Outline(plan)
    level = outline.levels()
    numbers: dict[int, str] = {}
    for position, uid in enumerate(outline.roots, 1):
        numbers[uid] = str(position)
    for uid in outline.in_order():
        prefix = numbers[uid]
        for position, child in enumerate(outline.children(uid), 1):
            numbers[child] = prefix if level[uid] >= MAX_DEPTH else f"{prefix}.{position}"
    return {uid: numbers[uid] for uid in outline.in_order()}


def arranged(plan: Plan) -> Plan:
    """The same plan with its activities in outline order; siblings keep their order, cyclic ones
    come last.
    """
    outline = Outline(plan)
    if len(outline.by_uid) != len(plan.activities):
        return plan
    order = [outline.by_uid[uid] for uid in outline.in_order()]
    order.extend(row for row in plan.activities if not outline.reachable(row.uid))
    return replace(plan, activities=tuple(order))


@dataclass(frozen=True, slots=True)
class RollUp:
    """What a summary adds up to. Instants; seconds; percent 0–100; money in hundredths.

    `start` and `finish` are the earliest and latest stored date below; `percent` is the leaves'
    percent weighted by duration (by count when none has a duration); `work` and `cost` are sums
    (each summary's own fixed cost included).
    """

    start: int | None
    finish: int | None
    percent: float
    work: int
    cost: int


@dataclass(slots=True)
class _Sum:
    start: int | None = None
    finish: int | None = None
    duration: int = 0
    done: float = 0.0
    leaves: int = 0
    leaf_percent: float = 0.0
    work: int = 0
    cost: int = 0

    def add(self, other: _Sum) -> None:
        self.start = _pick(min, self.start, other.start)
        self.finish = _pick(max, self.finish, other.finish)
        self.duration += other.duration
        self.done += other.done
        self.leaves += other.leaves
        self.leaf_percent += other.leaf_percent
        self.work += other.work
        self.cost += other.cost

    def percent(self) -> float:
        if self.duration:
            return self.done / self.duration
        return self.leaf_percent / self.leaves if self.leaves else 0.0


def _pick(choose: Callable[[int, int], int], one: int | None, other: int | None) -> int | None:
    if one is None or other is None:
        return other if one is None else one
    return choose(one, other)


def _leaf(activity: Activity) -> _Sum:
    percent = activity.progress.percent
    cost = activity.cost if activity.cost is not None else activity.fixed_cost
    return _Sum(
        start=activity.start,
        finish=activity.finish,
        duration=activity.duration,
        done=activity.duration * percent,
        leaves=1,
        leaf_percent=percent,
        work=activity.work or 0,
        cost=cost,
    )


def roll_up(plan: Plan) -> dict[int, RollUp]:
    """What each summary adds up to, by uid, from the stored values of its active leaves. Linear
    time.

    A summary with nothing active below has neither dates nor progress.
    """
    outline = Outline(plan)
    sums: dict[int, _Sum] = {}
    result: dict[int, RollUp] = {}
    for uid in reversed(outline.in_order()):
        activity = outline.by_uid[uid]
        if outline.children(uid):
            total = sums.setdefault(uid, _Sum())
            total.cost += activity.fixed_cost
            result[uid] = RollUp(total.start, total.finish, total.percent(), total.work, total.cost)
        elif activity.active:
            total = _leaf(activity)
        else:
            continue
        above = outline.parent(uid)
        if above is not None and activity.active:
            sums.setdefault(above, _Sum()).add(total)
    return result


def rolled_up(plan: Plan) -> Plan:
    """The plan with each summary's stored start, finish and percent taken from its leaves (see
    `roll_up`).
    """
    totals = roll_up(plan)
    return replace(
        plan, activities=tuple(_with(row, totals.get(row.uid)) for row in plan.activities)
    )


def _with(activity: Activity, total: RollUp | None) -> Activity:
    if total is None:
        return activity
    progress = replace(activity.progress, percent=total.percent)
    return replace(activity, start=total.start, finish=total.finish, progress=progress)
