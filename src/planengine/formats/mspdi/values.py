"""Values of fields, each read strictly: what does not fit fails with its place."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache

from planengine.formats.failure import ImportFailed
from planengine.formats.mspdi.xml import Node
from planengine.instants import DAY, instant, is_sane

_LARGEST = 2**53
_DURATION = re.compile(
    r"(-)?P(?:(\d{1,9}(?:\.\d{1,9})?)D)?"
    r"(?:T(?:(\d{1,12}(?:\.\d{1,9})?)H)?(?:(\d{1,12}(?:\.\d{1,9})?)M)?(?:(\d{1,15}(?:\.\d{1,9})?)S)?)?"
)
_TIME = re.compile(r"(?:.*T)?(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?")


class Fields:
    """The fields of one row, with a name for the row that errors begin with (`Task UID=5`).

    A field that is missing or empty is `None` (or the default asked for).
    """

    __slots__ = ("_fields", "node", "where")

    def __init__(self, node: Node, where: str) -> None:
        self.node = node
        self.where = where
        self._fields = node.fields

    def fail(self, code: str, name: str, detail: object) -> ImportFailed:
        """The failure of one field, to be raised."""
        return ImportFailed(code, f"{self.where}, {name}", detail)

    def text(self, name: str) -> str:
        """The text, `""` when missing."""
        return self._fields.get(name, "")

    def whole(self, name: str, default: int = 0) -> int:
        """A whole number."""
        value = self._fields.get(name)
        if not value:
            return default
        try:
            number = int(value) if len(value) <= 20 else round(float(value))
        except (ValueError, OverflowError):
            number = round(self.number(name))
        if abs(number) > _LARGEST:
            raise self.fail("value.range", name, value)
        return number

    def number(self, name: str, default: float = 0.0) -> float:
        """A number with decimals."""
        value = self._fields.get(name)
        if not value:
            return default
        try:
            number = float(value)
        except ValueError:
            raise self.fail("value.number", name, value) from None
        if not abs(number) <= _LARGEST:
            raise self.fail("value.range", name, value)
        return number

    def flag(self, name: str) -> bool:
        """True for `1` and `true`."""
        return self._fields.get(name, "0").lower() in ("1", "true")

    def money(self, name: str) -> int | None:
        """Hundredths of the currency, which is how the format stores costs."""
        return round(self.number(name)) if self._fields.get(name) else None

    def moment(self, name: str) -> int | None:
        """An instant."""
        value = self._fields.get(name)
        if not value:
            return None
        found = _moment(value)
        if found is None:
            raise self.fail("value.date", name, value)
        return found

    def seconds(self, name: str) -> int | None:
        """A duration such as `PT8H30M0S` in seconds."""
        value = self._fields.get(name)
        if not value:
            return None
        found = _seconds(value)
        if found is None:
            raise self.fail("value.duration", name, value)
        return found

    def tenths(self, name: str) -> int:
        """Tenths of a minute, in seconds."""
        return self.whole(name) * 6

    def clock(self, name: str) -> int:
        """A time of day in seconds after midnight."""
        value = self.text(name)
        match = _TIME.fullmatch(value)
        if match is None:
            raise self.fail("value.time", name, value)
        hours, minutes, seconds = (int(part or 0) for part in match.groups())
        total = hours * 3600 + minutes * 60 + seconds
        if total > DAY or minutes > 59 or seconds > 59:
            raise self.fail("value.time", name, value)
        return total


@lru_cache(maxsize=8192)
def _moment(value: str) -> int | None:
    try:
        found = instant(datetime.fromisoformat(value).replace(tzinfo=None))
    except (ValueError, OverflowError):
        return None
    return found if is_sane(found) else None


@lru_cache(maxsize=8192)
def _seconds(value: str) -> int | None:
    match = _DURATION.fullmatch(value)
    if match is None or value.endswith(("P", "T")):
        return None
    sign, days, hours, minutes, seconds = match.groups()
    total = (
        float(days or 0) * DAY
        + float(hours or 0) * 3600
        + float(minutes or 0) * 60
        + float(seconds or 0)
    )
    if total > _LARGEST:
        return None
    return round(-total if sign else total)
