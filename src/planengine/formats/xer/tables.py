"""The tables of an XER file, and their values read strictly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from planengine.formats.failure import ImportFailed
from planengine.instants import HOUR, instant, is_sane

_LARGEST = 2**53
_LARGEST_UID = 2_000_000_000
_MOST_ROWS = 3_000_000
_MOST_COLUMNS = 2000


@dataclass(slots=True)
class Table:
    """One table: its columns and its rows, each with the line it stands on."""

    name: str
    columns: tuple[str, ...] = ()
    rows: list[tuple[int, list[str]]] = field(default_factory=list)

    def each(self) -> Iterator[Row]:
        """The rows one by one."""
        for line, values in self.rows:
            yield Row(self, line, dict(zip(self.columns, values, strict=False)))


class Row:
    """One row. A missing or empty value is `None`, or the default asked for."""

    __slots__ = ("_table", "_values", "line")

    def __init__(self, table: Table, line: int, values: dict[str, str]) -> None:
        self._table = table
        self._values = values
        self.line = line

    @property
    def where(self) -> str:
        """The place, as errors and accounts name it."""
        return f"{self._table.name}, line {self.line}"

    def fail(self, code: str, name: str, detail: object = "") -> ImportFailed:
        """The failure of one value, to be raised."""
        return ImportFailed(code, f"{self.where}, {name}", detail)

    def text(self, name: str) -> str:
        """The text, `""` when missing."""
        return self._values.get(name, "").strip()

    def number(self, name: str) -> float | None:
        """A number; a decimal comma is understood, because P6 writes the machine's own."""
        value = self.text(name)
        if not value:
            return None
        try:
            found = float(value.replace(",", "."))
        except ValueError:
            raise self.fail("value.number", name, value) from None
        if not abs(found) <= _LARGEST:
            raise self.fail("value.range", name, value)
        return found

    def hours(self, name: str) -> int | None:
        """Hours, in seconds."""
        value = self.number(name)
        if value is None:
            return None
        if not abs(value * HOUR) <= _LARGEST:
            raise self.fail("value.range", name, value)
        return round(value * HOUR)

    def money(self, name: str) -> int | None:
        """Money in the currency itself, as hundredths of it."""
        value = self.number(name)
        return None if value is None else round(value * 100)

    def moment(self, name: str) -> int | None:
        """An instant."""
        value = self.text(name)
        if not value:
            return None
        found = _moment(value)
        if found is None:
            raise self.fail("value.date", name, value)
        return found


@lru_cache(maxsize=8192)
def _moment(value: str) -> int | None:
    try:
        found = instant(datetime.fromisoformat(value))
    except (ValueError, OverflowError):
        return None
    return found if is_sane(found) else None


class Tables:
    """Every table of a file, by name; a table that is not there is empty."""

    def __init__(self, data: bytes) -> None:
        self._tables: dict[str, Table] = {}
        self._count = 0
        lines = _decoded(data).split("\n")
        if not lines[0].lstrip("\ufeff").startswith("ERMHDR"):
            raise ImportFailed("xer.format", "line 1", lines[0][:40].strip())
        table: Table | None = None
        for number, line in enumerate(lines, 1):
            table = self._take(number, line.rstrip("\r"), table)

    def _take(self, number: int, line: str, table: Table | None) -> Table | None:
        mark, _, rest = line.partition("\t")
        if mark == "%T":
            return self._tables.setdefault(rest.strip(), Table(rest.strip()))
        if table is None or mark not in ("%F", "%R"):
            return table
        values = rest.split("\t")
        if len(values) > _MOST_COLUMNS:
            raise ImportFailed("xer.columns", f"line {number}", _MOST_COLUMNS)
        if mark == "%F":
            table.columns = tuple(name.strip() for name in values)
            return table
        self._count += 1
        if self._count > _MOST_ROWS:
            raise ImportFailed("json.rows", f"line {number}", _MOST_ROWS)
        table.rows.append((number, values))
        return table

    def each(self, name: str) -> Iterator[Row]:
        """The rows of a table."""
        table = self._tables.get(name)
        return iter(()) if table is None else table.each()

    def counts(self) -> Iterator[tuple[str, int]]:
        """Each table's name and number of rows."""
        for name, table in self._tables.items():
            yield name, len(table.rows)


def _decoded(data: bytes) -> str:
    """UTF-8 where it is that, else Windows-1252, which P6 writes in western Europe."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


class Numbers:
    """The uids of a table's rows: their own ids where those can be uids, else 1, 2, 3 …"""

    def __init__(self, rows: list[Row], name: str) -> None:
        ids = [row.text(name) for row in rows]
        self._uids: dict[str, int] = {}
        own = all(one.isascii() and one.isdigit() and len(one) <= 10 for one in ids)
        own = own and all(1 <= int(one) <= _LARGEST_UID for one in ids)
        for place, (one, row) in enumerate(zip(ids, rows, strict=True), 1):
            if not one:
                raise row.fail("value.missing", name)
            if one in self._uids:
                raise row.fail("uid.duplicate", name, one)
            self._uids[one] = int(one) if own else place
        if len(set(self._uids.values())) < len(self._uids):
            self._uids = {one: place for place, one in enumerate(self._uids, 1)}

    def get(self, id: str) -> int | None:
        """The uid of an id, `None` when there is no such row."""
        return self._uids.get(id)

    def of(self, row: Row, name: str) -> int:
        """The uid of a row of the table itself."""
        return self._uids[row.text(name)]

    def next(self) -> int:
        """The first uid nobody has."""
        return max(self._uids.values(), default=0) + 1
