"""What a section of the answer is: named columns and plain rows, for page, paper, sheet and API."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Row = dict[str, Any]
"""``link`` and ``file`` are addresses (of the title, and of the bytes); the rest are columns."""


@dataclass(frozen=True)
class Column:
    """``kind``: text · number · money · date · moment · code · title · file."""

    key: str
    label: str
    kind: str = "text"


@dataclass(frozen=True)
class Section:
    """One part: ``key`` is its name for programs, ``none`` what is said when it is empty."""

    key: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    none: str
    lead: str = ""
    link: tuple[str, str] | None = None

    def plain(self) -> list[Row]:
        """The rows as programs read them: the columns alone."""
        keys = [one.key for one in self.columns if one.kind != "file"]
        return [{key: row.get(key) for key in keys} for row in self.rows]

    def table(self) -> tuple[list[tuple[str, str]], list[list[Any]]]:
        """Headings and rows as a spreadsheet takes them."""
        shown = [one for one in self.columns if one.kind != "file"]
        heads = [(one.label, "link" if one.kind == "title" else one.kind) for one in shown]
        return heads, [[row.get(one.key) for one in shown] for row in self.rows]


@dataclass
class Named:
    """Words for what is stored as codes and ids. Names of people are today's: who has been erased
    is not named here either."""

    people: Mapping[Any, str] = field(default_factory=dict)

    def person(self, pk: Any) -> str:
        return self.people.get(pk, "") if pk else ""


def label(choices: Iterable[tuple[str, Any]], value: str) -> str:
    """The word of a code; the code itself where there is none any more."""
    return str(dict(choices).get(value, value))
