"""Random sound plans with a bit of everything in them."""

from __future__ import annotations

from hypothesis import strategies as st
from tests.planengine.builders import DAY, at

from planengine import (
    NORDIC_WEEK,
    OFFICE_WEEK,
    Activity,
    Assignment,
    Baseline,
    Calendar,
    CalendarException,
    Constraint,
    ConstraintKind,
    DurationUnit,
    EarnedMethod,
    Gap,
    LagFormat,
    Link,
    LinkKind,
    Mode,
    Plan,
    Profile,
    Progress,
    Rate,
    RateUnit,
    Reading,
    Resource,
    ResourceKind,
    ScheduleFrom,
    ScheduleOptions,
    TaskType,
    ThreePoint,
    WorkWeek,
)

MONDAY = at("2026-03-02T00:00")
HOUR = 3600
TEXTS = st.one_of(
    st.sampled_from(
        ["", "Grave", "Støpe & herde <1>", " a ", "x" * 600, "to\nlinjer\r\nog", "\x07"]
    ),
    st.text(max_size=12),
)
SECONDS = st.sampled_from([0, 60, HOUR, DAY, 5 * DAY, 7777])
MONEY = st.integers(0, 10**7)
INSTANTS = st.integers(0, 400).map(lambda hours: MONDAY + hours * HOUR)


