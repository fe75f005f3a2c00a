"""Rules of activities: their place in the outline, their durations, dates and progress."""

from __future__ import annotations

from collections.abc import Iterator

from planengine.model import NOT_STARTED, Activity, ConstraintKind, Plan, Progress
from planengine.outline import MAX_DEPTH, Outline
from planengine.validation.circles import circular
from planengine.validation.errors import TWO_CENTURIES, PlanError, about, absurd

LARGEST_UID = 2**31 - 1


def activity_errors(plan: Plan, outline: Outline, calendars: frozenset[int]) -> Iterator[PlanError]:
    """What is wrong with each activity, and with the outline they make."""
    seen: set[int] = set()
    for row in plan.activities:
        if row.uid in seen:
            yield about(row, "uid.duplicate")
        seen.add(row.uid)
        if not 1 <= row.uid <= LARGEST_UID:
            yield about(row, "uid.range")
        if row.calendar is not None and row.calendar not in calendars:
            yield about(row, "calendar.unknown", str(row.calendar))
        yield from row_errors(row)
    yield from _outline_errors(plan, outline)


def row_errors(row: Activity) -> Iterator[PlanError]:
    """What is wrong with an activity that can be seen from it alone."""
    yield from _duration_errors(row)
    yield from _date_errors(row)
    yield from _baseline_errors(row)


def _duration_errors(row: Activity) -> Iterator[PlanError]:
    if row.duration < 0:
        yield about(row, "duration.negative")
    elif row.duration > TWO_CENTURIES:
        yield about(row, "duration.absurd")
    if not 0 <= row.priority <= 1000:
        yield about(row, "priority.range", str(row.priority))
    estimate = row.estimate
    if estimate is not None and not (
        0 <= estimate.low <= estimate.likely <= estimate.high <= TWO_CENTURIES
    ):
        yield about(row, "estimate.order")
    if row.work is not None and not 0 <= row.work <= TWO_CENTURIES * 1000:
        yield about(row, "amount.range", str(row.work))
    if abs(row.levelling_delay) > TWO_CENTURIES:
        yield about(row, "amount.range", str(row.levelling_delay))
    if row.progress is not NOT_STARTED:
        yield from _progress_errors(row, row.progress)


def _progress_errors(row: Activity, progress: Progress) -> Iterator[PlanError]:
    for percent in (progress.percent, progress.physical_percent):
        if percent is not None and not 0 <= percent <= 100:
            yield about(row, "percent.range", f"{percent:g}")
    for seconds in (progress.actual_duration, progress.remaining, progress.actual_work):
        if seconds is not None and not 0 <= seconds <= TWO_CENTURIES * 1000:
            yield about(row, "amount.range", str(seconds))
    if _reversed(progress.actual_start, progress.actual_finish):
        yield about(row, "date.order")


def _reversed(start: int | None, finish: int | None) -> bool:
    return start is not None and finish is not None and finish < start


def _date_errors(row: Activity) -> Iterator[PlanError]:
    dates: list[int | None] = [row.start, row.finish]
    if row.constraint is not None:
        dates.append(row.constraint.date)
        late = row.constraint.kind is ConstraintKind.AS_LATE_AS_POSSIBLE
        if row.constraint.date is None and not late:
            yield about(row, "constraint.date")
    if row.deadline is not None:
        dates.append(row.deadline)
    if row.progress is not NOT_STARTED:
        done = row.progress
        dates += [done.actual_start, done.actual_finish, done.stop, done.resume]
    if row.gaps:
        yield from _gap_errors(row)
    for detail in absurd(dates):
        yield about(row, "date.absurd", detail)
    if _reversed(row.start, row.finish):
        yield about(row, "date.order")


def _gap_errors(row: Activity) -> Iterator[PlanError]:
    before: int | None = None
    for gap in row.gaps:
        if gap.finish <= gap.start or (before is not None and gap.start < before):
            yield about(row, "gap.order")
            break
        before = gap.finish
    for detail in absurd((row.gaps[0].start, row.gaps[-1].finish)):
        yield about(row, "date.absurd", detail)


def _baseline_errors(row: Activity) -> Iterator[PlanError]:
    if not row.baselines:
        return
    numbers = [item.number for item in row.baselines]
    if len(set(numbers)) != len(numbers) or not 0 <= min(numbers) <= max(numbers) <= 10:
        yield about(row, "baseline.number")
    for item in row.baselines:
        for detail in absurd((item.start, item.finish)):
            yield about(row, "date.absurd", detail)


def _outline_errors(plan: Plan, outline: Outline) -> Iterator[PlanError]:
    levels = outline.levels()
    circles: set[int] = set()
    if len(levels) < len(outline.by_uid):
        circles = circular({uid: row.parent for uid, row in outline.by_uid.items()})
    path: list[int] = []
    sound = True
    for row in plan.activities:
        if row.parent is not None and row.parent not in outline.by_uid:
            yield about(row, "parent.unknown", str(row.parent))
        if not outline.reachable(row.uid):
            if row.uid in circles:
                yield about(row, "parent.cycle")
            continue
        if levels[row.uid] > MAX_DEPTH:
            yield about(row, "outline.depth")
        above = outline.parent(row.uid)
        while path and path[-1] != above:
            path.pop()
        if sound and above is not None and not path:
            yield about(row, "outline.order")
            sound = False  # one misplaced row makes many look misplaced
        path.append(row.uid)
