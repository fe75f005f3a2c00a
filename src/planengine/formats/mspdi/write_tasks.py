"""Tasks for the file: activities with their outline, links and baselines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

from planengine.formats.account import Account
from planengine.formats.mspdi.order import TASK, elements, escaped, flag, span, when, writable
from planengine.formats.mspdi.tasks import CONSTRAINTS, LINK_KINDS, TASK_TYPES
from planengine.formats.mspdi.write_calendars import named
from planengine.model import (
    NOT_STARTED,
    Activity,
    ActivityKind,
    Baseline,
    DurationUnit,
    EarnedMethod,
    LagFormat,
    Link,
    Mode,
    Plan,
    Progress,
)
from planengine.outline import Outline, outline_numbers

_UNITS = {
    DurationUnit.MINUTES: 3,
    DurationUnit.HOURS: 5,
    DurationUnit.DAYS: 7,
    DurationUnit.WEEKS: 9,
    DurationUnit.MONTHS: 11,
}
_LAG_FORMATS = {
    LagFormat.WORKING: 7,
    LagFormat.ELAPSED: 8,
    LagFormat.PERCENT: 19,
    LagFormat.ELAPSED_PERCENT: 20,
}
_PERCENT = (LagFormat.PERCENT, LagFormat.ELAPSED_PERCENT)
_EARNED = (EarnedMethod.PERCENT, EarnedMethod.PHYSICAL)


class Dated(Protocol):
    """Computed dates of one activity: instants, and slack in seconds of working time."""

    @property
    def start(self) -> int: ...
    @property
    def finish(self) -> int: ...
    @property
    def early_start(self) -> int: ...
    @property
    def early_finish(self) -> int: ...
    @property
    def late_start(self) -> int: ...
    @property
    def late_finish(self) -> int: ...
    @property
    def start_slack(self) -> int: ...
    @property
    def finish_slack(self) -> int: ...
    @property
    def total_slack(self) -> int: ...
    @property
    def free_slack(self) -> int: ...
    @property
    def is_critical(self) -> bool: ...


class TaskLines:
    """The tasks of a plan as the file holds them."""

    def __init__(self, plan: Plan, dates: Mapping[int, Dated], account: Account) -> None:
        self._plan = plan
        self._dates = dates
        self._account = account
        self._outline = Outline(plan)
        self._numbers = outline_numbers(plan)
        self._levels = self._outline.levels()
        self._links: dict[int, list[Link]] = {}
        for link in plan.links:
            self._links.setdefault(link.successor, []).append(link)

    def lines(self) -> Iterator[str]:
        """The `Tasks` element; task 0 is the project itself."""
        yield "  <Tasks>"
        yield from self._project()
        for place, row in enumerate(self._plan.activities, 1):
            yield from self._task(place, row)
        yield "  </Tasks>"

    def _project(self) -> Iterator[str]:
        notes = dict(self._plan.properties).get("notes")
        self._account.keep("notes", notes is not None)
        yield "    <Task>"
        fields: dict[str, str | None] = {
            "UID": "0",
            "ID": "0",
            "Name": escaped(writable(self._plan.name)) or None,
            "Type": "1",
            "IsNull": "0",
            "OutlineNumber": "0",
            "OutlineLevel": "0",
            "Summary": "1",
            "Notes": None if notes is None else self._text(notes, "Task UID=0", "Notes"),
        }
        yield from elements(TASK, fields, "      ")
        yield "    </Task>"

    def _text(self, value: str, where: str, name: str) -> str | None:
        text = writable(value)
        if text != value:
            self._account.lose("text", where, name)
        return escaped(text) or None

    def _task(self, place: int, row: Activity) -> Iterator[str]:
        where = f"Task UID={row.uid}"
        kind = self._outline.kind(row.uid)
        account = self._account
        account.keep("activity")
        account.keep("summary", kind is ActivityKind.SUMMARY)
        account.keep("milestone", kind is ActivityKind.MILESTONE)
        fields: dict[str, str | None] = {
            "UID": str(row.uid),
            "ID": str(place),
            "Name": named(row.name, where, account),
            "IsNull": "0",
            "WBS": self._text(row.code, where, "WBS") if row.code else None,
            "OutlineNumber": self._numbers.get(row.uid),
            "OutlineLevel": str(self._levels.get(row.uid, 1)),
            "Summary": flag(kind is ActivityKind.SUMMARY),
            "Notes": self._text(row.notes, where, "Notes") if row.notes else None,
        }
        account.keep("notes", bool(row.notes))
        fields |= _plain(row) | self._when(row) | _constraint(row, account)
        fields |= _progress(row, where, account)
        _lose(row, where, account)
        yield "    <Task>"
        yield from elements(TASK, fields, "      ")
        yield from self._predecessors(row.uid, where)
        for baseline in row.baselines:
            yield from _baseline(baseline, _duration_format(row))
        account.keep("baseline", len(row.baselines))
        yield "    </Task>"

    def _when(self, row: Activity) -> dict[str, str | None]:
        dates = self._dates.get(row.uid)
        if dates is None:
            return {"Start": when(row.start), "Finish": when(row.finish)} | _manual(row)
        slacks = {
            "FreeSlack": dates.free_slack,
            "TotalSlack": dates.total_slack,
            "StartSlack": dates.start_slack,
            "FinishSlack": dates.finish_slack,
        }
        return {
            "Start": when(dates.start),
            "Finish": when(dates.finish),
            "EarlyStart": when(dates.early_start),
            "EarlyFinish": when(dates.early_finish),
            "LateStart": when(dates.late_start),
            "LateFinish": when(dates.late_finish),
            "Critical": flag(dates.is_critical),
            **{name: str(_tenths(seconds)) for name, seconds in slacks.items()},
        } | _manual(row)

    def _predecessors(self, uid: int, where: str) -> Iterator[str]:
        seen: set[int] = set()
        for link in self._links.get(uid, ()):
            percent = link.lag_format in _PERCENT
            if not percent and link.lag % 6:
                self._account.lose("rounded", where, "LinkLag")
            if link.predecessor in seen:
                self._account.warn("link.pair", where, f"Task UID={link.predecessor}")
            seen.add(link.predecessor)
            yield "      <PredecessorLink>"
            yield f"        <PredecessorUID>{link.predecessor}</PredecessorUID>"
            yield f"        <Type>{LINK_KINDS.index(link.kind)}</Type>"
            yield "        <CrossProject>0</CrossProject>"
            yield f"        <LinkLag>{link.lag if percent else _tenths(link.lag)}</LinkLag>"
            yield f"        <LagFormat>{_LAG_FORMATS[link.lag_format]}</LagFormat>"
            yield "      </PredecessorLink>"
        self._account.keep("link", len(self._links.get(uid, ())))


def _tenths(seconds: int) -> int:
    """Tenths of a minute, the format's unit of lag, delay and slack."""
    return round(seconds / 6)


