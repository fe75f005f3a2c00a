"""Our holidays against the `holidays` package, and working days against plain counting."""

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tospann.ui.holidays import (
    add_working_days,
    is_working_day,
    public_holidays,
    working_days_between,
)

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


def test_every_year_from_1950_to_2100_has_the_public_holidays_of_the_oracle():
    oracle = holidays.country_holidays("NO", years=range(1950, 2101), language="no")
    ours = {day for year in range(1950, 2101) for day in public_holidays(year)}
    assert ours == set(oracle)


def test_two_holidays_on_one_day_are_both_named():
    assert public_holidays(2008)[date(2008, 5, 1)] == "1. mai, Kristi himmelfartsdag"


@pytest.mark.parametrize(
    ("year", "days"), [(2024, 252), (2025, 252), (2026, 253), (2027, 255), (2028, 251)]
)
def test_working_days_of_known_years(year, days):
    assert working_days_between(date(year, 1, 1), date(year + 1, 1, 1)) == days


@given(DAYS, st.integers(-400, 400))
def test_working_days_between_counts_them(start, span):
    end = start + timedelta(days=span)
    low, high = min(start, end), max(start, end)
    counted = sum(is_working_day(low + timedelta(days=n)) for n in range((high - low).days))
    assert working_days_between(start, end) == (counted if span >= 0 else -counted)


@given(DAYS, st.integers(-60, 60).filter(bool))
def test_adding_working_days_lands_on_one_and_counts_back(day, count):
    found = add_working_days(day, count)
    assert is_working_day(found)
    one = timedelta(days=1)
    between = (
        working_days_between(day + one, found + one)
        if count > 0
        else working_days_between(day, found)
    )
    assert between == count
