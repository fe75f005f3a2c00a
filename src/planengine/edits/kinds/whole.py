"""Edits of baselines and of the plan as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from planengine.edits.kinds.base import Edit, PlanFields
from planengine.model import (
    Baseline,
    Plan,
    ScheduleFrom,
    ScheduleOptions,
)


@dataclass(frozen=True, slots=True)
class SetBaseline(Edit):
    """Store what is planned now as baseline `number`, for some activities or (`None`) all."""

    kind: ClassVar[str] = "baseline.set"
    number: int
    activities: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class ClearBaseline(Edit):
    """Forget baseline `number`, for some activities or (`None`) all."""

    kind: ClassVar[str] = "baseline.clear"
    number: int
    activities: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class BaselineOf:
    """A baseline and the uid of the activity it belongs to."""

    activity: int
    baseline: Baseline


@dataclass(frozen=True, slots=True)
class RestoreBaselines(Edit):
    """Give activities the baselines listed, each replacing the one of the same number."""

    kind: ClassVar[str] = "baseline.restore"
    rows: tuple[BaselineOf, ...]


@dataclass(frozen=True, slots=True)
class RenamePlan(PlanFields):
    """Give the plan a name."""

    kind: ClassVar[str] = "plan.rename"
    name: str


@dataclass(frozen=True, slots=True)
class SetPlanDates(PlanFields):
    """Set the plan's start and finish and which of them dates are counted from."""

    kind: ClassVar[str] = "plan.dates"
    start: int
    finish: int | None = None
    schedule_from: ScheduleFrom = ScheduleFrom.START


@dataclass(frozen=True, slots=True)
class SetStatusDate(PlanFields):
    """Set or clear the date progress is reported for."""

    kind: ClassVar[str] = "plan.status_date"
    status_date: int | None


@dataclass(frozen=True, slots=True)
class SetPlanCalendar(PlanFields):
    """Set or clear the plan's calendar."""

    kind: ClassVar[str] = "plan.calendar"
    calendar: int | None


@dataclass(frozen=True, slots=True)
class SetPlanHours(PlanFields):
    """Set what a day, a week and a month are when durations are shown or typed."""

    kind: ClassVar[str] = "plan.hours"
    minutes_per_day: int
    minutes_per_week: int
    days_per_month: int = 20


@dataclass(frozen=True, slots=True)
class SetOptions(PlanFields):
    """Set the switches of the scheduling rules."""

    kind: ClassVar[str] = "plan.options"
    options: ScheduleOptions


@dataclass(frozen=True, slots=True)
class SetProperties(PlanFields):
    """Set the plan's free texts, all of them."""

    kind: ClassVar[str] = "plan.properties"
    properties: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ReplacePlan(Edit):
    """Put another plan in the place of this one, as an import does."""

    kind: ClassVar[str] = "plan.replace"
    plan: Plan
