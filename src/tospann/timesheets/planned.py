"""“As planned”: a person's week as her plans have it, in half hours."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from django.db.models import Q

from tospann.planning.models import Activity, Kind, State
from tospann.resources import assigned
from tospann.resources.models import HOURS_PER_DAY
from tospann.timesheets.lines import NOTHING, ZERO, Entry, Week7

HALF = Decimal("0.5")
MOST = 60


@dataclass(frozen=True)
class Task:
    """A task she is responsible for or assigned to, as much of it as a week needs."""

    project: UUID
    uid: int
    name: str
    number: str
    start: date | None
    finish: date | None
    share: float | None = None
    """How much of her days it takes, where the plan has assigned her to it."""

    def runs(self, day: date) -> bool:
        return (
            self.start is not None and self.finish is not None and self.start <= day <= self.finish
        )


def tasks(person: UUID, projects: Sequence[UUID], monday: date) -> list[Task]:
    """What is planned for the week, and what should have been done before it; four queries."""
    sunday, shares = monday + timedelta(days=6), assigned.of_person(person, projects)
    hers = Q(responsible=person)
    for project in {project for project, _uid in shares}:
        hers |= Q(project=project, uid__in=[uid for of, uid in shares if of == project])
    found = Activity.objects.filter(hers, project__in=projects, is_active=True)
    found = found.filter(kind=Kind.TASK, start__lte=sunday)
    found = found.filter(Q(finish__gte=monday) | ~Q(state=State.DONE))
    columns = ("project_id", "uid", "name", "number", "start", "finish")
    rows = found.order_by("finish", "project", "position").values_list(*columns)[:MOST]
    listed = (Task(*row) for row in rows)
    return [replace(one, share=shares.get((one.project, one.uid))) for one in listed]


def week(found: Sequence[Task], monday: date, expected: Week7) -> Mapping[UUID, list[Entry]]:
    """The lines of each project: every day shared between the tasks that run then.

    Those she is assigned to take what the plan says, those she is responsible for share what is
    left of the day. A day on which nothing runs goes to what is late.
    """
    hours: dict[tuple[UUID, int], list[Decimal]] = {}
    for step in range(7):
        day = monday + timedelta(days=step)
        running = [one for one in found if one.runs(day)]
        late = [one for one in found if one.finish is not None and one.finish < day]
        each = _divided if running else _evenly
        for one, some in each(running or late, expected[step]):
            hours.setdefault((one.project, one.uid), list(NOTHING))[step] += some
    lines: dict[UUID, list[Entry]] = {}
    for (project, uid), worked in hours.items():
        if any(worked):
            lines.setdefault(project, []).append(Entry(uid, hours=tuple(worked)))
    return lines


def _divided(running: Sequence[Task], hours: Decimal) -> Iterator[tuple[Task, Decimal]]:
    given = [one for one in running if one.share is not None]
    taken = _weighed(hours, [Decimal(str(one.share)) for one in given])
    yield from zip(given, taken, strict=True)
    own = [one for one in running if one.share is None]
    yield from _evenly(own, hours - sum(taken, ZERO))


def _evenly(found: Sequence[Task], hours: Decimal) -> Iterator[tuple[Task, Decimal]]:
    return zip(found, _shared(hours, len(found)), strict=True)


def _weighed(hours: Decimal, shares: Sequence[Decimal]) -> list[Decimal]:
    """Shares of a full day in half hours, together no more than there is."""
    whole = sum(shares, ZERO)
    most = min(whole * HOURS_PER_DAY, hours)
    found, used, given = [], ZERO, ZERO
    for place, share in enumerate(shares, 1):
        used += share
        halves = (most * used / whole / HALF).quantize(Decimal(1), ROUND_HALF_UP)
        until = min(halves * HALF, hours) if place < len(shares) or most < hours else hours
        found.append(until - given)
        given = until
    return found


def _shared(hours: Decimal, parts: int) -> list[Decimal]:
    """So many parts that add up to the whole, in half hours; the first ones get what is over."""
    if not parts:
        return []
    halves, rest = divmod(hours, HALF)
    each, over = divmod(int(halves), parts)
    found = [HALF * (each + (place < over)) for place in range(parts)]
    found[0] += rest
    return found
