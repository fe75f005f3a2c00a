"""Earned value of a project's budget, measured on its plan. Pure: amounts are whole hundredths.

The engine measures each place of the plan once; what it finds there is shared out among the lines
of the place, so that lines, places and the total add up to the last hundredth.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

import planengine as engine
from planengine.instants import DAY
from tospann.control.lines import Line
from tospann.control.ties import BY_TIME, Place, Plot, shared_out, weights
from tospann.planning.projection import day_of

Span = tuple[date, date]


@dataclass(frozen=True)
class Measured:
    """A budget line (or, without a budget, a part of the plan): planned, earned and spent."""

    id: UUID | None
    number: int
    code: str
    name: str
    place: Place
    top: int | None
    """The row of the highest level of the plan it belongs to."""
    bac: int
    pv: int
    ev: int
    ac: int
    expected: int

    @property
    def figures(self) -> engine.Figures:
        return engine.Figures(self.bac, self.pv, self.ev, self.ac)

    @property
    def overrun(self) -> int:
        """How much more than its budget it is expected to cost."""
        return self.expected - self.bac


@dataclass(frozen=True)
class Point:
    """Until the end of a day: planned, earned, spent; and from today on what is expected."""

    on: date
    pv: int
    ev: int | None = None
    ac: int | None = None
    forecast: int | None = None


@dataclass(frozen=True)
class Work:
    """What the engine says of a plan: the lines, the curve and how time has been used."""

    rows: tuple[Measured, ...]
    curve: Mapping[date, tuple[int, int | None]]
    """Planned and earned until the end of each day that was asked for."""
    time: engine.TimeFigures
    starts_on: date | None
    planned_finish: date | None
    earned_on: date | None
    """When what is earned now was to be earned."""
    forecast_finish: date | None

    @property
    def total(self) -> engine.Figures:
        sums = [sum(getattr(one, name) for one in self.rows) for name in ("bac", "pv", "ev", "ac")]
        return engine.Figures(*sums)


def end_of(day: date) -> int:
    """The instant at which a day is over."""
    return (engine.day(day) + 1) * DAY


def measure(
    plot: Plot, lines: Sequence[Line], days: Mapping[UUID, Span], today: date, when: Iterable[date]
) -> Work:
    """The lines measured by the end of a day; ``days`` are those of lines earned as time goes by.

    ``when``: the days on which the curve is asked for.
    """
    places = {line.id: plot.place(line) for line in lines}
    by_place = _by_place(lines, places)
    plan, rows = _as_plan(plot, by_place, days)
    found = engine.earned_value(
        plan, None, end_of(today), moments=[end_of(day) for day in {*when, today}]
    )
    measured = {
        one.id: one for key, row in rows.items() for one in _shared(plot, by_place[key], found, row)
    }
    kept = tuple(
        replace(measured[line.id], place=places[line.id], top=_top(plot, places[line.id]))
        for line in lines
    )
    return Work(
        rows=kept,
        curve={_last_day(point.moment): (point.pv, point.ev) for point in found.curve},
        time=found.time,
        starts_on=day_of(found.start),
        planned_finish=_day_before(found.planned_finish),
        earned_on=_day_before(found.earned_until),
        forecast_finish=_day_before(found.forecast_finish),
    )


Key = tuple[int | None, UUID | None]
"""A row of the plan, or a line by itself that follows the calendar."""


def _by_place(lines: Iterable[Line], places: Mapping[UUID, Place]) -> dict[Key, list[Line]]:
    found: dict[Key, list[Line]] = {}
    for line in lines:
        place = places[line.id]
        key = (None, line.id) if place.uid is None else (place.uid, None)
        found.setdefault(key, []).append(line)
    return found


def _as_plan(
    plot: Plot, by_place: Mapping[Key, list[Line]], days: Mapping[UUID, Span]
) -> tuple[engine.Plan, dict[Key, int]]:
    """A plan of a row for each place with its work below, each task with its part of the money."""
    rows: dict[Key, int] = {}
    activities: list[engine.Activity] = []
    for key, lines in by_place.items():
        above = rows[key] = len(activities) + 1
        activities.append(engine.Activity(above, ""))
        total = sum(line.amount for line in lines)
        activities += _pieces(plot, key, total, above, days)
    plan = replace(plot.plan, activities=tuple(activities), links=(), assignments=(), resources=())
    return plan, rows


def _pieces(
    plot: Plot, key: Key, total: int, above: int, days: Mapping[UUID, Span]
) -> list[engine.Activity]:
    uid, line = key
    if uid is None:
        return [_by_the_calendar(above + 1, above, total, days[line])] if line else []
    work = plot.work(uid)
    parts = shared_out(total, weights(work))
    return [
        _piece(one, above + number, above, part)
        for number, (one, part) in enumerate(zip(work, parts, strict=True), start=1)
    ]


def _piece(one: engine.Activity, uid: int, above: int, cost: int) -> engine.Activity:
    """A task with its part of the money, on the days that were agreed for it."""
    base = next((base for base in one.baselines if base.number == 0), None)
    agreed = replace(base, cost=cost) if base else engine.Baseline(0, cost=cost)
    return replace(one, uid=uid, parent=above, baselines=(agreed,))


def _by_the_calendar(uid: int, above: int, cost: int, span: Span) -> engine.Activity:
    first, last = engine.day(span[0]) * DAY, end_of(span[1])
    return engine.Activity(
        uid,
        "",
        parent=above,
        elapsed=True,
        earned_method=engine.EarnedMethod.LEVEL_OF_EFFORT,
        baselines=(engine.Baseline(0, start=first, finish=last, cost=cost),),
    )


def _shared(
    plot: Plot, lines: Sequence[Line], found: engine.EarnedValue, row: int
) -> list[Measured]:
    """What was measured at a place, shared out among its lines by their size."""
    place = found.rows[row - 1]
    shares = [abs(line.amount) for line in lines]
    planned, earned = (shared_out(amount or 0, shares) for amount in (place.pv, place.ev))
    return [
        Measured(
            id=line.id,
            number=line.number,
            code=line.code,
            name=line.name,
            place=BY_TIME,
            top=None,
            bac=line.amount,
            pv=pv,
            ev=ev,
            ac=line.incurred,
            expected=line.expected,
        )
        for line, pv, ev in zip(lines, planned, earned, strict=True)
    ]


def _top(plot: Plot, place: Place) -> int | None:
    return None if place.uid is None else plot.top(place.uid)


def _last_day(moment: int) -> date:
    return engine.date_of(moment // DAY - 1)


def _day_before(moment: int | None) -> date | None:
    """The day something ends on: at midnight it is the day before."""
    return None if moment is None else day_of(moment - 1)
