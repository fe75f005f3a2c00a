"""Small plans for the engine's tests."""

from __future__ import annotations

from datetime import datetime

from planengine import (
    Activity,
    Assignment,
    Calendar,
    Constraint,
    ConstraintKind,
    Link,
    LinkKind,
    Plan,
    Progress,
    Resource,
    instant,
)

DAY = 8 * 3600


def at(text: str) -> int:
    """The instant of an ISO text."""
    return instant(datetime.fromisoformat(text))


def house() -> Plan:
    """A cabin: a summary with three activities, a milestone, two resources, some progress."""
    return Plan(
        name="Hytte",
        start=at("2026-03-02T08:00"),
        calendar=1,
        calendars=(Calendar(1, "Standard"),),
        resources=(Resource(1, "Kari"), Resource(2, "Ola", max_units=0.5)),
        activities=(
            Activity(1, "Grunnarbeid", start=at("2026-03-02T08:00")),
            Activity(
                2,
                "Grave",
                parent=1,
                duration=5 * DAY,
                start=at("2026-03-02T08:00"),
                finish=at("2026-03-06T17:00"),
                progress=Progress(percent=50, actual_start=at("2026-03-02T08:00")),
                fixed_cost=100_000,
            ),
            Activity(3, "Støpe", parent=1, duration=3 * DAY, start=at("2026-03-09T08:00")),
            Activity(4, "Herde", parent=1, duration=2 * 86_400, elapsed=True),
            Activity(
                5,
                "Klart for vegger",
                milestone=True,
                constraint=Constraint(ConstraintKind.FINISH_NO_LATER_THAN, at("2026-03-20T17:00")),
            ),
        ),
        links=(Link(2, 3), Link(3, 4, lag=DAY), Link(1, 5, LinkKind.FS)),
        assignments=(Assignment(1, 2, 1, work=5 * DAY), Assignment(2, 3, 2, units=0.5)),
    )
