"""The columns of a register: what each may hold, how it is checked, and how it reads.

A column comes from the project's pack or settings as plain data. What is kept is plain too:
decimals and dates as text, so that nothing is rounded on the way.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Literal, cast, get_args
from uuid import UUID

from django.utils.translation import gettext

from tospann.foundation.errors import Invalid
from tospann.ui import formats
from tospann.ui.jinja import language

Kind = Literal[
    "text", "rich_text", "number", "money", "year", "date", "datetime", "bool", "choice", "person"
]
KINDS = frozenset(get_args(Kind))
_LIKE: Mapping[str, Kind] = {
    "level": "choice",
    "rag": "choice",
    "list": "rich_text",
    "ref": "text",
    "people": "text",
    "money[]": "text",
    "signature": "text",
}
_NO_COLUMN = frozenset({"file", "files", "calc"})
"""Files are documents, and what is computed belongs to them; judgements of persons (``restricted``)
have no place in a register whose history the whole team reads."""
STATUS = "status"
"""The key of the column whose values are the states of the rows, where a register has one."""
LONGEST_LINE, LONGEST_TEXT, LARGEST = 500, 20_000, Decimal("1e15")


@dataclass(frozen=True)
class Choice:
    """A value to choose; ``final`` ends the row, ``tone`` is its colour."""

    key: str
    label: str
    tone: str = "neutral"
    final: bool = False


@dataclass(frozen=True)
class Column:
    """One column of a register."""

    key: str
    label: str
    kind: Kind
    required: bool = False
    help: str = ""
    choices: tuple[Choice, ...] = ()

    def word(self, value: Any) -> str:
        """How a chosen value reads; what was removed from the list reads as it is kept."""
        return next((one.label for one in self.choices if one.key == value), str(value))


def columns(stored: Sequence[Mapping[str, Any]], lists: Mapping[str, Any]) -> list[Column]:
    """The columns of a definition, with the values of the project's lists they name."""
    return [
        _column(one, lists)
        for one in stored
        if one.get("kind") not in _NO_COLUMN and not one.get("restricted")
    ]


def _column(stored: Mapping[str, Any], lists: Mapping[str, Any]) -> Column:
    kind = stored.get("kind", "text")
    chosen = stored.get("choices") or lists.get(stored.get("choice_list") or "", ())
    return Column(
        key=str(stored["key"]),
        label=str(stored.get("label") or stored["key"]),
        kind=cast(Kind, kind if kind in KINDS else _LIKE.get(kind, "text")),
        required=bool(stored.get("required")),
        help=str(stored.get("help") or ""),
        choices=tuple(
            Choice(
                one["key"], str(one["label"]), one.get("tone", "neutral"), bool(one.get("final"))
            )
            for one in chosen
        ),
    )


def states(of: Sequence[Column]) -> tuple[Choice, ...]:
    """The states of a register: those of its status column, else open and closed."""
    own = next((one.choices for one in of if one.key == STATUS and one.choices), ())
    return own or (
        Choice("open", gettext("Open"), "yellow"),
        Choice("closed", gettext("Closed"), "green", final=True),
    )


def cleaned(of: Sequence[Column], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as they are kept; raises ``Invalid`` on the first that cannot be."""
    known = {one.key: one for one in of if one.key != STATUS}
    strange = set(values) - set(known)
    if strange:
        raise Invalid(gettext("The register has no column %(name)s.") % {"name": min(strange)})
    kept = {key: _cleaned(column, values.get(key)) for key, column in known.items()}
    return {key: value for key, value in kept.items() if value not in (None, "")}


def _cleaned(column: Column, value: Any) -> Any:
    if value is None or (isinstance(value, str) and not value.strip()):
        if column.required:
            raise Invalid(_said(column, gettext("This must be filled in.")), column.key)
        return None
    try:
        return _READ[column.kind](column, value)
    except (ValueError, TypeError, InvalidOperation):
        raise Invalid(_said(column, _NEEDED[column.kind]()), column.key) from None


def _said(column: Column, sentence: str) -> str:
    return f"{column.label}: {sentence}"


def _line(_column: Column, value: Any) -> str:
    return _short(value, LONGEST_LINE)


def _text(_column: Column, value: Any) -> str:
    return _short(value, LONGEST_TEXT)


def _short(value: Any, most: int) -> str:
    if not isinstance(value, str) or len(value) > most or "\x00" in value:
        raise ValueError
    return value.strip()


def _number(_column: Column, value: Any) -> str:
    found = Decimal(str(value))
    if isinstance(value, bool) or not found.is_finite() or abs(found) > LARGEST:
        raise ValueError
    return f"{found:f}"


def _year(_column: Column, value: Any) -> int:
    found = int(str(value))
    if not 1800 <= found <= 2200:
        raise ValueError
    return found


def _day(_column: Column, value: Any) -> str:
    return (value if isinstance(value, date) else date.fromisoformat(value)).isoformat()[:10]


def _moment(_column: Column, value: Any) -> str:
    found = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return found.isoformat(timespec="minutes")


def _bool(_column: Column, value: Any) -> bool | None:
    if not isinstance(value, bool):
        raise ValueError
    return value or None


def _choice(column: Column, value: Any) -> str:
    if value not in {one.key for one in column.choices}:
        raise ValueError
    return str(value)


def _person(_column: Column, value: Any) -> str:
    return str(UUID(str(value)))


_READ = {
    "text": _line,
    "rich_text": _text,
    "number": _number,
    "money": _number,
    "year": _year,
    "date": _day,
    "datetime": _moment,
    "bool": _bool,
    "choice": _choice,
    "person": _person,
}
_NEEDED = {
    "text": lambda: gettext("At most %(n)s characters.") % {"n": LONGEST_LINE},
    "rich_text": lambda: gettext("At most %(n)s characters.") % {"n": LONGEST_TEXT},
    "number": lambda: gettext("Write a number, such as 1 234,5"),
    "money": lambda: gettext("Write a number, such as 1 234,5"),
    "year": lambda: gettext("Write a year, such as 2027"),
    "date": lambda: gettext("Write a date, such as 22.11.2026, uke 47 or +3d"),
    "datetime": lambda: gettext("Write a date and a time of day."),
    "bool": lambda: gettext("Answer yes or no."),
    "choice": lambda: gettext("Choose one of the values of the list."),
    "person": lambda: gettext("Choose somebody on the project's team."),
}


def shown(column: Column, value: Any, people: Mapping[str, str]) -> str:
    """A kept value as people read it."""
    if value in (None, ""):
        return ""
    spoken = language()
    match column.kind:
        case "choice":
            return column.word(value)
        case "person":
            return people.get(str(value), "")
        case "bool":
            return gettext("Yes")
        case "date":
            return formats.short_date(date.fromisoformat(value), spoken)
        case "datetime":
            return formats.date_and_time(datetime.fromisoformat(value), spoken)
        case "number":
            return formats.number(Decimal(value), spoken)
        case "money":
            return formats.money(Decimal(value), spoken)
    return str(value)
