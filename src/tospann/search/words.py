"""Words of a text as they are kept and asked for: folded, cut to their stems.

Both databases only compare these strings, so what is found never depends on a database's own
language rules.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from itertools import islice
from operator import itemgetter

import snowballstemmer

LONGEST_WORD = 40
SHORTEST_COMPOUND = 7
MOST_KNOWN = 200_000
MOST_STEMS = 20_000
"""So many different stems of one text are kept."""
_WORD = re.compile(rf"[^\W_]{{1,{LONGEST_WORD}}}")
_NEIGHBOURS = {"ä": "æ", "ö": "ø", "ð": "d", "þ": "t", "œ": "ø"}
_OURS = frozenset([*map(chr, range(128)), *"æøå«»–—’“”…•§½€"])
_stemmer = snowballstemmer.stemmer("norwegian")
_SMALL = "og i på av til for er som en et det den de å med om fra ved at the of and to in"
STOP = frozenset(_SMALL.split())
"""Words that say nothing beside others."""


def folded(text: str) -> str:
    """Lower case, one form of every letter; Swedish and foreign letters as their neighbours."""
    plain = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).casefold())
    if plain.isascii():
        return plain
    foreign = set(plain) - _OURS
    return plain.translate({ord(one): _letter(one) for one in foreign}) if foreign else plain


def _letter(one: str) -> str:
    if one in _NEIGHBOURS:
        return _NEIGHBOURS[one]
    apart = unicodedata.normalize("NFD", one)
    return apart[0] if len(apart) > 1 and apart[0].isascii() else one


def words(text: str) -> list[str]:
    """The folded words of the text, in order (very long ones in pieces)."""
    found: list[str] = _WORD.findall(folded(text))
    return found


class _Stems(dict[str, str]):
    """Stems by word: most words of a language are soon known."""

    def __missing__(self, word: str) -> str:
        if len(self) >= MOST_KNOWN:
            self.clear()
        self[word] = found = _stem_of(word)
        return found


def _stem_of(word: str) -> str:
    if len(word) < 4 or not word.isalpha():
        return word
    cut: str = _stemmer.stemWord(word)
    return cut


_stems = _Stems()


def stem(word: str) -> str:
    """prosjektene → prosjekt. What holds a digit is left alone."""
    return _stems[word]


def stems(text: str) -> list[str]:
    """The stems of a text in order, with repetitions."""
    return [_stems[word] for word in words(text)]


def counted(text: str) -> dict[str, int]:
    """How often each stem occurs; as many different ones as are kept."""
    found = Counter(map(_stems.__getitem__, words(text)))
    return found if len(found) <= MOST_STEMS else dict(islice(found.items(), MOST_STEMS))


def most_frequent(found: dict[str, int], most: int) -> list[str]:
    """The stems that occur most; of equals the first."""
    order = sorted(found.items(), key=itemgetter(1), reverse=True)
    return [one for one, _times in order[:most]]


def backwards(root: str) -> str:
    """How a stem is kept a second time, so that what ends in a word is found like what begins so.

    The digit keeps it apart from words that somebody wrote.
    """
    return f"9{root[::-1]}"


class _BothWays(dict[str, str]):
    """What is kept of a stem: itself and, if it may be put together of two words, backwards."""

    def __missing__(self, root: str) -> str:
        if len(self) >= MOST_KNOWN:
            self.clear()
        is_long = len(root) >= SHORTEST_COMPOUND and root.isalpha()
        self[root] = found = f"{root} {backwards(root)}" if is_long else root
        return found


_both_ways = _BothWays()


def both_ways(found: Iterable[str]) -> str:
    """The stems as they are searched: each, and the longer ones backwards too."""
    return " ".join([_both_ways[one] for one in found])


def asked(text: str, most: int) -> list[str]:
    """The stems somebody asks for, each once; small words only when there are no others."""
    given = list(dict.fromkeys(words(text)))
    telling = [word for word in given if word not in STOP]
    return list(dict.fromkeys(stem(word) for word in telling or given))[:most]


def trigrams(word: str) -> set[str]:
    padded = f" {word} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}


def likeness(one: str, other: str) -> float:
    """How alike two words are written, 0 to 1 (shared trigrams of all)."""
    mine, yours = trigrams(one), trigrams(other)
    return len(mine & yours) / len(mine | yours)
