"""Dates, numbers and money as they are shown and read."""

import contextlib
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tospann.ui import formats

TODAY = date(2026, 11, 22)  # a Sunday in ISO week 47
SPACE = formats.NBSP


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("22.11", date(2026, 11, 22)),
        ("22.11.", date(2026, 11, 22)),
        ("1.2", date(2027, 2, 1)),
        ("22.11.26", date(2026, 11, 22)),
        (" 22.11.2026 ", date(2026, 11, 22)),
        ("22/11 2026", date(2026, 11, 22)),
        ("2026-11-22", date(2026, 11, 22)),
        ("22. november 2026", date(2026, 11, 22)),
        ("22 Nov 2026", date(2026, 11, 22)),
        ("3. des", date(2026, 12, 3)),
        ("17. mai", date(2027, 5, 17)),
        ("17 May 2027", date(2027, 5, 17)),
        ("29.2", date(2028, 2, 29)),
        ("uke 47", date(2026, 11, 16)),
        ("u47", date(2026, 11, 16)),
        ("UKE 3", date(2027, 1, 18)),
        ("week 53", date(2026, 12, 28)),
        ("u1 2027", date(2027, 1, 4)),
        ("2026-W53", date(2026, 12, 28)),
        ("i dag", TODAY),
        ("i morgen", date(2026, 11, 23)),
        ("tomorrow", date(2026, 11, 23)),
        ("i går", date(2026, 11, 21)),
        ("fre", date(2026, 11, 27)),
        ("Friday", date(2026, 11, 27)),
        ("søn", date(2026, 11, 29)),
        ("+3d", date(2026, 11, 25)),
        ("+2u", date(2026, 12, 6)),
        ("-1w", date(2026, 11, 15)),
        ("\u22123d", date(2026, 11, 19)),
        ("+3m", date(2027, 2, 22)),
        ("+5ad", date(2026, 11, 27)),
    ],
)
def test_a_typed_date_is_understood(written, meant):
    assert formats.parse_date(written, TODAY) == meant


@pytest.mark.parametrize(
    "written",
    ["", " ", "32.1", "31.2.2026", "29.2.2027", "uke 54", "uke 0", "u53 2027", "snart", "f",
     "1899-1-1", "2026-13-01", "+3x", "+99999d", "22.11.20266", "9" * 500, "-9999m", "0.0"],
)  # fmt: skip
def test_what_is_no_date_is_refused(written):
    with pytest.raises(ValueError):  # noqa: PT011 - the text itself is the message
        formats.parse_date(written, TODAY)


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_a_value_error(text):
    with contextlib.suppress(ValueError):
        assert isinstance(formats.parse_date(text, TODAY), date)


@given(st.dates(date(1900, 1, 1), date(2999, 12, 31)), st.sampled_from(["nb", "en"]))
def test_a_shown_date_reads_back_as_itself(day, language):
    assert formats.parse_date(formats.short_date(day, language), TODAY) == day
    assert formats.parse_date(formats.long_date(day, language), TODAY) == day


@given(st.decimals(-(10**12), 10**12, places=4), st.sampled_from(["nb", "en"]))
def test_a_shown_number_reads_back_as_itself(value, language):
    assert formats.parse_number(formats.number(value, language, 4), language) == value


@pytest.mark.parametrize(
    ("written", "language", "meant"),
    [
        ("1 234,5", "nb", "1234.5"),
        ("1\u00a0234\u202f567,50", "nb", "1234567.50"),
        ("\u22127,2", "nb", "-7.2"),
        ("-7.2", "nb", "-7.2"),
        ("1.234.567", "nb", "1234567"),
        ("1.234,5", "nb", "1234.5"),
        ("1.234", "nb", "1.234"),
        ("1,234", "en", "1234"),
        ("1,234.5", "en", "1234.5"),
        ("7,2", "en", "7.2"),
        ("+5", "nb", "5"),
    ],
)
def test_a_typed_number_is_understood(written, language, meant):
    assert formats.parse_number(written, language) == Decimal(meant)


@pytest.mark.parametrize(
    "written", ["", "7,2 mill", "1e5", "nan", "inf", "--1", "1,2,3", ",", "٣", "9" * 41]
)
def test_what_is_no_number_is_refused(written):
    with pytest.raises(ValueError):  # noqa: PT011 - the text itself is the message
        formats.parse_number(written)


@given(st.text(max_size=20), st.sampled_from(["nb", "en"]))
def test_any_text_is_a_number_or_a_value_error(text, language):
    with contextlib.suppress(ValueError):
        assert formats.parse_number(text, language).is_finite()


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (formats.short_date(TODAY), "22.11.2026"),
        (formats.short_date(TODAY, "en"), "22 Nov 2026"),
        (formats.long_date(TODAY, "nn"), "22. november 2026"),
        (formats.weekday_name(TODAY), "søndag"),
        (formats.week(date(2027, 1, 1)), f"uke{SPACE}53"),
        (formats.week(date(2027, 1, 1), "en"), f"week{SPACE}53"),
        (formats.date_and_time(datetime(2026, 11, 22, 9, 5)), f"22.11.2026 kl.{SPACE}09.05"),
        (formats.date_and_time(datetime(2026, 11, 22, 9, 5), "en"), "22 Nov 2026, 09:05"),
        (formats.number(1234567.5), f"1{SPACE}234{SPACE}567,5"),
        (formats.number(1234567.5, "en"), "1,234,567.5"),
        (formats.number(-0.001, "nb", 1), "0,0"),
        (formats.number(Decimal("1E+3")), f"1{SPACE}000"),
        (formats.money(Decimal("1234.50")), f"1{SPACE}234,50{SPACE}kr"),
        (formats.money(Decimal("1234.50"), "en"), f"NOK{SPACE}1,234.50"),
        (formats.money(-312_000), f"\u2212312{SPACE}000{SPACE}kr"),
        (formats.money(5, "nb", "EUR"), f"5{SPACE}EUR"),
        (formats.key_money("9999999.5"), f"10{SPACE}000{SPACE}000{SPACE}kr"),
        (formats.key_money(-12_340_000), f"−12,3{SPACE}mill.{SPACE}kr"),
        (formats.millions(3_140_000), f"3,1{SPACE}mill.{SPACE}kr"),
        (formats.percent(42), f"42{SPACE}%"),
        (formats.percent(42, "en"), "42%"),
    ],
)
def test_values_look_right(shown, expected):
    assert shown == expected
