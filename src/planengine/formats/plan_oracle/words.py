"""The words of plan-oracle/1, both ways."""

from __future__ import annotations

from planengine.model import (
    ConstraintKind,
    DurationUnit,
    LagCalendar,
    Plan,
    ProgressLogic,
    TaskType,
)

FORMAT = "plan-oracle/1"
WEEKDAYS = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")
CONSTRAINTS = {
    "AS_LATE_AS_POSSIBLE": ConstraintKind.AS_LATE_AS_POSSIBLE,
    "MUST_START_ON": ConstraintKind.MUST_START_ON,
    "MUST_FINISH_ON": ConstraintKind.MUST_FINISH_ON,
    "START_ON": ConstraintKind.MUST_START_ON,
    "FINISH_ON": ConstraintKind.MUST_FINISH_ON,
    "START_NO_EARLIER_THAN": ConstraintKind.START_NO_EARLIER_THAN,
    "START_NO_LATER_THAN": ConstraintKind.START_NO_LATER_THAN,
    "FINISH_NO_EARLIER_THAN": ConstraintKind.FINISH_NO_EARLIER_THAN,
    "FINISH_NO_LATER_THAN": ConstraintKind.FINISH_NO_LATER_THAN,
}
UNCONSTRAINED = "AS_SOON_AS_POSSIBLE"
TASK_TYPES = {
    "FIXED_UNITS": TaskType.FIXED_UNITS,
    "FIXED_DURATION": TaskType.FIXED_DURATION,
    "FIXED_DURATION_AND_UNITS": TaskType.FIXED_DURATION,
    "FIXED_WORK": TaskType.FIXED_WORK,
}
LAG_CALENDARS = {
    "SUCCESSOR": LagCalendar.SUCCESSOR,
    "PREDECESSOR": LagCalendar.PREDECESSOR,
    "PROJECT_DEFAULT": LagCalendar.PROJECT,
    "TWENTY_FOUR_HOUR": LagCalendar.ALWAYS,
}
PROGRESS_LOGIC = {
    "RETAINED_LOGIC": ProgressLogic.RETAINED,
    "PROGRESS_OVERRIDE": ProgressLogic.OVERRIDE,
    "ACTUAL_DATES": ProgressLogic.ACTUAL_DATES,
}
UNITS = {unit.value: unit for unit in DurationUnit}
UNITS["y"] = DurationUnit.MONTHS
ELAPSED_MINUTES = {"m": 1, "h": 60, "d": 1440, "w": 10_080, "mo": 43_200, "y": 525_600}


def working_minutes(per_day: int, per_week: int, days_per_month: int) -> dict[str, int]:
    """Minutes of working time in one of each unit."""
    per_month = days_per_month * per_day
    return {"m": 1, "h": 60, "d": per_day, "w": per_week, "mo": per_month, "y": 12 * per_month}


def unit_minutes(plan: Plan, elapsed: bool) -> dict[str, int]:
    """Minutes in one of each unit: of the wall clock when `elapsed`, else by the plan's hours."""
    if elapsed:
        return ELAPSED_MINUTES
    return working_minutes(plan.minutes_per_day, plan.minutes_per_week, plan.days_per_month)
