"""Resources and assignments for the file; pauses of split activities as day-by-day work."""

from __future__ import annotations

from collections.abc import Iterator

from planengine.formats.account import Account
from planengine.formats.mspdi.order import (
    ASSIGNMENT,
    RESOURCE,
    elements,
    escaped,
    flag,
    span,
    when,
    writable,
)
from planengine.formats.mspdi.resources import CONTOURS, UNASSIGNED
from planengine.formats.mspdi.splits import Span, Spent, find_gaps
from planengine.formats.mspdi.write_calendars import named
from planengine.instants import DAY
from planengine.model import (
    Activity,
    Assignment,
    Plan,
    Rate,
    RateUnit,
    Resource,
    ResourceKind,
)
from planengine.working_days import WorkingDays

_CONTOURED = len(CONTOURS) - 1
_RATE_FORMATS = {
    RateUnit.MINUTE: 1,
    RateUnit.HOUR: 2,
    RateUnit.DAY: 3,
    RateUnit.WEEK: 4,
    RateUnit.MONTH: 5,
    RateUnit.YEAR: 7,
    RateUnit.UNIT: 8,
}


def resource_rows(plan: Plan, account: Account) -> Iterator[str]:
    """The `Resources` element."""
    yield "  <Resources>"
    for place, row in enumerate(plan.resources, 1):
        yield "    <Resource>"
        yield from elements(RESOURCE, _resource(plan, place, row, account), "      ")
        yield "    </Resource>"
    yield "  </Resources>"


def _resource(plan: Plan, place: int, row: Resource, account: Account) -> dict[str, str | None]:
    where = f"Resource UID={row.uid}"
    rates = (row.standard_rate, row.overtime_rate)
    is_material = any(rate is not None and rate.unit is RateUnit.UNIT for rate in rates)
    account.keep("resource")
    account.keep("notes", bool(row.notes))
    account.lose("person", where, "Resource", row.person is not None)
    if any(rate is not None and not _is_exact(rate, is_material) for rate in rates):
        account.lose("rate_unit", where, "Rates")

    def text(name: str, value: str) -> str | None:
        found = writable(value)
        if found != value:
            account.lose("text", where, name)
        return escaped(found) or None

    return {
        "UID": str(row.uid),
        "ID": str(place),
        "Name": named(row.name, where, account),
        "Type": flag(row.kind is ResourceKind.WORK),
        "IsNull": "0",
        "Initials": text("Initials", row.initials),
        "MaterialLabel": text("MaterialLabel", row.material_label),
        "Group": text("Group", row.group),
        "EmailAddress": text("EmailAddress", row.email),
        "MaxUnits": repr(float(row.max_units)),
        "StandardRate": _hourly(plan, row.standard_rate),
        "StandardRateFormat": "8" if is_material else _rate_format(row.standard_rate),
        "OvertimeRate": _hourly(plan, row.overtime_rate),
        "OvertimeRateFormat": "2" if is_material else _rate_format(row.overtime_rate),
        "CostPerUse": str(row.cost_per_use),
        "CalendarUID": str(-1 if row.calendar is None else row.calendar),
        "Notes": text("Notes", row.notes),
        "IsGeneric": flag(row.generic),
        "IsInactive": flag(not row.active),
        "IsCostResource": flag(row.kind is ResourceKind.COST),
    }


def _is_exact(rate: Rate, is_material: bool) -> bool:
    """True when a reader finds the same rate again: rates are stored for one hour, or one unit."""
    return rate.amount != 0 and rate.unit is (RateUnit.UNIT if is_material else RateUnit.HOUR)


def _rate_format(rate: Rate | None) -> str:
    return str(_RATE_FORMATS[RateUnit.HOUR if rate is None else rate.unit])


def _hourly(plan: Plan, rate: Rate | None) -> str:
    """A rate in the currency itself for one hour, however it is shown."""
    if rate is None:
        return "0"
    per_day = plan.minutes_per_day / 60
    hours = {
        RateUnit.MINUTE: 1 / 60,
        RateUnit.DAY: per_day,
        RateUnit.WEEK: plan.minutes_per_week / 60,
        RateUnit.MONTH: per_day * plan.days_per_month,
        RateUnit.YEAR: plan.minutes_per_week / 60 * 52,
    }.get(rate.unit, 1)
    return f"{rate.amount / 100 / hours:.6f}".rstrip("0").rstrip(".")


