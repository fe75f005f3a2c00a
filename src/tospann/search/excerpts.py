"""A piece of a text around what was asked for, in parts that are marked or not."""

from collections.abc import Iterator, Sequence

from tospann.search.matching import Asked

Pieces = tuple[tuple[str, bool], ...]
BEFORE, AFTER = 60, 120
SHORTEST_INSIDE = 4


def excerpt(text: str, asked: Sequence[Asked]) -> Pieces:
    """The first place where one of the words stands; nothing when none does."""
    lowered = text.lower()
    if len(lowered) != len(text):  # a letter that is several in lower case: places would slip
        lowered = text
    needles = [needle for word in asked for needle in _needles(word)]
    places = [at for at in (_find(lowered, needle, 0) for needle in needles) if at >= 0]
    if not places:
        return ()
    start, end = _around(text, min(places))
    pieces: list[tuple[str, bool]] = [("… ", False)] if start else []
    at = start
    for begin, stop in sorted(_within(lowered, needles, start, end)):
        if begin >= at:
            pieces += [(_clean(text[at:begin]), False), (text[begin:stop], True)]
            at = stop
    pieces.append((_clean(text[at:end]) + (" …" if end < len(text) else ""), False))
    return tuple(piece for piece in pieces if piece[0])


def _needles(word: Asked) -> list[str]:
    """The stem, and those of its forms that do not hold it themselves."""
    return [word.stem, *(form for form in sorted(word.forms) if word.stem not in form)]


def _find(lowered: str, needle: str, since: int) -> int:
    """Where it stands; what is short counts only where a word begins."""
    at = lowered.find(needle, since)
    while at > 0 and len(needle) < SHORTEST_INSIDE and lowered[at - 1].isalnum():
        at = lowered.find(needle, at + 1)
    return at


def _within(
    lowered: str, needles: Sequence[str], start: int, end: int
) -> Iterator[tuple[int, int]]:
    """The whole words between two places that hold one of the needles."""
    for needle in needles:
        at = _find(lowered, needle, start)
        while start <= at < end:
            begin, stop = at, at + len(needle)
            while begin > start and lowered[begin - 1].isalnum():
                begin -= 1
            while stop < end and lowered[stop].isalnum():
                stop += 1
            yield begin, stop
            at = _find(lowered, needle, stop)


def _around(text: str, place: int) -> tuple[int, int]:
    start, end = max(0, place - BEFORE), min(len(text), place + AFTER)
    if start:
        gap = text.find(" ", start, place)
        start = gap + 1 if gap >= 0 else start
    if end < len(text):
        gap = text.rfind(" ", place, end)
        end = gap if gap > place else end
    return start, end


def _clean(piece: str) -> str:
    return " ".join(piece.split(" ")).replace("\n", " ").replace("\t", " ")
