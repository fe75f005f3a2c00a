"""What is wanted of each resource week by week, against what there is. Pure."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import planengine as engine
from planengine.instants import DAY
from planengine.levelling import Hold, holds
from tospann.planning.load.staffing import Staffed

HOUR = 3600
WEEK = 7 * DAY
MOST_WEEKS = 53


@dataclass(frozen=True)
class Week:
    """A week of somebody: hours that are wanted, that there are, and that collide."""

    monday: date
    wanted: float
    available: float
    over: float = 0.0

    @property
    def is_over(self) -> bool:
        return self.over >= 0.05

    @property
    def percent(self) -> int:
        """What is wanted of what there is."""
        if self.available <= 0:
            return 0 if self.wanted < 0.05 else 999
        return round(100 * self.wanted / self.available)


@dataclass(frozen=True)
class Line:
    """A resource of the plan, and its weeks. ``name`` is the plan's own word for it."""

    resource: int
    name: str
    person: UUID | None
    weeks: tuple[Week, ...]

    @property
    def over(self) -> float:
        """Hours beyond what there is."""
        return round(sum(week.over for week in self.weeks), 1)

    @property
    def weeks_over(self) -> int:
        return sum(week.is_over for week in self.weeks)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def mondays(first: date, last: date) -> list[date]:
    """The weeks from one day to another, at most a year of them."""
    start = monday_of(first)
    count = max((monday_of(last) - start).days // 7 + 1, 1)
    return [start + timedelta(weeks=place) for place in range(min(count, MOST_WEEKS))]


def instant(day: date) -> int:
    return engine.day(day) * DAY


def lines(of: Staffed, weeks: list[date]) -> list[Line]:
    """Every resource that is wanted in these weeks, those with most beyond what there is first."""
    if of.schedule is None or not weeks:
        return []
    wanted = wanted_by_week(of.schedule, weeks)
    over = _over_by_week(of.schedule, weeks)
    people = of.people
    found = [
        Line(one.uid, one.name, people.get(one.uid), tuple(_weeks(of, one, weeks, wanted, over)))
        for one in of.plan.resources
        if one.uid in wanted
    ]
    return sorted(found, key=lambda line: (-line.over, line.name))


def _weeks(
    of: Staffed,
    one: engine.Resource,
    weeks: list[date],
    wanted: dict[int, dict[date, float]],
    over: dict[int, dict[date, float]],
) -> Iterator[Week]:
    clock = engine.working_time(of.plan, one.calendar)
    for monday in weeks:
        start = instant(monday)
        there = clock.between(start, start + WEEK) * one.max_units / HOUR
        asked = wanted[one.uid].get(monday, 0.0)
        beyond = over.get(one.uid, {}).get(monday, 0.0)
        yield Week(monday, round(asked, 2), round(there, 2), round(beyond, 2))


def wanted_by_week(schedule: engine.Schedule, weeks: list[date]) -> dict[int, dict[date, float]]:
    """Hours wanted of each resource in each week."""
    found: dict[int, dict[date, float]] = defaultdict(lambda: defaultdict(float))
    for hold in holds(schedule):
        for monday, hours in hours_of(hold, weeks):
            found[hold.resource][monday] += hours
    return found


def hours_of(hold: Hold, weeks: list[date]) -> Iterator[tuple[date, float]]:
    """The hours of one claim in each week it touches."""
    for monday in _touched(hold.start, hold.finish, weeks):
        start = instant(monday)
        first, last = max(hold.start, start), min(hold.finish, start + WEEK)
        if last > first:
            yield monday, hold.clock.between(first, last) * hold.units / HOUR


def _touched(start: int, finish: int, weeks: list[date]) -> list[date]:
    first = max((start - instant(weeks[0])) // WEEK, 0)
    last = (finish - instant(weeks[0])) // WEEK
    return weeks[first : last + 1] if last >= 0 else []


def _over_by_week(schedule: engine.Schedule, weeks: list[date]) -> dict[int, dict[date, float]]:
    """Hours by which claims collide: also where the week as a whole would have had room."""
    plan = schedule.plan
    calendars = {one.uid: one.calendar for one in plan.resources}
    found: dict[int, dict[date, float]] = defaultdict(lambda: defaultdict(float))
    for one in engine.overloads(schedule):
        clock = engine.working_time(plan, calendars[one.resource])
        beyond = one.units - one.available
        for monday in _touched(one.start, one.finish, weeks):
            start = instant(monday)
            first, last = max(one.start, start), min(one.finish, start + WEEK)
            if last > first:
                hours = clock.between(first, last) * beyond / HOUR
                found[one.resource][monday] += hours
    return found
