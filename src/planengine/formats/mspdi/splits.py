"""Pauses in split tasks, found in the day-by-day work of their assignments."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from planengine.formats.account import Account
from planengine.formats.mspdi.values import Fields
from planengine.model import Activity, Gap
from planengine.working_days import WorkingDays

_REMAINING, _ACTUAL = 1, 2
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Spent:
    """When one assignment is worked on: spans of instants with work in them, in order."""

    resource: int | None
    spans: tuple[Span, ...]


def read_spent(row: Fields, resource: int | None, contoured: bool, account: Account) -> Spent:
    """The worked spans of an assignment; counts what else its day-by-day data says."""
    spans: list[Span] = []
    plain = other = 0
    for item in row.node.all("TimephasedData"):
        inner = Fields(item, row.where)
        if inner.whole("Type") not in (_REMAINING, _ACTUAL):
            other += 1
            continue
        plain += 1
        start, finish = inner.moment("Start"), inner.moment("Finish")
        if start is None or finish is None or finish < start:
            account.warn("gap.dates", row.where)
            return Spent(resource, ())
        if inner.seconds("Value"):
            spans.append((start, finish))
    account.lose("timephased", row.where, "Assignment", other + (plain if contoured else 0))
    account.lose("computed", row.where, "Assignment", 0 if contoured else plain)
    return Spent(resource, tuple(_joined(spans)))


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Sorted, with touching and overlapping spans made one."""
    joined: list[Span] = []
    for start, finish in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(finish, joined[-1][1]))
        else:
            joined.append((start, finish))
    return joined


def find_gaps(
    activity: Activity,
    spent: list[Spent],
    resource_calendars: dict[int, int | None],
    default: int | None,
    days: WorkingDays,
) -> tuple[Gap, ...]:
    """The pauses of an activity: stretches of its working time in which nobody works on it.

    Nights, weekends and a resource's own days off are no pauses.
    """
    own = activity.calendar if activity.calendar is not None else default
    busy: list[Span] = []
    for one in spent:
        calendar = own
        if one.resource is not None and not activity.ignore_resource_calendars:
            calendar = resource_calendars.get(one.resource) or own
        busy.extend(_bridged(one.spans, calendar, days))
    whole = _bridged(tuple(_joined(busy)), own, days)
    return tuple(Gap(before[1], after[0]) for before, after in pairwise(whole))


def _bridged(spans: tuple[Span, ...], calendar: int | None, days: WorkingDays) -> list[Span]:
    """Spans joined over stretches in which the calendar has no working time."""
    bridged: list[Span] = []
    for start, finish in spans:
        if bridged and not days.has_work(calendar, bridged[-1][1], start):
            bridged[-1] = (bridged[-1][0], finish)
        else:
            bridged.append((start, finish))
    return bridged
