"""A stored plan as the rows of a drawing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.translation import gettext as _

import planengine as engine
from planengine.instants import DAY, weekday
from tospann.planning.dating import schedule_of
from tospann.planning.drawing.bars import Bar, Column, Span
from tospann.planning.models import Kind
from tospann.planning.projection import Row
from tospann.planning.store import Loaded
from tospann.ui.formats import is_norwegian, number, short_date


@dataclass(frozen=True)
class Chart:
    """Everything a drawing of a plan needs."""

    bars: tuple[Bar, ...]
    links: tuple[tuple[int, int, str], ...] = ()
    baseline: Mapping[int, Span] = field(default_factory=dict)
    off: frozenset[int] = frozenset()
    status: int | None = None

    def down_to(self, level: int) -> "Chart":
        """Only what lies above a level of the outline, and every milestone."""
        kept = [one for one in self.bars if one.level <= level or one.kind == Kind.MILESTONE]
        return replace(self, bars=tuple(kept))

    def only(self, wanted: Callable[[Bar], bool]) -> "Chart":
        """The wanted rows, and the headings they lie under."""
        kept, below = [], 0
        for one in reversed(self.bars):
            is_above = one.kind == Kind.SUMMARY and one.level < below
            if (
                is_above
                or (one.kind != Kind.SUMMARY and wanted(one))
                or (one.is_heading and wanted(one))
            ):
                kept.append(one)
                below = one.level
        return replace(self, bars=tuple(reversed(kept)))

    @property
    def span(self) -> Span | None:
        """From the first to the last of its bars, frozen or not."""
        spans = [one.span for one in self.bars if one.span]
        spans += [self.baseline[one.uid] for one in self.bars if one.uid in self.baseline]
        if not spans:
            return None
        return Span(min(one.start for one in spans), max(one.finish for one in spans))


def columns() -> tuple[Column, ...]:
    """The table at the left, after number and name."""
    return (Column(_("Start")), Column(_("Finish")), Column(_("Days"), is_number=True))


def chart_of(loaded: Loaded, people: Mapping[str, str], language: str) -> Chart:
    """The plan's rows with their dates, what is critical, and the frozen dates; no query."""
    plan, found = loaded.plan, schedule_of(loaded)
    sums = engine.roll_up(plan)
    bars, frozen = [], {}
    for one in plan.activities:
        row = loaded.rows[one.uid]
        total = sums.get(one.uid) if row.kind == Kind.SUMMARY else None
        span = _span(total.start, total.finish) if total else _span(one.start, one.finish)
        critical = found is not None and one.active and found[one.uid].is_critical
        bars.append(_bar(one, row, span, critical, plan, people, language))
        base = next((base for base in one.baselines if base.number == 0), None)
        if base and (was := _span(base.start, base.finish)):
            frozen[one.uid] = was
    links = tuple((one.predecessor, one.successor, str(one.kind)) for one in plan.links)
    chart = Chart(tuple(bars), links, frozen, status=plan.status_date)
    reach = chart.span
    return replace(chart, off=days_off(plan, reach)) if reach else chart


def _bar(
    one: engine.Activity,
    row: Row,
    span: Span | None,
    critical: bool,
    plan: engine.Plan,
    people: Mapping[str, str],
    language: str,
) -> Bar:
    is_point = row.kind == Kind.MILESTONE
    cells = (
        "" if is_point else _short(row.start, language),
        _short(row.finish, language),
        "" if is_point or row.kind == Kind.SUMMARY else _days(one, plan, language),
    )
    note = people.get(one.responsible or "", "")
    if is_point and row.finish:
        note = _dated(row.finish, language)
    return Bar(
        uid=one.uid,
        number=row.number,
        name=row.name or _("(no name)"),
        level=row.level,
        kind=row.kind,
        span=span,
        percent=row.percent,
        is_critical=critical and row.kind != Kind.SUMMARY,
        is_active=row.is_active,
        deadline=one.deadline,
        cells=cells,
        note=note,
    )


def _span(start: int | None, finish: int | None) -> Span | None:
    return None if start is None or finish is None else Span(start, max(start, finish))


def _short(day: date | None, language: str) -> str:
    """02.01.26 · 2 Jan 26: two figures for the year are enough beside an axis."""
    if day is None:
        return ""
    full = short_date(day, language)
    return full[:-4] + full[-2:]


def _dated(day: date, language: str) -> str:
    """12.11. · 12 Nov: an axis gives the year."""
    full = short_date(day, language)
    return full[:-4] if is_norwegian(language) else full[:-5]


def _days(one: engine.Activity, plan: engine.Plan, language: str) -> str:
    day = DAY if one.elapsed else plan.minutes_per_day * 60
    return number(round(one.duration / day, 1), language)


def days_off(plan: engine.Plan, reach: Span) -> frozenset[int]:
    """The numbers of the days on which the plan's calendar has no work."""
    days = range(reach.start // DAY - 31, reach.finish // DAY + 92)
    if plan.calendar is None:
        return frozenset(day for day in days if weekday(day) >= 5)
    time = engine.working_time(plan, plan.calendar)
    return frozenset(day for day in days if not time.between(day * DAY, (day + 1) * DAY))
