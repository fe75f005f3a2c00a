"""Every way a plan can be changed, as frozen values with a `kind` that names them in JSON.

Field setters state the whole new value, never a step, so that applying one twice is applying it
once. Times are instants or seconds, money is hundredths, as in the model.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from planengine.model import (
    Activity,
    Assignment,
    Baseline,
    Calendar,
    CalendarException,
    Constraint,
    DurationUnit,
    EarnedMethod,
    Gap,
    Link,
    LinkKey,
    LinkKind,
    Mode,
    Plan,
    Progress,
    Resource,
    ScheduleFrom,
    ScheduleOptions,
    TaskType,
    ThreePoint,
)


class Edit:
    """A change to a plan. `kind` is its name in JSON, such as `activity.add`."""

    __slots__ = ()
    kind: ClassVar[str]


class ActivityFields(Edit):
    """An edit that sets the fields of one activity that have the same names as its own."""

    __slots__ = ()
    uid: int


class PlanFields(Edit):
    """An edit that sets the fields of the plan that have the same names as its own."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class AddActivity(Edit):
    """Add an activity under its `parent`, at `position` among the siblings (`None`: last).

    The caller chooses the uid.
    """

    kind: ClassVar[str] = "activity.add"
    activity: Activity
    position: int | None = None


@dataclass(frozen=True, slots=True)
class RemoveActivity(Edit):
    """Remove an activity with everything under it, their links and their assignments."""

    kind: ClassVar[str] = "activity.remove"
    uid: int


@dataclass(frozen=True, slots=True)
class MoveActivity(Edit):
    """Put an activity, with everything under it, under `parent` (`None`: the top) at `position`.

    `position` counts the new siblings without the activity itself; `None` is last. Indent, outdent
    and reorder are all this.
    """

    kind: ClassVar[str] = "activity.move"
    uid: int
    parent: int | None
    position: int | None = None


@dataclass(frozen=True, slots=True)
class RenameActivity(ActivityFields):
    """Give an activity a name."""

    kind: ClassVar[str] = "activity.rename"
    uid: int
    name: str


@dataclass(frozen=True, slots=True)
class SetNotes(ActivityFields):
    """Set an activity's notes."""

    kind: ClassVar[str] = "activity.notes"
    uid: int
    notes: str


@dataclass(frozen=True, slots=True)
class SetCode(ActivityFields):
    """Set an activity's own WBS text."""

    kind: ClassVar[str] = "activity.code"
    uid: int
    code: str


@dataclass(frozen=True, slots=True)
class SetDates(ActivityFields):
    """Set the stored start and finish."""

    kind: ClassVar[str] = "activity.dates"
    uid: int
    start: int | None
    finish: int | None


@dataclass(frozen=True, slots=True)
class SetDuration(ActivityFields):
    """Set the duration in seconds, and how it is counted and shown."""

    kind: ClassVar[str] = "activity.duration"
    uid: int
    duration: int
    elapsed: bool = False
    estimated: bool = False
    unit: DurationUnit = DurationUnit.DAYS


@dataclass(frozen=True, slots=True)
class SetEstimate(ActivityFields):
    """Set or clear the three-point estimate."""

    kind: ClassVar[str] = "activity.estimate"
    uid: int
    estimate: ThreePoint | None


@dataclass(frozen=True, slots=True)
class SetMilestone(ActivityFields):
    """Mark an activity as a milestone, or not."""

    kind: ClassVar[str] = "activity.milestone"
    uid: int
    milestone: bool


@dataclass(frozen=True, slots=True)
class SetMode(ActivityFields):
    """Let the engine or a person set the dates."""

    kind: ClassVar[str] = "activity.mode"
    uid: int
    mode: Mode


@dataclass(frozen=True, slots=True)
class SetConstraint(ActivityFields):
    """Set or clear the date constraint."""

    kind: ClassVar[str] = "activity.constraint"
    uid: int
    constraint: Constraint | None


@dataclass(frozen=True, slots=True)
class SetDeadline(ActivityFields):
    """Set or clear the deadline."""

    kind: ClassVar[str] = "activity.deadline"
    uid: int
    deadline: int | None


@dataclass(frozen=True, slots=True)
class SetCalendar(ActivityFields):
    """Set or clear the activity's own calendar."""

    kind: ClassVar[str] = "activity.calendar"
    uid: int
    calendar: int | None
    ignore_resource_calendars: bool = False


@dataclass(frozen=True, slots=True)
class SetResponsible(ActivityFields):
    """Set or clear the person responsible."""

    kind: ClassVar[str] = "activity.responsible"
    uid: int
    responsible: str | None


@dataclass(frozen=True, slots=True)
class SetPriority(ActivityFields):
    """Set the priority, 0–1000."""

    kind: ClassVar[str] = "activity.priority"
    uid: int
    priority: int


