"""Edits of one activity and its place in the outline.

Field setters state the whole new value, never a step, so that applying one twice is applying it
once. Times are instants or seconds, money is hundredths, as in the model.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from planengine.edits.kinds.base import ActivityFields, Edit
from planengine.model import (
    Activity,
    Constraint,
    DurationUnit,
    EarnedMethod,
    Gap,
    Mode,
    Progress,
    TaskType,
    ThreePoint,
)


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
