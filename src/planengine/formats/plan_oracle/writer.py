"""From a plan and its schedule to plan-oracle/1 JSON."""

from __future__ import annotations

from typing import Any

from planengine.codec import Json
from planengine.formats.plan_oracle.words import (
    CONSTRAINTS,
    FORMAT,
    LAG_CALENDARS,
    PROGRESS_LOGIC,
    TASK_TYPES,
    UNCONSTRAINED,
    WEEKDAYS,
    unit_minutes,
)
from planengine.instants import DAY, MINUTE, date_of, moment
from planengine.model import (
    Activity,
    Assignment,
    Calendar,
    CalendarException,
    ConstraintKind,
    DayHours,
    LagFormat,
    Link,
    Mode,
    Plan,
    Resource,
    ScheduleFrom,
    Week,
    WorkWeek,
)
from planengine.network import ActivityDates, Schedule
from planengine.outline import Outline

_CONSTRAINT_WORDS: dict[ConstraintKind, str] = {
    kind: word for word, kind in CONSTRAINTS.items() if "_ON" not in word or "MUST" in word
}
_LAG_WORDS = {kind: word for word, kind in LAG_CALENDARS.items()}
_PROGRESS_WORDS = {kind: word for word, kind in PROGRESS_LOGIC.items()}
_TYPE_WORDS = {kind: word for word, kind in TASK_TYPES.items() if "_AND_" not in word}


def to_json(plan: Plan, schedule: Schedule | None = None, *, id: str = "") -> Json:
    """The plan as a plan-oracle/1 object, `expected` being its schedule or, without one, the stored
    starts and finishes.

    The format has no place for notes, codes, people, rates and fixed costs, actual work and costs,
    three-point estimates, earned value methods, properties, and baselines other than 0. Reading
    the object gives back the rest. Linear time.
    """
    outline = Outline(plan)
    levels = outline.levels()
    tasks = [_task(plan, row, levels.get(row.uid, 1), outline, schedule) for row in plan.activities]
    return {
        "format": FORMAT,
        "id": id or plan.name,
        "semantics": str(plan.options.profile),
        "project": _project(plan),
        "calendars": [_calendar(row) for row in plan.calendars],
        "tasks": tasks,
        "links": [_link(plan, row) for row in plan.links],
        "resources": [_resource(row) for row in plan.resources],
        "assignments": [_assignment(row) for row in plan.assignments],
    }


def _kept(**fields: Any) -> Json:
    """The fields that say something."""
    return {name: value for name, value in fields.items() if value not in (None, False, "")}


def _when(value: int | None) -> str | None:
    if value is None:
        return None
    return moment(value).isoformat(timespec="seconds" if value % MINUTE else "minutes")


def _minutes(seconds: int | None) -> float | None:
    return None if seconds is None else seconds / MINUTE


def _project(plan: Plan) -> Json:
    options = plan.options
    return {
        **_kept(
            title=plan.name,
            start=_when(plan.start),
            finish=_when(plan.finish),
            status_date=_when(plan.status_date),
            default_calendar=plan.calendar,
        ),
        "schedule_from": "START" if plan.schedule_from is ScheduleFrom.START else "FINISH",
        "minutes_per_day": plan.minutes_per_day,
        "minutes_per_week": plan.minutes_per_week,
        "days_per_month": plan.days_per_month,
        "critical_slack_limit_min": _minutes(options.critical_slack),
        "multiple_critical_paths": options.multiple_critical_paths,
        "honor_constraints": options.honor_constraints,
        "split_in_progress": options.split_in_progress,
        "move_completed_back": options.move_completed_back,
        "move_completed_fwd": options.move_completed_forward,
        "move_remaining_back": options.move_remaining_back,
        "move_remaining_fwd": options.move_remaining_forward,
        "p6_lag_calendar": _LAG_WORDS[options.lag_calendar],
        "p6_progress": _PROGRESS_WORDS[options.progress_logic],
    }


def _calendar(row: Calendar) -> Json:
    return {
        "uid": row.uid,
        "name": row.name,
        "parent": row.base,
        "week": _week(row.week),
        "exceptions": [{**_range(item), "times": _hours(item.hours)} for item in row.exceptions],
        "work_weeks": [{**_range(item), "week": _week(item.week)} for item in row.work_weeks],
    }


def _range(row: CalendarException | WorkWeek) -> Json:
    first, last = date_of(row.first_day), date_of(row.last_day)
    return {**_kept(name=row.name), "from": first.isoformat(), "to": last.isoformat()}


def _week(week: Week) -> Json:
    return {
        name: None if hours is None else _hours(hours)
        for name, hours in zip(WEEKDAYS, week, strict=True)
    }


def _hours(hours: DayHours) -> list[list[str]]:
    return [[_clock(start), _clock(finish % DAY)] for start, finish in hours]


