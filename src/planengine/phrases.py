"""The engine's own small phrase book: sentences, durations, moments and money in nb and en."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from planengine.instants import date_of, moment

Language = Literal["nb", "en"]
"""Languages the engine can write: Norwegian bokmål and English."""
Phrases = Mapping[str, tuple[str, str]]
"""Code → sentence in nb and en, with `{named}` places to fill."""


def say(phrases: Phrases, code: str, language: str, values: Mapping[str, str]) -> str:
    """The phrase for `code` with its places filled.

    Languages beginning with n are written in bokmål, all others in English.
    """
    nb, en = phrases[code]
    template = nb if language.startswith("n") else en
    return template.format_map(values)


def say_moment(value: int | None, language: str) -> str:
    """A moment as people write it: `12.03.2026 kl. 08:00`, `2026-03-12 08:00`; “ingen”/“none”."""
    nb = language.startswith("n")
    if value is None:
        return "ingen" if nb else "none"
    try:
        then = moment(value)
    except OverflowError:
        return str(value)
    return f"{then:%d.%m.%Y} kl. {then:%H:%M}" if nb else f"{then:%Y-%m-%d %H:%M}"


def say_day(value: int, language: str) -> str:
    """A day number as a date: `12.03.2026` or `2026-03-12`."""
    try:
        then = date_of(value)
    except (OverflowError, ValueError):
        return str(value)
    return f"{then:%d.%m.%Y}" if language.startswith("n") else f"{then:%Y-%m-%d}"


def say_number(value: float, language: str) -> str:
    """At most two decimals, with a decimal comma in bokmål: `3,5`."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if language.startswith("n") else text


def say_duration(
    seconds: int, minutes_per_day: int, language: str, *, elapsed: bool = False
) -> str:
    """A duration in days, or in hours when shorter than half a day. `elapsed` days have 24
    hours.
    """
    nb = language.startswith("n")
    per_day = 86_400 if elapsed else max(minutes_per_day, 1) * 60
    value, one, many = seconds / per_day, "dag" if nb else "day", "dager" if nb else "days"
    if 0 < abs(value) < 0.5:
        value, one, many = seconds / 3600, "time" if nb else "hour", "timer" if nb else "hours"
    word = one if value == 1 else many
    suffix = (" kalendertid" if nb else " elapsed") if elapsed else ""
    return f"{say_number(value, language)} {word}{suffix}"


def say_money(hundredths: int | None, language: str) -> str:
    """Money with thousands apart and no currency: `1 250,50`; “ukjent”/“unknown” for `None`."""
    nb = language.startswith("n")
    if hundredths is None:
        return "ukjent" if nb else "unknown"
    text = f"{hundredths / 100:,.2f}".removesuffix(".00")
    return text.replace(",", "\u00a0").replace(".", ",") if nb else text
