"""Who makes way when: the cheapest division of the person's time between the projects.

Until a certain day the projects have a right to her in one order, from that day on in the opposite
one. Every sensible day and order is tried; the arrangement that leaves least and costs least is
kept.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from itertools import islice, permutations
from uuid import UUID

from tospann.conflicts.sides import Side, Task, busy, score, total
from tospann.conflicts.ways.blocking import around, blocked

MOST_CUTS = 8
MOST_ORDERS = 6
Settled = dict[UUID, list[Task]]


def levelled(sides: Sequence[Side], full: float) -> list[Side] | None:
    """The sides as they would be; None when nothing can make way."""
    tried = [*_arrangements(sides, full)]
    changed = [some for some in tried if any(one.edits for one in some)]
    return min(changed, key=lambda some: score(some, full)) if changed else None


def _arrangements(sides: Sequence[Side], full: float) -> Iterator[list[Side]]:
    for day in _cuts([task for one in sides for task in one.tasks()]):
        for order in islice(permutations(sides), MOST_ORDERS):
            yield _divided(order, day, full)


def _cuts(tasks: Sequence[Task]) -> list[date]:
    """The days on which the right may turn: before any of the tasks, and after them all."""
    if not tasks:
        return []
    days = sorted({one.first for one in tasks if one.movable})
    last = max(one.last for one in tasks) + timedelta(days=1)
    return [*days[-MOST_CUTS:], last]


def _divided(order: Sequence[Side], day: date, full: float) -> list[Side]:
    """What begins before the day is settled in this order, what begins later in the opposite."""
    now = {one.project.pk: one for one in order}
    early = {pk: {task.uid for task in one.tasks() if task.first < day} for pk, one in now.items()}
    settled: Settled = {}
    for one in order:
        _settle(now, one.project.pk, early[one.project.pk], settled, full)
    for one in reversed(order):
        later = {task.uid for task in one.tasks()} - early[one.project.pk]
        _settle(now, one.project.pk, later, settled, full)
    return [now[one.project.pk] for one in order]


def _settle(
    now: dict[UUID, Side], pk: UUID, uids: Collection[int], settled: Settled, full: float
) -> None:
    """Some tasks of a project make way for what is settled already, and are settled themselves."""
    one = now[pk]
    mine = [task for task in one.tasks() if task.uid in uids]
    others = total(busy(tasks) for other, tasks in settled.items() if other != pk)
    most = max((task.share for task in mine), default=full)
    if edits := around(one, mine, blocked(others, most, full)):
        one = now[pk] = one.changed([*one.edits, *edits])
    settled.setdefault(pk, []).extend(task for task in one.tasks() if task.uid in uids)