def _clock(seconds: int) -> str:
    text = f"{seconds // 3600:02}:{seconds // 60 % 60:02}"
    return f"{text}:{seconds % 60:02}" if seconds % 60 else text


def _task(
    plan: Plan, row: Activity, level: int, outline: Outline, schedule: Schedule | None
) -> Json:
    constraint, done = row.constraint, row.progress
    per = unit_minutes(plan, row.elapsed)[row.unit]
    unit = f"{'e' if row.elapsed else ''}{row.unit}"
    stored = _kept(start=_when(row.start), finish=_when(row.finish))
    return {
        "uid": row.uid,
        **_kept(name=row.name, level=level, summary=bool(outline.children(row.uid))),
        "parent": row.parent or 0,
        "duration": [row.duration / MINUTE / per, unit],
        "duration_min": _minutes(row.duration),
        "type": _TYPE_WORDS[row.task_type],
        "constraint": UNCONSTRAINED if constraint is None else _CONSTRAINT_WORDS[constraint.kind],
        "priority": row.priority,
        "percent_complete": done.percent,
        **_kept(
            constraint_date=None if constraint is None else _when(constraint.date),
            deadline=_when(row.deadline),
            calendar=row.calendar,
            elapsed=row.elapsed,
            milestone=row.milestone,
            manual=row.mode is Mode.MANUAL,
            effort_driven=row.effort_driven,
            ignore_resource_calendar=row.ignore_resource_calendars,
            actual_start=_when(done.actual_start),
            actual_finish=_when(done.actual_finish),
            actual_duration_min=_minutes(done.actual_duration),
            stop=_when(done.stop),
            resume=_when(done.resume),
            leveling_delay=_minutes(row.levelling_delay or None),
            cost=None if row.cost is None else row.cost / 100,
            splits=_splits(row) or None,
        ),
        **({} if row.work is None else {"work_min": _minutes(row.work)}),
        **({} if row.active else {"active": False}),
        "remaining_min": _minutes(_remaining(row)),
        **_baseline(row),
        "expected": stored if schedule is None else _expected(schedule[row.uid]),
    }


def _remaining(row: Activity) -> int:
    if row.progress.remaining is not None:
        return row.progress.remaining
    return row.duration - (row.progress.actual_duration or 0)


def _splits(row: Activity) -> list[list[str | None]]:
    """The parts between the pauses."""
    if not row.gaps or row.start is None or row.finish is None:
        return []
    starts = [row.start, *(gap.finish for gap in row.gaps)]
    ends = [*(gap.start for gap in row.gaps), row.finish]
    return [[_when(start), _when(end)] for start, end in zip(starts, ends, strict=True)]


def _baseline(row: Activity) -> Json:
    for stored in row.baselines:
        if stored.number == 0:
            cost = None if stored.cost is None else stored.cost / 100
            return {
                "baseline": {
                    "start": _when(stored.start),
                    "finish": _when(stored.finish),
                    "duration_min": _minutes(stored.duration),
                    "work_min": _minutes(stored.work),
                    "cost": cost,
                }
            }
    return {}


def _expected(dates: ActivityDates) -> Json:
    names = ("start", "finish", "early_start", "early_finish", "late_start", "late_finish")
    slacks = ("start_slack", "finish_slack", "total_slack", "free_slack")
    return {
        **{name: _when(getattr(dates, name)) for name in names},
        **{f"{name}_min": _minutes(getattr(dates, name)) for name in slacks},
        "critical_stored": dates.is_critical,
    }


def _link(plan: Plan, row: Link) -> list[Any]:
    found: list[Any] = [row.predecessor, row.successor, str(row.kind)]
    if row.lag == 0 and row.lag_format is LagFormat.WORKING:
        return found
    if row.lag_format in (LagFormat.PERCENT, LagFormat.ELAPSED_PERCENT):
        return [*found, row.lag, "%" if row.lag_format is LagFormat.PERCENT else "e%"]
    return [*found, row.lag / MINUTE, "em" if row.lag_format is LagFormat.ELAPSED else "m"]


def _resource(row: Resource) -> Json:
    return {
        "uid": row.uid,
        "name": row.name,
        "type": row.kind.upper(),
        "max_units": row.max_units * 100,
        **_kept(calendar=row.calendar),
    }


def _assignment(row: Assignment) -> Json:
    remaining = row.work - row.actual_work if row.remaining_work is None else row.remaining_work
    return {
        "task": row.activity,
        "units": row.units * 100,
        "work_min": _minutes(row.work),
        "actual_work_min": _minutes(row.actual_work),
        "remaining_work_min": _minutes(remaining),
        **_kept(
            resource=row.resource,
            start=_when(row.start),
            finish=_when(row.finish),
            delay_min=_minutes(row.delay or None),
            contour=row.contour.upper(),
        ),
    }
