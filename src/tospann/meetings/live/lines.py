"""One-line commands: `/a @ola fre ny plan` read as what is meant, or what is not understood."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext

from tospann.ui.formats import parse_date

LONGEST_TITLE = 200
_COMMAND = re.compile(r"\s*/(\w+)\s*(.*)", re.DOTALL)
_BY = re.compile(r"\s+(?:innen|by)\s+(\S+(?:\s+\S+){0,2})[.!]?$", re.IGNORECASE)
_DATE_LIKE = re.compile(r"[+\u2212-]\d+\w*|\d{1,2}[./]\d{1,2}\S*|\d{4}-\d.*")
_SMALL_WORDS = frozenset({"on", "to", "ti", "ma", "fr", "lø", "sø"})
"""Days when short, but as words something else: “to nye tilbud” is no Thursday."""


class Kind(StrEnum):
    ACTION = "action"
    DECISION = "decision"
    RISK = "risk"
    PROBLEM = "problem"
    PROMISE = "promise"


LETTERS = {
    Kind.ACTION: "a",
    Kind.DECISION: "v",
    Kind.RISK: "r",
    Kind.PROBLEM: "p",
    Kind.PROMISE: "l",
}
_NAMES = {
    "a": Kind.ACTION,
    "aksjon": Kind.ACTION,
    "action": Kind.ACTION,
    "handling": Kind.ACTION,
    "oppgave": Kind.ACTION,
    "v": Kind.DECISION,
    "b": Kind.DECISION,
    "d": Kind.DECISION,
    "vedtak": Kind.DECISION,
    "beslutning": Kind.DECISION,
    "decision": Kind.DECISION,
    "r": Kind.RISK,
    "risiko": Kind.RISK,
    "risk": Kind.RISK,
    "p": Kind.PROBLEM,
    "problem": Kind.PROBLEM,
    "l": Kind.PROMISE,
    "løfte": Kind.PROMISE,
    "promise": Kind.PROMISE,
}
OWNED = frozenset({Kind.ACTION, Kind.RISK, Kind.PROBLEM, Kind.PROMISE})
DATED = frozenset({Kind.ACTION, Kind.PROBLEM, Kind.PROMISE, Kind.RISK})


@dataclass(frozen=True)
class Named:
    """Somebody a line may name: of the team, or (for promises) a contact."""

    pk: UUID
    name: str
    is_contact: bool = False


@dataclass(frozen=True)
class Noted:
    """What a line means."""

    kind: Kind
    title: str
    who: Named | None = None
    due_on: date | None = None


class NotUnderstood(ValueError):
    """Says what in the line is not understood, in the reader's language."""


def is_command(text: str) -> bool:
    found = _COMMAND.fullmatch(text)
    return found is not None and found[1].lower() in _NAMES


def read(text: str, people: Sequence[Named], today: date) -> Noted:
    """The line as what is meant; ``NotUnderstood`` says what is wrong with it."""
    found = _COMMAND.fullmatch(text)
    kind = _NAMES.get(found[1].lower()) if found else None
    if found is None or kind is None:
        raise NotUnderstood(
            gettext(
                "Begin with /a (action), /v (decision), /r (risk), /p (problem) or /l (promise)."
            )
        )
    rest, who, due_on = found[2].strip(), None, None
    if kind in OWNED and rest.startswith("@"):
        who, rest = _who(rest[1:], people)
    if kind in DATED:
        due_on, rest = _when(rest, today)
    title = rest.strip()
    if not title:
        raise NotUnderstood(gettext("Write what it is about, too."))
    if len(title) > LONGEST_TITLE:
        raise NotUnderstood(
            gettext("Write it shorter: at most %(most)s characters.") % {"most": LONGEST_TITLE}
        )
    return Noted(kind, title[:1].upper() + title[1:], who, due_on)


def _who(rest: str, people: Sequence[Named]) -> tuple[Named, str]:
    """The person named at the beginning of the rest, and what follows."""
    words = rest.split(" ")
    wanted = words[0].strip(",:;")
    if not wanted:
        raise NotUnderstood(gettext("Write a name after @."))
    fitting = _fitting(wanted, people)
    taken = 1
    while taken < len(words) and len(fitting) > 0:
        narrower = [one for one in fitting if _has_word(one.name, words[taken])]
        if not narrower:
            break
        fitting, taken = narrower, taken + 1
    if not fitting:
        raise NotUnderstood(gettext("Nobody on the team is called “%(name)s”.") % {"name": wanted})
    if len(fitting) > 1:
        names = ", ".join(one.name for one in fitting[:4])
        raise NotUnderstood(
            gettext("“%(name)s” may be %(people)s. Write more of the name.")
            % {"name": wanted, "people": names}
        )
    return fitting[0], " ".join(words[taken:]).strip()


def _fitting(wanted: str, people: Sequence[Named]) -> list[Named]:
    """Those whose first name it is; else with a name that begins so; else with these initials."""
    parts = [part for part in re.split(r"[._-]", wanted.lower()) if part]
    firsts = [one for one in people if _words(one.name)[:1] == parts]
    if firsts:
        return firsts
    begun = [one for one in people if _begins(_words(one.name), parts)]
    return begun or [one for one in people if _initials(one.name) == wanted.lower()]


def _words(name: str) -> list[str]:
    return [word for word in re.split(r"[\s.-]+", name.lower()) if word]


def _begins(words: list[str], parts: list[str]) -> bool:
    return bool(parts) and all(any(word.startswith(part) for word in words) for part in parts)


def _has_word(name: str, word: str) -> bool:
    return word.lower().strip(",:;") in _words(name)[1:]


def _initials(name: str) -> str:
    return "".join(word[0] for word in _words(name))


def _when(rest: str, today: date) -> tuple[date | None, str]:
    """The date at the beginning (or after “innen” at the end), and the rest without it."""
    words = rest.split()
    for count in (3, 2, 1):
        said = " ".join(words[:count]).strip(",:;")
        if len(words) >= count and said.lower() not in _SMALL_WORDS:
            found = _date(said, today)
            if found is not None:
                return found, " ".join(words[count:])
    if words and _DATE_LIKE.fullmatch(words[0].strip(",:;")):
        raise NotUnderstood(
            gettext("“%(date)s” is no date. Write 22.11, uke 47, fre or +3d.") % {"date": words[0]}
        )
    return _at_the_end(rest, today)


def _at_the_end(rest: str, today: date) -> tuple[date | None, str]:
    last = _BY.search(rest)
    found = _date(last[1].rstrip(".!"), today) if last else None
    return (found, rest[: last.start()]) if last and found else (None, rest)


def _date(said: str, today: date) -> date | None:
    try:
        return parse_date(said, today)
    except ValueError:
        return None
