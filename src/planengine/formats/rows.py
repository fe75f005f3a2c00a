"""JSON objects read strictly: what does not fit fails with its place."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NoReturn

from planengine.formats.failure import ImportFailed
from planengine.instants import DAY, day, instant, is_sane

_LARGEST = 2**53
_LARGEST_UID = 2**31 - 1
_MOST_ROWS = 2_000_000
_CLOCK = re.compile(r"(\d\d):(\d\d)(?::(\d\d))?")


def parsed(data: bytes) -> Any:
    """The value JSON bytes (UTF-8) stand for. Raises `ImportFailed`: not JSON, or nested without
    end.
    """
    try:
        return json.loads(data, parse_constant=_refuse)
    except RecursionError:
        raise ImportFailed("json.syntax", detail="nested too deep") from None
    except ValueError as error:
        if isinstance(error, ImportFailed):
            raise
        raise ImportFailed("json.syntax", detail=error) from None


def _refuse(word: str) -> NoReturn:
    raise ImportFailed("json.syntax", detail=word)


class Row:
    """One JSON object, with a name errors begin with. A missing or null field is `None` or the
    default asked for.
    """

    __slots__ = ("_fields", "where")

    def __init__(self, value: object, where: str) -> None:
        if not isinstance(value, Mapping):
            raise ImportFailed("json.kind", where, "{…}")
        self._fields = value
        self.where = where

    def fail(self, code: str, name: str, detail: object = "") -> ImportFailed:
        """The failure of one field, to be raised."""
        return ImportFailed(code, f"{self.where}, {name}" if self.where else name, detail)

    def has(self, name: str) -> bool:
        """True when the field holds something."""
        return self._fields.get(name) is not None

    def text(self, name: str, default: str = "") -> str:
        """A text."""
        value = self._fields.get(name)
        if value is None:
            return default
        if not isinstance(value, str):
            raise self.fail("json.kind", name, "“…”")
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        """True or false."""
        value = self._fields.get(name)
        if value is None:
            return default
        if not isinstance(value, bool):
            raise self.fail("json.kind", name, "true/false")
        return value

    def number(self, name: str) -> float | None:
        """A finite number of at most 2⁵³."""
        value = self._fields.get(name)
        return None if value is None else _number(value, self, name)

    def whole(self, name: str) -> int | None:
        """A whole number."""
        value = self._fields.get(name)
        return None if value is None else self.as_whole(name, value)

    def minutes(self, name: str) -> int | None:
        """Minutes, as whole seconds."""
        value = self.number(name)
        return None if value is None else round(value * 60)

    def hundredths(self, name: str) -> int | None:
        """Money in the currency itself, as hundredths of it."""
        value = self.number(name)
        return None if value is None else round(value * 100)

    def uid(self, name: str = "uid") -> int:
        """A positive whole number that must be there."""
        value = self.whole(name)
        if value is None:
            raise self.fail("value.missing", name)
        if not 1 <= value <= _LARGEST_UID:
            raise self.fail("value.range", name, value)
        return value

    def within(self, name: str, default: int, low: int, high: int) -> int:
        """A whole number between `low` and `high`, both allowed."""
        value = self.whole(name)
        if value is None:
            return default
        if not low <= value <= high:
            raise self.fail("value.range", name, value)
        return value

    def raw(self, name: str) -> object:
        """Whatever is there."""
        return self._fields.get(name)

    def as_number(self, name: str, value: object) -> float:
        """A value found inside the field, as `number` reads one."""
        return _number(value, self, name)

    def as_whole(self, name: str, value: object) -> int:
        """A value found inside the field, as a whole number."""
        found = _number(value, self, name)
        if found != int(found):
            raise self.fail("value.number", name, value)
        return int(found)

    def moment(self, name: str) -> int | None:
        """An instant, from an ISO date-time without a zone."""
        text = self.text(name)
        return moment_of(text, self, name) if text else None

    def day(self, name: str) -> int | None:
        """A day number, from an ISO date."""
        text = self.text(name)
        if not text:
            return None
        try:
            found = day(date.fromisoformat(text[:10]))
        except ValueError:
            found = -_LARGEST
        if not is_sane(found * DAY):
            raise self.fail("value.date", name, text)
        return found

    def list(self, name: str) -> list[Any]:
        """A list, empty when missing."""
        value = self._fields.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self.fail("json.kind", name, "[…]")
        if len(value) > _MOST_ROWS:
            raise self.fail("json.rows", name, _MOST_ROWS)
        return value

    def row(self, name: str) -> Row:
        """An object inside, an empty one when missing."""
        value = self._fields.get(name)
        return Row({} if value is None else value, f"{self.where}, {name}" if self.where else name)

    def rows(self, name: str) -> Iterator[Row]:
        """The objects of a list, one by one, each named by its place (`tasks[3]`)."""
        for place, value in enumerate(self.list(name)):
            yield Row(value, f"{self.where}, {name}[{place}]" if self.where else f"{name}[{place}]")


def _number(value: object, row: Row, name: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise row.fail("value.number", name, value)
    if not abs(value) <= _LARGEST or not math.isfinite(value):
        raise row.fail("value.range", name, "∞" if isinstance(value, float) else "> 2^53")
    return float(value)


def moment_of(text: object, row: Row, name: str) -> int:
    """A text found inside a field, as `Row.moment` reads one."""
    found = _moment(text) if isinstance(text, str) else None
    if found is None:
        raise row.fail("value.date", name, text)
    return found


@lru_cache(maxsize=8192)
def _moment(text: str) -> int | None:
    try:
        found = instant(datetime.fromisoformat(text))
    except (ValueError, OverflowError):
        return None
    return found if is_sane(found) else None


def clock(text: object, row: Row, name: str) -> int:
    """A time of day (`08:00`, `08:00:30`) in seconds after midnight; 24:00 is allowed."""
    match = _CLOCK.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise row.fail("value.time", name, text)
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    total = hours * 3600 + minutes * 60 + seconds
    if total > DAY or minutes > 59 or seconds > 59:
        raise row.fail("value.time", name, text)
    return total
