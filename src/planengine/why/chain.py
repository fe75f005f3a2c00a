"""What a date comes from: a chain of steps, each caused by the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from planengine.codec import Json
from planengine.compare.plain import plain
from planengine.model import Constraint, Link, Plan
from planengine.why.sentences import sentence

End = Literal["start", "finish", "late_start", "late_finish"]
"""Which date of an activity."""
Cause = Literal[
    "actual",
    "alap",
    "child",
    "constraint",
    "deadline",
    "duration",
    "levelling_delay",
    "link",
    "manual",
    "own",
    "project_finish",
    "project_start",
    "resume",
    "status_date",
    "summary",
]
"""What a date may be driven by.

`link` the other end of a link (perhaps of a summary above, see `Step.through`); `duration` the
activity's own other end and its duration; `child` the activity below that decides a summary's date;
`summary` a date given to a summary above; `constraint`, `deadline`, `actual` (recorded progress),
`resume` (when recorded work goes on), `manual` (a date typed by a person), `levelling_delay` and
`status_date` are decisions; `project_start` and `project_finish` are the plan's own ends; `own` a
late date that is the early one because nothing waits; `alap` an early date that is the late one.
"""
ROOTS: frozenset[Cause] = frozenset(
    ("actual", "constraint", "deadline", "manual", "project_start", "resume", "status_date")
)
"""Causes that have no cause but themselves: a chain ends there."""


@dataclass(frozen=True, slots=True)
class Point:
    """A date of an activity: `at` is an instant. `uid` is `None` for the plan's own dates, and
    `undelayed` is true for the date as it was before levelling delayed the activity.
    """

    uid: int | None
    end: End
    at: int
    undelayed: bool = False


@dataclass(frozen=True, slots=True)
class DaysOff:
    """Whole days without work, both day numbers included, and what the calendar calls them."""

    first_day: int
    last_day: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One date and what drives it.

    `target` is the instant the cause asks for and `date.at` where working time lets it be; `off`
    are the whole days without work between the two. `by` is the date it comes from, `None` when
    the cause has none. `link` and `lag` (seconds; working time unless the link says elapsed) belong
    to `link`, `through` is the summary above whose link or date it is, `constraint` belongs to
    `constraint`, `duration` (seconds) to `duration`, and `resource` is the resource whose calendar
    or work decided a finish. `only` is true when no other cause asks for the same date.
    """

    date: Point
    cause: Cause
    target: int
    by: Point | None = None
    link: Link | None = None
    lag: int = 0
    through: int | None = None
    constraint: Constraint | None = None
    duration: int = 0
    resource: int | None = None
    off: tuple[DaysOff, ...] = ()
    only: bool = True

    def sentence(self, plan: Plan, language: str = "en") -> str:
        """The step as a sentence in nb or en; names are taken from `plan`."""
        return sentence(self, plan, language)


@dataclass(frozen=True, slots=True)
class Chain:
    """Why a date is what it is: steps from the date asked about back to what has no cause but
    itself. Each step's `by` is the next step's `date`.
    """

    plan: Plan
    date: Point
    steps: tuple[Step, ...]

    @property
    def root(self) -> Step:
        """The last step: the decision or date everything before it follows from."""
        return self.steps[-1]

    def sentences(self, language: str = "en") -> tuple[str, ...]:
        """A sentence for each step, in nb or en."""
        return tuple(step.sentence(self.plan, language) for step in self.steps)

    def to_json(self) -> Json:
        """The chain as a JSON object, each step with its sentence in nb and en."""
        told = {name: self.sentences(name) for name in ("nb", "en")}
        return {
            "date": plain(self.date),
            "steps": [
                {**plain(step), "sentence": {name: lines[place] for name, lines in told.items()}}
                for place, step in enumerate(self.steps)
            ],
        }
