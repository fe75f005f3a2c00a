"""Earned value of a whole plan at a status date, against one of its baselines.

Rounding: each activity's planned and earned value is rounded to a whole hundredth, half to even;
summaries and the total are sums of rounded rows, so that a table adds up. Indices and forecasts are
made from the total and not rounded. Time is counted on the plan's own calendar.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from planengine.earned_value.earned_schedule import TimeFigures
from planengine.earned_value.figures import Figures
from planengine.earned_value.methods import WeightedMilestone, earned_fraction, is_started
from planengine.earned_value.phasing import Clocks, Span, Spread
from planengine.instants import DAY, MINUTE
from planengine.model import Activity, Baseline, Plan
from planengine.outline import Outline

MOST_POINTS = 500
"""Points a curve has at most; the step grows to keep it so."""
_HORIZON = 20 * 366 * DAY
"""How far after the planned finish a forecast may lie."""


class Dated(Protocol):
    """What a schedule says of one activity: instants."""

    @property
    def start(self) -> int:
        """When it starts."""

    @property
    def finish(self) -> int:
        """When it finishes."""


class Scheduled(Protocol):
    """A schedule, asked by activity uid."""

    def __getitem__(self, uid: int, /) -> Dated:
        """The dates of an activity; raises `KeyError` for one without."""


@dataclass(frozen=True, slots=True)
class EarnedRow:
    """One activity's figures in hundredths; `None` when unknown. A summary is the sum of its
    leaves.
    """

    uid: int
    bac: int | None
    pv: int | None
    ev: int | None
    ac: int | None

    @property
    def figures(self) -> Figures:
        """The row's variances, indices and forecasts."""
        return Figures(self.bac, self.pv, self.ev, self.ac)


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """The S-curves at an instant, cumulative hundredths; `ev` and `ac` are `None` after the status
    date.
    """

    moment: int
    pv: int
    ev: int | None
    ac: int | None


@dataclass(frozen=True, slots=True)
class EarnedValue:
    """Earned value of a plan. Money in hundredths, instants, time in working days of the plan.

    `rows` stand in outline order, `total` is their sum. `time` counts working days of the plan's
    calendar from `start`, the baseline's first instant. `earned_until` is when the present earned
    value should have been earned, `forecast_finish` the planned duration over SPI(t), as a date.
    `eac_bottom_up` adds the activities' present cost estimates. `without_baseline` names leaves
    that carry no baseline cost and so count nowhere, `without_actual_cost` begun leaves whose cost
    is unknown and so is missing in AC.
    """

    status_date: int
    baseline: int
    rows: tuple[EarnedRow, ...]
    total: Figures
    time: TimeFigures
    start: int | None
    planned_finish: int | None
    earned_until: int | None
    forecast_finish: int | None
    eac_bottom_up: int | None
    curve: tuple[CurvePoint, ...]
    without_baseline: tuple[int, ...]
    without_actual_cost: tuple[int, ...]

    def row(self, uid: int) -> EarnedRow:
        """The figures of one activity. Raises `KeyError` when the plan has no such activity."""
        for row in self.rows:
            if row.uid == uid:
                return row
        raise KeyError(uid)


@dataclass(frozen=True, slots=True)
class _Leaf:
    activity: Activity
    planned: Span
    fraction: float
    cost: int | None


def earned_value(
    plan: Plan,
    schedule: Scheduled | None = None,
    status_date: int | None = None,
    *,
    baseline: int = 0,
    milestones: Mapping[int, Sequence[WeightedMilestone]] | None = None,
    step_days: int = 7,
    moments: Iterable[int] | None = None,
) -> EarnedValue:
    """Measure a plan against baseline number `baseline` at `status_date` (default: the plan's own).

    `schedule` supplies dates to baselines that have a cost but no dates; without one the stored
    dates do. `milestones` are the weighted steps of activities earned that way, by uid. The curves
    have a point every `step_days` days, or at `moments` when they are given; every point is a sum
    of rounded activities, so that the curves end where the figures are. Inactive activities count
    nowhere.

    Raises `ValueError` when neither the call nor the plan has a status date, or `step_days` < 1.
    """
    now = plan.status_date if status_date is None else status_date
    if now is None:
        raise ValueError("the plan has no status date and none was given")
    if step_days < 1:
        raise ValueError("step_days must be at least 1")
    chosen = None if moments is None else sorted(set(moments))
    return _Analysis(plan, schedule, now, baseline, milestones or {}).result(
        step_days * DAY, chosen
    )


