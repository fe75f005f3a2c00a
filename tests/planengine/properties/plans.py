"""Random sound plans for the laws every schedule keeps."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hypothesis import strategies as st

from planengine import (
    OFFICE_WEEK,
    Activity,
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
    ScheduleOptions,
    validate,
)
from planengine.instants import DAY, HOUR

MONDAY = 20_759 * DAY  # 2 November 2026
START = MONDAY + 8 * HOUR
NIGHT = ((0, 6 * HOUR), (22 * HOUR, 24 * HOUR))
CALENDARS = (
    Calendar(1, "Office", OFFICE_WEEK, exceptions=(CalendarException(20_762, 20_762),)),
    Calendar(2, "Nights", (NIGHT[1:], NIGHT, NIGHT, NIGHT, NIGHT, NIGHT[:1], ())),
    Calendar(3, "Always", (((0, DAY),),) * 7),
    Calendar(
        4, "Short", ((((9 * HOUR, 11 * HOUR), (14 * HOUR, 15 * HOUR))),) * 5 + ((), ()), base=1
    ),
)
HOURS = st.sampled_from((0, 0, 1, 3, 4, 6, 8, 12, 16, 24, 40))
MOMENTS = st.integers(-3 * 24, 21 * 24).map(lambda hours: MONDAY + hours * HOUR)


@dataclass(frozen=True)
class Wishes:
    """What a random plan may contain."""

    kinds: tuple[LinkKind, ...] = tuple(LinkKind)
    leads: bool = False
    dates: bool = False
    late: bool = False
    progress: bool = False
    outline: bool = False
    calendars: bool = True
    elapsed: bool = True


PLAIN = Wishes()
EVERYTHING = Wishes(leads=True, dates=True, late=True, progress=True, outline=True)


@st.composite
def plans(draw: st.DrawFn, wishes: Wishes = PLAIN) -> Plan:
    """A sound plan of one to ten activities; links run from earlier rows to later ones."""
    count = draw(st.integers(1, 10))
    rows: list[Activity] = []
    path: list[int] = []
    for uid in range(1, count + 1):
        if wishes.outline:
            del path[draw(st.integers(0, len(path))) :]
        rows.append(draw(activities(uid, path[-1] if path else None, wishes)))
        if wishes.outline and draw(st.booleans()):
            path.append(uid)
    most = 2 * count if count > 1 else 0
    links = draw(st.lists(pairs(count, wishes), max_size=most, unique_by=lambda one: one.key))
    options = ScheduleOptions(
        multiple_critical_paths=wishes.dates and draw(st.booleans()),
        honor_constraints=not wishes.dates or draw(st.booleans()),
    )
    plan = Plan(
        start=START,
        calendar=1,
        calendars=CALENDARS,
        activities=tuple(rows),
        links=tuple(links),
        options=options,
    )
    return _sound(plan)


def _sound(plan: Plan) -> Plan:
    """Without the links the outline does not allow."""
    for error in validate(plan):
        if error.code == "link.ancestor":
            kept = (one for one in plan.links if (one.predecessor, one.successor) != error.members)
            plan = replace(plan, links=tuple(kept))
    while any(error.code == "link.cycle" for error in validate(plan)):
        plan = replace(plan, links=plan.links[:-1])
    return plan


@st.composite
def pairs(draw: st.DrawFn, count: int, wishes: Wishes) -> Link:
    """A link from one activity to a later one."""
    successor = draw(st.integers(2, count))
    predecessor = draw(st.integers(1, successor - 1))
    how = draw(st.sampled_from(tuple(LagFormat))) if wishes.elapsed else LagFormat.WORKING
    percent = how in (LagFormat.PERCENT, LagFormat.ELAPSED_PERCENT)
    lowest = -100 if wishes.leads else 0
    lag = draw(st.just(0) | (st.integers(lowest, 150) if percent else _lags(wishes)))
    return Link(predecessor, successor, draw(st.sampled_from(wishes.kinds)), lag, how)


def _lags(wishes: Wishes) -> st.SearchStrategy[int]:
    return st.integers(-20 if wishes.leads else 0, 30).map(lambda hours: hours * HOUR)


@st.composite
def activities(draw: st.DrawFn, uid: int, parent: int | None, wishes: Wishes) -> Activity:
    """An activity with whatever the wishes allow."""
    row = Activity(
        uid,
        f"A{uid}",
        parent,
        duration=draw(HOURS) * HOUR,
        elapsed=wishes.elapsed and draw(st.integers(0, 9)) == 0,
        calendar=draw(st.none() | st.sampled_from((1, 2, 3, 4))) if wishes.calendars else None,
    )
    if wishes.dates and draw(st.integers(0, 2)) == 0:
        row = replace(row, **draw(_dates(wishes)))
    if wishes.progress and row.active and draw(st.integers(0, 3)) == 0:
        row = replace(row, **draw(_progress(row.duration)))
    return row


@st.composite
def _dates(draw: st.DrawFn, wishes: Wishes) -> dict[str, object]:
    what = draw(st.sampled_from(("constraint", "deadline", "manual", "gap", "delay", "inactive")))
    if what == "constraint":
        kind = draw(st.sampled_from(ConstraintKind))
        if kind is ConstraintKind.AS_LATE_AS_POSSIBLE:
            return {"constraint": Constraint(kind) if wishes.late else None}
        return {"constraint": Constraint(kind, draw(MOMENTS))}
    moment = draw(MOMENTS)
    if what == "deadline":
        return {"deadline": moment}
    if what == "manual":
        return {"mode": Mode.MANUAL, "start": moment, "finish": moment + draw(HOURS) * HOUR}
    if what == "gap":
        return {"gaps": (Gap(moment, moment + 30 * HOUR),)}
    if what == "delay":
        return {"levelling_delay": draw(st.integers(0, 60)) * HOUR}
    return {"active": False}


@st.composite
def _progress(draw: st.DrawFn, duration: int) -> dict[str, object]:
    begun = draw(MOMENTS)
    if draw(st.booleans()):
        ended = begun + draw(st.integers(0, 100)) * HOUR
        return {
            "progress": Progress(100.0, None, begun, ended, actual_duration=duration, remaining=0)
        }
    done = duration // 2
    percent = 100.0 * done / duration if duration else 0.0
    return {
        "progress": Progress(percent, None, begun, actual_duration=done, remaining=duration - done)
    }
