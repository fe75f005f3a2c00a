"""Compiled calendars answer like a second-by-second count, and grow without changing an answer."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.planengine.builders import at

from planengine import (
    NORDIC_WEEK,
    OFFICE_WEEK,
    Calendar,
    CalendarException,
    Plan,
    WorkingTime,
    WorkWeek,
    working_time,
)
from planengine.calendars import ALWAYS, intersection
from planengine.instants import DAY, HOUR
from planengine.working_days import WorkingDays

MONDAY = at("2026-03-02T00:00")
NIGHT = (((0, 6 * HOUR), (22 * HOUR, DAY)),) * 7
TODAY = MONDAY // DAY


def clock_of(*calendars: Calendar, start: int = MONDAY) -> WorkingTime:
    return working_time(Plan(start=start, calendar=calendars[0].uid, calendars=calendars), None)


OFFICE = clock_of(Calendar(1, "Office"))


def test_the_two_roles_of_an_instant() -> None:
    friday, monday = at("2026-03-06T17:00"), at("2026-03-09T08:00")
    assert OFFICE.work(friday) == OFFICE.work(monday)
    assert OFFICE.next_start(friday) == monday
    assert OFFICE.prev_finish(monday) == friday
    assert OFFICE.next_start(at("2026-03-07T13:00")) == monday
    assert OFFICE.next_start(at("2026-03-04T10:00")) == at("2026-03-04T10:00")


@pytest.mark.parametrize(
    ("start", "hours", "finish"),
    [
        ("2026-03-02T08:00", 8, "2026-03-02T17:00"),
        ("2026-03-02T08:00", 40, "2026-03-06T17:00"),
        ("2026-03-06T17:00", 1, "2026-03-09T09:00"),
        ("2026-03-02T08:00", -8, "2026-02-27T08:00"),
        ("2026-03-02T10:00", -2, "2026-03-02T08:00"),
        ("2026-03-07T12:00", 0, "2026-03-07T12:00"),
    ],
)
def test_adding_ends_at_the_end_of_work_and_subtracting_at_its_start(
    start: str, hours: int, finish: str
) -> None:
    assert OFFICE.add(at(start), hours * HOUR) == at(finish)


def test_between_is_signed() -> None:
    one, other = at("2026-03-02T08:00"), at("2026-03-04T10:00")
    assert OFFICE.between(one, other) == 18 * HOUR == -OFFICE.between(other, one)


def test_exceptions_win_over_work_weeks_over_the_week_and_the_own_over_the_bases() -> None:
    base = Calendar(1, "Base", exceptions=(CalendarException(TODAY + 2, TODAY + 2),))
    own = Calendar(
        2,
        "Own",
        (None,) * 7,
        base=1,
        exceptions=(CalendarException(TODAY, TODAY, ((8 * HOUR, 10 * HOUR),)),),
        work_weeks=(WorkWeek(TODAY, TODAY + 1, NORDIC_WEEK),),
    )
    clock = clock_of(own, base)
    days = [clock.between(MONDAY + k * DAY, MONDAY + (k + 1) * DAY) / HOUR for k in range(5)]
    assert days == [2, 7.5, 0, 8, 8]


def test_shifts_over_midnight_are_one_interval() -> None:
    clock = clock_of(Calendar(1, "Night", NIGHT))
    assert clock.add(at("2026-03-02T22:00"), 8 * HOUR) == at("2026-03-03T06:00")
    assert all(one < other for one, other in zip(clock.finishes, clock.starts[1:], strict=False))


WEEKS = st.sampled_from([OFFICE_WEEK, NORDIC_WEEK, NIGHT, (OFFICE_WEEK[0],) * 7])
HOLIDAYS = st.sets(st.integers(TODAY - 20, TODAY + 20), max_size=8)


@settings(max_examples=60, deadline=None)
@given(WEEKS, HOLIDAYS, st.integers(-10 * DAY, 10 * DAY), st.integers(-10 * DAY, 10 * DAY))
def test_work_is_what_the_days_add_up_to(
    week: tuple[tuple[tuple[int, int], ...], ...], holidays: set[int], one: int, other: int
) -> None:
    rows = tuple(CalendarException(number, number) for number in holidays)
    calendar = Calendar(1, "Any", week, exceptions=rows)  # type: ignore[arg-type] # seven days
    clock, days = clock_of(calendar), WorkingDays([calendar])
    first, last = sorted((MONDAY + one, MONDAY + other))
    counted = sum(
        max(0, min(last, number * DAY + end) - max(first, number * DAY + begin))
        for number in range(first // DAY, last // DAY + 1)
        for begin, end in days.hours(1, number)
    )
    assert clock.between(first, last) == counted


@settings(max_examples=60, deadline=None)
@given(st.integers(-400, 4000), st.integers(0, DAY), st.integers(-(10**7), 10**7))
def test_roles_are_the_first_and_last_instant_with_the_same_work(
    days: int, second: int, seconds: int
) -> None:
    instant = MONDAY + days * DAY + second
    work = OFFICE.work(instant) + seconds
    first, last = OFFICE.finish_at[work], OFFICE.start_at[work]
    assert first <= last
    assert OFFICE.work(first) == OFFICE.work(last) == work
    assert OFFICE.work(first - 1) < work < OFFICE.work(last + 1)


def test_growing_changes_no_answer() -> None:
    calendar = Calendar(1, "Grown", exceptions=(CalendarException(TODAY, TODAY + 3),))
    clock = clock_of(calendar)
    near = [clock.add(MONDAY, hours * HOUR) for hours in range(-50, 50, 7)]
    far = clock.add(MONDAY, 100_000 * HOUR)
    past = clock.add(MONDAY, -100_000 * HOUR)
    assert [clock.add(MONDAY, hours * HOUR) for hours in range(-50, 50, 7)] == near
    assert clock.between(past, far) == 200_000 * HOUR


def test_a_calendar_that_runs_out_of_work_still_answers() -> None:
    once = (CalendarException(TODAY, TODAY, ((8 * HOUR, 16 * HOUR),)),)
    clock = clock_of(Calendar(1, "Once", ((),) * 7, exceptions=once))
    assert clock.add(MONDAY, 8 * HOUR) == at("2026-03-02T16:00")
    assert clock.add(MONDAY, 9 * HOUR) > at("2700-01-01T00:00")


def test_many_at_once_is_the_same_as_one_by_one() -> None:
    instants = MONDAY + np.arange(-30 * DAY, 30 * DAY, 5 * HOUR + 7)
    works = OFFICE.works_at(instants)
    assert works.tolist() == [OFFICE.work(one) for one in instants.tolist()]
    assert OFFICE.starts_at(works).tolist() == [OFFICE.start_at[one] for one in works.tolist()]
    assert OFFICE.finishes_at(works).tolist() == [OFFICE.finish_at[one] for one in works.tolist()]
    lags = np.resize([0, 8 * HOUR, -8 * HOUR], instants.shape)
    expected = [OFFICE.add(a, b) for a, b in zip(instants.tolist(), lags.tolist(), strict=True)]
    assert OFFICE.add_all(instants, lags).tolist() == expected


def test_the_intersection_is_the_time_both_work() -> None:
    nordic = clock_of(Calendar(1, "Nordic", NORDIC_WEEK))
    both = intersection(OFFICE, nordic)
    assert both.between(MONDAY, MONDAY + DAY) == 6.5 * HOUR
    assert intersection(nordic, OFFICE) is both
    assert intersection(OFFICE, ALWAYS) is OFFICE
    late = tuple(((18 * HOUR, 20 * HOUR),) for _ in range(7))
    evening = clock_of(Calendar(1, "Evening", late))  # type: ignore[arg-type] # seven days
    assert intersection(OFFICE, evening).is_idle


def test_equal_calendars_are_compiled_once() -> None:
    one = clock_of(Calendar(1, "A", NORDIC_WEEK))
    assert clock_of(Calendar(7, "B", NORDIC_WEEK), start=MONDAY + 900 * DAY) is one


def test_the_wall_clock_counts_every_second() -> None:
    assert ALWAYS.add(MONDAY, 48 * HOUR) == MONDAY + 48 * HOUR
    assert ALWAYS.between(MONDAY, MONDAY - 5) == -5
    assert ALWAYS.next_start(MONDAY + 3) == MONDAY + 3
