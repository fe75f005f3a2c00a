"""What constraints, people and progress make of an activity: its floor, ceiling and `Rule`."""

from __future__ import annotations

from planengine.calendars import WorkingTime
from planengine.model import Activity, ConstraintKind, Mode, Plan, Profile, Progress
from planengine.network.compiled import FOREVER, Leg, Rule

_HOLDING = (
    ConstraintKind.MUST_START_ON,
    ConstraintKind.MUST_FINISH_ON,
    ConstraintKind.START_NO_LATER_THAN,
    ConstraintKind.FINISH_NO_LATER_THAN,
    ConstraintKind.AS_LATE_AS_POSSIBLE,
)
_FLOOR_OF_START = (ConstraintKind.START_NO_EARLIER_THAN, ConstraintKind.MUST_START_ON)
_FLOOR_OF_FINISH = (ConstraintKind.FINISH_NO_EARLIER_THAN, ConstraintKind.MUST_FINISH_ON)
_CEILING_OF_FINISH = (ConstraintKind.FINISH_NO_LATER_THAN, ConstraintKind.MUST_FINISH_ON)


def floor_of(plan: Plan, row: Activity, clock: WorkingTime, duration: int) -> int:
    """The instant before which an activity may not start.

    The plan's start; *no earlier than* dates, also when they lie before the plan's start (then they
    take its place); in the `p6` profile the data date.
    """
    floor = plan.start
    constraint = row.constraint
    if constraint is not None and constraint.date is not None:
        date = constraint.date
        if constraint.kind in _FLOOR_OF_START:
            floor = date
        elif constraint.kind in _FLOOR_OF_FINISH:
            floor = clock.add(date, -duration)
    if plan.options.profile is Profile.P6 and plan.status_date is not None:
        return max(floor, plan.status_date)
    return floor


def ceiling_of(row: Activity) -> int:
    """The instant after which an activity should not finish; `FOREVER` when nobody said."""
    ceiling = FOREVER if row.deadline is None else row.deadline
    constraint = row.constraint
    if (
        constraint is not None
        and constraint.date is not None
        and constraint.kind in _CEILING_OF_FINISH
    ):
        return min(ceiling, constraint.date)
    return ceiling


def rule_of(
    plan: Plan, row: Activity, clock: WorkingTime, duration: int, legs: tuple[Leg, ...]
) -> Rule | None:
    """The activity's rule, or `None` when floor, ceiling and duration say it all."""
    constraint = row.constraint
    if row.mode is Mode.MANUAL and row.start is not None:
        finish = row.finish if row.finish is not None else clock.add(row.start, duration)
        return Rule(manual=(row.start, finish), is_inactive=not row.active)
    holding = constraint is not None and constraint.kind in _HOLDING
    done, began, resume, remaining = _progress_of(row, row.progress, clock)
    if not (legs or holding or done or began is not None or row.levelling_delay) and row.active:
        return None
    return Rule(
        constraint=constraint.kind if holding and constraint is not None else None,
        date=(constraint.date or 0) if constraint is not None else 0,
        done=done,
        began=began,
        resume=resume,
        remaining=remaining,
        delay=row.levelling_delay,
        legs=legs,
        is_inactive=not row.active,
    )


def _progress_of(
    row: Activity, progress: Progress, clock: WorkingTime
) -> tuple[tuple[int, int] | None, int | None, int, int]:
    """What progress pins: actual dates of finished work; start, resume and rest of begun work."""
    start = progress.actual_start
    if start is None and progress.percent > 0:
        start = row.start
    if start is None:
        return None, None, 0, 0
    if progress.actual_finish is not None:
        return (start, progress.actual_finish), None, 0, 0
    made = progress.actual_duration
    if made is None:
        made = round(row.duration * progress.percent / 100)
    left = progress.remaining if progress.remaining is not None else max(row.duration - made, 0)
    resume = progress.resume
    if resume is None:
        resume = progress.stop if progress.stop is not None else clock.add(start, made)
    if left == 0 and progress.percent >= 100:
        finish = row.finish if row.finish is not None else resume
        return (start, max(finish, start)), None, 0, 0
    return None, start, max(resume, start), left
