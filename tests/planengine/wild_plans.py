"""Random sound plans with everything a plan may have, the same for the same seed."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from tests.planengine.builders import at

from planengine import (
    Activity,
    Assignment,
    Calendar,
    CalendarException,
    Constraint,
    ConstraintKind,
    Gap,
    LagFormat,
    Link,
    LinkKind,
    Mode,
    Plan,
    Progress,
    Resource,
    ScheduleOptions,
    validate,
)
from planengine.instants import DAY

WORKDAY = 8 * 3600
START = at("2026-11-02T08:00")
FIRST = START // DAY
LATE = (
    ConstraintKind.MUST_START_ON,
    ConstraintKind.MUST_FINISH_ON,
    ConstraintKind.START_NO_EARLIER_THAN,
    ConstraintKind.START_NO_LATER_THAN,
    ConstraintKind.FINISH_NO_EARLIER_THAN,
    ConstraintKind.FINISH_NO_LATER_THAN,
)
SITE = ((7 * 3600, 15 * 3600),)
CALENDARS = (
    Calendar(1, "Kontor", exceptions=(CalendarException(FIRST + 8, FIRST + 8, name="Fridag"),)),
    Calendar(2, "Byggeplass", (SITE, SITE, SITE, SITE, SITE, SITE, ())),
    Calendar(3, "Deltid", (SITE, (), SITE, (), SITE, (), ())),
)
RESOURCES = (Resource(1, "Kari"), Resource(2, "Ola", calendar=2), Resource(3, "Per", calendar=3))


def wild_plan(seed: int, size: int = 12, *, late_too: bool = True) -> Plan:
    """A sound plan of about `size` rows; `late_too` also has activities as late as possible."""
    luck = Random(seed)
    rows = _outline(luck, size)
    plan = Plan(
        name="Vill",
        start=START,
        calendar=1,
        options=ScheduleOptions(multiple_critical_paths=luck.random() < 0.2),
        calendars=CALENDARS,
        resources=RESOURCES,
        activities=tuple(rows),
        assignments=_assignments(luck, rows),
    )
    plan = _linked(luck, plan)
    return replace(plan, activities=tuple(wild_row(luck, row, late_too=late_too) for row in rows))


def _outline(luck: Random, size: int) -> list[Activity]:
    rows: list[Activity] = []
    path: list[int] = []
    for uid in range(1, size + 1):
        del path[luck.randint(0, len(path)) :]
        rows.append(Activity(uid, f"A{uid}", path[-1] if path else None))
        if luck.random() < 0.5:
            path.append(uid)
    return rows


def wild_row(luck: Random, row: Activity, *, late_too: bool = True) -> Activity:
    """The row with other fields, all that dates may depend on."""
    what = luck.random()
    row = replace(
        row,
        active=what < 0.97 or row.parent is not None,
        duration=luck.choice((0, 4, 8, 8, 12, 16, 40)) * 3600,
        elapsed=luck.random() < 0.1,
        calendar=luck.choice((None, None, None, 2, 3)),
        deadline=_moment(luck) if luck.random() < 0.1 else None,
        constraint=None,
        progress=Progress(),
        gaps=(),
        levelling_delay=0,
        mode=Mode.AUTO,
    )
    if what < 0.2:
        row = replace(row, constraint=Constraint(luck.choice(LATE), _moment(luck)))
    elif what < 0.25 and late_too:
        row = replace(row, constraint=Constraint(ConstraintKind.AS_LATE_AS_POSSIBLE))
    elif what < 0.35:
        row = replace(row, progress=_progress(luck, row.duration))
    elif what < 0.4:
        start = _moment(luck)
        row = replace(row, mode=Mode.MANUAL, start=start, finish=start + luck.randint(0, 9) * DAY)
    elif what < 0.45 and row.duration:
        row = replace(row, levelling_delay=luck.randint(1, 90) * 3600)
    elif what < 0.5 and row.duration:
        start = _moment(luck)
        row = replace(row, gaps=(Gap(start, start + DAY),))
    return row


def _moment(luck: Random) -> int:
    return START + luck.randint(-3, 20) * DAY + luck.choice((0, 0, 3, 9, 20)) * 3600


def _progress(luck: Random, duration: int) -> Progress:
    start = START + luck.randint(0, 5) * DAY
    if luck.random() < 0.4:
        return Progress(100, actual_start=start, actual_finish=start + luck.randint(0, 4) * DAY)
    return Progress(
        50, actual_start=start, actual_duration=duration // 2, remaining=duration - duration // 2
    )


def _assignments(luck: Random, rows: list[Activity]) -> tuple[Assignment, ...]:
    return tuple(
        Assignment(
            uid,
            luck.choice(rows).uid,
            luck.choice((1, 2, 3)),
            work=luck.choice((4, 8, 20)) * 3600,
            units=luck.choice((1.0, 0.5)),
        )
        for uid in range(1, len(rows) // 4 + 1)
    )


def wild_link(luck: Random, uids: list[int]) -> Link:
    """A link between two of the activities, of any kind, with any lag."""
    one, two = luck.sample(uids, 2)
    lag, how = 0, LagFormat.WORKING
    if luck.random() < 0.4:
        how = luck.choice(tuple(LagFormat))
        lag = luck.choice((-50, 25, 100)) if "percent" in how else luck.randint(-16, 24) * 3600
    return Link(one, two, luck.choice(tuple(LinkKind)), lag, how)


def _linked(luck: Random, plan: Plan) -> Plan:
    uids = [row.uid for row in plan.activities]
    for _ in range(len(uids) * 3 // 2 if len(uids) > 1 else 0):
        link = wild_link(luck, uids)
        if link.key not in {row.key for row in plan.links}:
            other = replace(plan, links=(*plan.links, link))
            if not validate(other):
                plan = other
    return plan
