"""What makes a plan unsound, and that every error names its row and its rule."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.planengine.builders import house
from tests.planengine.effort import calls

from planengine import (
    INHERITED_WEEK,
    Activity,
    Assignment,
    Baseline,
    Calendar,
    CalendarException,
    Constraint,
    ConstraintKind,
    Gap,
    LagFormat,
    Link,
    LinkKind,
    Plan,
    Progress,
    Resource,
    ThreePoint,
    validate,
)
from planengine.instants import LATEST

SHUT = ((),) * 7


def codes(plan: Plan) -> list[str]:
    return [error.code for error in validate(plan)]


def test_a_sound_plan_has_no_errors() -> None:
    assert validate(house()) == ()


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (Activity(1, "A"), "uid.duplicate"),
        (Activity(0, "A"), "uid.range"),
        (Activity(9, "A", parent=77), "parent.unknown"),
        (Activity(9, "A", parent=9), "parent.cycle"),
        (Activity(9, "A", parent=1), "outline.order"),
        (Activity(9, "A", duration=-1), "duration.negative"),
        (Activity(9, "A", duration=10**12), "duration.absurd"),
        (Activity(9, "A", start=LATEST), "date.absurd"),
        (Activity(9, "A", deadline=-(10**12)), "date.absurd"),
        (Activity(9, "A", start=20, finish=10), "date.order"),
        (Activity(9, "A", constraint=Constraint(ConstraintKind.MUST_START_ON)), "constraint.date"),
        (Activity(9, "A", calendar=8), "calendar.unknown"),
        (Activity(9, "A", priority=1001), "priority.range"),
        (Activity(9, "A", progress=Progress(percent=101)), "percent.range"),
        (Activity(9, "A", progress=Progress(percent=float("nan"))), "percent.range"),
        (Activity(9, "A", progress=Progress(remaining=-1)), "amount.range"),
        (Activity(9, "A", progress=Progress(actual_start=9, actual_finish=8)), "date.order"),
        (Activity(9, "A", gaps=(Gap(5, 5),)), "gap.order"),
        (Activity(9, "A", gaps=(Gap(1, 5), Gap(4, 8))), "gap.order"),
        (Activity(9, "A", estimate=ThreePoint(3, 2, 5)), "estimate.order"),
        (Activity(9, "A", baselines=(Baseline(1), Baseline(1))), "baseline.number"),
        (Activity(9, "A", baselines=(Baseline(11),)), "baseline.number"),
        (Activity(9, "A", work=-1), "amount.range"),
    ],
)
def test_a_broken_activity_is_named_with_its_rule(row: Activity, code: str) -> None:
    plan = house()
    errors = validate(replace(plan, activities=(*plan.activities, row)))
    assert [(error.code, error.uid) for error in errors] == [(code, row.uid)]
    for language in ("nb", "en"):
        assert f"{row.uid} «A»" in errors[0].sentence(language)


@pytest.mark.parametrize(
    ("link", "code"),
    [
        (Link(2, 99), "link.unknown"),
        (Link(2, 2), "link.self"),
        (Link(1, 3), "link.ancestor"),
        (Link(3, 1), "link.ancestor"),
        (Link(2, 3), "link.duplicate"),
        (Link(2, 5, lag=10**12), "link.lag"),
        (Link(2, 5, lag=10**7, lag_format=LagFormat.PERCENT), "link.lag"),
        (Link(4, 2), "link.cycle"),
        (Link(5, 2), "link.cycle"),
    ],
)
def test_a_broken_link_is_named_with_its_rule(link: Link, code: str) -> None:
    plan = house()
    assert codes(replace(plan, links=(*plan.links, link))) == [code]


def test_a_cycle_lists_its_members_in_order() -> None:
    rows = tuple(Activity(uid, f"a{uid}") for uid in range(1, 8))
    links = (Link(1, 2), Link(2, 3), Link(3, 4, LinkKind.SS), Link(4, 2), Link(6, 7), Link(7, 6))
    errors = validate(Plan(activities=rows, links=links))
    assert [error.members for error in errors] == [(2, 3, 4, 2), (6, 7, 6)]
    assert "2 → 3 → 4 → 2" in errors[0].sentence("nb")


def test_a_cycle_may_run_through_a_summary() -> None:
    rows = (Activity(1, "S"), Activity(2, "in", parent=1), Activity(3, "out"))
    errors = validate(Plan(activities=rows, links=(Link(2, 3), Link(3, 1))))
    assert [error.code for error in errors] == ["link.cycle"]
    assert {2, 3} <= set(errors[0].members)


def test_links_around_a_summary_are_no_cycle() -> None:
    rows = (Activity(1, "S"), Activity(2, "in", parent=1), Activity(3, "a"), Activity(4, "b"))
    links = (Link(3, 1), Link(1, 4), Link(3, 2), Link(2, 4))
    assert validate(Plan(activities=rows, links=links)) == ()


@pytest.mark.parametrize(
    ("calendar", "code"),
    [
        (Calendar(1, "C"), "uid.duplicate"),
        (Calendar(2, "C", base=9), "calendar.unknown"),
        (Calendar(2, "C", base=2), "calendar.cycle"),
        (Calendar(2, "C", SHUT), "calendar.empty"),  # type: ignore[arg-type]
        (Calendar(2, "C", INHERITED_WEEK), "calendar.empty"),
        (Calendar(2, "C", (((5, 4),), *SHUT[1:])), "calendar.hours"),  # type: ignore[arg-type]
        (Calendar(2, "C", exceptions=(CalendarException(9, 8),)), "calendar.range"),
        (
            Calendar(2, "C", exceptions=(CalendarException(8, 8), CalendarException(8, 8))),
            "calendar.exception_twice",
        ),
    ],
)
def test_a_broken_calendar_is_named_with_its_rule(calendar: Calendar, code: str) -> None:
    plan = house()
    assert codes(replace(plan, calendars=(*plan.calendars, calendar))) == [code]


def test_a_calendar_that_inherits_working_time_or_has_only_exceptions_is_not_empty() -> None:
    child = Calendar(2, "Child", INHERITED_WEEK, base=1)
    rare = Calendar(
        3,
        "Rare",
        SHUT,  # type: ignore[arg-type]
        exceptions=(CalendarException(20_000, 20_000, ((0, 86_400),)),),
    )
    grandchild = Calendar(4, "Rarely", INHERITED_WEEK, base=3)
    assert validate(Plan(calendars=(Calendar(1, "Base"), child, rare, grandchild))) == ()


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (Assignment(9, 99), "assignment.activity"),
        (Assignment(9, 2, 77), "assignment.resource"),
        (Assignment(1, 2), "uid.duplicate"),
        (Assignment(9, 2, units=-1), "amount.range"),
        (Assignment(9, 2, work=-1), "amount.range"),
        (Assignment(9, 2, start=5, finish=4), "date.order"),
    ],
)
def test_a_broken_assignment_is_named_with_its_rule(row: Assignment, code: str) -> None:
    plan = house()
    assert codes(replace(plan, assignments=(*plan.assignments, row))) == [code]


def test_the_head_and_the_resources_are_checked() -> None:
    plan = house()
    assert codes(replace(plan, minutes_per_day=0)) == ["plan.minutes"]
    assert codes(replace(plan, start=LATEST)) == ["date.absurd"]
    assert codes(replace(plan, calendar=5)) == ["calendar.unknown"]
    twice = (*plan.resources, Resource(2, "Per", calendar=5))
    assert codes(replace(plan, resources=twice)) == ["uid.duplicate", "calendar.unknown"]


def test_ten_times_the_plan_is_ten_times_the_work() -> None:
    def work(count: int) -> int:
        rows = tuple(
            Activity(uid, "a", None if uid % 10 == 1 else uid - (uid - 1) % 10, duration=60)
            for uid in range(1, count + 1)
        )
        links = tuple(Link(uid, uid + 1) for uid in range(2, count) if uid % 10 not in (0, 1))
        plan = Plan(activities=rows, links=links)
        assert validate(plan) == ()
        return calls(lambda: validate(plan))

    assert work(20_000) <= 10.1 * work(2_000)


@pytest.mark.parametrize("parent", [lambda uid: uid - 1 or None, lambda uid: uid % 50_000 + 1])
def test_deep_and_circular_outlines_end_in_errors_not_in_recursion(parent: object) -> None:
    assert callable(parent)
    rows = tuple(Activity(uid, "d", parent(uid)) for uid in range(1, 50_001))
    errors = validate(Plan(activities=rows, links=(Link(1, 50_000),)))
    assert len(errors) == 1000
    assert {error.code for error in errors} <= {"outline.depth", "parent.cycle"}
