"""Rules of the plan's head, its links, resources and assignments."""

from __future__ import annotations

from collections.abc import Iterator

from planengine.model import Assignment, LagFormat, Link, Plan
from planengine.outline import Outline
from planengine.validation.errors import (
    TWO_CENTURIES,
    PlanError,
    about,
    about_assignment,
    about_link,
    absurd,
)

_LEAST_UNITS = 1e-6
"""Work at less than a millionth of a person lasts longer than there are dates for."""


def head_errors(plan: Plan, calendars: frozenset[int]) -> Iterator[PlanError]:
    """What is wrong with the plan's own fields."""
    for detail in absurd((plan.start, plan.finish, plan.status_date)):
        yield PlanError("date.absurd", "plan", name=plan.name, detail=detail)
    hours = (plan.minutes_per_day, plan.minutes_per_week, plan.days_per_month)
    if not all(0 < value <= most for value, most in zip(hours, (1440, 10_080, 31), strict=True)):
        detail = ", ".join(map(str, hours))
        yield PlanError("plan.minutes", "plan", name=plan.name, detail=detail)
    if plan.calendar is not None and plan.calendar not in calendars:
        yield PlanError("calendar.unknown", "plan", name=plan.name, detail=str(plan.calendar))


def resource_errors(plan: Plan, calendars: frozenset[int]) -> Iterator[PlanError]:
    """What is wrong with each resource."""
    seen: set[int] = set()
    for row in plan.resources:
        if row.uid in seen:
            yield about(row, "uid.duplicate")
        seen.add(row.uid)
        if row.uid < 1:
            yield about(row, "uid.range")
        if row.calendar is not None and row.calendar not in calendars:
            yield about(row, "calendar.unknown", str(row.calendar))
        if not 0 <= row.max_units <= 1e9:
            yield about(row, "amount.range", f"{row.max_units:g}")


def link_errors(plan: Plan, outline: Outline) -> Iterator[PlanError]:
    """What is wrong with each link, circles apart."""
    before: Link | None = None
    for link in plan.links:
        unknown = [uid for uid in (link.predecessor, link.successor) if uid not in outline.by_uid]
        for uid in unknown:
            yield about_link(link, "link.unknown", str(uid))
        if before is not None and link.key == before.key:
            yield about_link(link, "link.duplicate")
        before = link
        if link.predecessor == link.successor:
            yield about_link(link, "link.self")
        elif outline.are_nested(link.predecessor, link.successor):
            yield about_link(link, "link.ancestor")
        percent = link.lag_format in (LagFormat.PERCENT, LagFormat.ELAPSED_PERCENT)
        if abs(link.lag) > (1_000_000 if percent else TWO_CENTURIES):
            yield about_link(link, "link.lag")


def assignment_errors(
    plan: Plan, outline: Outline, resources: frozenset[int]
) -> Iterator[PlanError]:
    """What is wrong with each assignment."""
    seen: set[int] = set()
    for row in plan.assignments:
        if row.uid in seen:
            yield about_assignment(row, "uid.duplicate")
        seen.add(row.uid)
        if row.activity not in outline.by_uid:
            yield about_assignment(row, "assignment.activity")
        if row.resource is not None and row.resource not in resources:
            yield about_assignment(row, "assignment.resource", str(row.resource))
        yield from amount_errors(row)


def amount_errors(row: Assignment) -> Iterator[PlanError]:
    """What is wrong with an assignment's units, work and dates."""
    """What is wrong with an assignment that can be seen from it alone."""
    if row.units != 0 and not _LEAST_UNITS <= row.units <= 1e9:
        yield about_assignment(row, "amount.range", f"{row.units:g}")
    for seconds in (row.work, row.actual_work, row.remaining_work, row.overtime_work):
        if seconds is not None and not 0 <= seconds <= TWO_CENTURIES * 1000:
            yield about_assignment(row, "amount.range", str(seconds))
    for detail in absurd((row.start, row.finish, row.actual_start, row.actual_finish)):
        yield about_assignment(row, "date.absurd", detail)
    if row.start is not None and row.finish is not None and row.finish < row.start:
        yield about_assignment(row, "date.order")
