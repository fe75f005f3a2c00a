"""What a field holds: typed text as it is kept, and what is kept as people read it.

What cannot be read as what it should be (a date that is no date) is kept as it was typed, so that
autosave never loses anything; ``problem`` says so until it is put right.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from tospann.blanks.definition import Column, Field
from tospann.foundation.errors import Invalid
from tospann.ui import formats
from tospann.ui.merging import plain

LONGEST = 20_000
MOST_ROWS = 200
NUMBERS = frozenset({"number", "money"})
LINES = frozenset({"list", "people", "tree"})
CHOSEN = frozenset({"choice", "level", "rag"})
LIGHTS = ("green", "amber", "red")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_CLOCK = re.compile(r"(?:kl\.?\s*)?(\d{1,2})[:.](\d{2})$")


def read(column: Column, typed: Any, language: str) -> Any:
    """What somebody typed into a field or a cell, as it is kept."""
    if column.kind == "money[]":
        listed = [str(one) for one in typed][: column.length]
        return [_one("money", one, language) for one in listed] if any(listed) else None
    text = _UNSTORABLE.sub("", plain(str(typed))).rstrip()
    if len(text) > LONGEST:
        words = gettext("This is too long (at most %(max_length)s characters).")
        raise Invalid(words % {"max_length": LONGEST}, column.key)
    return _one(column.kind, text, language)


def _one(kind: str, text: str, language: str) -> Any:
    bare = text.strip()
    if not bare:
        return None
    try:
        if kind in NUMBERS:
            return _decimal(bare, language)
        if kind == "date":
            return formats.parse_date(bare, timezone.localdate()).isoformat()
        if kind == "datetime":
            return _moment(bare)
    except (ValueError, InvalidOperation):
        return text
    if kind == "year":
        return int(bare) if bare.isascii() and bare.isdigit() and len(bare) == 4 else bare
    if kind == "bool":
        return {"yes": True, "no": False}.get(bare, bare)
    return bare if kind in CHOSEN else text


def _decimal(text: str, language: str) -> str:
    bare = text.removesuffix(",-").strip().removeprefix("kr").removesuffix("kr").strip()
    found = formats.parse_number(bare, language)
    if abs(found) >= 10**15:
        raise ValueError(text)
    return f"{found.normalize():f}"


def _moment(text: str) -> str:
    day, _space, clock = text.rpartition(" ")
    found = _CLOCK.match(clock)
    if not found:
        raise ValueError(text)
    if day.rstrip().casefold().endswith("kl."):
        day = day.rstrip()[:-3]
    at = time(int(found[1]), int(found[2]))
    on = formats.parse_date(day.strip(), timezone.localdate())
    return datetime.combine(on, at).isoformat(timespec="minutes")


def is_empty(value: Any) -> bool:
    """Whether nothing has been filled in: a table of empty rows is empty, too."""
    if isinstance(value, list):
        return all(is_empty(one) for one in value)
    if isinstance(value, Mapping):
        return all(is_empty(cell) for key, cell in value.items() if not key.startswith("_"))
    return value is None or value == ""


def problem(column: Column, value: Any) -> str:
    """Why what was typed cannot be used as it is, or nothing."""
    if is_empty(value):
        return ""
    if column.kind == "money[]":
        return next((said for one in value if (said := _wrong("money", one, column))), "")
    return _wrong(column.kind, value, column)


def _wrong(kind: str, value: Any, column: Column) -> str:
    if is_empty(value):
        return ""
    if kind in NUMBERS and as_decimal(value) is None:
        return gettext("Write a number, such as 1 234,5")
    if kind == "year" and not isinstance(value, int):
        return gettext("Write a year with four digits")
    if kind == "date" and as_date(value) is None:
        return gettext("Write a date, such as 22.11.2026, uke 47 or +3d")
    if kind == "datetime" and as_moment(value) is None:
        return gettext("Write a date and a time, such as 22.11.2026 10:00")
    if kind == "bool" and not isinstance(value, bool):
        return gettext("Answer yes or no")
    if kind in {"choice", "level"} and column.choice(value) is None:
        return gettext("Choose one of those offered")
    if kind == "rag" and value not in LIGHTS:
        return gettext("Choose one of those offered")
    return ""


def problems(field: Field, value: Any) -> list[str]:
    """Everything of a field that cannot be used as it is."""
    if field.kind != "table":
        found = problem(field, value)
        return [found] if found else []
    return [
        f"{column.label}: {said}"
        for row in rows_of(value)
        for column in field.typed_columns
        if (said := problem(column, row.get(column.key)))
    ]


def rows_of(value: Any) -> list[dict[str, Any]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def as_decimal(value: Any) -> Decimal | None:
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def as_date(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def as_moment(value: Any) -> datetime | None:
    text = str(value)
    try:
        return datetime.fromisoformat(text) if "T" in text else None
    except ValueError:
        return None


def shown(column: Column, value: Any, language: str) -> str:
    """The value in words; what could not be read, as it was typed."""
    if is_empty(value) and not isinstance(value, bool):
        return ""
    if column.kind == "money[]":
        return " · ".join(_shown("money", column, one, language) or "–" for one in value)
    return _shown(column.kind, column, value, language)


def _shown(kind: str, column: Column, value: Any, language: str) -> str:
    if kind in NUMBERS or kind == "calc":
        amount = as_decimal(value)
        if amount is None:
            return str(value or "")
        is_broken = kind == "money" and amount != amount.to_integral_value()
        return formats.number(amount, language, 2 if is_broken else None)
    if kind == "date":
        day = as_date(value)
        return formats.short_date(day, language) if day else str(value)
    if kind == "datetime":
        at = as_moment(value)
        if at is None:
            return str(value)
        return f"{formats.short_date(at.date(), language)} {formats.clock(at, language)}"
    if kind == "bool":
        return {True: gettext("Yes"), False: gettext("No")}.get(value, str(value))
    if kind == "rag":
        return _light(value)
    chosen = column.choice(value) if column.choices else None
    return chosen.label if chosen else str(value)


def _light(value: Any) -> str:
    words = {
        "green": gettext("On track"),
        "amber": gettext("Watch"),
        "red": gettext("Needs action"),
    }
    return words.get(str(value), str(value))


def lines(value: Any) -> list[str]:
    """A list, one entry a line."""
    return [line.strip(" \t-*•") for line in str(value or "").splitlines() if line.strip(" \t-*•")]


def tree(value: Any) -> list[tuple[int, str]]:
    """A breakdown as it was indented: (level from 0, text)."""
    found, levels = [], list[int]()
    for line in str(value or "").splitlines():
        text = line.strip(" \t-*•")
        if not text:
            continue
        indent = len(line.expandtabs(2)) - len(line.expandtabs(2).lstrip(" "))
        dashes = len(line.lstrip()) - len(line.lstrip().lstrip("-"))
        depth = indent + 2 * max(dashes - 1, 0)
        while levels and levels[-1] >= depth:
            levels.pop()
        found.append((len(levels), text))
        levels.append(depth)
    return found


def total(found: Sequence[Decimal | None]) -> Decimal:
    return sum((one for one in found if one is not None), Decimal(0))
