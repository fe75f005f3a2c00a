"""What the hand-computed cases do not say: the form of a schedule, gates, and odd plans."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from tests.planengine.builders import DAY, at, house

from planengine import (
    Activity,
    Calendar,
    Constraint,
    ConstraintKind,
    InvalidPlan,
    LagCalendar,
    LagFormat,
    Link,
    LinkKind,
    Mode,
    Plan,
    Profile,
    Progress,
    Schedule,
    ScheduleOptions,
    schedule,
)

START = at("2026-03-02T08:00")


def plan_of(*rows: Activity, links: tuple[Link, ...] = (), **more: object) -> Plan:
    calendars = (Calendar(1, "Office"),)
    made = Plan(start=START, calendar=1, calendars=calendars, activities=rows, links=links)
    return replace(made, **more)  # type: ignore[arg-type] # fields of Plan


def dates(made: Schedule, uid: int) -> tuple[int, int]:
    return made[uid].start, made[uid].finish


def test_a_schedule_lists_every_row_in_outline_order() -> None:
    made = schedule(house())
    assert [row.uid for row in made.dates()] == list(made.uids) == [1, 2, 3, 4, 5]
    assert len(made) == 5
    assert 3 in made
    assert 9 not in made
    with pytest.raises(KeyError):
        made[9]
    assert made.start == START
    assert made.finish == max(row.finish for row in made.dates())


def test_a_summary_spans_what_is_active_below_and_has_slack_of_its_own() -> None:
    made = schedule(
        plan_of(
            Activity(1, "Phase"),
            Activity(2, "Dig", parent=1, duration=DAY),
            Activity(3, "Idle", parent=1, duration=9 * DAY, active=False),
            Activity(4, "Long", duration=3 * DAY),
        )
    )
    assert dates(made, 1) == dates(made, 2) == (START, at("2026-03-02T17:00"))
    assert made[1].total_slack == made[2].total_slack == 2 * DAY
    assert not made[1].is_critical
    assert made.finish == at("2026-03-04T17:00")


def summaries(*links: Link, **more: object) -> Schedule:
    return schedule(
        plan_of(
            Activity(1, "Before"),
            Activity(2, "Short", parent=1, duration=DAY),
            Activity(3, "Inner", parent=1),
            Activity(4, "Longer", parent=3, duration=2 * DAY),
            Activity(5, "After"),
            Activity(6, "Work", parent=5, duration=DAY),
            Activity(7, "Deep", parent=5),
            Activity(8, "Deeper", parent=7, duration=DAY),
            links=links,
            **more,
        )
    )


def test_a_link_between_summaries_binds_everything_below_at_any_depth() -> None:
    made = summaries(Link(1, 5))
    assert dates(made, 6) == dates(made, 8) == (at("2026-03-04T08:00"), at("2026-03-04T17:00"))
    assert made[2].late_finish == at("2026-03-03T17:00")
    assert made[2].free_slack == made[2].total_slack == DAY


def test_the_start_of_a_summary_is_its_earliest_start() -> None:
    made = summaries(Link(1, 5, LinkKind.SS, DAY))
    assert made[6].start == made[8].start == at("2026-03-03T08:00")
    assert made[4].late_start == START, "what starts first is held by what waits for the start"


def test_a_finish_link_into_a_summary_binds_each_finish() -> None:
    made = summaries(Link(4, 5, LinkKind.FF))
    assert made[6].finish == made[8].finish == at("2026-03-03T17:00")


def test_a_leaf_linked_to_a_summary_has_the_gap_to_its_first_start_as_free_slack() -> None:
    floor = Constraint(ConstraintKind.START_NO_EARLIER_THAN, at("2026-03-05T08:00"))
    made = schedule(
        plan_of(
            Activity(1, "Dig", duration=DAY),
            Activity(2, "Phase"),
            Activity(3, "Work", parent=2, duration=DAY, constraint=floor),
            links=(Link(1, 2),),
        )
    )
    assert made[1].free_slack == 2 * DAY


def test_what_is_inactive_is_passed_over() -> None:
    made = schedule(
        plan_of(
            Activity(1, "Dig", duration=DAY),
            Activity(2, "Idle", duration=5 * DAY, active=False),
            Activity(3, "Pour", duration=DAY),
            links=(Link(1, 2), Link(2, 3)),
        )
    )
    assert made[3].start == START
    assert made[1].late_finish == made.finish == at("2026-03-02T17:00")


def test_the_successors_of_a_begun_milestone_hold_what_comes_before_it() -> None:
    """A milestone some percent of which is done stays a point: its late finish is passed on."""
    begun = Progress(percent=30, actual_start=at("2026-03-02T17:00"))
    made = schedule(
        plan_of(
            Activity(1, "Dig", duration=DAY),
            Activity(2, "Ready", progress=begun),
            Activity(3, "Pour", duration=DAY),
            Activity(4, "Long", duration=5 * DAY),
            links=(Link(1, 2), Link(2, 3)),
        )
    )
    assert made[1].late_finish == at("2026-03-05T17:00")


def test_p6_lag_counts_on_the_calendar_asked_for() -> None:
    long_days = Calendar(2, "Long", (((0, 24 * 3600),),) * 7)
    rows = (Activity(1, "Dig", duration=DAY), Activity(2, "Pour", duration=DAY, calendar=2))
    plan = plan_of(*rows, links=(Link(1, 2, lag=DAY),))
    plan = replace(plan, calendars=(*plan.calendars, long_days))
    starts = {
        whose.value: schedule(replace(plan, options=options))[2].start
        for whose in LagCalendar
        for options in [ScheduleOptions(Profile.P6, lag_calendar=whose)]
    }
    assert starts["successor"] == starts["always"] == at("2026-03-03T01:00")
    assert starts["predecessor"] == starts["project"] == at("2026-03-03T17:00")


def test_manual_dates_hold_against_links_and_followers_obey_them() -> None:
    made = schedule(
        plan_of(
            Activity(1, "Dig", duration=5 * DAY),
            Activity(2, "Party", duration=DAY, mode=Mode.MANUAL, start=at("2026-03-07T10:00")),
            Activity(3, "Clean", duration=DAY),
            links=(Link(1, 2), Link(2, 3)),
        )
    )
    assert made[2].start == at("2026-03-07T10:00")
    assert made[3].start >= made[2].finish


def test_the_order_things_are_given_in_makes_no_difference() -> None:
    luck = random.Random(4)
    rows = [Activity(uid, str(uid), duration=luck.randrange(5) * DAY) for uid in range(1, 60)]
    kinds = list(LinkKind)
    links = {
        link.key: link
        for _ in range(90)
        for a, b in [sorted(luck.sample(range(1, 60), 2))]
        for link in [Link(a, b, luck.choice(kinds), luck.choice((0, 0, DAY, -DAY)))]
    }
    plan = plan_of(*rows, links=tuple(links.values()))
    mixed_rows, mixed = luck.sample(rows, len(rows)), luck.sample(list(links.values()), len(links))
    other = plan_of(*mixed_rows, links=tuple(mixed))
    assert {row.uid: row for row in schedule(plan).dates()} == {
        row.uid: row for row in schedule(other).dates()
    }


def test_a_long_chain_needs_no_recursion() -> None:
    count = 5_000
    rows = [Activity(uid, "", duration=DAY) for uid in range(1, count + 1)]
    links = tuple(Link(uid, uid + 1) for uid in range(1, count))
    made = schedule(plan_of(*rows, links=links))
    assert made[count].total_slack == 0
    assert made[count].is_critical


def test_what_is_wrong_with_a_plan_is_told_and_nothing_else_is_raised() -> None:
    rows = (Activity(1, "Dig", duration=DAY), Activity(2, "Pour", duration=DAY))
    for broken in (
        plan_of(*rows, links=(Link(1, 2), Link(2, 1))),
        plan_of(*rows, links=(Link(1, 7),)),
        plan_of(*rows, calendar=9),
        plan_of(Activity(1, "Dig", duration=-5)),
        plan_of(rows[0], rows[0]),
    ):
        with pytest.raises(InvalidPlan) as refused:
            schedule(broken)
        assert refused.value.errors
        assert str(refused.value)


def test_dates_beyond_the_calendar_are_refused() -> None:
    century = 100 * 366 * 86_400
    rows = [Activity(uid, "", duration=century, elapsed=True) for uid in range(1, 99)]
    links = tuple(
        Link(uid, uid + 1, lag=10**9, lag_format=LagFormat.ELAPSED) for uid in range(1, 98)
    )
    with pytest.raises(InvalidPlan) as refused:
        schedule(plan_of(*rows, links=links))
    assert [error.code for error in refused.value.errors] == ["date.absurd"]


def test_an_empty_plan_has_an_empty_schedule() -> None:
    made = schedule(plan_of())
    assert (made.start, made.finish, list(made.dates())) == (START, START, [])
