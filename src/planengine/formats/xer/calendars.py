"""Calendars of the file, from the nested text P6 keeps them in.

`clndr_data` is a tree of nodes `(0||name(attributes)(children))`. Under `DaysOfWeek` stand days 1
(Sunday) to 7 with their spans `s|08:00|f|12:00`; under `Exceptions` days `d|` counted from
1899-12-30, with spans when they are worked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from planengine.formats.account import Account
from planengine.formats.tidy import joined
from planengine.formats.xer.tables import Numbers, Row
from planengine.instants import DAY, HOUR, day, is_sane
from planengine.model import Calendar, CalendarException, DayHours, Interval, Week

_TOKEN = re.compile(r"\(|\)|[^()\s\x7f][^()\x7f]*")
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)(?::\d\d)?\s*([AaPp][Mm])?")
_DEEPEST, _MOST_TOKENS, _MOST_EXCEPTIONS = 16, 2_000_000, 20_000
_FIRST_DAY = day(date(1899, 12, 30))
_USUAL: DayHours = ((8 * HOUR, 16 * HOUR),)
Days = dict[int, DayHours]


@dataclass(slots=True)
class Node:
    """One node of the tree: its name, its attributes as one text, and what lies in it."""

    name: str
    attributes: str = ""
    children: list[Node] = field(default_factory=list)


def read_calendars(rows: list[Row], numbers: Numbers, account: Account) -> tuple[Calendar, ...]:
    """Every calendar; the exceptions of the one it builds on are put in, where it has none."""
    own: dict[int, tuple[Row, Week, Days]] = {}
    for row in rows:
        uid = numbers.of(row, "clndr_id")
        own[uid] = (row, *_data(row, account))
    found = []
    for uid, (row, week, _) in own.items():
        exceptions: Days = {}
        for above in _bases(uid, own, numbers):
            exceptions = own[above][2] | exceptions
        account.keep("calendar")
        account.keep("exception", len(exceptions))
        name = row.text("clndr_name")
        found.append(Calendar(uid, name, week, exceptions=tuple(_runs(exceptions))))
    return tuple(found)


def _bases(uid: int, own: dict[int, tuple[Row, Week, Days]], numbers: Numbers) -> Iterator[int]:
    """The calendar itself, then what it builds on, for as long as that is new."""
    seen: set[int] = set()
    above: int | None = uid
    while above is not None and above in own and above not in seen:
        seen.add(above)
        yield above
        above = numbers.get(own[above][0].text("base_clndr_id"))


def _runs(days: Days) -> Iterator[CalendarException]:
    """Days in a row with the same hours, as one exception."""
    run: CalendarException | None = None
    for one, hours in sorted(days.items()):
        if run is not None and (run.last_day + 1, run.hours) == (one, hours):
            run = CalendarException(run.first_day, one, hours)
            continue
        if run is not None:
            yield run
        run = CalendarException(one, one, hours)
    if run is not None:
        yield run


def _data(row: Row, account: Account) -> tuple[Week, Days]:
    """A calendar's own week and exceptions."""
    sections = {node.name: node.children for node in _sections(_tree(row))}
    hours: list[DayHours] = [()] * 7
    for node in sections.get("DaysOfWeek", ()):
        if node.name in ("1", "2", "3", "4", "5", "6", "7"):
            hours[(int(node.name) + 5) % 7] = _hours(node.children, row)
    if not any(hours):
        account.warn("calendar.week", row.where)
        hours = [_USUAL] * 5 + [()] * 2
    monday, tuesday, wednesday, thursday, friday, saturday, sunday = hours
    week = (monday, tuesday, wednesday, thursday, friday, saturday, sunday)
    return week, _exceptions(sections.get("Exceptions", []), row, account)


def _sections(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        if node.name == "CalendarData":
            yield from node.children
        else:
            yield node


def _exceptions(nodes: list[Node], row: Row, account: Account) -> Days:
    if len(nodes) > _MOST_EXCEPTIONS:
        account.warn("calendar.exceptions", row.where, _MOST_EXCEPTIONS)
        account.lose("exception", row.where, "clndr_data", len(nodes) - _MOST_EXCEPTIONS)
    found: Days = {}
    for node in nodes[:_MOST_EXCEPTIONS]:
        words = node.attributes.split("|")
        if words[0] != "d" or len(words) < 2 or not re.fullmatch(r"[0-9]{1,6}", words[1]):
            raise row.fail("xer.calendar", "clndr_data", node.attributes)
        one = int(words[1]) + _FIRST_DAY
        if not is_sane(one * DAY):
            account.lose("exception", row.where, node.attributes)
            continue
        found[one] = _hours(node.children, row)
    return found


def _hours(nodes: Iterable[Node], row: Row) -> DayHours:
    spans: list[Interval] = []
    for node in nodes:
        words = node.attributes.split("|")
        said = dict(zip(words[::2], words[1::2], strict=False))
        if "s" not in said or "f" not in said:
            continue
        start, finish = _clock(said["s"], row), _clock(said["f"], row) or DAY
        if finish == DAY - 60:
            finish = DAY
        if finish > start:
            spans.append((start, finish))
    return joined(spans)


def _clock(text: str, row: Row) -> int:
    match = _CLOCK.fullmatch(text.strip())
    hours, minutes = (int(match[1]), int(match[2])) if match else (99, 0)
    if match and match[3]:
        hours = hours % 12 + (12 if match[3].lower() == "pm" else 0)
    if hours > 24 or minutes > 59 or hours * 60 + minutes > 1440:
        raise row.fail("value.time", "clndr_data", text)
    return hours * HOUR + minutes * 60


def _tree(row: Row) -> list[Node]:
    """The nodes at the top of the text."""
    tokens = _TOKEN.findall(row.text("clndr_data"))
    if len(tokens) > _MOST_TOKENS:
        raise row.fail("xer.calendar", "clndr_data", "too long")
    reading = _Reading(tokens, row)
    nodes = reading.nodes(0)
    if reading.place < len(tokens):
        raise row.fail("xer.calendar", "clndr_data", tokens[reading.place])
    return nodes


class _Reading:
    """Reads `(label(attributes)(nodes))` again and again, at most sixteen deep."""

    def __init__(self, tokens: list[str], row: Row) -> None:
        self._tokens = tokens
        self._row = row
        self.place = 0

    def nodes(self, depth: int) -> list[Node]:
        """The nodes that stand here one after another."""
        if depth > _DEEPEST:
            raise self._row.fail("xer.calendar", "clndr_data", "nested too deep")
        found = []
        while self._next() == "(":
            self._expect("(")
            node = Node(self._text().partition("||")[2])
            self._expect("(")
            node.attributes = self._text()
            self._expect(")")
            self._expect("(")
            node.children = self.nodes(depth + 1)
            self._expect(")")
            self._expect(")")
            found.append(node)
        return found

    def _next(self) -> str:
        return self._tokens[self.place] if self.place < len(self._tokens) else ""

    def _text(self) -> str:
        """The text that stands here, `""` where a bracket does."""
        found = self._next()
        if found in ("(", ")", ""):
            return ""
        self.place += 1
        return found.strip()

    def _expect(self, bracket: str) -> None:
        if self._next() != bracket:
            raise self._row.fail("xer.calendar", "clndr_data", self._next() or "…")
        self.place += 1
