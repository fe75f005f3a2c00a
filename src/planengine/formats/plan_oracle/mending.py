"""Plans other programs could store but a sound plan cannot hold, made sound.

Stored dates and references are evidence, not input, so one odd value must not keep the rest of a
file from being compared.
"""

from __future__ import annotations

from dataclasses import replace

from planengine.model import (
    Activity,
    Assignment,
    Calendar,
    ConstraintKind,
    Gap,
    Plan,
    Progress,
    Resource,
)


def mended(plan: Plan) -> Plan:
    """The plan without references to calendars and parents that are not there, constraints without
    a date, finishes before their start, pauses out of order, and shares beyond 100 %. Linear time.
    """
    calendars = frozenset(row.uid for row in plan.calendars)
    uids = frozenset(row.uid for row in plan.activities)
    own = plan.calendar if plan.calendar in calendars else _first_base(plan.calendars)
    return replace(
        plan,
        calendar=own,
        calendars=tuple(_calendar(row, calendars, own) for row in plan.calendars),
        resources=tuple(_resource(row, calendars) for row in plan.resources),
        activities=tuple(_activity(row, calendars, uids) for row in plan.activities),
        assignments=tuple(_assignment(row) for row in plan.assignments),
    )


def _first_base(calendars: tuple[Calendar, ...]) -> int | None:
    return next((row.uid for row in calendars if row.base is None), None)


def _calendar(row: Calendar, known: frozenset[int], own: int | None) -> Calendar:
    """A calendar whose base is not there builds on the plan's own."""
    if row.base is None or row.base in known:
        return row
    return replace(row, base=None if row.uid == own else own)


def _resource(row: Resource, calendars: frozenset[int]) -> Resource:
    unknown = row.calendar is not None and row.calendar not in calendars
    if not unknown and row.max_units >= 0:
        return row
    calendar = None if unknown else row.calendar
    return replace(row, calendar=calendar, max_units=max(row.max_units, 0.0))


def _activity(row: Activity, calendars: frozenset[int], uids: frozenset[int]) -> Activity:
    constraint = row.constraint
    if constraint is not None and constraint.date is None:
        late = constraint.kind is ConstraintKind.AS_LATE_AS_POSSIBLE
        constraint = constraint if late else None
    return replace(
        row,
        parent=row.parent if row.parent in uids else None,
        calendar=row.calendar if row.calendar in calendars else None,
        constraint=constraint,
        finish=_not_before(row.finish, row.start),
        gaps=_apart(row.gaps),
        work=None if row.work is None else max(row.work, 0),
        progress=_progress(row.progress),
    )


def _progress(row: Progress) -> Progress:
    finish = _not_before(row.actual_finish, row.actual_start)
    percent = min(max(row.percent, 0.0), 100.0)
    used = None if row.actual_duration is None else max(row.actual_duration, 0)
    if (finish, percent, used) == (row.actual_finish, row.percent, row.actual_duration):
        return row
    return replace(row, actual_finish=finish, percent=percent, actual_duration=used)


def _assignment(row: Assignment) -> Assignment:
    finish = _not_before(row.finish, row.start)
    left = None if row.remaining_work is None else max(row.remaining_work, 0)
    return replace(
        row,
        finish=finish,
        units=max(row.units, 0.0),
        work=max(row.work, 0),
        actual_work=max(row.actual_work, 0),
        remaining_work=left,
    )


def _not_before(finish: int | None, start: int | None) -> int | None:
    return start if start is not None and finish is not None and finish < start else finish


def _apart(gaps: tuple[Gap, ...]) -> tuple[Gap, ...]:
    """The pauses that come one after another."""
    kept: list[Gap] = []
    for gap in gaps:
        if gap.start < gap.finish and (not kept or gap.start >= kept[-1].finish):
            kept.append(gap)
    return tuple(kept)
