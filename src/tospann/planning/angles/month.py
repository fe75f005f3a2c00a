"""The plan as a calendar: what begins, what is to be finished, and the milestones, day by day."""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q

import planengine as engine
from planengine.instants import DAY
from tospann.planning.drawing.bars import Span
from tospann.planning.drawing.rows import days_off
from tospann.planning.models import Activity, Kind, Plan
from tospann.planning.projection import Row as PlanRow
from tospann.planning.queries import COLUMNS, Row, shown
from tospann.planning.revisions import past
from tospann.planning.store import Loaded

Rows = Callable[[date, date, UUID | None, bool], list[Row]]
"""What begins or ends in some days: from, to, whose (None: everybody's), beginnings too."""

MOST = 500
"""Things a month shows; more than that nobody reads."""
IN_A_DAY = 4
_MONTH = re.compile(r"([12]\d{3})-(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class Day:
    """A day with what happens on it. ``rest`` is how many more there are than a square shows."""

    day: date
    is_inside: bool
    is_today: bool
    is_free: bool
    items: list[Row] = field(default_factory=list)

    @property
    def first(self) -> list[Row]:
        return self.items[:IN_A_DAY]

    @property
    def rest(self) -> int:
        return max(0, len(self.items) - IN_A_DAY)


@dataclass(frozen=True)
class Month:
    """A month in whole weeks, Monday first."""

    first: date
    weeks: list[list[Day]]
    count: int

    @property
    def before(self) -> str:
        return f"{self.first - timedelta(days=1):%Y-%m}"

    @property
    def after(self) -> str:
        return f"{self.first + timedelta(days=32):%Y-%m}"

    @property
    def days(self) -> list[Day]:
        """The days of the month on which something happens."""
        return [day for week in self.weeks for day in week if day.is_inside and day.items]

    @property
    def is_full(self) -> bool:
        return self.count >= MOST


def asked(text: str, today: date) -> date:
    """The first day of the month that is asked for; of this month when it is none."""
    found = _MONTH.fullmatch(text)
    return date(int(found[1]), int(found[2]), 1) if found else today.replace(day=1)


def month(
    rows: Rows,
    plan: engine.Plan,
    first: date,
    *,
    today: date,
    of: UUID | None = None,
    starts: bool = False,
) -> Month:
    """The month with its tasks: one query. With ``of`` only what that person is responsible for.

    ``rows(first, last, starts=…)`` gives what begins or ends in those days.
    """
    begin = first - timedelta(days=first.weekday())
    after = (first + timedelta(days=32)).replace(day=1)
    days = [begin + timedelta(days=one) for one in range(-(-(after - begin).days // 7) * 7)]
    items, count = _items(rows(days[0], days[-1], of, starts), starts=starts)
    off = days_off(plan, Span(engine.day(days[0]) * DAY, engine.day(days[-1]) * DAY))
    made = [
        Day(one, one.month == first.month, one == today, engine.day(one) in off, items[one])
        for one in days
    ]
    return Month(first, [made[place : place + 7] for place in range(0, len(made), 7)], count)


def of_now(head: Plan) -> Rows:
    """The rows of the plan as it is."""

    def rows(first: date, last: date, of: UUID | None, starts: bool) -> list[Row]:
        inside = Q(finish__range=(first, last))
        if starts:
            inside |= Q(start__range=(first, last))
        found = Activity.objects.filter(inside, project=head.project_id, is_active=True)
        found = found.exclude(kind=Kind.SUMMARY)
        if of is not None:
            found = found.filter(responsible=of)
        return shown(found.order_by("finish", "position").values(*COLUMNS)[:MOST])

    return rows


def of_then(loaded: Loaded, day: date) -> Rows:
    """The rows of a plan as it was."""

    def rows(first: date, last: date, of: UUID | None, starts: bool) -> list[Row]:
        def is_inside(one: PlanRow) -> bool:
            ends = [one.finish, one.start] if starts else [one.finish]
            return any(end is not None and first <= end <= last for end in ends)

        found = [
            one
            for one in loaded.rows.values()
            if one.is_active
            and one.kind != Kind.SUMMARY
            and of in {None, one.responsible_id}
            and is_inside(one)
        ]
        found.sort(key=lambda one: (one.finish is None, one.finish or day))
        return past.shown(found[:MOST], day)

    return rows


def _items(found: Sequence[Row], *, starts: bool) -> tuple[dict[date, list[Row]], int]:
    by_day: dict[date, list[Row]] = defaultdict(list)
    for row in sorted(found, key=lambda row: row["kind"] != Kind.MILESTONE):
        by_day[row["finish"]].append({**row, "what": "milestone" if _is_point(row) else "finish"})
        if starts and not _is_point(row) and row["start"] != row["finish"]:
            by_day[row["start"]].append({**row, "what": "start"})
    return by_day, len(found)


def _is_point(row: Row) -> bool:
    return bool(row["kind"] == Kind.MILESTONE)
