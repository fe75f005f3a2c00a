"""What a template takes from the portal: registers its tables stand for, and values it draws.

Capabilities above this one register what they know when the portal starts, as everywhere else:
``keeps(Register(…))`` for tables whose rows are a register's, ``draws(name, …)`` for what nobody
types, ``suggests(name, …)`` for what a field may be filled with, ``refers(name, …)`` for what can
be pointed at.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from tospann.blanks.values import is_empty
from tospann.foundation.authority import Actor
from tospann.projects.models import Project

Row = dict[str, Any]
REF, AS, GONE, ID = "_ref", "_as", "_gone", "_id"


@dataclass(frozen=True)
class Change:
    """A row to write into its register: new when there is no ``ref``."""

    ref: str
    row: Row
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Register:
    """A register that tables stand for; ``write`` carries changes out through its commands."""

    name: str
    label: str | Promise
    columns: tuple[str, ...]
    rows: Callable[[Project, str], list[Row]]
    write: Callable[[Actor, Project, Sequence[Change]], None] | None = None
    link: Callable[[Project], str] = lambda project: ""


@dataclass(frozen=True)
class Drawn:
    """What the portal puts in a field: words, or a table; and where it comes from."""

    source: str = ""
    link: str = ""
    text: str = ""
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    numbers: tuple[int, ...] = ()
    """The columns that are amounts."""

    @property
    def is_empty(self) -> bool:
        return not self.text and not self.rows

    def to_json(self) -> dict[str, Any]:
        kept = {"source": self.source, "link": self.link, "text": self.text}
        return {
            **kept,
            "heads": list(self.heads),
            "rows": [list(row) for row in self.rows],
            "numbers": list(self.numbers),
        }

    @staticmethod
    def from_json(kept: dict[str, Any]) -> "Drawn":
        return Drawn(
            source=kept.get("source", ""),
            link=kept.get("link", ""),
            text=kept.get("text", ""),
            heads=tuple(kept.get("heads", ())),
            rows=tuple(tuple(row) for row in kept.get("rows", ())),
            numbers=tuple(kept.get("numbers", ())),
        )


Drawer = Callable[[Project, str], Drawn]
Suggester = Callable[[Project, str], str]


@dataclass
class _Known:
    registers: dict[str, Register] = field(default_factory=dict)
    drawers: dict[str, Drawer] = field(default_factory=dict)
    suggesters: dict[str, tuple[str | Promise, Suggester]] = field(default_factory=dict)
    refers: dict[str, Callable[[Project], Iterable[str]]] = field(default_factory=dict)


_known = _Known()


def keeps(register: Register) -> None:
    """A table whose ``source`` is this name shows, and writes back to, this register."""
    _known.registers[register.name] = register


def draws(name: str, drawer: Drawer) -> None:
    """Fields of this kind (or computed from this source) are drawn like so."""
    _known.drawers[name] = drawer


def suggests(name: str, label: str | Promise, suggester: Suggester) -> None:
    """Fields whose ``source`` is this name are offered this text."""
    _known.suggesters[name] = (label, suggester)


def refers(name: str, names: Callable[[Project], Iterable[str]]) -> None:
    """What a field that ``refers_to`` this may point at."""
    _known.refers[name] = names


def register(name: str) -> Register | None:
    return _known.registers.get(name)


def drawer(kind: str, source: str) -> Drawer | None:
    return _known.drawers.get(source) or _known.drawers.get(kind)


def suggester(name: str) -> tuple[str | Promise, Suggester] | None:
    return _known.suggesters.get(name)


def names_of(what: str, project: Project) -> list[str]:
    """What can be pointed at, each once."""
    known = _known.refers.get(what)
    return list(dict.fromkeys(known(project))) if known else []


def presented(of: Register, there: Sequence[Row], stored: Any) -> list[Row]:
    """The register's rows as the document has them.

    What was changed in the document stands; all else follows the register, also rows that came
    after the document was written.
    """
    present = {row[REF]: row for row in there}
    kept = stored if isinstance(stored, list) else []
    seen = {row.get(REF) for row in kept}
    shown = [_followed(of, row, present.get(row.get(REF, ""))) for row in kept]
    new = [{ID: _short(ref), AS: _cells(of, row), **row} for ref, row in present.items()]
    return [*shown, *(row for row in new if row[REF] not in seen)]


def _followed(of: Register, row: Row, now: Row | None) -> Row:
    if now is None:
        return row
    was = row.get(AS, {})
    followed = {c: now.get(c) for c in of.columns if row.get(c) == was.get(c)}
    return {**row, **followed, AS: {**was, **followed}}


def _cells(of: Register, row: Row) -> Row:
    return {column: row.get(column) for column in of.columns}


def _short(ref: str) -> str:
    return "r" + ref.rpartition(":")[2].replace("-", "")[-12:]


def visible(rows: Iterable[Row]) -> list[Row]:
    """Without those that were left out of the document."""
    return [row for row in rows if not row.get(GONE)]


def differences(of: Register, rows: Iterable[Row]) -> list[Change]:
    """What of these rows the register does not have yet. Rows left out are not removed there."""
    return [change for row in visible(rows) if (change := _difference(of, row)) is not None]


def _difference(of: Register, row: Row) -> Change | None:
    ref = str(row.get(REF) or "")
    was = row.get(AS, {}) if ref else {}
    changed = tuple(
        c
        for c in of.columns
        if row.get(c) != was.get(c) and not _both_empty(row.get(c), was.get(c))
    )
    return Change(ref, row, changed) if changed else None


def _both_empty(one: Any, other: Any) -> bool:
    return is_empty(one) and is_empty(other)
