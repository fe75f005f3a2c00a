"""Plans in files, by the ending of their names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from planengine.codec import FORMAT as TOSPANN
from planengine.codec import DecodeError, from_json
from planengine.formats import mspdi, plan_oracle
from planengine.formats.failure import ImportFailed
from planengine.formats.rows import Row, parsed
from planengine.formats.source import content
from planengine.model import Plan

Tell = Callable[[str], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A plan from a file. `describe(language)` is the reader's account of it, if it gives one."""

    plan: Plan
    describe: Tell = lambda _: ()


def read_plan(path: Path) -> Loaded:
    """The plan in a file: Microsoft Project XML (`.xml`), the engine's own JSON or plan-oracle
    (`.json`), each also packed (`.gz`).

    Raises `ImportFailed` when the ending is unknown or the file cannot be read.
    """
    reader = _READERS.get(ending(path))
    if reader is None:
        raise ImportFailed("file.format", str(path), ", ".join(sorted(_READERS)))
    return reader(content(path))


def ending(path: Path) -> str:
    """The ending that names the format: `.xml` for both `plan.xml` and `plan.XML.gz`."""
    name = path.name.lower().removesuffix(".gz")
    return Path(name).suffix


def _read_xml(data: bytes) -> Loaded:
    found = mspdi.read(data)
    return Loaded(found.plan, found.describe)


def _read_json(data: bytes) -> Loaded:
    value = parsed(data)
    if Row(value, "").text("format") != TOSPANN:
        return Loaded(plan_oracle.read(data).plan)
    try:
        return Loaded(from_json(value))
    except DecodeError as error:
        raise ImportFailed("json.plan", error.path, error.problem) from None


_READERS: dict[str, Callable[[bytes], Loaded]] = {".xml": _read_xml, ".json": _read_json}
