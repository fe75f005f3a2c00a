"""Instants and days as plain integers: naive local wall clock, no time zone and no clock.

An *instant* counts whole seconds since 1970-01-01 00:00 on the project's own wall clock; a *day*
counts whole days since the same date. Neither knows daylight saving: converting to and from real
time happens where a person or another system is met.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

MINUTE = 60
HOUR = 3600
DAY = 86_400

_EPOCH = datetime.combine(date(1970, 1, 1), time())
_EPOCH_ORDINAL = _EPOCH.toordinal()


def instant(moment: datetime) -> int:
    """Seconds since 1970-01-01 of a naive `datetime`; fractions of a second are dropped.

    Raises `ValueError` when `moment` carries a time zone, because a plan has none.
    """
    if moment.tzinfo is not None:
        raise ValueError("a plan instant is naive local time, but the datetime has a time zone")
    days = moment.toordinal() - _EPOCH_ORDINAL
    return days * DAY + moment.hour * HOUR + moment.minute * MINUTE + moment.second


def moment(value: int) -> datetime:
    """The naive `datetime` of an instant. Raises `OverflowError` outside the years 1–9999."""
    return _EPOCH + timedelta(seconds=value)


def day(value: date) -> int:
    """Days since 1970-01-01 of a date (a `datetime` counts by its date)."""
    return value.toordinal() - _EPOCH_ORDINAL


def date_of(value: int) -> date:
    """The date of a day number. Raises `ValueError`/`OverflowError` outside the years 1–9999."""
    return date.fromordinal(value + _EPOCH_ORDINAL)


def weekday(value: int) -> int:
    """Weekday of a day number: Monday is 0 and Sunday 6 (1970-01-01 was a Thursday)."""
    return (value + 3) % 7


EARLIEST = day(date(1900, 1, 1)) * DAY
"""First instant a plan may name; anything before is called absurd by `validate`."""
LATEST = day(date(2200, 1, 1)) * DAY
"""First instant too late for a plan."""


def is_sane(value: int) -> bool:
    """True for instants from 1900 up to, not including, 2200."""
    return EARLIEST <= value < LATEST
