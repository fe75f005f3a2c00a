"""A plan as the rows of the chart: one flat value a row, so that two plans are compared at once."""

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

import planengine as engine
from tospann.planning.dating import schedule_of
from tospann.planning.editor import typed
from tospann.planning.editor.words import constraint_words
from tospann.planning.projection import Row, day_of
from tospann.planning.store import Loaded
from tospann.ui.formats import short_date

KINDS = {"task": 0, "milestone": 1, "summary": 2}
LINKS = {"FS": 0, "SS": 1, "FF": 2, "SF": 3}
MOST_KEPT = 60_000
"""Rows of all the sheets a process keeps."""
Bound = tuple[tuple[int, int, str], ...]
"""What a row waits for: ``(uid, kind of link, lag as it is typed)``."""


class Line(NamedTuple):
    """One row; instants and lengths in minutes."""

    uid: int
    parent: int
    name: str
    kind: int
    start: int | None
    length: int | None
    duration: int
    unit: str
    percent: float
    critical: int
    slack: int | None
    responsible: str | None
    deadline: int | None
    constraint: str
    calendar: str
    manual: int
    idle: int
    base_start: int | None
    base_length: int | None
    was_start: int | None
    was_length: int | None
    change: str
    before: Bound


@dataclass(frozen=True)
class Sheet:
    """A plan's rows by uid, in outline order."""

    plan: engine.Plan
    lines: dict[int, Line]


_kept: OrderedDict[tuple[str, str], Sheet] = OrderedDict()
_lock = threading.Lock()


def kept(content_hash: str, language: str) -> Sheet | None:
    """The sheet of a plan's content, when this process has drawn it lately."""
    with _lock:
        found = _kept.get((content_hash, language))
        if found is not None:
            _kept.move_to_end((content_hash, language))
        return found


def sheet(loaded: Loaded, language: str) -> Sheet:
    """The rows of a plan, from memory when the process has drawn it lately."""
    found = kept(loaded.hash, language)
    if found is None:
        found = Sheet(loaded.plan, _lines(loaded, language))
        with _lock:
            _kept[loaded.hash, language] = found
            while len(_kept) > 1 and sum(len(one.lines) for one in _kept.values()) > MOST_KEPT:
                _kept.popitem(last=False)
    return found


def beside(draft: Sheet, plan: Sheet) -> Sheet:
    """The draft's rows, with what each is in the plan now where that differs."""
    return replace(draft, lines={uid: _beside(one, plan) for uid, one in draft.lines.items()})


def _beside(line: Line, plan: Sheet) -> Line:
    was = plan.lines.get(line.uid)
    if was == line:
        return line
    if was is None:
        return line._replace(change="new")
    if (was.start, was.length) != (line.start, line.length):
        line = line._replace(was_start=was.start, was_length=was.length)
    return line._replace(change="changed") if _is_touched(line, was) else line


def _is_touched(line: Line, was: Line) -> bool:
    """Whether somebody has changed the row itself: what follows from others does not count."""
    dates = was if line.manual else line
    same = was._replace(
        start=dates.start,
        length=dates.length,
        critical=line.critical,
        slack=line.slack,
        percent=line.percent if line.kind == KINDS["summary"] else was.percent,
        was_start=line.was_start,
        was_length=line.was_length,
    )
    return same != line


def against(sheet: Sheet, frozen: Mapping[int, tuple[int | None, int | None]]) -> Sheet:
    """The rows measured against other frozen dates than those in the plan."""
    nothing = (None, None)

    def other(line: Line) -> Line:
        start, finish = frozen.get(line.uid, nothing)
        return line._replace(base_start=_minutes(start), base_length=_length(start, finish))

    return replace(sheet, lines={uid: other(line) for uid, line in sheet.lines.items()})


def _lines(loaded: Loaded, language: str) -> dict[int, Line]:
    plan, found = loaded.plan, schedule_of(loaded)
    making = _Making(
        plan=plan,
        language=language,
        found=found,
        sums=engine.roll_up(plan),
        bound=_bound(plan, language),
        constraints=constraint_words(),
        calendars={one.uid: one.name for one in plan.calendars},
    )
    return {one.uid: making.line(one, loaded.rows[one.uid]) for one in plan.activities}


def _bound(plan: engine.Plan, language: str) -> dict[int, Bound]:
    lists: dict[int, list[tuple[int, int, str]]] = {}
    for link in plan.links:
        lag = typed.lag_written(link, plan, language) if link.lag else ""
        lists.setdefault(link.successor, []).append((link.predecessor, LINKS[link.kind], lag))
    return {uid: tuple(links) for uid, links in lists.items()}


@dataclass(frozen=True)
class _Making:
    """What is looked up for every row."""

    plan: engine.Plan
    language: str
    found: engine.Schedule | None
    sums: Mapping[int, engine.RollUp]
    bound: Mapping[int, Bound]
    constraints: Mapping[engine.ConstraintKind, str]
    calendars: Mapping[int, str]

    def line(self, one: engine.Activity, row: Row) -> Line:
        dates = self.found[one.uid] if self.found is not None else None
        base = next((base for base in one.baselines if base.number == 0), None)
        total = self.sums.get(one.uid) if row.kind == "summary" else None
        start, finish = (total.start, total.finish) if total else (one.start, one.finish)
        return Line(
            one.uid,
            one.parent or 0,
            one.name,
            KINDS[row.kind],
            _minutes(start),
            _length(start, finish),
            one.duration // 60,
            _unit(one),
            int(row.percent) if row.percent.is_integer() else row.percent,
            int(dates is not None and dates.is_critical),
            None if dates is None else dates.total_slack // 60,
            one.responsible,
            _minutes(one.deadline),
            self._constraint(one) if one.constraint else "",
            self.calendars.get(one.calendar, "") if one.calendar is not None else "",
            int(one.mode is engine.Mode.MANUAL),
            int(not one.active),
            _minutes(base.start) if base else None,
            _length(base.start, base.finish) if base else None,
            None,
            None,
            "",
            self.bound.get(one.uid, ()),
        )

    def _constraint(self, one: engine.Activity) -> str:
        assert one.constraint is not None
        day = day_of(one.constraint.date)
        said = short_date(day, self.language) if day else ""
        return self.constraints[one.constraint.kind] % {"day": said}


def _minutes(instant: int | None) -> int | None:
    return None if instant is None else instant // 60


def _length(start: int | None, finish: int | None) -> int | None:
    return None if start is None or finish is None else finish // 60 - start // 60


def _unit(one: engine.Activity) -> str:
    return f"{'e' if one.elapsed else ''}{one.unit}{'?' if one.estimated else ''}"
