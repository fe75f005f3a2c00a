"""The ``If`` header (RFC 4918 §10.4): which states of which addresses the client counts on."""

import re
from collections.abc import Callable
from dataclasses import dataclass

LONGEST = 8_000
_WORD = re.compile(r"\s*(?:(?P<open>\()|(?P<close>\))|(?P<not>Not\b)|<(?P<uri>[^<>\s]*)>|"
                   r"\[(?P<etag>(?:W/)?\"[^\"]*\")\])", re.IGNORECASE)  # fmt: skip


class Malformed(ValueError):
    """It is not an ``If`` header."""


@dataclass(frozen=True)
class Condition:
    """A lock token or an entity tag, wanted or (``Not``) unwanted."""

    token: str = ""
    etag: str = ""
    is_negated: bool = False


@dataclass(frozen=True)
class Group:
    """Conditions that must all hold, about one address (empty: the one asked for)."""

    address: str
    conditions: tuple[Condition, ...]


@dataclass(frozen=True)
class State:
    """How an address stands now; ``etag`` is empty where there is no document."""

    tokens: frozenset[str] = frozenset()
    etag: str = ""


def tokens_in(groups: list[Group]) -> frozenset[str]:
    """Every lock token the client showed, whether or not its list holds."""
    return frozenset(one.token for group in groups for one in group.conditions if one.token)


def has_etags(groups: list[Group]) -> bool:
    return any(one.etag for group in groups for one in group.conditions)


def holds(groups: list[Group], state_of: Callable[[str], State]) -> bool:
    """Whether one of the groups holds."""
    return any(_all_hold(group, state_of(group.address)) for group in groups)


def _all_hold(group: Group, state: State) -> bool:
    return all(_holds(one, state) for one in group.conditions)


def _holds(one: Condition, state: State) -> bool:
    met = one.token in state.tokens if one.token else bool(state.etag) and one.etag == state.etag
    return met is not one.is_negated


def parsed(header: str) -> list[Group]:
    """The groups of the header, in order; ``Malformed`` for what is none."""
    if len(header) > LONGEST:
        raise Malformed(header[:100])
    reading = _Reading()
    at, end = 0, len(header.rstrip())
    while at < end:
        word = _WORD.match(header, at)
        if word is None:
            raise Malformed(header)
        reading.take(word)
        at = word.end()
    return reading.finished(header)


class _Reading:
    """What has been read so far of the header."""

    def __init__(self) -> None:
        self.groups: list[Group] = []
        self.address = ""
        self.waits = False
        self.inside: list[Condition] | None = None
        self.is_negated = False

    def take(self, word: re.Match[str]) -> None:
        kind = word.lastgroup or ""
        if self.inside is None:
            self._outside(kind, word)
        elif kind == "close":
            self._close()
        elif kind == "not" and not self.is_negated:
            self.is_negated = True
        elif kind in {"uri", "etag"} and word[kind]:
            given = {"token": word["uri"] or "", "etag": word["etag"] or ""}
            self.inside.append(Condition(**given, is_negated=self.is_negated))
            self.is_negated = False
        else:
            raise Malformed(word.string)

    def _outside(self, kind: str, word: re.Match[str]) -> None:
        if kind == "open":
            self.inside = []
        elif kind == "uri" and not self.waits and word["uri"]:
            if self.groups and not self.address:
                raise Malformed("tagged and untagged lists together")
            self.address, self.waits = word["uri"], True
        else:
            raise Malformed(word.string)

    def _close(self) -> None:
        if not self.inside or self.is_negated:
            raise Malformed("an empty list")
        self.groups.append(Group(self.address, tuple(self.inside)))
        self.inside, self.waits = None, False

    def finished(self, header: str) -> list[Group]:
        if self.inside is not None or self.waits or not self.groups:
            raise Malformed(header)
        return self.groups