class _Analysis:
    """One measurement while it is being made."""

    def __init__(
        self,
        plan: Plan,
        schedule: Scheduled | None,
        now: int,
        number: int,
        milestones: Mapping[int, Sequence[WeightedMilestone]],
    ) -> None:
        self.plan, self.now, self.number = plan, now, number
        self.outline = Outline(plan)
        self.schedule = schedule
        self.assigned_cost: dict[int, int] = {}
        for item in plan.assignments:
            if item.actual_cost is not None:
                before = self.assigned_cost.get(item.activity, 0)
                self.assigned_cost[item.activity] = before + item.actual_cost
        leaves = [row for row in plan.activities if self._counts(row)]
        spans = {row.uid: span for row in leaves if (span := self._planned(row)) is not None}
        self.missing = tuple(row.uid for row in leaves if row.uid not in spans)
        moments = [
            now,
            *(moment for span in spans.values() for moment in (span.start, span.finish)),
        ]
        self.clocks = Clocks(plan, min(moments) - DAY, max(moments) + _HORIZON)
        self.start = min((span.start for span in spans.values()), default=None)
        self.finish = max((span.finish for span in spans.values()), default=None)
        self.planned = Spread(self.clocks, spans.values())
        shares = self.planned.shares(now).tolist()
        self.leaves = [
            self._leaf(self.outline.by_uid[uid], span, share, milestones)
            for (uid, span), share in zip(spans.items(), shares, strict=True)
        ]

    def _counts(self, row: Activity) -> bool:
        return row.active and not self.outline.children(row.uid)

    def _planned(self, row: Activity) -> Span | None:
        """The activity's baseline money and dates, or `None` when there is no baseline cost."""
        found = next((item for item in row.baselines if item.number == self.number), None)
        if found is None or found.cost is None:
            return None
        start, finish = self._dates(row, found)
        if start is None or finish is None:
            return None
        calendar = self.plan.calendar if row.calendar is None else row.calendar
        return Span(found.cost, start, max(start, finish), calendar, row.elapsed)

    def _dates(self, row: Activity, found: Baseline) -> tuple[int | None, int | None]:
        start, finish = found.start, found.finish
        if (start is None or finish is None) and self.schedule is not None:
            dates = self.schedule[row.uid]
            return (
                dates.start if start is None else start,
                dates.finish if finish is None else finish,
            )
        return row.start if start is None else start, row.finish if finish is None else finish

    def _leaf(
        self,
        row: Activity,
        span: Span,
        share: float,
        milestones: Mapping[int, Sequence[WeightedMilestone]],
    ) -> _Leaf:
        fraction = earned_fraction(row, share, milestones.get(row.uid, ()))
        return _Leaf(row, span, 0.0 if fraction is None else fraction, self._actual_cost(row))

    def _actual_cost(self, row: Activity) -> int | None:
        """Recorded cost, else the sum of the assignments', else nothing for what has not begun."""
        if row.progress.actual_cost is not None:
            return row.progress.actual_cost
        if row.uid in self.assigned_cost:
            return self.assigned_cost[row.uid]
        return None if is_started(row) else 0

    def result(self, step: int, chosen: Sequence[int] | None) -> EarnedValue:
        """Everything, put together."""
        rows = self._rows()
        total = self._total(rows)
        earned = sum(leaf.planned.amount * leaf.fraction for leaf in self.leaves)
        until = self._earned_until(earned)
        time = self._time(until)
        return EarnedValue(
            status_date=self.now,
            baseline=self.number,
            rows=rows,
            total=total,
            time=time,
            start=self.start,
            planned_finish=self.finish,
            earned_until=until,
            forecast_finish=self._forecast(time),
            eac_bottom_up=self._bottom_up(),
            curve=self._curve(self._moments(step) if chosen is None else chosen),
            without_baseline=self.missing,
            without_actual_cost=tuple(
                leaf.activity.uid for leaf in self.leaves if leaf.cost is None
            ),
        )

    def _rows(self) -> tuple[EarnedRow, ...]:
        planned = self.planned.amounts(self.now).tolist()
        known = {
            leaf.activity.uid: (
                round(leaf.planned.amount),
                round(pv),
                round(leaf.planned.amount * leaf.fraction),
                leaf.cost,
            )
            for leaf, pv in zip(self.leaves, planned, strict=True)
        }
        sums: dict[int, list[int | None]] = {}
        for uid in reversed(self.outline.in_order()):
            figures = sums.setdefault(uid, list(known.get(uid, (None, None, None, None))))
            above = self.outline.parent(uid)
            if above is not None:
                _add(sums.setdefault(above, [None, None, None, None]), figures)
        return tuple(EarnedRow(uid, *sums[uid]) for uid in self.outline.in_order())

    def _total(self, rows: tuple[EarnedRow, ...]) -> Figures:
        total: list[int | None] = [None, None, None, None]
        roots = set(self.outline.roots)
        for row in rows:
            if row.uid in roots:
                _add(total, [row.bac, row.pv, row.ev, row.ac])
        return Figures(*total)

    def _earned_until(self, earned: float) -> int | None:
        """When so much should have been earned; on a flat of the curve, the moment nearest now."""
        start, finish = self.start, self.finish
        total = sum(leaf.planned.amount for leaf in self.leaves)
        if start is None or finish is None or total <= 0:
            return None
        if earned <= 0:
            return start
        slack = total * 1e-12
        first = _first(start, finish, lambda at: self.planned.total(at) >= earned - slack)
        if earned >= total:
            return first
        beyond = _first(first, finish, lambda at: self.planned.total(at) > earned + slack)
        return min(max(self.now, first), max(beyond - 1, first))

    def _time(self, until: int | None) -> TimeFigures:
        if self.start is None or self.finish is None:
            return TimeFigures(None, None, None)
        clock = self.clocks.of(self.plan.calendar)
        per_day = max(self.plan.minutes_per_day, 1) * MINUTE
        zero = clock.work(self.start)
        es, at, pd = (
            None if moment is None else (clock.work(moment) - zero) / per_day
            for moment in (until, self.now, self.finish)
        )
        return TimeFigures(es, None if at is None else max(at, 0.0), pd)

    def _forecast(self, time: TimeFigures) -> int | None:
        if time.ieac_t is None or self.start is None:
            return None
        clock = self.clocks.of(self.plan.calendar)
        per_day = max(self.plan.minutes_per_day, 1) * MINUTE
        return clock.moment(clock.work(self.start) + time.ieac_t * per_day)

    def _bottom_up(self) -> int | None:
        """The present estimates of all that counts; `None` when one of them is missing."""
        costs = [leaf.activity.cost for leaf in self.leaves]
        known = [cost for cost in costs if cost is not None]
        return sum(known) if known and len(known) == len(costs) else None

    def _moments(self, step: int) -> list[int]:
        if self.start is None or self.finish is None:
            return []
        last = max(self.finish, self.now)
        step *= -(-(last - self.start) // (step * MOST_POINTS)) or 1
        moments = {*range(self.start, last, step), last, self.finish}
        if self.now >= self.start:
            moments.add(self.now)
        return sorted(moments)

    def _curve(self, moments: Sequence[int]) -> tuple[CurvePoint, ...]:
        if self.start is None:
            return ()
        earned = Spread(self.clocks, (self._actual(leaf, earned=True) for leaf in self.leaves))
        spent = Spread(self.clocks, (self._actual(leaf, earned=False) for leaf in self.leaves))
        return tuple(
            CurvePoint(
                moment,
                self.planned.rounded(moment),
                earned.rounded(moment) if moment <= self.now else None,
                spent.rounded(moment) if moment <= self.now else None,
            )
            for moment in moments
        )

    def _actual(self, leaf: _Leaf, *, earned: bool) -> Span:
        """What is earned or spent, spread from the start to the finish or the status date."""
        done, plan = leaf.activity.progress, leaf.planned
        amount = plan.amount * leaf.fraction if earned else leaf.cost or 0
        start = min(plan.start if done.actual_start is None else done.actual_start, self.now)
        finish = self.now if done.actual_finish is None else min(done.actual_finish, self.now)
        return Span(amount, start, max(start, finish), plan.calendar, plan.elapsed)


def _add(total: list[int | None], figures: Sequence[int | None]) -> None:
    for place, value in enumerate(figures):
        if value is not None:
            total[place] = value + (total[place] or 0)


def _first(low: int, high: int, holds: Callable[[int], bool]) -> int:
    """The first number from `low` to `high` at which a rising condition holds; else `high`."""
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low
