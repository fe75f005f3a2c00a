"""Activities: what is to be done, how long it takes and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ActivityKind(StrEnum):
    """What an activity is; derived from the outline and the duration, never stored."""

    TASK = "task"
    MILESTONE = "milestone"
    SUMMARY = "summary"


class Mode(StrEnum):
    """Who sets the dates: the engine (`AUTO`) or a person (`MANUAL`)."""

    AUTO = "auto"
    MANUAL = "manual"


class TaskType(StrEnum):
    """Which corner of duration × units = work stays when another one changes."""

    FIXED_UNITS = "fixed_units"
    FIXED_DURATION = "fixed_duration"
    FIXED_WORK = "fixed_work"


class DurationUnit(StrEnum):
    """The unit a person wrote a duration in; for showing only, the value is in seconds."""

    MINUTES = "m"
    HOURS = "h"
    DAYS = "d"
    WEEKS = "w"
    MONTHS = "mo"


class ConstraintKind(StrEnum):
    """The date constraints of Microsoft Project; *as soon as possible* is having none."""

    AS_LATE_AS_POSSIBLE = "ALAP"
    MUST_START_ON = "MSO"
    MUST_FINISH_ON = "MFO"
    START_NO_EARLIER_THAN = "SNET"
    START_NO_LATER_THAN = "SNLT"
    FINISH_NO_EARLIER_THAN = "FNET"
    FINISH_NO_LATER_THAN = "FNLT"


class EarnedMethod(StrEnum):
    """How earned value is counted.

    `PERCENT` complete and `PHYSICAL` percent are the two other tools know. `ZERO_HUNDRED` earns at
    the finish, `FIFTY_FIFTY` half at the start, `MILESTONES` the weights of the steps reached,
    `EFFORT` the share of the work done, `LEVEL_OF_EFFORT` whatever is planned by now.
    """

    PERCENT = "percent"
    PHYSICAL = "physical"
    ZERO_HUNDRED = "zero_hundred"
    FIFTY_FIFTY = "fifty_fifty"
    MILESTONES = "milestones"
    EFFORT = "effort"
    LEVEL_OF_EFFORT = "level_of_effort"


@dataclass(frozen=True, slots=True)
class Constraint:
    """A date constraint; `date` is an instant, and `None` only for *as late as possible*."""

    kind: ConstraintKind
    date: int | None = None


class Reading(StrEnum):
    """How the three points of an estimate are read.

    `ERLANG`: low is P10, high is P90, likely the mode (successive calculation, the Norwegian
    practice). The others take low and high as the outermost values: `TRIANGULAR`; `PERT`, the beta
    distribution with mean (a + 4m + b) / 6; `PROSJEKTVEIVISEREN`, the same with (a + 3m + b) / 5;
    `UNIFORM`, without the likely value.
    """

    ERLANG = "erlang"
    TRIANGULAR = "triangular"
    PERT = "pert"
    PROSJEKTVEIVISEREN = "prosjektveiviseren"
    UNIFORM = "uniform"


@dataclass(frozen=True, slots=True)
class ThreePoint:
    """Low, most likely and high duration in seconds, `low <= likely <= high`.

    `reading` is how these three are read whatever is asked of the plan; `None` as asked.
    """

    low: int
    likely: int
    high: int
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """A pause inside a split activity: instants, `start < finish`, work resumes at `finish`."""

    start: int
    finish: int


@dataclass(frozen=True, slots=True)
class Progress:
    """What has happened. Instants and seconds of working time; work in person-seconds; money in
    hundredths.

    `percent` (0–100) is of the duration, `physical_percent` of the result. `remaining` is the
    duration left; `None` means duration minus `actual_duration`. `stop` and `resume` say where
    recorded work ended and the rest begins.
    """

    percent: float = 0.0
    physical_percent: float | None = None
    actual_start: int | None = None
    actual_finish: int | None = None
    actual_duration: int | None = None
    remaining: int | None = None
    stop: int | None = None
    resume: int | None = None
    actual_work: int | None = None
    actual_cost: int | None = None


NOT_STARTED = Progress()
"""No progress at all; shared by every activity that has not begun."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """What was promised: baseline `number` 0–10, instants, seconds of working time, person-seconds,
    hundredths.
    """

    number: int
    start: int | None = None
    finish: int | None = None
    duration: int | None = None
    work: int | None = None
    cost: int | None = None


@dataclass(frozen=True, slots=True)
class Activity:
    """One row of the plan. `uid` is positive, never changes and is never used again.

    Times: `start`, `finish`, `deadline` are instants as last stored; `duration` is seconds of
    working time (of wall clock when `elapsed`), gaps not counted; `work` is person-seconds;
    `levelling_delay` is wall-clock seconds. Money (`fixed_cost`, `cost`) is in hundredths of the
    currency; `cost` is the stored total, `None` when unknown. `priority` is 0–1000 and 1000 is
    never moved by levelling. `responsible` is an opaque id of a person; `code` the organisation's
    own WBS text. `baselines` are kept sorted by number. Children follow their parent in
    `Plan.activities`; a milestone is an activity without children that is marked so or has no
    duration.
    """

    uid: int
    name: str
    parent: int | None = None
    duration: int = 0
    elapsed: bool = False
    unit: DurationUnit = DurationUnit.DAYS
    estimated: bool = False
    milestone: bool = False
    mode: Mode = Mode.AUTO
    start: int | None = None
    finish: int | None = None
    constraint: Constraint | None = None
    deadline: int | None = None
    calendar: int | None = None
    ignore_resource_calendars: bool = False
    priority: int = 500
    progress: Progress = NOT_STARTED
    gaps: tuple[Gap, ...] = ()
    estimate: ThreePoint | None = None
    task_type: TaskType = TaskType.FIXED_UNITS
    effort_driven: bool = False
    work: int | None = None
    fixed_cost: int = 0
    cost: int | None = None
    earned_method: EarnedMethod = EarnedMethod.PERCENT
    levelling_delay: int = 0
    active: bool = True
    responsible: str | None = None
    code: str = ""
    notes: str = ""
    baselines: tuple[Baseline, ...] = ()

    def __post_init__(self) -> None:
        """Sort several baselines by number, so that equal content is equal."""
        if len(self.baselines) > 1:
            ordered = tuple(sorted(self.baselines, key=lambda row: row.number))
            object.__setattr__(self, "baselines", ordered)
