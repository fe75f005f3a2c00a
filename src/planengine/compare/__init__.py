"""Two plans and their schedules side by side: what was changed, and what that did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from planengine.calendars import WorkingTime, working_time
from planengine.codec import Json
from planengine.compare.changes import (
    CostChange,
    CriticalChange,
    DateChange,
    DateField,
    FinishChange,
    RowChange,
    SlackChange,
    SlackField,
    row_changes,
)
from planengine.compare.plain import plain
from planengine.compare.sentences import Said, Teller
from planengine.edits.speaker import Speaker
from planengine.model import ActivityKind, Plan
from planengine.network import ActivityDates, Schedule
from planengine.outline import Outline, roll_up

__all__ = [
    "Comparison",
    "CostChange",
    "CriticalChange",
    "DateChange",
    "FinishChange",
    "RowChange",
    "SlackChange",
    "compare",
]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two schedules.

    `rows` are the plan's rows and fields; `dates` and `slacks` the dates and slack of activities in
    both plans that differ, summaries included, in outline order after; `milestones` those of
    `dates` that are a milestone's finish. `finish`, `critical` and `cost` are there whether they
    changed or not.
    """

    before: Schedule
    after: Schedule
    rows: tuple[RowChange, ...]
    dates: tuple[DateChange, ...]
    slacks: tuple[SlackChange, ...]
    milestones: tuple[DateChange, ...]
    finish: FinishChange
    critical: CriticalChange
    cost: CostChange

    def __bool__(self) -> bool:
        """True when anything differs."""
        return bool(
            self.rows or self.dates or self.slacks or self.finish.before != self.finish.after
        )

    def teller(self, language: str = "en") -> Teller:
        """Says single rows: `comparison.teller("nb").sentence(comparison.finish)`."""
        return Teller(Speaker(self.before.plan, language), Speaker(self.after.plan, language))

    def sentences(self, language: str = "en") -> tuple[str, ...]:
        """The comparison in sentences: finish, cost, critical path, milestones, what was changed,
        then the other starts and finishes that moved; late dates and slack are left to the data.
        """
        told: list[Said] = [self.finish, self.cost, self.critical, *self.milestones, *self.rows]
        shown = {id(row) for row in self.milestones}
        told += [
            row for row in self.dates if row.field in ("start", "finish") and id(row) not in shown
        ]
        teller = self.teller(language)
        return tuple(teller.sentence(row) for row in told)

    def to_json(self) -> Json:
        """The comparison as a JSON object, each row with its sentence in nb and en."""
        tellers = {language: self.teller(language) for language in ("nb", "en")}

        def said(row: Any) -> Json:
            told = {language: teller.sentence(row) for language, teller in tellers.items()}
            return {**plain(row), "sentence": told}

        return {
            "finish": said(self.finish),
            "cost": said(self.cost),
            "critical": said(self.critical),
            "rows": [said(row) for row in self.rows],
            "dates": [said(row) for row in self.dates],
            "slacks": [said(row) for row in self.slacks],
            "milestones": [row.uid for row in self.milestones],
        }


def compare(before: Schedule, after: Schedule) -> Comparison:
    """Two schedules field by field, activities matched by uid. Linear time.

    Working days are counted on the later plan's calendar and by its hours per day.
    """
    dates, slacks = _moves(before, after)
    return Comparison(
        before=before,
        after=after,
        rows=row_changes(before.plan, after.plan),
        dates=dates,
        slacks=slacks,
        milestones=tuple(
            row for row in dates if row.kind is ActivityKind.MILESTONE and row.field == "finish"
        ),
        finish=_finish(before, after),
        critical=_critical(before, after),
        cost=CostChange(total_cost(before.plan), total_cost(after.plan)),
    )


_DATES: tuple[DateField, ...] = ("start", "finish", "late_start", "late_finish")
_SLACKS: tuple[SlackField, ...] = ("total_slack", "free_slack")


def _moves(
    before: Schedule, after: Schedule
) -> tuple[tuple[DateChange, ...], tuple[SlackChange, ...]]:
    calendar = working_time(after.plan, None)
    outline = Outline(after.plan)
    known = set(before.uids)
    dates: list[DateChange] = []
    slacks: list[SlackChange] = []
    for row in after.dates():
        was = before[row.uid] if row.uid in known else None
        if was is None or was == row:
            continue
        kind = outline.kind(row.uid)
        dates += _dates(was, row, kind, calendar, after.plan)
        slacks += _slacks(was, row)
    return tuple(dates), tuple(slacks)


def _dates(
    was: ActivityDates, row: ActivityDates, kind: ActivityKind, calendar: WorkingTime, plan: Plan
) -> list[DateChange]:
    found = []
    for name in _DATES:
        one, two = getattr(was, name), getattr(row, name)
        if one != two:
            days = _days(calendar, plan, one, two)
            found.append(DateChange(row.uid, kind, name, one, two, days))
    return found


def _days(calendar: WorkingTime, plan: Plan, one: int | None, two: int | None) -> float | None:
    if one is None or two is None:
        return None
    return calendar.between(one, two) / (plan.minutes_per_day * 60)


def _slacks(was: ActivityDates, row: ActivityDates) -> list[SlackChange]:
    return [
        SlackChange(row.uid, name, getattr(was, name), getattr(row, name))
        for name in _SLACKS
        if getattr(was, name) != getattr(row, name)
    ]


def _finish(before: Schedule, after: Schedule) -> FinishChange:
    calendar = working_time(after.plan, None)
    days = calendar.between(before.finish, after.finish) / (after.plan.minutes_per_day * 60)
    return FinishChange(before.finish, after.finish, days)


def _critical(before: Schedule, after: Schedule) -> CriticalChange:
    one, two = critical_path(before), critical_path(after)
    was, now = set(one), set(two)
    return CriticalChange(
        before=one,
        after=two,
        entered=tuple(uid for uid in two if uid not in was),
        left=tuple(uid for uid in one if uid not in now),
    )


def critical_path(schedule: Schedule) -> tuple[int, ...]:
    """Uids of the critical activities that are not summaries, in outline order."""
    outline = Outline(schedule.plan)
    return tuple(
        row.uid for row in schedule.dates() if row.is_critical and not outline.children(row.uid)
    )


def total_cost(plan: Plan) -> int:
    """The plan's cost in hundredths, from stored and fixed costs (see `CostChange`)."""
    sums = roll_up(plan)
    total = 0
    for row in plan.activities:
        if row.parent is None and row.active:
            own = row.fixed_cost if row.cost is None else row.cost
            total += sums[row.uid].cost if row.uid in sums else own
    return total
