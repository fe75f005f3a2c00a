"""Joining two texts that began as one, line by line; what both wrote in one place is kept."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

Lines = list[str]


@dataclass(frozen=True)
class Merged:
    """The joined text, and what of ours found no place in it because others changed the same."""

    text: str
    left_over: str = ""


def plain(text: str) -> str:
    """Line ends as one kind: a form sends others than a script."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def merge(base: str, theirs: str, ours: str) -> Merged:
    """What both made of ``base``. Lines added in one place follow each other, theirs first."""
    if ours in (base, theirs):
        return Merged(theirs)
    if theirs == base:
        return Merged(ours)
    joined: Lines = []
    left_over: Lines = []
    for before, mine, yours in _parts(_lines(base), _lines(ours), _lines(theirs)):
        taken, over = _part(before, mine, yours)
        joined += taken
        left_over += over
    return Merged("\n".join(joined), "\n".join(left_over))


def _lines(text: str) -> Lines:
    return text.split("\n") if text else []


def _part(before: Lines, ours: Lines, theirs: Lines) -> tuple[Lines, Lines]:
    """What one stretch becomes, and what of ours is left over."""
    if ours in (before, theirs):
        return theirs, []
    if theirs == before:
        return ours, []
    if not any(line.strip() for line in before):
        return [*_without_end(theirs), *ours], []
    new = [line for line in ours if line not in theirs and line not in before]
    return theirs, new


def _without_end(lines: Lines) -> Lines:
    """Empty lines at the end are where one was going to write; another wrote there now."""
    kept = list(lines)
    while kept and not kept[-1].strip():
        kept.pop()
    return kept


def _parts(base: Lines, ours: Lines, theirs: Lines) -> Iterator[tuple[Lines, Lines, Lines]]:
    """The texts cut where all three agree: stretches as (base, ours, theirs)."""
    at = (0, 0, 0)
    for start, mine, yours, length in _agreements(base, ours, theirs):
        if (start, mine, yours) != at:
            yield base[at[0] : start], ours[at[1] : mine], theirs[at[2] : yours]
        if length:
            same = base[start : start + length]
            yield same, same, same
        at = (start + length, mine + length, yours + length)


def _agreements(
    base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]
) -> Iterator[tuple[int, int, int, int]]:
    """Runs of lines that stand in all three, as (base, ours, theirs, length); the end is one."""
    mine = SequenceMatcher(None, base, ours, autojunk=False).get_matching_blocks()
    yours = SequenceMatcher(None, base, theirs, autojunk=False).get_matching_blocks()
    first, second = 0, 0
    while first < len(mine) and second < len(yours):
        a, b = mine[first], yours[second]
        start, end = max(a.a, b.a), min(a.a + a.size, b.a + b.size)
        if end > start:
            yield start, a.b + start - a.a, b.b + start - b.a, end - start
        if a.a + a.size < b.a + b.size:
            first += 1
        else:
            second += 1
    yield len(base), len(ours), len(theirs), 0
