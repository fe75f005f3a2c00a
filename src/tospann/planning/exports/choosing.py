"""What of a plan goes on paper: which rows, which period, and what is drawn with them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import planengine as engine
from planengine.instants import DAY
from tospann.planning.drawing import Bar, Chart, Look, chart_of
from tospann.planning.exports.taken import Taken
from tospann.planning.models import Kind
from tospann.planning.queries import people_choices


@dataclass(frozen=True)
class Choice:
    """``what`` is all, open, critical, or phases; ``levels`` 0 means every level."""

    what: str = "all"
    levels: int = 0
    first: date | None = None
    last: date | None = None
    baseline: bool = True
    links: bool = True
    paper: str = "a3"


WANTED: dict[str, Callable[[Bar], bool]] = {
    "open": lambda one: one.percent < 100,
    "critical": lambda one: one.is_critical,
    "phases": lambda one: one.is_heading or one.kind == Kind.MILESTONE,
}


def chosen(head: Taken, choice: Choice, language: str) -> Chart:
    """The rows that were asked for, with the headings they lie under."""
    chart = chart_of(head.loaded, dict(people_choices(head.project)), language)
    if choice.what in WANTED:
        chart = chart.only(WANTED[choice.what])
    if choice.levels:
        chart = chart.down_to(choice.levels)
    if choice.first or choice.last:
        chart = chart.only(lambda one: _within(one, choice))
    return replace(
        chart,
        baseline=chart.baseline if choice.baseline else {},
        links=chart.links if choice.links else (),
    )


def _within(one: Bar, choice: Choice) -> bool:
    if one.span is None:
        return False
    first, last = _instants(choice)
    after = first is None or one.span.finish >= first
    return after and (last is None or one.span.start < last)


def _instants(choice: Choice) -> tuple[int | None, int | None]:
    first = None if choice.first is None else engine.day(choice.first) * DAY
    last = None if choice.last is None else (engine.day(choice.last) + 1) * DAY
    return first, last


def look_of(chart: Chart, choice: Choice, language: str, today: int) -> Look:
    """One axis for all the sheets of a chart."""
    first, last = _instants(choice)
    reach = chart.span
    return Look(
        language=language,
        today=today,
        status=chart.status,
        off=chart.off,
        first=first if first is not None or reach is None else reach.start - 2 * DAY,
        last=last if last is not None or reach is None else reach.finish + DAY,
    )
