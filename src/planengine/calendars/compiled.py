"""From a plan's calendars to `WorkingTime`, cached by content."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from threading import Lock

import numpy as np

from planengine.calendars.working_time import ALWAYS, Source, Spans, WorkingTime
from planengine.instants import DAY, weekday
from planengine.model import OFFICE_WEEK, Calendar, DayHours, Plan
from planengine.working_days import WorkingDays

_KEPT = 512
_DAYS_BEFORE = 370
_DAYS_AFTER = 366 * 6

_kept: OrderedDict[object, WorkingTime] = OrderedDict()
_lock = Lock()


def working_time(plan: Plan, calendar: int | None) -> WorkingTime:
    """The compiled form of one of a sound plan's calendars; `None` is the plan's own.

    A plan without a calendar works Monday to Friday 08–12 and 13–17. Calendars with the same
    content are the same object, in every plan.
    """
    chain = _chain(plan, plan.calendar if calendar is None else calendar)
    key = _Content(tuple((row.week, row.exceptions, row.work_weeks) for row in chain))
    middle = plan.start // DAY
    return _cached(key, lambda: _compile(key, chain, middle))


def intersection(one: WorkingTime, other: WorkingTime) -> WorkingTime:
    """The time both work. `is_idle` tells when they have nothing in common (within some years)."""
    if one is other or other is ALWAYS:
        return one
    if one is ALWAYS:
        return other
    key = frozenset((one.key, other.key))
    first, last = one.starts[0] // DAY, one.finishes[-1] // DAY + 1
    return _cached(key, lambda: WorkingTime(key, _both(one.source, other.source), first, last))


class _Content:
    """What a calendar says, compared as such and hashed once."""

    __slots__ = ("_hash", "_says")

    def __init__(self, says: tuple[object, ...]) -> None:
        self._says, self._hash = says, hash(says)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Content) and self._says == other._says


def forget_answers(most: int = 1_000_000) -> None:
    """Drop what calendars remember for speed when it is more than `most` answers together."""
    with _lock:
        kept = list(_kept.values())
    if sum(one.remembered for one in kept) > most:
        for one in kept:
            one.forget()


def _cached(key: object, make: Callable[[], WorkingTime]) -> WorkingTime:
    with _lock:
        found = _kept.get(key)
        if found is not None:
            _kept.move_to_end(key)
            return found
    made = make()
    with _lock:
        found = _kept.setdefault(key, made)
        while len(_kept) > _KEPT:
            _kept.popitem(last=False)
    return found


def _chain(plan: Plan, calendar: int | None) -> list[Calendar]:
    """The calendar, its base, the base's base …; the office week when there is none."""
    by_uid = {row.uid: row for row in plan.calendars}
    chain: list[Calendar] = []
    uid = calendar
    while uid is not None and uid in by_uid:
        row = by_uid.pop(uid)
        chain.append(row)
        uid = row.base
    return chain or [Calendar(1, "", OFFICE_WEEK)]


def _compile(key: object, chain: list[Calendar], middle: int) -> WorkingTime:
    return WorkingTime(key, _days_of(chain), middle - _DAYS_BEFORE, middle + _DAYS_AFTER)


def _days_of(chain: list[Calendar]) -> Source:
    """The intervals of a chain of calendars: the week repeated, other days looked up singly."""
    days = WorkingDays(chain)
    top = chain[0].uid
    week = [_ordinary(chain, number) for number in range(7)]
    special = [(row.first_day, row.last_day) for one in chain for row in one.exceptions]
    special += [(row.first_day, row.last_day) for one in chain for row in one.work_weeks]

    def spans(first: int, last: int) -> Spans:
        other = _within(special, first, last)
        starts: list[int] = []
        finishes: list[int] = []
        for number in range(7):
            usual = np.arange(first + (number - weekday(first)) % 7, last, 7)
            usual = usual[~np.isin(usual, other)] * DAY
            for begin, end in week[number]:
                starts += (usual + begin).tolist()
                finishes += (usual + end).tolist()
        for one in other:
            for begin, end in days.hours(top, one):
                starts.append(one * DAY + begin)
                finishes.append(one * DAY + end)
        return sorted(starts), sorted(finishes)

    return spans


def _ordinary(chain: list[Calendar], number: int) -> DayHours:
    for row in chain:
        hours = row.week[number]
        if hours is not None:
            return hours
    return ()


def _within(ranges: Iterable[tuple[int, int]], first: int, last: int) -> list[int]:
    found: set[int] = set()
    for begin, end in ranges:
        found.update(range(max(begin, first), min(end + 1, last)))
    return sorted(found)


def _both(one: Source, other: Source) -> Source:
    def spans(first: int, last: int) -> Spans:
        starts: list[int] = []
        finishes: list[int] = []
        (a_starts, a_finishes), (b_starts, b_finishes) = one(first, last), other(first, last)
        a = b = 0
        while a < len(a_starts) and b < len(b_starts):
            begin = max(a_starts[a], b_starts[b])
            end = min(a_finishes[a], b_finishes[b])
            if begin < end:
                starts.append(begin)
                finishes.append(end)
            if a_finishes[a] < b_finishes[b]:
                a += 1
            else:
                b += 1
        return starts, finishes

    return spans
