"""The plan itself: everything a schedule can be computed from, in one frozen value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from planengine.model.activities import Activity
from planengine.model.calendars import Calendar
from planengine.model.resources import Assignment, Resource


class LinkKind(StrEnum):
    """Which end of the predecessor binds which end of the successor."""

    FS = "FS"
    SS = "SS"
    FF = "FF"
    SF = "SF"


class LagFormat(StrEnum):
    """How a lag is measured: working time, wall clock, or percent of the predecessor's duration
    (working or elapsed).
    """

    WORKING = "working"
    ELAPSED = "elapsed"
    PERCENT = "percent"
    ELAPSED_PERCENT = "elapsed_percent"


LinkKey = tuple[int, int, LinkKind]
"""`(predecessor, successor, kind)`: a plan holds at most one link for each."""


@dataclass(frozen=True, slots=True)
class Link:
    """A dependency. `lag` is seconds, or whole percent for the percent formats; negative is a
    lead.
    """

    predecessor: int
    successor: int
    kind: LinkKind = LinkKind.FS
    lag: int = 0
    lag_format: LagFormat = LagFormat.WORKING

    @property
    def key(self) -> LinkKey:
        """What tells this link from the others."""
        return (self.predecessor, self.successor, self.kind)


class ScheduleFrom(StrEnum):
    """Whether dates are counted forward from the plan's start or back from its finish."""

    START = "start"
    FINISH = "finish"


class Profile(StrEnum):
    """Whose scheduling rules apply."""

    MSPROJECT = "msproject"
    P6 = "p6"


class LagCalendar(StrEnum):
    """Whose working time a lag is counted in; `ALWAYS` is the wall clock."""

    SUCCESSOR = "successor"
    PREDECESSOR = "predecessor"
    PROJECT = "project"
    ALWAYS = "always"


class ProgressLogic(StrEnum):
    """What holds back the rest of an activity that began before its predecessors were done.

    `RETAINED`: the rest waits for them. `OVERRIDE`: it goes on at once. `ACTUAL_DATES`: it goes on
    where its recorded work ended.
    """

    RETAINED = "retained"
    OVERRIDE = "override"
    ACTUAL_DATES = "actual_dates"


@dataclass(frozen=True, slots=True)
class ScheduleOptions:
    """Switches of the scheduling rules; the defaults are Microsoft Project's. `critical_slack` is
    seconds of working time. `lag_calendar` and `progress_logic` are heard in the `p6` profile only;
    `reschedule_uncompleted` moves what is left undone to after the status date.
    """

    profile: Profile = Profile.MSPROJECT
    critical_slack: int = 0
    multiple_critical_paths: bool = False
    honor_constraints: bool = True
    split_in_progress: bool = True
    move_completed_back: bool = False
    move_completed_forward: bool = False
    move_remaining_back: bool = False
    move_remaining_forward: bool = False
    reschedule_uncompleted: bool = False
    lag_calendar: LagCalendar = LagCalendar.SUCCESSOR
    progress_logic: ProgressLogic = ProgressLogic.RETAINED


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole plan, frozen. Two plans with the same content are equal whatever order their parts
    were given in.

    `start`, `finish` and `status_date` are instants. `activities` stand in outline order: a parent,
    then each child with its own children, in the order people see. The other collections are sorted
    on construction: calendars, resources and assignments by uid, links by key, properties by name.
    `properties` are free texts such as author or currency. Nothing is checked here; see
    `planengine.validate`.
    """

    name: str = ""
    start: int = 0
    finish: int | None = None
    status_date: int | None = None
    schedule_from: ScheduleFrom = ScheduleFrom.START
    minutes_per_day: int = 480
    minutes_per_week: int = 2400
    days_per_month: int = 20
    calendar: int | None = None
    options: ScheduleOptions = ScheduleOptions()
    properties: tuple[tuple[str, str], ...] = ()
    calendars: tuple[Calendar, ...] = ()
    resources: tuple[Resource, ...] = ()
    activities: tuple[Activity, ...] = ()
    links: tuple[Link, ...] = ()
    assignments: tuple[Assignment, ...] = ()

    def __post_init__(self) -> None:
        """Put the unordered collections in their one order, so that equal content is equal."""
        for field, key in _ORDERED:
            rows = getattr(self, field)
            arranged = tuple(sorted(rows, key=key))
            if rows != arranged:
                object.__setattr__(self, field, arranged)


def _by_uid(row: Any) -> int:
    return int(row.uid)


def _by_link(row: Link) -> tuple[int, int, str]:
    return (row.predecessor, row.successor, row.kind)


def _by_name(row: tuple[str, str]) -> tuple[str, str]:
    return row


_ORDERED: tuple[tuple[str, Callable[[Any], Any]], ...] = (
    ("calendars", _by_uid),
    ("resources", _by_uid),
    ("links", _by_link),
    ("assignments", _by_uid),
    ("properties", _by_name),
)
