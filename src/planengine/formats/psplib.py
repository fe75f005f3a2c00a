"""PSPLIB `.sm` files: resource-constrained projects with one mode for each activity.

The format is the one of the generator ProGen (Kolisch and Sprecher, “PSPLIB – a project scheduling
problem library”, European Journal of Operational Research 96, 1996).
"""

from __future__ import annotations

import re

from planengine.formats.failure import ImportFailed
from planengine.levelling.instance import Instance, InvalidInstance

_LONGEST = 20_000_000
_MOST = 100_000
_HEADS = ("PRECEDENCE RELATIONS", "REQUESTS/DURATIONS", "RESOURCEAVAILABILITIES")
_COUNT = re.compile(r"^\s*-?\s*([a-z()/ .]+?)\s*:\s*(\d{1,9})\b", re.IGNORECASE)
_NUMBERS = re.compile(r"[\s\d]+")
Rows = list[tuple[int, list[int]]]


def read_sm(text: str, name: str = "") -> Instance:
    """The instance in the text of a `.sm` file, its jobs numbered from 0.

    Raises `ImportFailed` with the line: not such a file, several modes, resources that are not
    renewable, numbers missing or too many, or an instance no schedule exists for.
    """
    if len(text) > _LONGEST:
        raise ImportFailed("file.size", detail=_LONGEST)
    counts, sections = _parts(text)
    jobs, resources = counts.get("jobs", 0), counts.get("renewable", 0)
    if not 1 <= jobs <= _MOST or not 1 <= resources <= _MOST:
        raise ImportFailed("psplib.format", detail=f"jobs {jobs}, renewable {resources}")
    if counts.get("nonrenewable") or counts.get("doubly constrained"):
        raise ImportFailed("psplib.resources")
    relations = _numbered(sections[_HEADS[0]], jobs)
    requests = _numbered(sections[_HEADS[1]], jobs)
    instance = Instance(
        durations=tuple(_request(row, resources)[0] for row in requests),
        successors=tuple(_successors(row, jobs) for row in relations),
        demands=tuple(_request(row, resources)[1:] for row in requests),
        capacities=_capacities(sections[_HEADS[2]], resources),
        name=name,
    )
    try:
        return instance.checked()
    except InvalidInstance as error:
        raise ImportFailed("psplib.unsound", detail=error) from None


def _parts(text: str) -> tuple[dict[str, int], dict[str, Rows]]:
    """The counts of the head, and each section's rows of numbers with their lines."""
    counts: dict[str, int] = {}
    sections: dict[str, Rows] = {}
    rows: Rows = []
    for line, content in enumerate(text.splitlines(), 1):
        title = content.strip().rstrip(":")
        if title in _HEADS:
            rows = sections.setdefault(title, [])
        elif content.startswith("***"):
            rows = []
        elif _NUMBERS.fullmatch(content) and title:
            rows.append((line, _whole(line, content)))
        elif (count := _COUNT.match(content)) is not None:
            counts.setdefault(count[1].split("(")[0].strip().lower(), int(count[2]))
    for head in _HEADS:
        if head not in sections:
            raise ImportFailed("psplib.format", detail=head)
    return counts, sections


def _whole(line: int, content: str) -> list[int]:
    words = content.split()
    if len(words) > _MOST or any(len(word) > 9 or not word.isascii() for word in words):
        raise ImportFailed("psplib.row", f"line {line}", content.strip())
    return [int(word) for word in words]


def _numbered(rows: Rows, jobs: int) -> Rows:
    """The rows of jobs 1, 2, 3 … in order, without their numbers."""
    if len(rows) != jobs:
        raise ImportFailed("psplib.format", detail=f"{len(rows)} ≠ {jobs}")
    for place, (line, row) in enumerate(rows, 1):
        if row[0] != place:
            raise ImportFailed("psplib.row", f"line {line}", row[0])
        if len(row) < 3:
            raise ImportFailed("psplib.row", f"line {line}", len(row))
        if row[1] != 1:
            raise ImportFailed("psplib.modes", f"line {line}", row[1])
    return [(line, row[2:]) for line, row in rows]


def _successors(found: tuple[int, list[int]], jobs: int) -> tuple[int, ...]:
    line, (count, *successors) = found
    if count != len(successors) or any(not 1 <= job <= jobs for job in successors):
        raise ImportFailed("psplib.row", f"line {line}", " ".join(map(str, successors)))
    return tuple(job - 1 for job in successors)


def _request(found: tuple[int, list[int]], resources: int) -> tuple[int, ...]:
    line, row = found
    if len(row) != resources + 1:
        raise ImportFailed("psplib.row", f"line {line}", " ".join(map(str, row)))
    return tuple(row)


def _capacities(rows: Rows, resources: int) -> tuple[int, ...]:
    if len(rows) != 1 or len(rows[0][1]) != resources:
        raise ImportFailed("psplib.format", detail=_HEADS[2])
    return tuple(rows[0][1])
