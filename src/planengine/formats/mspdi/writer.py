"""From a plan to Microsoft Project XML, with an account of what the format has no place for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from planengine.formats.account import Account, Loss, Repair, tell
from planengine.formats.mspdi.head import TEXTS
from planengine.formats.mspdi.order import PROJECT, clock, elements, escaped, flag, when, writable
from planengine.formats.mspdi.write_calendars import CalendarRows
from planengine.formats.mspdi.write_resources import AssignmentRows, resource_rows
from planengine.formats.mspdi.write_tasks import Dated, TaskLines
from planengine.formats.mspdi.xml import NAMESPACE
from planengine.model import Calendar, Plan, ScheduleFrom, ScheduleOptions
from planengine.working_days import WorkingDays

_VERSION = "14"
"""Microsoft Project 2010, the first with manual and inactive tasks."""
_RULES = ("profile", "lag_calendar", "progress_logic", "reschedule_uncompleted")
_DATES = frozenset(("CreationDate", "LastSaved"))


@dataclass(frozen=True, slots=True)
class ExportResult:
    """A plan as Microsoft Project XML, and the account of it.

    `data` is UTF-8. `kept` counts by kind as an import of the file would; `lost` lists what the
    format has no place for; `warnings` what was written in another way.
    """

    data: bytes
    kept: Mapping[str, int]
    lost: tuple[Loss, ...]
    warnings: tuple[Repair, ...]

    def describe(self, language: str = "en") -> tuple[str, ...]:
        """The account in plain sentences in nb or en: kept, not kept, changed."""
        return tell(self.kept, self.lost, self.warnings, language)


def write(plan: Plan, dates: Mapping[int, Dated] | None = None) -> ExportResult:
    """Write a sound plan as Microsoft Project XML (MSPDI as of 2010).

    `dates` gives, by uid, the computed dates and slack to write (a schedule's, say); without it
    stored starts and finishes are written. Reading the file gives the plan back but for what
    `lost` and `warnings` say, and the placeholder assignments that hold the pauses of split
    activities nobody is assigned to. Linear time. Raises `OverflowError` for instants outside the
    years 1–9999, which a sound plan does not have.
    """
    account = Account()
    days = WorkingDays(plan.calendars)
    calendars = CalendarRows(plan, account)
    assignments = AssignmentRows(plan, days, account)
    tasks = TaskLines(plan, dates or {}, account)
    lines = chain(
        _head(plan, account),
        calendars.lines(),
        tasks.lines(),
        resource_rows(plan, account),
        assignments.lines(),
        ("</Project>", ""),
    )
    data = "\n".join(lines).encode()
    return ExportResult(data, dict(account.kept), account.losses(), tuple(account.warnings))


def _head(plan: Plan, account: Account) -> list[str]:
    options = plan.options
    start, finish = _office_hours(plan)
    per_day = plan.minutes_per_day * 60
    if options.critical_slack % per_day:
        account.lose("rounded", "Project", "CriticalSlackLimit")
    usual = ScheduleOptions()
    for name in _RULES:
        if getattr(options, name) != getattr(usual, name):
            account.lose("profile", "Project", name)
    fields: dict[str, str | None] = {
        "SaveVersion": _VERSION,
        **_texts(plan, account),
        "ScheduleFromStart": flag(plan.schedule_from is ScheduleFrom.START),
        "StartDate": when(plan.start),
        "FinishDate": when(plan.finish),
        "FYStartDate": "1",
        "CriticalSlackLimit": str(round(options.critical_slack / per_day)),
        "CalendarUID": None if plan.calendar is None else str(plan.calendar),
        "DefaultStartTime": clock(start),
        "DefaultFinishTime": clock(finish),
        "MinutesPerDay": str(plan.minutes_per_day),
        "MinutesPerWeek": str(plan.minutes_per_week),
        "DaysPerMonth": str(plan.days_per_month),
        "DurationFormat": "7",
        "WorkFormat": "2",
        "HonorConstraints": flag(options.honor_constraints),
        "MultipleCriticalPaths": flag(options.multiple_critical_paths),
        "SplitsInProgressTasks": flag(options.split_in_progress),
        "MoveCompletedEndsBack": flag(options.move_completed_back),
        "MoveRemainingStartsBack": flag(options.move_remaining_back),
        "MoveRemainingStartsForward": flag(options.move_remaining_forward),
        "MoveCompletedEndsForward": flag(options.move_completed_forward),
        "StatusDate": when(plan.status_date),
        "NewTasksAreManual": "0",
    }
    return [
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
        f'<Project xmlns="{NAMESPACE}">',
        *elements(PROJECT, fields, "  "),
    ]


def _texts(plan: Plan, account: Account) -> dict[str, str | None]:
    """The plan's name as title, and its free texts; the notes go with the project's own task."""
    names = {key: name for name, key in TEXTS.items()}
    found: dict[str, str | None] = {}
    for key, value in plan.properties:
        name, text = names.get(key), writable(value)
        if key == "notes":
            continue
        if name is None or (name in _DATES and not _is_date(text)):
            account.lose("property", "Project", key)
            continue
        if text != value or not text:
            account.lose("text", "Project", name)
        found[name] = escaped(text) or None
    title = writable(plan.name)
    if title != plan.name or found.get("Title", escaped(title)) != escaped(title):
        account.lose("text", "Project", "Title")
    if title:
        found["Title"] = escaped(title)
    return found


def _is_date(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return "T" in text


def _office_hours(plan: Plan) -> tuple[int, int]:
    """When the first day with work in the plan's own week begins and ends."""
    by_uid: dict[int | None, Calendar] = {row.uid: row for row in plan.calendars}
    row, seen = by_uid.get(plan.calendar), 0
    while row is not None and seen <= len(by_uid):
        for hours in row.week:
            if hours:
                return hours[0][0], hours[-1][1]
        row, seen = by_uid.get(row.base), seen + 1
    return 8 * 3600, 17 * 3600
