"""Joining two texts that began as one, line by line; what both wrote in one place is kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

Lines = list[str]


@dataclass(frozen=True)
class Merged:
    """The joined text, and what of ours found no place in it because others changed the same."""

    text: str
    left_over: str = ""


@dataclass(frozen=True)
class Edit:
    """The lines from ``start`` up to ``end`` of the base become these."""

    start: int
    end: int
    lines: tuple[str, ...]

    def collides(self, other: "Edit") -> bool:
        """Whether both change one line. Lines added in one place only follow each other."""
        return self.start < other.end and other.start < self.end


def plain(text: str) -> str:
    """Line ends as one kind: a form sends others than a script."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def merge(base: str, theirs: str, ours: str) -> Merged:
    """What both made of ``base``. Lines added in one place follow each other, theirs first."""
    if ours in (base, theirs):
        return Merged(theirs)
    if theirs == base:
        return Merged(ours)
    lines = _lines(base)
    kept = list(_edits(lines, _lines(theirs)))
    joined, left_over = list(kept), list[str]()
    for mine in _edits(lines, _lines(ours)):
        over = [edit for edit in kept if mine.collides(edit)]
        if mine in kept:
            continue
        if not over:
            joined.append(mine)
        elif any(line.strip() for line in lines[mine.start : mine.end]):
            left_over += _new(mine, over, lines)
        else:  # both wrote where the base had an empty line
            joined.append(Edit(over[-1].end, over[-1].end, mine.lines))
    return Merged("\n".join(_applied(lines, joined)), "\n".join(left_over))


def _lines(text: str) -> Lines:
    return text.split("\n") if text else []


def _edits(base: Lines, changed: Lines) -> Iterator[Edit]:
    codes = SequenceMatcher(None, base, changed, autojunk=False).get_opcodes()
    for tag, start, end, first, last in codes:
        if tag != "equal":
            yield Edit(start, end, tuple(changed[first:last]))


def _new(mine: Edit, theirs: list[Edit], base: Lines) -> Lines:
    """The lines of an edit that nobody else has: not in the base, nor in what replaced it."""
    known = {*base[mine.start : mine.end], *(line for edit in theirs for line in edit.lines)}
    return [line for line in mine.lines if line not in known]


def _applied(base: Lines, edits: list[Edit]) -> Iterator[str]:
    """The base with edits that do not collide; in one place, in the order they are given."""
    at = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        yield from base[at : edit.start]
        yield from edit.lines
        at = max(at, edit.end)
    yield from base[at:]
