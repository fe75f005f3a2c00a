"""Plans in files, by the ending of their names."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from planengine.codec import FORMAT as TOSPANN
from planengine.codec import DecodeError, canonical, from_json, to_json
from planengine.formats import mspdi, plan_oracle, xer
from planengine.formats.failure import ImportFailed
from planengine.formats.rows import Row, parsed
from planengine.formats.source import LARGEST, content
from planengine.model import Plan
from planengine.network import Schedule

Tell = Callable[[str], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A plan from a file. `describe(language)` is the reader's account of it, if it gives one."""

    plan: Plan
    describe: Tell = lambda _: ()


def read_plan(path: Path) -> Loaded:
    """The plan in a file: Microsoft Project XML (`.xml`), Primavera (`.xer`), the engine's own JSON
    or plan-oracle (`.json`), each also packed (`.gz`).

    Raises `ImportFailed` when the ending is unknown or the file cannot be read.
    """
    kind = ending(path)
    reader = _READERS.get(kind)
    if reader is None:
        raise ImportFailed("file.format", str(path), ", ".join(sorted(_READERS)))
    return reader(content(path, mspdi.Limits().size if kind == ".xml" else LARGEST))


def write_plan(plan: Plan, path: Path, schedule: Schedule | None = None) -> Tell:
    """Write a sound plan to a file, in the format its name ends with: `.xml`, `.oracle.json`
    (plan-oracle) or `.json` (the engine's own), each also packed (`.gz`).

    With `schedule` its dates go into the formats that have a place for them. The file is replaced
    as a whole or not at all. Returns the account of what was not kept, in sentences by language.
    Raises `ImportFailed` for an unknown ending and `OSError` when the file cannot be written.
    """
    writer = _WRITERS.get(ending(path))
    if writer is None:
        raise ImportFailed("file.format", str(path), ", ".join(sorted(_WRITERS)))
    data, tell = writer(plan, schedule)
    unfinished = path.with_name(f"{path.name}.part")
    unfinished.write_bytes(gzip.compress(data, mtime=0) if path.suffix == ".gz" else data)
    unfinished.replace(path)
    return tell


def ending(path: Path) -> str:
    """The ending that names the format: `.xml` for both `plan.xml` and `plan.XML.gz`; plan-oracle
    files may end in `.oracle.json`.
    """
    name = Path(path.name.lower().removesuffix(".gz"))
    return "".join(name.suffixes[-2:]) if name.suffixes[-2:] == _ORACLE else name.suffix


def _read_xml(data: bytes) -> Loaded:
    found = mspdi.read(data)
    return Loaded(found.plan, found.describe)


def _read_xer(data: bytes) -> Loaded:
    found = xer.read(data)
    return Loaded(found.plan, found.describe)


def _read_json(data: bytes) -> Loaded:
    value = parsed(data)
    if Row(value, "").text("format") != TOSPANN:
        return Loaded(plan_oracle.read(data).plan)
    try:
        return Loaded(from_json(value))
    except DecodeError as error:
        raise ImportFailed("json.plan", error.path, error.problem) from None


def _write_xml(plan: Plan, schedule: Schedule | None) -> tuple[bytes, Tell]:
    dates = None if schedule is None else {row.uid: row for row in schedule.dates()}
    written = mspdi.write(plan, dates)
    return written.data, written.describe


def _write_oracle(plan: Plan, schedule: Schedule | None) -> tuple[bytes, Tell]:
    data = json.dumps(plan_oracle.to_json(plan, schedule)).encode()
    return data, _silent


def _write_own(plan: Plan, _: Schedule | None) -> tuple[bytes, Tell]:
    return canonical(to_json(plan)), _silent


def _silent(_: str) -> tuple[str, ...]:
    return ()


_ORACLE = [".oracle", ".json"]
_READERS: dict[str, Callable[[bytes], Loaded]] = {
    ".xml": _read_xml,
    ".xer": _read_xer,
    ".json": _read_json,
    ".oracle.json": _read_json,
}
_WRITERS: dict[str, Callable[[Plan, Schedule | None], tuple[bytes, Tell]]] = {
    ".xml": _write_xml,
    ".json": _write_own,
    ".oracle.json": _write_oracle,
}
