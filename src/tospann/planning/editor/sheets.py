"""A plan as the rows of the chart: one flat value a row, so that two plans are compared at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

import planengine as engine
from tospann.planning.dating import schedule_of
from tospann.planning.editor import typed
from tospann.planning.editor.words import constraint_words
from tospann.planning.kept import Kept
from tospann.planning.projection import Row, day_of
from tospann.planning.store import Loaded
from tospann.ui.formats import short_date

KINDS = {"task": 0, "milestone": 1, "summary": 2}
LINKS = {"FS": 0, "SS": 1, "FF": 2, "SF": 3}
MOST_KEPT = 30_000
"""Rows of all the sheets a process keeps."""
Span = tuple[int | None, int | None]
_NOWHERE: Span = (None, None)
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

    loaded: Loaded
    lines: dict[int, Line]
    bound: Mapping[int, Bound]

    @property
    def plan(self) -> engine.Plan:
        return self.loaded.plan


_kept = Kept[tuple[str, str], Sheet](MOST_KEPT, lambda one: len(one.lines))


def kept(content_hash: str, language: str) -> Sheet | None:
    """The sheet of a plan's content, when this process has drawn it lately."""
    return _kept.get((content_hash, language))


def sheet(loaded: Loaded, language: str, near: Sheet | None = None) -> Sheet:
    """The rows of a plan, from memory when the process has drawn it lately.

    ``near`` is a sheet of much the same plan: what they share is taken from it.
    """
    key = loaded.hash, language
    return _kept.get(key) or _kept.put(key, _made(loaded, language, near))


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


def _made(loaded: Loaded, language: str, near: Sheet | None) -> Sheet:
    plan, found = loaded.plan, schedule_of(loaded)
    same_links = near is not None and near.plan.links is plan.links
    bound = near.bound if near and same_links else _bound(plan, language)
    making = _Making(
        plan=plan,
        language=language,
        floats=_floats(found) if found is not None else {},
        spans=_spans(loaded),
        bound=bound,
        constraints=constraint_words(),
        calendars={one.uid: one.name for one in plan.calendars},
    )
    if near is None or near.plan.calendars is not plan.calendars:
        lines = {one.uid: making.line(one, loaded.rows[one.uid]) for one in plan.activities}
    else:
        lines = dict(making.lines_after(loaded, near))
    return Sheet(loaded, lines, bound)


def _floats(found: engine.Schedule) -> dict[int, tuple[int, bool]]:
    """Total slack in minutes, and whether it is critical, of every row."""
    network, total, limit = found.network, found.slack.total, found.plan.options.critical_slack
    done = {node for node, rule in network.rules.items() if rule.done is not None}
    floats = {
        uid: (total[node] // 60, total[node] <= limit and node not in done)
        for uid, node in network.index.items()
    }
    for uid in found.uids:
        if uid not in floats:
            dates = found[uid]
            floats[uid] = (dates.total_slack // 60, dates.is_critical)
    return floats


def _spans(loaded: Loaded) -> dict[int, Span]:
    """First start and last finish of what is active below each summary."""
    spans: dict[int, Span] = {}
    # Backwards: what lies below a row stands after it.
    for one in reversed(loaded.plan.activities):
        is_summary = loaded.rows[one.uid].kind == "summary"
        span = spans.setdefault(one.uid, _NOWHERE) if is_summary else (one.start, one.finish)
        if one.active and one.parent is not None:
            spans[one.parent] = _together(spans.get(one.parent, _NOWHERE), span)
    return spans


def _together(one: Span, other: Span) -> Span:
    starts = [start for start in (one[0], other[0]) if start is not None]
    finishes = [finish for finish in (one[1], other[1]) if finish is not None]
    return min(starts, default=None), max(finishes, default=None)


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
    floats: Mapping[int, tuple[int, bool]]
    spans: Mapping[int, Span]
    bound: Mapping[int, Bound]
    constraints: Mapping[engine.ConstraintKind, str]
    calendars: Mapping[int, str]

    def lines_after(self, loaded: Loaded, near: Sheet) -> Iterator[tuple[int, Line]]:
        """Lines of the other sheet where nothing they are made of differs."""
        was = {one.uid: one for one in near.plan.activities}
        for one in loaded.plan.activities:
            uid, row, line = one.uid, loaded.rows[one.uid], near.lines.get(one.uid)
            if (
                line is None
                or was[uid] is not one
                or near.loaded.rows[uid] is not row
                or row.kind == "summary"
                or self.floats.get(uid) != (line.slack, line.critical)
                or self.bound.get(uid, ()) != line.before
            ):
                line = self.line(one, row)
            yield uid, line

    def line(self, one: engine.Activity, row: Row) -> Line:
        slack, is_critical = self.floats.get(one.uid, (None, False))
        base = next((base for base in one.baselines if base.number == 0), None)
        is_summary = row.kind == "summary"
        start, finish = self.spans[one.uid] if is_summary else (one.start, one.finish)
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
            int(is_critical),
            slack,
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
