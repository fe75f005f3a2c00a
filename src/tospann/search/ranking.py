"""In which order hits are shown: a pure function of what was asked and what is kept of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tospann.search.matching import Asked

_EXACT, _BEGINS, _ENDS = 10.0, 6.0, 5.0
_ALL_IN_TITLE, _IS_TITLE, _IS_NUMBER = 8.0, 20.0, 100.0
_SOMEWHERE, _STRONG = 1.0, 4.0


@dataclass(frozen=True)
class Candidate:
    """What ranking looks at."""

    pk: int
    reference: str
    at: datetime
    number: str
    title_stems: tuple[str, ...]
    strong: tuple[str, ...]


def ranked(candidates: Sequence[Candidate], asked: Sequence[Asked], text: str) -> list[Candidate]:
    """Best first; of equals the newest, then by reference, so that no order is by chance."""
    number = text.strip().casefold()
    order = sorted(candidates, key=lambda one: one.reference)
    order.sort(key=lambda one: one.at, reverse=True)
    order.sort(key=lambda one: score(one, asked, number), reverse=True)
    return order


def score(one: Candidate, asked: Sequence[Asked], number: str) -> float:
    in_title = [_in_title(one.title_stems, word) for word in asked]
    total = sum(
        value or _in_text(one.strong, word) for value, word in zip(in_title, asked, strict=True)
    )
    if all(in_title):
        total += _ALL_IN_TITLE + 2 / (1 + len(one.title_stems))
    if one.title_stems == tuple(word.stem for word in asked):
        total += _IS_TITLE
    if number and number == one.number.casefold():
        total += _IS_NUMBER
    return total


def _in_title(title: Sequence[str], word: Asked) -> float:
    if word.stem in title:
        return _EXACT
    if any(_begins(one, word) for one in title):
        return _BEGINS
    return _ENDS if any(_is_form(one, word) for one in title) else 0.0


def _in_text(strong: Sequence[str], word: Asked) -> float:
    """More the more often the text says it; ``strong`` begins with the most frequent."""
    if word.stem in strong:
        return _SOMEWHERE + _STRONG * (1 - strong.index(word.stem) / len(strong))
    for place, one in enumerate(strong):
        if _begins(one, word) or _is_form(one, word):
            return _SOMEWHERE + _STRONG / 2 * (1 - place / len(strong))
    return _SOMEWHERE


def _begins(one: str, word: Asked) -> bool:
    return one.startswith(word.stem) and word.may_go_on


def _is_form(one: str, word: Asked) -> bool:
    return (one.endswith(word.stem) and word.may_end) or one in word.forms
