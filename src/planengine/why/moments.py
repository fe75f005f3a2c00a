"""Moments and days as they are said in passing: 12. nov. 08:00, 14.–15. nov."""

from __future__ import annotations

from datetime import date

from planengine.instants import DAY, date_of, moment

_NB = [
    "jan.",
    "feb.",
    "mars",
    "april",
    "mai",
    "juni",
    "juli",
    "aug.",
    "sep.",
    "okt.",
    "nov.",
    "des.",
]
_EN = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def short_moment(value: int, year: int, language: str) -> str:
    """`12. nov. 08:00` or `12 Nov 08:00`; with the year when it is not `year`."""
    try:
        then = moment(value)
    except OverflowError:
        return str(value)
    return f"{short_day(value // DAY, year, language)} {then:%H:%M}"


def short_day(value: int, year: int, language: str) -> str:
    """`12. nov.` or `12 Nov` of a day number; with the year when it is not `year`."""
    try:
        then = date_of(value)
    except (OverflowError, ValueError):
        return str(value)
    text = _day_and_month(then, language)
    return text if then.year == year else f"{text} {then.year}"


def short_days(first: int, last: int, year: int, language: str) -> str:
    """A range of day numbers, both included: `14.–15. nov.` or `14–15 Nov`."""
    whole = short_day(last, year, language)
    if first == last:
        return whole
    one, other = date_of(first), date_of(last)
    if (one.year, one.month) == (other.year, other.month):
        return f"{one.day}{'.' if language.startswith('n') else ''}–{whole}"
    return f"{short_day(first, other.year, language)}–{whole}"


def _day_and_month(then: date, language: str) -> str:
    if language.startswith("n"):
        return f"{then.day}. {_NB[then.month - 1]}"
    return f"{then.day} {_EN[then.month - 1]}"