class AssignmentRows:
    """The assignments of a plan as the file holds them.

    A split activity's work is written day by day, because that is where the format keeps pauses;
    one that nobody is assigned to gets the placeholder Microsoft Project gives such activities.
    """

    def __init__(self, plan: Plan, days: WorkingDays, account: Account) -> None:
        self._plan = plan
        self._days = days
        self._account = account
        self._split = {row.uid: row for row in plan.activities if row.gaps}
        self._spent: dict[int, list[Spent]] = {}

    def lines(self) -> Iterator[str]:
        """The `Assignments` element."""
        yield "  <Assignments>"
        assigned = set()
        for row in self._plan.assignments:
            assigned.add(row.activity)
            yield from self._assignment(row)
        unused = max((row.uid for row in self._plan.assignments), default=0) + 1
        for activity in self._split.values():
            if activity.uid not in assigned:
                yield from self._assignment(
                    Assignment(unused, activity.uid, start=activity.start, finish=activity.finish)
                )
                unused += 1
        self._count_gaps()
        yield "  </Assignments>"

    def _assignment(self, row: Assignment) -> Iterator[str]:
        activity = self._split.get(row.activity)
        parts = [] if activity is None else list(self._parts(activity))
        worked = tuple(part for part, work in parts if work)
        self._spent.setdefault(row.activity, []).append(Spent(row.resource, worked))
        self._account.keep("assignment")
        yield "    <Assignment>"
        fields = _assignment(row, self._contour(row, bool(parts)), self._account)
        yield from elements(ASSIGNMENT, fields, "      ")
        for (start, finish), work in parts:
            value = round(work * row.units)
            yield "      <TimephasedData>"
            yield "        <Type>1</Type>"
            yield f"        <UID>{row.uid}</UID>"
            yield f"        <Start>{when(start)}</Start>"
            yield f"        <Finish>{when(finish)}</Finish>"
            yield "        <Unit>2</Unit>"
            yield f"        <Value>{span(max(value, 1) if work else 0)}</Value>"
            yield "      </TimephasedData>"
        yield "    </Assignment>"

    def _contour(self, row: Assignment, is_split: bool) -> int:
        where = f"Assignment UID={row.uid}"
        if row.contour and row.contour not in CONTOURS:
            self._account.lose("contour", where, row.contour)
        if is_split and row.contour != CONTOURS[_CONTOURED]:
            self._account.lose("contour", where, row.contour or CONTOURS[0])
        if is_split:
            return _CONTOURED
        return CONTOURS.index(row.contour) if row.contour in CONTOURS else 0

    def _count_gaps(self) -> None:
        """Count pauses a reader of the file will find, and those it will not find as they were."""
        calendars = {row.uid: row.calendar for row in self._plan.resources}
        for uid, activity in self._split.items():
            found = find_gaps(
                activity, self._spent[uid], calendars, self._plan.calendar, self._days
            )
            self._account.keep("gap", len(found))
            if found != activity.gaps:
                self._account.lose("gap", f"Task UID={uid}", "", len(activity.gaps))

    def _parts(self, activity: Activity) -> Iterator[tuple[Span, int]]:
        """The activity day by day: spans with their working seconds, 0 in pauses."""
        if activity.start is None or activity.finish is None:
            return
        calendar = self._plan.calendar if activity.calendar is None else activity.calendar
        start = activity.start
        for gap in activity.gaps:
            yield from self._daily(calendar, start, gap.start)
            yield (gap.start, gap.finish), 0
            start = gap.finish
        yield from self._daily(calendar, start, activity.finish)

    def _daily(self, calendar: int | None, start: int, finish: int) -> Iterator[tuple[Span, int]]:
        """A worked stretch cut at midnights, days off left out, its two ends kept as they are."""
        found: list[tuple[Span, int]] = []
        for day in range(start // DAY, (finish - 1) // DAY + 1):
            first, last = max(start, day * DAY), min(finish, (day + 1) * DAY)
            work = sum(
                max(min(last, day * DAY + end) - max(first, day * DAY + begin), 0)
                for begin, end in self._days.hours(calendar, day)
            )
            if work:
                found.append(((first, last), work))
        if not found:
            found.append(((start, finish), finish - start))
        (first, _), work = found[0]
        found[0] = (start, found[0][0][1]), work
        (_, last), work = found[-1]
        found[-1] = (found[-1][0][0], finish), work
        yield from found


def _assignment(row: Assignment, contour: int, account: Account) -> dict[str, str | None]:
    where = f"Assignment UID={row.uid}"
    remaining = row.remaining_work
    if remaining is None:
        remaining = max(row.work - row.actual_work, 0)
    account.lose("rounded", where, "Delay", row.delay % 6 != 0 or row.levelling_delay % 6 != 0)
    return {
        "UID": str(row.uid),
        "TaskUID": str(row.activity),
        "ResourceUID": str(UNASSIGNED if row.resource is None else row.resource),
        "ActualCost": None if row.actual_cost is None else str(row.actual_cost),
        "ActualFinish": when(row.actual_finish),
        "ActualStart": when(row.actual_start),
        "ActualWork": span(row.actual_work),
        "Cost": None if row.cost is None else str(row.cost),
        "CostRateTable": str(row.rate_table),
        "Delay": str(round(row.delay / 6)),
        "Finish": when(row.finish),
        "LevelingDelay": str(round(row.levelling_delay / 6)),
        "LevelingDelayFormat": "8",
        "OvertimeWork": span(row.overtime_work),
        "RemainingWork": span(remaining),
        "Start": when(row.start),
        "Units": repr(float(row.units)),
        "Work": span(row.work),
        "WorkContour": str(contour),
    }
