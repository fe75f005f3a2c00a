"""Laying a pack's plan out on working days, so that it ends when the project does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from graphlib import TopologicalSorter

from tospann.packs.definition import PlanItem
from tospann.ui.holidays import is_working_day


@dataclass(frozen=True)
class Placed:
    """A line of the plan with its days; a summary spans what lies under it."""

    item: PlanItem
    level: int
    start: date
    finish: date
    lags: tuple[tuple[str, int], ...] = ()
    """What must be finished first, and how many working days before."""


@dataclass(frozen=True)
class _Span:
    """Working days counted from the first: ``[begins, ends)``."""

    begins: int
    ends: int


def lay_out(items: Sequence[PlanItem], start: date, finish: date) -> tuple[Placed, ...]:
    """Every item with days. Durations are stretched so that the last of them ends on ``finish``."""
    first, last = _working_day(start, 1), _working_day(finish, -1)
    days = _days(first, last)
    natural = _forward(items)
    scale = len(days) / max([1, *(span.ends for span in natural.values())])
    spans = _stretched(items, natural, scale, len(days))
    return _placed(items, spans, scale, days)


def _working_day(day: date, step: int) -> date:
    while not is_working_day(day):
        day += timedelta(days=step)
    return day


def _days(first: date, last: date) -> list[date]:
    count = max((last - first).days, 0) + 1
    found = (first + timedelta(days=number) for number in range(count))
    return [day for day in found if is_working_day(day)] or [first]


def _order(items: Sequence[PlanItem]) -> list[PlanItem]:
    by_key = {item.key: item for item in items if item.kind != "summary"}
    graph = {key: [link.item for link in item.predecessors] for key, item in by_key.items()}
    return [by_key[key] for key in TopologicalSorter(graph).static_order()]


def _forward(items: Sequence[PlanItem]) -> dict[str, _Span]:
    spans: dict[str, _Span] = {}
    for item in _order(items):
        after = (spans[link.item].ends + link.lag_days for link in item.predecessors)
        begins = max([0, *after])
        spans[item.key] = _Span(begins, begins + (item.duration_days or 0))
    return spans


def _stretched(
    items: Sequence[PlanItem], natural: dict[str, _Span], scale: float, most: int
) -> dict[str, _Span]:
    """Whole days again. Where there are fewer days than tasks in a row, the last ones overlap."""
    spans: dict[str, _Span] = {}
    for item in _order(items):
        span = natural[item.key]
        before = max((spans[link.item].ends for link in item.predecessors), default=0)
        begins = max(before, round(span.begins * scale))
        is_task = item.kind == "task"
        ends = min(max(begins + is_task, round(span.ends * scale)), most)
        begins = min(begins, ends - is_task)
        spans[item.key] = _Span(begins, ends)
    return spans


def _placed(
    items: Sequence[PlanItem], spans: dict[str, _Span], scale: float, days: list[date]
) -> tuple[Placed, ...]:
    levels: dict[str, int] = {}
    for item in items:
        levels[item.key] = levels[item.parent] + 1 if item.parent else 1
    for item in reversed(items):
        below = [spans[one.key] for one in items if one.parent == item.key and one.key in spans]
        if item.kind == "summary" and below:
            spans[item.key] = _Span(min(s.begins for s in below), max(s.ends for s in below))
    return tuple(
        Placed(
            item=item,
            level=levels[item.key],
            start=days[_first_day(item, spans)],
            finish=days[max(_span(item, spans).ends - 1, 0)],
            lags=_lags(item, spans, scale),
        )
        for item in items
    )


def _lags(item: PlanItem, spans: dict[str, _Span], scale: float) -> tuple[tuple[str, int], ...]:
    """Links that lead to exactly these days: none later, and one of them as late as the item.

    Where a plan is squeezed, work begins before what it waits for is done: then a lag is negative.
    """
    if not item.predecessors:
        return ()
    begins = _span(item, spans).begins
    gaps = {one.item: begins - spans[one.item].ends for one in item.predecessors}
    lags = {one.item: min(round(one.lag_days * scale), gaps[one.item]) for one in item.predecessors}
    drives = min(lags, key=lambda key: gaps[key] - lags[key])
    lags[drives] = gaps[drives]
    return tuple(lags.items())


def _span(item: PlanItem, spans: dict[str, _Span]) -> _Span:
    return spans.get(item.key, _Span(0, 1))


def _first_day(item: PlanItem, spans: dict[str, _Span]) -> int:
    span = _span(item, spans)
    return max(span.ends - 1, 0) if item.kind == "milestone" else span.begins
