"""Reading how the money stands against the plan: ``report`` is what page, API and files show."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from django.utils import timezone

from tospann.budget.queries.costs import hidden
from tospann.budget.veiling import LIFTED, Veil, veil
from tospann.control import spending, words
from tospann.control.curves import Rest, Spent, Step, ends, periods, points
from tospann.control.lines import Line, lines_of, ore
from tospann.control.measuring import Point, Span, Work, measure
from tospann.control.report import Report, grouped
from tospann.control.ties import Plot
from tospann.foundation.authority import Actor
from tospann.planning import queries as planning
from tospann.planning import store
from tospann.planning.kept import Kept
from tospann.planning.store import EMPTY, Loaded
from tospann.projects.models import Phase, Project

MOST_KEPT = 200
_DAY = timedelta(days=1)


def report(
    project: Project, actor: Actor | None = None, step: Step = Step.MONTH, today: date | None = None
) -> Report | None:
    """How the money stands at the end of a day; None without a budget.

    ``actor``: who is to see it; without one it is all of it, and nothing is said of persons.
    """
    now = today or timezone.localdate()
    seen = LIFTED if actor is None else veil(actor, project.pk)
    basis = _basis(project, now, seen)
    if not basis.lines:
        return None
    spent = Spent(spending.by_day(project, seen), now)
    days = ends(*basis.reach(now, spent), step)
    work = _measured(basis, now, tuple(days))
    found = points(work, spent, basis.rests(now), days, now)
    may_see = actor is not None and seen.is_lifted
    return Report(
        on=now,
        step=step,
        is_frozen=basis.is_frozen,
        work=work,
        groups=grouped(work, basis.loaded.plan),
        points=tuple(found),
        periods=tuple(periods(found, step, now)),
        suppliers=spending.suppliers(project, seen),
        people=spending.people(project) if may_see else None,
        closings=spending.closings(project, seen),
        hours=ore(hidden(seen)),
    )


class Basis(NamedTuple):
    """What is measured: lines, plan, and the days of each line."""

    loaded: Loaded
    is_frozen: bool
    lines: tuple[Line, ...]
    phases: Mapping[UUID, tuple[str, Span | None]]
    project: Span

    @property
    def plot(self) -> Plot:
        return Plot(self.loaded.plan, {pk: name for pk, (name, _days) in self.phases.items()})

    def own_days(self, line: Line) -> Span:
        """The days of a line that is earned as time goes by."""
        if line.starts_on and line.ends_on and line.starts_on <= line.ends_on:
            return line.starts_on, line.ends_on
        known = self.phases.get(line.phase_id) if line.phase_id else None
        return known[1] if known and known[1] else self.project

    def planned_days(self, line: Line, uid: int | None) -> Span:
        """The days of a line as the plan is now."""
        row = self.loaded.rows.get(uid) if uid is not None else None
        if row is not None and row.start and row.finish and row.start <= row.finish:
            return row.start, row.finish
        return self.own_days(line)

    def rests(self, now: date) -> list[Rest]:
        """What each line is expected to cost from tomorrow on, and when."""
        plot, found = self.plot, []
        for line in self.lines:
            first, last = self.planned_days(line, plot.place(line).uid)
            rest = line.expected - line.incurred
            tomorrow = now + _DAY
            if rest < 0:
                first = last = tomorrow
            first = max(first, tomorrow)
            found.append(Rest(rest, (first, max(first, last))))
        return found

    def reach(self, now: date, spent: Spent) -> Span:
        """The days the curves reach over: everything planned, spent and expected."""
        plan = [row for row in self.loaded.rows.values() if row.start and row.finish]
        days = [now, *spent.days[:1], *(one.days[1] for one in self.rests(now) if one.amount)]
        days += [day for line in self.lines for day in self.own_days(line)]
        days += [day for row in plan for day in (row.start, row.baseline_start) if day]
        days += [day for row in plan for day in (row.finish, row.baseline_finish) if day]
        return min(days), max(days)


def _basis(project: Project, now: date, seen: Veil) -> Basis:
    head = planning.plan(project)
    phases = Phase.objects.filter(project=project).order_by("position")
    rows = phases.values_list("pk", "name", "starts_on", "ends_on")
    return Basis(
        loaded=store.load(head) if head else EMPTY,
        is_frozen=bool(head and head.baselines),
        lines=tuple(lines_of(project, seen)),
        phases={
            pk: (name, (first, last) if first and last and first <= last else None)
            for pk, name, first, last in rows
        },
        project=(project.start, project.finish),
    )


_kept: Kept[object, Work] = Kept(MOST_KEPT)


def _measured(basis: Basis, now: date, days: tuple[date, ...]) -> Work:
    """What the engine says; from memory while plan, budget and day are the same."""
    spans = {line.id: basis.own_days(line) for line in basis.lines}
    key = (basis.loaded.hash, basis.lines, tuple(spans.values()), _names(basis), now, days)
    found = _kept.get(key)
    if found is None:
        found = _kept.put(key, measure(basis.plot, basis.lines, spans, now, days))
    return found


def _names(basis: Basis) -> Iterable[object]:
    return tuple((pk, name) for pk, (name, _days) in basis.phases.items())


def series(project: Project, step: Step = Step.MONTH) -> Sequence[Point]:
    """The curves of a project: planned, earned, spent, expected; empty without a budget."""
    found = report(project, step=step)
    return found.points if found else ()


def indices(project: Project) -> list[words.Index]:
    """CPI, SPI, SPI(t) and TCPI with what they mean; none without a budget."""
    found = report(project)
    return indices_of(found) if found else []


def indices_of(found: Report) -> list[words.Index]:
    return words.indices(found.total, found.time, found.behind, found.work.earned_on)
