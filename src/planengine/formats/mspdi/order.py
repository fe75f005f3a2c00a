"""The order of elements Microsoft's schema demands, and texts as it wants them.

The order is that of “Project XML Data Interchange” (mspdi_pj12.xsd), with the elements of
manually scheduled and inactive tasks where Microsoft Project 2010 puts them. Only elements the
writer uses are listed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.sax.saxutils import escape

from planengine.instants import moment

PROJECT = (
    *("SaveVersion", "Name", "Title", "Subject", "Category", "Company", "Manager", "Author"),
    *("CreationDate", "LastSaved", "ScheduleFromStart", "StartDate", "FinishDate", "FYStartDate"),
    *("CriticalSlackLimit", "CurrencyDigits", "CurrencySymbol", "CurrencyCode", "CalendarUID"),
    *("DefaultStartTime", "DefaultFinishTime", "MinutesPerDay", "MinutesPerWeek", "DaysPerMonth"),
    *("DurationFormat", "WorkFormat", "HonorConstraints", "MultipleCriticalPaths"),
    *("SplitsInProgressTasks", "MoveCompletedEndsBack", "MoveRemainingStartsBack"),
    *("MoveRemainingStartsForward", "MoveCompletedEndsForward", "StatusDate"),
    "NewTasksAreManual",
)
TASK = (
    *("UID", "ID", "Name", "Active", "Manual", "Type", "IsNull", "WBS", "OutlineNumber"),
    *("OutlineLevel", "Priority", "Start", "Finish", "Duration", "ManualStart", "ManualFinish"),
    *("ManualDuration", "DurationFormat", "Work", "Stop", "Resume", "EffortDriven", "Estimated"),
    *("Milestone", "Summary", "Critical", "EarlyStart", "EarlyFinish", "LateStart", "LateFinish"),
    *("FreeSlack", "TotalSlack", "StartSlack", "FinishSlack", "FixedCost", "PercentComplete"),
    *("Cost", "ActualStart", "ActualFinish", "ActualDuration", "ActualCost", "ActualWork"),
    *("RemainingDuration", "ConstraintType", "CalendarUID", "ConstraintDate", "Deadline"),
    *("LevelingDelay", "LevelingDelayFormat", "IgnoreResourceCalendar", "Notes"),
    *("PhysicalPercentComplete", "EarnedValueMethod"),
)
RESOURCE = (
    *("UID", "ID", "Name", "Type", "IsNull", "Initials", "MaterialLabel", "Group"),
    *("EmailAddress", "MaxUnits", "StandardRate", "StandardRateFormat", "OvertimeRate"),
    *("OvertimeRateFormat", "CostPerUse", "CalendarUID", "Notes", "IsGeneric", "IsInactive"),
    "IsCostResource",
)
ASSIGNMENT = (
    *("UID", "TaskUID", "ResourceUID", "ActualCost", "ActualFinish", "ActualStart"),
    *("ActualWork", "Cost", "CostRateTable", "Delay", "Finish", "LevelingDelay"),
    *("LevelingDelayFormat", "OvertimeWork", "RemainingWork", "Start", "Units", "Work"),
    "WorkContour",
)
LONGEST_NAME = 512
"""Characters Microsoft's schema allows in names and other short texts."""
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_RETURN = {"\r": "&#13;"}


def elements(order: tuple[str, ...], fields: Mapping[str, str | None], indent: str) -> list[str]:
    """Lines of XML for the fields that have a text, in the schema's order."""
    return [
        f"{indent}<{name}>{text}</{name}>"
        for name in order
        if (text := fields.get(name)) is not None
    ]


def writable(text: str) -> str:
    """The text as a reader will give it back: without characters XML cannot hold, and trimmed."""
    return _UNWRITABLE.sub("", text).strip()


def escaped(text: str) -> str:
    """A writable text with its special characters escaped."""
    return escape(text, _RETURN)


def when(value: int | None) -> str | None:
    """An instant as the file writes it."""
    return None if value is None else f"{moment(value):%Y-%m-%dT%H:%M:%S}".rjust(19, "0")


def span(seconds: int | None) -> str | None:
    """Seconds as `PT8H30M0S`."""
    if seconds is None:
        return None
    minutes, rest = divmod(abs(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{'-' if seconds < 0 else ''}PT{hours}H{minutes}M{rest}S"


def clock(seconds: int) -> str:
    """Seconds after midnight as a time of day; midnight at the end is `00:00:00`."""
    return f"{seconds // 3600 % 24:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def flag(value: bool) -> str:
    """`1` or `0`."""
    return "1" if value else "0"
