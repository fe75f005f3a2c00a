"""The estimates with three points of a plan's open tasks, and what they add up to by formula."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

import planengine as engine
from planengine.risk import Reading, formula_moments, pert_estimate
from tospann.planning.dating import schedule_of
from tospann.planning.models import Kind, State
from tospann.planning.projection import Row, day_of
from tospann.planning.store import Loaded

PER_PAGE = 50
READINGS: dict[Reading, str | Promise] = {
    Reading.ERLANG: _("One in ten lies outside each of them (successive calculation)"),
    Reading.TRIANGULAR: _("They are the outermost: triangular"),
    Reading.PERT: _("They are the outermost: PERT"),
    Reading.PROSJEKTVEIVISEREN: _("They are the outermost: Prosjektveiviseren"),
    Reading.UNIFORM: _("Everything between them is as likely"),
}
"""How the three numbers can be read, the usual way first."""


@dataclass(frozen=True)
class Estimate:
    """A task with its estimate in working days, when it has one."""

    row: Row
    days: float
    points: tuple[float, float, float] | None
    expected: float | None
    sd: float | None
    reading: Reading | None = None
    """Its own, when these three numbers are not read as those of the rest of the plan."""

    @property
    def read_as(self) -> str:
        return str(READINGS[self.reading]) if self.reading else ""


@dataclass(frozen=True)
class Estimates:
    """One page of the open tasks, those with an estimate first."""

    rows: list[Estimate]
    number: int
    pages: int
    total: int
    estimated: int


@dataclass(frozen=True)
class ByFormula:
    """The finish with every task at its mean, and the deviation along its critical path."""

    days: float
    """Working days from where the plan begins."""
    sd: float
    finish: date | None
    path: tuple[int, ...]


def estimates(loaded: Loaded, number: int, reading: Reading = Reading.ERLANG) -> Estimates:
    listed = listing(loaded, reading)
    pages = max(1, -(-len(listed) // PER_PAGE))
    number = min(number, pages)
    part = listed[(number - 1) * PER_PAGE : number * PER_PAGE]
    known = sum(one.points is not None for one in listed)
    return Estimates(part, number, pages, len(listed), known)


def listing(loaded: Loaded, reading: Reading = Reading.ERLANG) -> list[Estimate]:
    """Every open task, those with an estimate first; nothing is rounded."""
    day = _day(loaded)
    listed = [
        _estimate(row, one, day, reading)
        for one in loaded.plan.activities
        if (row := loaded.rows[one.uid]).kind == Kind.TASK
        and row.state != State.DONE
        and row.is_active
    ]
    listed.sort(key=lambda one: one.points is None)
    return listed


def _estimate(row: Row, one: engine.Activity, day: int, reading: Reading) -> Estimate:
    found = one.estimate
    if found is None:
        return Estimate(row, one.duration / day, None, None, None)
    mean, sd = formula_moments(found, reading)
    points = (found.low / day, found.likely / day, found.high / day)
    return Estimate(row, one.duration / day, points, mean / day, sd / day, found.reading)


def by_formula(loaded: Loaded, reading: Reading = Reading.ERLANG) -> ByFormula | None:
    """PERT's estimate of the plan; none where no task has three points, or none fits the years.

    It knows one path, so it is too hopeful where paths meet.
    """
    plan, day = loaded.plan, _day(loaded)
    if not any(one.estimate is not None and one.active for one in plan.activities):
        return None
    try:
        found = pert_estimate(plan, reading)
    except (engine.RiskError, engine.InvalidPlan):
        return None
    made = schedule_of(loaded)
    begins = made.start if made else plan.start
    worked = engine.working_time(plan, plan.calendar).between(begins, found.finish)
    return ByFormula(worked / day, found.sd / day, day_of(found.finish), found.path)


def _day(loaded: Loaded) -> int:
    """Seconds of a working day."""
    return loaded.plan.minutes_per_day * 60


def points_of(one: engine.Activity, day: int) -> tuple[float, float, float] | None:
    found = one.estimate
    if found is None:
        return None
    return round(found.low / day, 1), round(found.likely / day, 1), round(found.high / day, 1)