def _duration_format(row: Activity) -> str:
    return str(_UNITS[row.unit] + row.elapsed + 32 * row.estimated)


def _plain(row: Activity) -> dict[str, str | None]:
    return {
        "Active": flag(row.active),
        "Manual": flag(row.mode is Mode.MANUAL),
        "Type": str(TASK_TYPES.index(row.task_type)),
        "Priority": str(row.priority),
        "Duration": span(row.duration),
        "DurationFormat": _duration_format(row),
        "Work": span(row.work),
        "EffortDriven": flag(row.effort_driven),
        "Estimated": flag(row.estimated),
        "Milestone": flag(row.milestone),
        "FixedCost": str(row.fixed_cost),
        "Cost": None if row.cost is None else str(row.cost),
        "CalendarUID": str(-1 if row.calendar is None else row.calendar),
        "LevelingDelay": str(_tenths(row.levelling_delay)),
        "LevelingDelayFormat": "8",
        "IgnoreResourceCalendar": flag(row.ignore_resource_calendars),
        "EarnedValueMethod": flag(row.earned_method is EarnedMethod.PHYSICAL),
    }


def _manual(row: Activity) -> dict[str, str | None]:
    if row.mode is not Mode.MANUAL:
        return {}
    return {
        "ManualStart": when(row.start),
        "ManualFinish": when(row.finish),
        "ManualDuration": span(row.duration),
    }


def _constraint(row: Activity, account: Account) -> dict[str, str | None]:
    account.keep("constraint", row.constraint is not None)
    account.keep("deadline", row.deadline is not None)
    kind = None if row.constraint is None else row.constraint.kind
    return {
        "ConstraintType": str(CONSTRAINTS.index(kind)),
        "ConstraintDate": None if row.constraint is None else when(row.constraint.date),
        "Deadline": when(row.deadline),
    }


def _progress(row: Activity, where: str, account: Account) -> dict[str, str | None]:
    done: Progress = row.progress
    for name, share in (("PercentComplete", done.percent), ("Physical", done.physical_percent)):
        if share is not None and share != round(share):
            account.lose("rounded", where, name)
    left = done.remaining
    if left is None:
        left = max(row.duration - (done.actual_duration or 0), 0)
    account.keep("progress", done != NOT_STARTED)
    physical = done.physical_percent
    return {
        "PercentComplete": str(round(done.percent)),
        "PhysicalPercentComplete": None if physical is None else str(round(physical)),
        "ActualStart": when(done.actual_start),
        "ActualFinish": when(done.actual_finish),
        "ActualDuration": span(done.actual_duration or 0),
        "RemainingDuration": span(left),
        "Stop": when(done.stop),
        "Resume": when(done.resume),
        "ActualWork": span(done.actual_work),
        "ActualCost": None if done.actual_cost is None else str(done.actual_cost),
    }


def _lose(row: Activity, where: str, account: Account) -> None:
    """Count what tasks of Microsoft Project have no field for."""
    account.lose("estimate", where, "", row.estimate is not None)
    account.lose("person", where, "Task", row.responsible is not None)
    account.lose("rounded", where, "LevelingDelay", row.levelling_delay % 6 != 0)
    account.lose("earned_method", where, str(row.earned_method), row.earned_method not in _EARNED)


def _baseline(row: Baseline, form: str) -> Iterator[str]:
    fields = {
        "Number": str(row.number),
        "Start": when(row.start),
        "Finish": when(row.finish),
        "Duration": span(row.duration),
        "DurationFormat": form,
        "Work": span(row.work),
        "Cost": None if row.cost is None else str(row.cost),
    }
    yield "      <Baseline>"
    yield from elements(tuple(fields), fields, "        ")
    yield "      </Baseline>"
