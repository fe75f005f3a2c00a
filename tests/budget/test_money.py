"""Money: one rounding, sums that lose nothing, no sum of two currencies, rates by their date."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tospann.budget import money
from tospann.budget.ledger import Line
from tospann.budget.money import Money, Rates, TwoCurrencies
from tospann.budget.queries.forecast import planned_by, trend
from tospann.budget.spreading import Days, of_line
from tospann.foundation.errors import Invalid

ORE = st.decimals(min_value=0, max_value=10**9, places=2)


@pytest.mark.parametrize(
    ("amount", "whole"),
    [("0.005", "0.01"), ("-0.005", "-0.01"), ("1.004999", "1.00"), ("2.675", "2.68")],
)
def test_half_an_ore_goes_away_from_zero(amount, whole):
    assert money.rounded(Decimal(amount)) == Decimal(whole)


@given(ORE, st.lists(ORE, min_size=1, max_size=24))
def test_what_is_divided_adds_up_again(amount, weights):
    if not any(weights):
        return
    parts = money.shares(amount, weights)
    assert sum(parts) == amount
    assert all(part == money.rounded(part) for part in parts)


def test_two_currencies_have_no_sum():
    assert money.total([Money(Decimal(1)), Money(Decimal(2))]) == Money(Decimal(3))
    for act in (
        lambda: Money(Decimal(1)) + Money(Decimal(1), "EUR"),
        lambda: money.total([Money(Decimal(1), "EUR")]),
        lambda: Money(Decimal(1)) < Money(Decimal(2), "EUR"),
    ):
        with pytest.raises(TwoCurrencies):
            act()


def test_a_rate_holds_from_its_day_until_the_next():
    known = Rates(
        {"EUR": [(date(2026, 1, 1), Decimal("11.5")), (date(2026, 4, 1), Decimal("11.8"))]},
        {"standard": [(date(2027, 1, 1), Decimal(27))]},
    )
    assert known.in_nok(Decimal(10), "EUR", date(2026, 3, 31)) == 115
    assert known.in_nok(Decimal(10), "EUR", date(2026, 4, 1)) == 118
    with pytest.raises(Invalid):
        known.in_nok(Decimal(10), "EUR", date(2025, 12, 31))
    assert [known.percent("standard", date(year, 6, 1)) for year in (2026, 2027)] == [25, 27]
    assert known.percent("low", date(2021, 9, 30)) == 6
    with pytest.raises(Invalid):
        known.vat_of(Decimal(1), "ukjent", date(2026, 1, 1))


@pytest.mark.parametrize("text", ["1,005", "mye", "", "1e5", "1,2,3"])
def test_what_is_no_amount_to_the_ore_is_refused(text):
    with pytest.raises(ValueError, match=r".*"):
        money.typed(text, "nb")


def line(amount, **more):
    values = {"id": None, "number": 1, "code": "1", "name": "Post"}
    return Line(**values, amount=Decimal(amount), **more)


@given(ORE, st.lists(ORE, min_size=1, max_size=12))
def test_a_line_with_its_own_months_keeps_their_proportions_and_its_sum(amount, said):
    periods = [(f"2026-{number:02}-01", str(one)) for number, one in enumerate(said, 1)]
    days = Days((date(2026, 1, 1), date(2026, 12, 31)), {}, {})
    assert sum(of_line(line(amount, periods=periods), days).values()) == amount


def test_the_trend_carries_the_pace_on_and_never_ends_below_what_is_bound():
    going = line(1000, spent=Decimal(300))
    assert trend(going, Decimal(200)) == 1500
    assert trend(going, Decimal(0)) == going.bottom_up == 1000
    ordered = line(1000, spent=Decimal(100), committed=Decimal(950))
    assert trend(ordered, Decimal(500)) == 1050
    assert ordered.bottom_up == 1050


def test_what_is_due_by_a_day_counts_its_month_evenly():
    months = {date(2026, 3, 1): Decimal(310), date(2026, 4, 1): Decimal(300)}
    assert planned_by(months, date(2026, 3, 1)) == 10
    assert planned_by(months, date(2026, 4, 15)) == 460
    assert planned_by(months, date(2026, 2, 28)) == 0


def test_p85_less_the_cut_list_is_the_cost_frame():
    from tospann.budget.models import Budget
    from tospann.budget.queries.frames import frames

    head = Budget(
        base_estimate=Decimal(100),
        unspecified=Decimal(10),
        expected_addition=Decimal(5),
        contingency=Decimal(20),
    )
    cuts = [
        SimpleNamespace(amount=Decimal(7), state="possible"),
        SimpleNamespace(amount=Decimal(9), state="passed"),
    ]
    found = frames(head, cuts)
    assert (found.steering_frame, found.p85, found.cost_frame) == (115, 135, 128)
    assert frames(Budget(), cuts) is None
