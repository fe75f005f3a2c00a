"""The Norwegian calendar against the `holidays` package and days looked up by hand."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planengine import NORDIC_DAY, OFFICE_DAY, Calendar, Plan, day, validate
from planengine.calendars.norway import (
    HALF_DAY,
    SUMMER_WEEKS,
    easter_sunday,
    norwegian_calendar,
    public_holidays,
)
from planengine.working_days import WorkingDays


def hours(calendar: Calendar, text: str) -> tuple[tuple[int, int], ...]:
    return WorkingDays((calendar,)).hours(calendar.uid, day(date.fromisoformat(text)))


def test_holidays_and_their_names_are_those_of_the_oracle() -> None:
    oracle = holidays.country_holidays("NO", years=range(1950, 2101), language="no")
    ours = {one for year in range(1950, 2101) for one in public_holidays(year)}
    assert ours == set(oracle)


def test_the_calendar_is_off_on_the_oracles_days_alone() -> None:
    oracle = holidays.country_holidays("NO", years=range(2020, 2041))
    days = WorkingDays((norwegian_calendar(2020, 2040),))
    for one in range(day(date(2020, 1, 1)), day(date(2041, 1, 1))):
        is_off = date.fromordinal(one + date(1970, 1, 1).toordinal()) in oracle
        weekend = (one + 3) % 7 >= 5
        assert days.hours(1, one) == (() if is_off or weekend else NORDIC_DAY)


@pytest.mark.parametrize(
    ("year", "found"),
    [(1818, "03-22"), (1943, "04-25"), (2008, "03-23"), (2025, "04-20"), (2038, "04-25")],
)
def test_easter_of_known_years(year: int, found: str) -> None:
    assert easter_sunday(year) == date.fromisoformat(f"{year}-{found}")


def test_half_days_only_when_asked() -> None:
    plain, half = norwegian_calendar(2026, 2026), norwegian_calendar(2026, 2026, half_days=True)
    for text in ("2026-04-01", "2026-12-24", "2026-12-31"):
        assert hours(plain, text) == NORDIC_DAY
        assert hours(half, text) == HALF_DAY
    assert hours(norwegian_calendar(2028, 2028, half_days=True), "2028-12-24") == ()


def test_common_holiday_weeks_and_christmas() -> None:
    calendar = norwegian_calendar(
        2026, 2027, half_days=True, holiday_weeks=SUMMER_WEEKS, christmas_off=True
    )
    named = {row.name: row for row in calendar.exceptions if row.first_day >= day(date(2027, 1, 1))}
    summer = [row for row in calendar.exceptions if row.name == "Fellesferie"]
    assert [(row.first_day, row.last_day) for row in summer[:3]] == [
        (day(date(2026, 7, 6)), day(date(2026, 7, 10))),
        (day(date(2026, 7, 13)), day(date(2026, 7, 17))),
        (day(date(2026, 7, 20)), day(date(2026, 7, 24))),
    ]
    assert hours(calendar, "2026-12-24") == HALF_DAY
    assert hours(calendar, "2026-12-28") == hours(calendar, "2026-12-31") == ()
    assert named["Romjul"].first_day == day(date(2027, 12, 27))


def test_a_holiday_inside_a_week_off_keeps_its_name() -> None:
    calendar = norwegian_calendar(2026, 2026, holiday_weeks=(14,), half_days=True)
    names = [row.name for row in calendar.exceptions if row.first_day >= day(date(2026, 3, 30))]
    assert names[:3] == ["Fellesferie", "Skjærtorsdag", "Langfredag"]


def test_another_week() -> None:
    one = OFFICE_DAY
    week = (one, one, one, one, one, one, one)
    calendar = norwegian_calendar(2026, 2026, uid=7, name="Døgn", week=week, half_days=True)
    assert (calendar.uid, calendar.name) == (7, "Døgn")
    assert hours(calendar, "2026-04-05") == ()
    assert hours(calendar, "2026-04-11") == OFFICE_DAY


@settings(max_examples=30, deadline=None)
@given(
    st.integers(1950, 2150),
    st.integers(0, 3),
    st.sets(st.integers(1, 53), max_size=5),
    st.booleans(),
    st.booleans(),
)
def test_exceptions_never_overlap(
    first: int, more: int, weeks: set[int], half: bool, christmas: bool
) -> None:
    calendar = norwegian_calendar(
        first, first + more, half_days=half, holiday_weeks=weeks, christmas_off=christmas
    )
    rows = calendar.exceptions
    assert all(one.last_day < two.first_day for one, two in pairwise(rows))
    assert validate(Plan(calendar=1, calendars=(calendar,))) == ()


@pytest.mark.parametrize(("first", "last"), [(1500, 1600), (2026, 2024), (9000, 9999)])
def test_years_without_a_calendar(first: int, last: int) -> None:
    with pytest.raises(ValueError, match="no calendar for the years"):
        norwegian_calendar(first, last)
