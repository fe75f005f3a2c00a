"""A later start: all that one project still wants of the person waits by the same days."""

from collections.abc import Sequence

from planengine.edits import Edit
from tospann.conflicts.sides import Side, Task, over_days, score, total
from tospann.conflicts.ways.blocking import blocked
from tospann.planning.preview import delay

STEPS = (5, 10, 15, 20, 30, 40, 60, 90)


def postponed(sides: Sequence[Side], full: float) -> tuple[list[Side], Side, int] | None:
    """The sides, the one that waits and by how many working days; None when none of them can."""
    tried = [found for one in sides if (found := _waiting(sides, one, full)) is not None]
    return min(tried, key=lambda found: score(found[0], full)) if tried else None


def _waiting(sides: Sequence[Side], one: Side, full: float) -> tuple[list[Side], Side, int] | None:
    others = total(other.busy() for other in sides if other is not one)
    tasks = colliding(one, others, full)
    if not tasks:
        return None
    start = tasks[0].first
    rest = [task for task in one.tasks() if task.movable and task.first >= start]
    best: tuple[list[Side], Side, int] | None = None
    low = 0
    for days in STEPS:
        best = _by(sides, one, rest, days)
        if over_days(best[0], full) == 0:
            break
        low = days
    return _fewer(sides, one, rest, low, best, full) if best else None


def _fewer(
    sides: Sequence[Side],
    one: Side,
    rest: Sequence[Task],
    low: int,
    best: tuple[list[Side], Side, int],
    full: float,
) -> tuple[list[Side], Side, int]:
    """As few days as are enough, between what was too few and what was enough."""
    if over_days(best[0], full):
        return best
    high = best[2]
    while high - low > 1:
        middle = (low + high) // 2
        found = _by(sides, one, rest, middle)
        if over_days(found[0], full) == 0:
            best, high = found, middle
        else:
            low = middle
    return best


def _by(
    sides: Sequence[Side], one: Side, tasks: Sequence[Task], days: int
) -> tuple[list[Side], Side, int]:
    rows = {row.uid: row for row in one.head_plan.activities}
    edits: list[Edit] = []
    for task in tasks:
        edits += delay(one.head_plan, rows[task.uid], days)
    waiting = one.changed(edits)
    return [waiting if other is one else other for other in sides], waiting, days


def colliding(
    one: Side, others: dict[int, float], full: float, *, begun: bool = False
) -> list[Task]:
    """The tasks that lie on days somebody else has her and may move, by the day they begin.

    With ``begun`` also those that may not: somebody else can go on with them.
    """
    found = []
    for task in one.tasks():
        taken = blocked(others, task.share, full)
        days = range(task.first.toordinal(), task.last.toordinal() + 1)
        if (task.movable or begun) and any(day in taken for day in days):
            found.append(task)
    return found
