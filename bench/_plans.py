"""Plans to measure with: random, the same for the same seed, like real ones in shape.

6 % of the activities are milestones; 1.5 links for each activity, FS 86 / SS 8 / FF 5.5 /
SF 0.5 %; 15 % of the links with a lag; three calendars with forty years of holidays. A predecessor
is one of the 100 activities before, so the longest chain grows with the plan as in real ones.
"""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from planengine import (
    OFFICE_DAY,
    OFFICE_WEEK,
    Activity,
    Calendar,
    CalendarException,
    Link,
    LinkKind,
    Plan,
    day,
)

HOUR = 3600
WORKDAY = 8 * HOUR
START = day(date(2026, 11, 2)) * 86_400 + 8 * HOUR
WINDOW = 100
KINDS = (LinkKind.FS, LinkKind.SS, LinkKind.FF, LinkKind.SF)
WEIGHTS = (86, 8, 5.5, 0.5)
LAGS = (-2 * WORKDAY, -WORKDAY, -4 * HOUR, 4 * HOUR, WORKDAY, 2 * WORKDAY, 3 * WORKDAY, 5 * WORKDAY)
FIXED_HOLIDAYS = ((1, 1), (5, 1), (5, 17), (12, 24), (12, 25), (12, 26))
SITE_DAY = ((7 * HOUR, 11 * HOUR), (11 * HOUR + 1800, 15 * HOUR + 1800))
SHIFTS = ((6 * HOUR, 14 * HOUR), (14 * HOUR, 22 * HOUR))


def calendars(years: int = 40) -> tuple[Calendar, ...]:
    """An office, a building site that works Saturdays, and two shifts, with holidays."""
    shared = tuple(_holidays(2026, 2026 + years))
    site = (SITE_DAY,) * 6 + ((),)
    shifts = (SHIFTS,) * 5 + ((), ())
    return (
        Calendar(1, "Office", OFFICE_WEEK, exceptions=shared),
        Calendar(2, "Site", site, exceptions=shared[::2]),
        Calendar(3, "Shifts", shifts, exceptions=shared[1::2]),
    )


def _holidays(first: int, last: int) -> Iterator[CalendarException]:
    for year in range(first, last):
        for month, number in FIXED_HOLIDAYS:
            here = day(date(year, month, number))
            yield CalendarException(here, here)
        summer = day(date(year, 7, 13))
        yield CalendarException(summer, summer + 6)
        eve = day(date(year, 12, 31))
        yield CalendarException(eve, eve, (OFFICE_DAY[0],))


def random_plan(activities: int, seed: int = 1, *, under: int = 0) -> Plan:
    """A plan of that many activities; `under` puts so many at a time under a summary of their own.

    Summaries come in addition and have uids above the activities'.
    """
    luck = random.Random(seed)
    rows = tuple(_activity(luck, uid) for uid in range(1, activities + 1))
    links = _links(luck, activities)
    return Plan(
        name=f"random {activities}", start=START, calendar=1, calendars=calendars(),
        activities=_outlined(rows, under), links=links,
    )  # fmt: skip


def _activity(luck: random.Random, uid: int) -> Activity:
    milestone = luck.random() < 0.06
    hours = 0 if milestone else luck.choice((4, 8, 8, 16, 16, 24, 40, 40, 80, 12, 6, 20))
    calendar = luck.choice((None, None, 1, 2, 3))
    return Activity(
        uid, f"Activity {uid}", duration=hours * HOUR, milestone=milestone, calendar=calendar
    )


def _links(luck: random.Random, activities: int) -> tuple[Link, ...]:
    made: dict[tuple[int, int, LinkKind], Link] = {}
    wanted = activities * 3 // 2
    while len(made) < wanted and activities > 3:
        successor = luck.randint(2, activities)
        predecessor = luck.randint(max(1, successor - WINDOW), successor - 1)
        kind = luck.choices(KINDS, WEIGHTS)[0]
        lag = luck.choice(LAGS) if luck.random() < 0.15 else 0
        made.setdefault((predecessor, successor, kind), Link(predecessor, successor, kind, lag))
    return tuple(made.values())


def _outlined(rows: tuple[Activity, ...], under: int) -> tuple[Activity, ...]:
    if not under:
        return rows
    outlined: list[Activity] = []
    for first in range(0, len(rows), under):
        summary = len(rows) + 1 + first // under
        outlined.append(Activity(summary, f"Part {first // under + 1}"))
        outlined += [replace(row, parent=summary) for row in rows[first : first + under]]
    return tuple(outlined)


def plain(plan: Plan) -> Plan:
    """The same plan without what products are known to answer differently.

    Milestones become an hour's work, leads lags, and links that hold a finish between activities of
    different calendars finish-to-start (see docs/engine.md, “Where another engine says otherwise”).
    """
    rows = tuple(
        replace(row, duration=row.duration or HOUR, milestone=False) for row in plan.activities
    )
    whose = {row.uid: row.calendar or plan.calendar for row in rows}
    links: dict[tuple[int, int, LinkKind], Link] = {}
    for link in plan.links:
        crosses = whose[link.predecessor] != whose[link.successor]
        holds = link.kind in (LinkKind.FF, LinkKind.SF)
        kept = replace(
            link, kind=LinkKind.FS if crosses and holds else link.kind, lag=abs(link.lag)
        )
        links.setdefault(kept.key, kept)
    return replace(plan, activities=rows, links=tuple(links.values()))


def depth(plan: Plan) -> int:
    """How many activities the longest chain of links has."""
    levels: dict[int, int] = {}
    for link in sorted(plan.links, key=lambda one: one.successor):
        levels[link.successor] = max(
            levels.get(link.successor, 1), levels.get(link.predecessor, 1) + 1
        )
    return max(levels.values(), default=1)
