"""Lags: how much, and on whose clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from planengine.calendars import ALWAYS, WorkingTime
from planengine.model import Activity, LagCalendar, LagFormat, Link, Plan, Profile


def lag_of(
    plan: Plan,
    link: Link,
    rows: Mapping[int, Activity],
    clock: Callable[[int | None], WorkingTime],
) -> tuple[int, WorkingTime]:
    """A link's lag in seconds and the clock it is counted on.

    Working lag counts on the successor's calendar (its own, else the plan's; never its resources');
    elapsed lag on the wall clock; percent is of the predecessor's duration. In the `p6` profile the
    lag calendar is an option.
    """
    lag, form, after = link.lag, link.lag_format, rows[link.successor]
    if form is LagFormat.PERCENT or form is LagFormat.ELAPSED_PERCENT:
        lag = round(rows[link.predecessor].duration * lag / 100)
    if not lag:
        return 0, ALWAYS
    if form is LagFormat.ELAPSED or form is LagFormat.ELAPSED_PERCENT:
        return lag, ALWAYS
    whose = plan.options.lag_calendar
    if plan.options.profile is not Profile.P6 or whose is LagCalendar.SUCCESSOR:
        return lag, clock(after.calendar)
    if whose is LagCalendar.ALWAYS:
        return lag, ALWAYS
    return lag, clock(rows[link.predecessor].calendar if whose is LagCalendar.PREDECESSOR else None)
