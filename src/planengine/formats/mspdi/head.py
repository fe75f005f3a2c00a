"""The project itself: its name, dates, calendar, rules and free texts."""

from __future__ import annotations

from typing import Any

from planengine.formats.account import Account
from planengine.formats.mspdi.values import Fields
from planengine.model import ScheduleFrom, ScheduleOptions

TEXTS = {
    "Title": "title",
    "Name": "file_name",
    "Author": "author",
    "Company": "company",
    "Manager": "manager",
    "Subject": "subject",
    "Category": "category",
    "Keywords": "keywords",
    "CurrencyCode": "currency_code",
    "CreationDate": "created",
    "CurrencySymbol": "currency_symbol",
    "LastSaved": "last_saved",
}
_KEPT = frozenset(
    (
        *TEXTS,
        *("StartDate", "FinishDate", "ScheduleFromStart", "CalendarUID", "MinutesPerDay"),
        *("MinutesPerWeek", "DaysPerMonth", "StatusDate", "CriticalSlackLimit"),
        *("HonorConstraints", "MultipleCriticalPaths", "SplitsInProgressTasks"),
        *("MoveCompletedEndsBack", "MoveCompletedEndsForward", "MoveRemainingStartsBack"),
        *("MoveRemainingStartsForward", "SaveVersion", "CurrentDate", "GUID", "UID"),
    )
)
_USUAL = {
    "CurrencyDigits": "2",
    "FYStartDate": "1",
    "DefaultStartTime": "08:00:00",
    "DefaultFinishTime": "17:00:00",
    "DefaultFixedCostAccrual": "3",
    "DurationFormat": "7",
    "WorkFormat": "2",
    "NewTasksEstimated": "1",
    "WeekStartDay": "1",
    "Autolink": "1",
    "ExtendedCreationDate": "1984-01-01T00:00:00",
    "InsertedProjectsLikeSummary": "1",
    "MicrosoftProjectServerURL": "1",
    "TaskUpdatesResource": "1",
    "ActualsInSync": "1",
    "AutoAddNewResourcesAndTasks": "1",
    "NewTasksEffortDriven": "1",
}
_ROWS = frozenset(("Calendars", "Tasks", "Resources", "Assignments"))


def read_head(row: Fields, summary: Fields | None, account: Account) -> dict[str, Any]:
    """The plan's own fields, as keyword arguments for `Plan`; `start` may be `None`."""
    per_day = _between(row, "MinutesPerDay", 480, 1440)
    texts = {key: row.text(name) for name, key in TEXTS.items() if row.text(name)}
    if summary is not None and summary.text("Notes"):
        texts["notes"] = summary.text("Notes")
        account.keep("notes")
    project = summary.text("Name") if summary is not None else ""
    _lose_settings(row, account)
    return {
        "name": row.text("Title") or project or row.text("Name").removesuffix(".xml"),
        "start": row.moment("StartDate"),
        "finish": row.moment("FinishDate"),
        "status_date": row.moment("StatusDate"),
        "schedule_from": _direction(row),
        "minutes_per_day": per_day,
        "minutes_per_week": _between(row, "MinutesPerWeek", 2400, 10_080),
        "days_per_month": _between(row, "DaysPerMonth", 20, 31),
        "options": _options(row, per_day),
        "properties": tuple(texts.items()),
    }


def _between(row: Fields, name: str, default: int, most: int) -> int:
    value = row.whole(name, default)
    if not 1 <= value <= most:
        raise row.fail("value.range", name, value)
    return value


def _direction(row: Fields) -> ScheduleFrom:
    forward = row.text("ScheduleFromStart") in ("", "1", "true")
    return ScheduleFrom.START if forward else ScheduleFrom.FINISH


def _options(row: Fields, per_day: int) -> ScheduleOptions:
    def on(name: str, default: bool) -> bool:
        return row.flag(name) if row.text(name) else default

    return ScheduleOptions(
        critical_slack=row.whole("CriticalSlackLimit") * per_day * 60,
        multiple_critical_paths=on("MultipleCriticalPaths", False),
        honor_constraints=on("HonorConstraints", True),
        split_in_progress=on("SplitsInProgressTasks", True),
        move_completed_back=on("MoveCompletedEndsBack", False),
        move_completed_forward=on("MoveCompletedEndsForward", False),
        move_remaining_back=on("MoveRemainingStartsBack", False),
        move_remaining_forward=on("MoveRemainingStartsForward", False),
    )


def _lose_settings(row: Fields, account: Account) -> None:
    for name, value in row.node.fields.items():
        known = name in _KEPT or name in _ROWS
        if not known and value not in ("", "0", _USUAL.get(name)):
            account.lose("setting", "Project", name)
    for name, nodes in row.node.groups.items():
        if name not in _ROWS:
            count = sum(len(items) for node in nodes for items in node.groups.values())
            account.lose("definition", "Project", name, count)
