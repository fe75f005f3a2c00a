"""Plans whose people are wanted at the same time, and random ones to try anything on."""

from __future__ import annotations

import random
from datetime import datetime

from planengine import (
    Activity,
    Assignment,
    Calendar,
    CalendarException,
    Link,
    LinkKind,
    Plan,
    Resource,
    instant,
)

DAY = 8 * 3600
MONDAY = "2026-03-02T08:00"


def at(text: str) -> int:
    """The instant of an ISO text."""
    return instant(datetime.fromisoformat(text))


def team(
    activities: tuple[Activity, ...],
    assigned: tuple[Assignment, ...],
    links: tuple[Link, ...] = (),
    resources: tuple[Resource, ...] = (Resource(1, "Kari"),),
    **fields: object,
) -> Plan:
    """A plan from Monday 2 March 2026 at 08:00 on the office calendar (8–12, 13–17)."""
    return Plan(
        name="Lag",
        start=at(MONDAY),
        calendar=1,
        calendars=(Calendar(1, "Standard"), *fields.pop("calendars", ())),  # type: ignore[misc]
        resources=resources,
        activities=activities,
        links=links,
        assignments=assigned,
        **fields,  # type: ignore[arg-type]
    )


def days(uid: int, count: float, **fields: object) -> Activity:
    """An activity of so many days of eight hours."""
    return Activity(uid, f"A{uid}", duration=round(count * DAY), **fields)  # type: ignore[arg-type]


def full_time(*uids: int, resource: int = 1, units: float = 1.0) -> tuple[Assignment, ...]:
    """One resource on each of these activities."""
    return tuple(Assignment(100 * resource + uid, uid, resource, units) for uid in uids)


def crowd(seed: int, size: int, resources: int, links: float = 1.2) -> Plan:
    """A random plan: summaries of ten, all kinds of links, three calendars, people part time."""
    chance = random.Random(seed)
    holidays = tuple(
        CalendarException(20_515 + day, 20_515 + day + chance.randrange(4))
        for day in range(7, 400, 40)
    )
    staff = tuple(
        Resource(
            uid,
            f"R{uid}",
            max_units=chance.choice((0.5, 1.0, 1.0, 2.0)),
            calendar=chance.choice((None, None, 2)),
        )
        for uid in range(1, resources + 1)
    )
    rows, work = _rows(chance, size), []
    leaves = [row for row in rows if row.uid < 10_000]
    for row in leaves:
        for uid in chance.sample(range(1, resources + 1), k=chance.choice((0, 1, 1, 2))):
            units = chance.choice((0.25, 0.5, 0.5, 1.0))
            work.append(
                Assignment(len(work) + 1, row.uid, uid, units, work=round(row.duration * units))
            )
    kinds = (LinkKind.FS,) * 8 + (LinkKind.SS, LinkKind.FF)
    found = {}
    for _ in range(round(size * links)):
        two = sorted(chance.sample(range(len(leaves)), k=2))
        if two[1] - two[0] < 30:
            link = Link(
                leaves[two[0]].uid,
                leaves[two[1]].uid,
                chance.choice(kinds),
                lag=chance.choice((0, 0, 0, DAY)),
            )
            found[link.key] = link
    return Plan(
        start=at(MONDAY),
        calendar=1,
        calendars=(
            Calendar(1, "Standard"),
            Calendar(2, "Ferie", base=1, exceptions=holidays, week=(None,) * 7),
        ),
        resources=staff,
        activities=tuple(rows),
        links=tuple(found.values()),
        assignments=tuple(work),
    )


def _rows(chance: random.Random, size: int) -> list[Activity]:
    rows: list[Activity] = []
    for uid in range(1, size + 1):
        if uid % 10 == 1:
            rows.append(Activity(10_000 + uid, f"S{uid}"))
        length = 0 if chance.random() < 0.06 else chance.randint(1, 10) * DAY // 2
        rows.append(
            Activity(
                uid,
                f"A{uid}",
                parent=10_000 + uid - (uid - 1) % 10,
                duration=length,
                priority=chance.choice((500, 500, 500, 300, 700)),
            )
        )
    return rows