@dataclass(frozen=True, slots=True)
class SetCost(ActivityFields):
    """Set the fixed cost and the stored total."""

    kind: ClassVar[str] = "activity.cost"
    uid: int
    fixed_cost: int
    cost: int | None


@dataclass(frozen=True, slots=True)
class SetWork(ActivityFields):
    """Set the work, and which of work, units and duration stays."""

    kind: ClassVar[str] = "activity.work"
    uid: int
    work: int | None
    task_type: TaskType = TaskType.FIXED_UNITS
    effort_driven: bool = False


@dataclass(frozen=True, slots=True)
class SetEarnedMethod(ActivityFields):
    """Set how earned value is counted."""

    kind: ClassVar[str] = "activity.earned_method"
    uid: int
    earned_method: EarnedMethod


@dataclass(frozen=True, slots=True)
class SetProgress(ActivityFields):
    """Record what has happened."""

    kind: ClassVar[str] = "activity.progress"
    uid: int
    progress: Progress


@dataclass(frozen=True, slots=True)
class SplitActivity(ActivityFields):
    """Set the pauses in an activity; none joins it again."""

    kind: ClassVar[str] = "activity.split"
    uid: int
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class SetLevellingDelay(ActivityFields):
    """Set the delay levelling has given."""

    kind: ClassVar[str] = "activity.levelling_delay"
    uid: int
    levelling_delay: int


@dataclass(frozen=True, slots=True)
class SetActive(ActivityFields):
    """Take an activity out of the schedule without removing it, or put it back."""

    kind: ClassVar[str] = "activity.active"
    uid: int
    active: bool


@dataclass(frozen=True, slots=True)
class AddLink(Edit):
    """Add a link."""

    kind: ClassVar[str] = "link.add"
    link: Link


@dataclass(frozen=True, slots=True)
class ChangeLink(Edit):
    """Replace the link of `link_kind` between two activities by one with the same two ends."""

    kind: ClassVar[str] = "link.change"
    predecessor: int
    successor: int
    link_kind: LinkKind
    link: Link

    @property
    def key(self) -> LinkKey:
        """The link that is replaced."""
        return (self.predecessor, self.successor, self.link_kind)


@dataclass(frozen=True, slots=True)
class RemoveLink(Edit):
    """Remove the link of `link_kind` between two activities."""

    kind: ClassVar[str] = "link.remove"
    predecessor: int
    successor: int
    link_kind: LinkKind

    @property
    def key(self) -> LinkKey:
        """The link that is removed."""
        return (self.predecessor, self.successor, self.link_kind)


@dataclass(frozen=True, slots=True)
class AddResource(Edit):
    """Add a resource; the caller chooses the uid."""

    kind: ClassVar[str] = "resource.add"
    resource: Resource


@dataclass(frozen=True, slots=True)
class ChangeResource(Edit):
    """Replace the resource with the same uid."""

    kind: ClassVar[str] = "resource.change"
    resource: Resource


@dataclass(frozen=True, slots=True)
class RemoveResource(Edit):
    """Remove a resource and its assignments."""

    kind: ClassVar[str] = "resource.remove"
    uid: int


@dataclass(frozen=True, slots=True)
class AddAssignment(Edit):
    """Add an assignment; the caller chooses the uid."""

    kind: ClassVar[str] = "assignment.add"
    assignment: Assignment


@dataclass(frozen=True, slots=True)
class ChangeAssignment(Edit):
    """Replace the assignment with the same uid."""

    kind: ClassVar[str] = "assignment.change"
    assignment: Assignment


@dataclass(frozen=True, slots=True)
class RemoveAssignment(Edit):
    """Remove an assignment."""

    kind: ClassVar[str] = "assignment.remove"
    uid: int


@dataclass(frozen=True, slots=True)
class AddCalendar(Edit):
    """Add a calendar; the caller chooses the uid."""

    kind: ClassVar[str] = "calendar.add"
    calendar: Calendar


@dataclass(frozen=True, slots=True)
class ChangeCalendar(Edit):
    """Replace the calendar with the same uid."""

    kind: ClassVar[str] = "calendar.change"
    calendar: Calendar


@dataclass(frozen=True, slots=True)
class RemoveCalendar(Edit):
    """Remove a calendar nothing uses."""

    kind: ClassVar[str] = "calendar.remove"
    uid: int


@dataclass(frozen=True, slots=True)
class SetException(Edit):
    """Add a calendar exception, or replace the one for the same days."""

    kind: ClassVar[str] = "calendar.exception.set"
    calendar: int
    exception: CalendarException


@dataclass(frozen=True, slots=True)
class RemoveException(Edit):
    """Remove the calendar exception for exactly these days."""

    kind: ClassVar[str] = "calendar.exception.remove"
    calendar: int
    first_day: int
    last_day: int


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