def optional(values: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.none() | values


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """A plan of up to eight activities."""
    calendars = draw(calendar_rows())
    uids = [row.uid for row in calendars]
    resources = tuple(draw(resource(uid, uids)) for uid in range(1, draw(st.integers(1, 4))))
    activities: list[Activity] = []
    parents: list[int] = []
    for uid in range(1, draw(st.integers(1, 9))):
        del parents[draw(st.integers(0, len(parents))) :]
        activities.append(draw(activity(uid, parents[-1] if parents else None, uids)))
        parents.append(uid)
    named = st.sampled_from(["author", "company", "notes", "created", "own", "title"])
    return Plan(
        name=draw(TEXTS),
        start=MONDAY + 8 * HOUR,
        finish=draw(optional(INSTANTS)),  # type: ignore[arg-type]  # None or an instant
        status_date=draw(optional(INSTANTS)),  # type: ignore[arg-type]  # None or an instant
        schedule_from=draw(st.sampled_from(ScheduleFrom)),
        minutes_per_day=draw(st.sampled_from([450, 480])),
        calendar=uids[0],
        options=draw(options()),
        properties=tuple(draw(st.dictionaries(named, TEXTS, max_size=3)).items()),
        calendars=calendars,
        resources=resources,
        activities=tuple(activities),
        links=draw(links(activities)),
        assignments=draw(assignments(activities, resources)),
    )


@st.composite
def options(draw: st.DrawFn) -> ScheduleOptions:
    return ScheduleOptions(
        profile=draw(st.sampled_from(Profile)),
        critical_slack=draw(st.sampled_from([0, 450 * 60, 480 * 60, 77])),
        multiple_critical_paths=draw(st.booleans()),
        honor_constraints=draw(st.booleans()),
        move_completed_back=draw(st.booleans()),
        move_remaining_forward=draw(st.booleans()),
    )


@st.composite
def calendar_rows(draw: st.DrawFn) -> tuple[Calendar, ...]:
    """A base calendar, and up to two built on it or on each other."""
    rows = [Calendar(1, draw(TEXTS), draw(st.sampled_from([OFFICE_WEEK, NORDIC_WEEK])))]
    for uid in range(2, draw(st.integers(2, 4))):
        week = draw(st.sampled_from([(None,) * 7, ((), *(None,) * 5, ((0, 86_400),))]))
        rows.append(Calendar(uid, draw(TEXTS), week, draw(st.integers(1, uid - 1))))
    return tuple(draw(with_specials(row)) for row in rows)


@st.composite
def with_specials(draw: st.DrawFn, row: Calendar) -> Calendar:
    first = MONDAY // 86_400
    ranges = st.tuples(st.integers(0, 20), st.integers(0, 5))
    hours = st.sampled_from([(), ((8 * HOUR, 12 * HOUR),), ((0, 1 * HOUR), (22 * HOUR, 86_400))])
    exceptions = tuple(
        CalendarException(first + start, first + start + length, draw(hours), draw(TEXTS))
        for start, length in draw(st.sets(ranges, max_size=3))
    )
    weeks = tuple(
        WorkWeek(first + start, first + start + length, NORDIC_WEEK, draw(TEXTS))
        for start, length in draw(st.sets(ranges, max_size=1))
    )
    return Calendar(row.uid, row.name, row.week, row.base, exceptions, weeks)


@st.composite
def resource(draw: st.DrawFn, uid: int, calendars: list[int]) -> Resource:
    rate = st.builds(Rate, st.integers(0, 99_999), st.sampled_from(RateUnit))
    return Resource(
        uid,
        draw(TEXTS),
        draw(st.sampled_from(ResourceKind)),
        draw(st.sampled_from([0.0, 0.5, 1.0, 3.25])),
        draw(st.none() | st.sampled_from(calendars)),
        email=draw(TEXTS),
        group=draw(TEXTS),
        standard_rate=draw(st.none() | rate),
        overtime_rate=draw(st.none() | rate),
        cost_per_use=draw(MONEY),
        generic=draw(st.booleans()),
        active=draw(st.booleans()),
        person=draw(st.none() | st.just("ola")),
        notes=draw(TEXTS),
    )


@st.composite
def activity(draw: st.DrawFn, uid: int, parent: int | None, calendars: list[int]) -> Activity:
    start, length = draw(INSTANTS), draw(st.integers(0, 200)) * HOUR
    baselines = draw(st.sets(st.integers(0, 10), max_size=2))
    kind = draw(st.sampled_from(ConstraintKind))
    is_late = kind is ConstraintKind.AS_LATE_AS_POSSIBLE
    reading = st.none() | st.sampled_from(Reading)
    estimate = st.builds(ThreePoint, *map(st.just, (HOUR, DAY, 2 * DAY)), reading)
    return Activity(
        uid,
        draw(TEXTS),
        parent,
        draw(SECONDS),
        elapsed=draw(st.booleans()),
        unit=draw(st.sampled_from(DurationUnit)),
        estimated=draw(st.booleans()),
        milestone=draw(st.booleans()),
        mode=draw(st.sampled_from(Mode)),
        start=start,
        finish=start + length,
        constraint=draw(st.none() | st.just(Constraint(kind, None if is_late else start))),
        deadline=draw(st.none() | INSTANTS),
        calendar=draw(st.none() | st.sampled_from(calendars)),
        ignore_resource_calendars=draw(st.booleans()),
        priority=draw(st.integers(0, 1000)),
        progress=draw(progress(start)),
        gaps=draw(st.sampled_from([(), gaps(start, length)])),
        estimate=draw(st.none() | estimate),
        task_type=draw(st.sampled_from(TaskType)),
        effort_driven=draw(st.booleans()),
        work=draw(st.none() | SECONDS),
        fixed_cost=draw(MONEY),
        cost=draw(st.none() | MONEY),
        earned_method=draw(st.sampled_from(EarnedMethod)),
        levelling_delay=draw(st.sampled_from([0, 3600, 7])),
        active=draw(st.booleans()),
        responsible=draw(st.none() | st.just("kari")),
        code=draw(TEXTS),
        notes=draw(TEXTS),
        baselines=tuple(Baseline(number, start, None, DAY, 0, 12) for number in baselines),
    )


def gaps(start: int, length: int) -> tuple[Gap, ...]:
    return (Gap(start + length // 4, start + length // 2),) if length > 8 * HOUR else ()


@st.composite
def progress(draw: st.DrawFn, start: int) -> Progress:
    if draw(st.booleans()):
        return Progress()
    return Progress(
        percent=draw(st.sampled_from([0.0, 50.0, 33.3, 100.0])),
        physical_percent=draw(st.sampled_from([None, 20.0, 12.5])),
        actual_start=start,
        actual_duration=draw(st.none() | SECONDS),
        remaining=draw(st.none() | SECONDS),
        stop=start + HOUR,
        actual_work=draw(st.none() | SECONDS),
        actual_cost=draw(st.none() | MONEY),
    )


@st.composite
def links(draw: st.DrawFn, activities: list[Activity]) -> tuple[Link, ...]:
    """Links onwards between leaves."""
    parents = {row.parent for row in activities}
    leaves = [row.uid for row in activities if row.uid not in parents]
    if len(leaves) < 2:
        return ()
    pairs = draw(st.sets(st.tuples(*[st.sampled_from(leaves)] * 2), max_size=6))
    lags = st.sampled_from([0, DAY, -HOUR, 25, 7])
    return tuple(
        Link(
            one,
            two,
            draw(st.sampled_from(LinkKind)),
            draw(lags),
            draw(st.sampled_from(LagFormat)),
        )
        for one, two in sorted(pairs)
        if one < two
    )


@st.composite
def assignments(
    draw: st.DrawFn, activities: list[Activity], resources: tuple[Resource, ...]
) -> tuple[Assignment, ...]:
    if not activities:
        return ()
    rows = []
    for uid in range(1, draw(st.integers(1, 5))):
        work = draw(SECONDS)
        on = draw(st.sampled_from(activities))
        rows.append(
            Assignment(
                uid,
                on.uid,
                draw(st.sampled_from([None, *(row.uid for row in resources)])),
                units=draw(st.sampled_from([0.5, 1.0, 2.0])),
                work=work,
                actual_work=draw(st.sampled_from([0, work])),
                remaining_work=draw(st.none() | SECONDS),
                overtime_work=draw(st.sampled_from([0, HOUR])),
                start=on.start,
                finish=on.finish,
                delay=draw(st.sampled_from([0, 60, 7])),
                levelling_delay=draw(st.sampled_from([0, 60, 7])),
                cost=draw(st.none() | MONEY),
                actual_cost=draw(st.none() | MONEY),
                rate_table=draw(st.integers(0, 4)),
                contour=draw(st.sampled_from(["", "bell", "contoured", "own"])),
            )
        )
    return tuple(rows)
