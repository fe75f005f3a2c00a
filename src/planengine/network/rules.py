"""What constraints, people and progress make of an activity: its floor, ceiling and `Rule`."""

from __future__ import annotations

from planengine.calendars import WorkingTime
from planengine.model import Activity, ConstraintKind, Mode, Plan, Profile, ProgressLogic
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
    take its place); in the `p6` profile the data date; the status date when uncompleted work is
    rescheduled and the activity has no date constraint of its own.
    """
    floor = plan.start
    constraint = row.constraint
    if constraint is not None and constraint.date is not None:
        date = constraint.date
        if constraint.kind in _FLOOR_OF_START:
            floor = date
        elif constraint.kind in _FLOOR_OF_FINISH:
            floor = clock.add(date, -duration)
    if plan.status_date is None:
        return floor
    dated = constraint is not None and constraint.date is not None
    if plan.options.profile is Profile.P6 or (plan.options.reschedule_uncompleted and not dated):
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
    idle = not row.active
    if row.mode is Mode.MANUAL and row.start is not None:
        finish = row.finish if row.finish is not None else clock.add(row.start, duration)
        return Rule(manual=(row.start, finish), is_inactive=idle)
    start = _actual_start(row)
    if start is not None:
        return _begun(plan, row, clock, start, legs)
    constraint = row.constraint
    holding = constraint is not None and constraint.kind in _HOLDING
    if not (legs or holding or row.levelling_delay or idle):
        return None
    return Rule(
        constraint=constraint.kind if holding and constraint is not None else None,
        date=(constraint.date or 0) if constraint is not None else 0,
        delay=row.levelling_delay,
        legs=legs,
        is_inactive=idle,
    )


def _actual_start(row: Activity) -> int | None:
    """When work began; the stored start when only a percentage says that it did."""
    if row.progress.actual_start is None and row.progress.percent > 0:
        return row.start
    return row.progress.actual_start


def _begun(
    plan: Plan, row: Activity, clock: WorkingTime, start: int, legs: tuple[Leg, ...]
) -> Rule:
    """Finished work stands where it was; of work under way the rest goes on where it resumes."""
    progress, idle = row.progress, not row.active
    if progress.actual_finish is not None:
        return Rule(done=(start, progress.actual_finish), is_inactive=idle)
    made = progress.actual_duration
    if made is None:
        made = round(row.duration * progress.percent / 100)
    left = progress.remaining if progress.remaining is not None else max(row.duration - made, 0)
    resume = _resume(plan, row, clock, start, made)
    if left == 0 and progress.percent >= 100:
        finish = row.finish if row.finish is not None else resume
        return Rule(done=(start, max(finish, start)), is_inactive=idle)
    pauses = sum(
        clock.between(max(gap.start, resume), gap.finish) for gap in row.gaps if gap.finish > resume
    )
    options = plan.options
    retained = options.progress_logic is ProgressLogic.RETAINED
    return Rule(
        began=start,
        resume=max(resume, start),
        remaining=left + pauses,
        waits=options.profile is Profile.P6 and retained,
        legs=legs,
        is_inactive=idle,
    )


def _resume(plan: Plan, row: Activity, clock: WorkingTime, start: int, made: int) -> int:
    """Where the rest of work under way begins.

    As recorded, else after what is made. Never before the data date in the `p6` profile (actual
    dates apart), nor before the status date when uncompleted work is rescheduled and may be split.
    """
    progress, options = row.progress, plan.options
    resume = progress.resume if progress.resume is not None else progress.stop
    if resume is None:
        resume = clock.add(start, made)
    moved = options.reschedule_uncompleted and options.split_in_progress
    if options.profile is Profile.P6:
        moved = options.progress_logic is not ProgressLogic.ACTUAL_DATES
    if moved and plan.status_date is not None:
        return max(resume, plan.status_date)
    return resume
