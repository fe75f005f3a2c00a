"""The simulation: batches of samples through the network, then what they say together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from planengine.model import ActivityKind, Plan
from planengine.network import Schedule
from planengine.outline import Outline
from planengine.risk import rows as plain_operations
from planengine.risk.blueprint import Blueprint, blueprint
from planengine.risk.passes import Rows, backward, forward
from planengine.risk.program import Program, program
from planengine.risk.results import RiskResult, Samples, Sensitivity
from planengine.risk.settings import (
    MOST_WATCHED,
    Cancelled,
    RiskError,
    RiskSettings,
    check,
)
from planengine.risk.streams import counters
from planengine.risk.uncertainty import Uncertainty, amount_row, uncertainty

Longs = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

BARS = 25
"""Bars of the tornado."""
_SCREENED = 60
_CELLS = 10_000_000
_WORTH_COMPILING = 3_000_000


def run(
    plan: Plan,
    settings: RiskSettings,
    schedule: Schedule,
    progress: Callable[[int, int], None] | None,
    cancelled: Callable[[], bool] | None,
) -> RiskResult:
    """See `planengine.risk.simulate`."""
    check(plan, settings)
    return _Simulation(plan, settings, schedule).run(progress, cancelled)


def _operations(settings: RiskSettings, nodes: int) -> Any:
    from planengine.levelling.compiled import can_compile, compiled
    from planengine.risk import kernels

    wanted = settings.compiled
    if wanted is None:
        wanted = nodes * settings.samples >= _WORTH_COMPILING
    return compiled(kernels) if wanted and can_compile() else plain_operations


class _Simulation:
    def __init__(self, plan: Plan, settings: RiskSettings, schedule: Schedule) -> None:
        self.plan, self.settings = plan, settings
        self.outline = Outline(plan)
        self.drawn: Blueprint = blueprint(schedule)
        self.chance: Uncertainty = uncertainty(plan, self.drawn, settings)
        self.operations = _operations(settings, len(self.drawn.nodes))
        self.by_uid = {node.uid: node for node in self.drawn.nodes if node.uid is not None}
        self.watched = self._watched()
        self.ends = self._ends()
        wanted = [*self.ends, *(node for nodes in self.watched.values() for node in nodes)]
        self.program: Program = program(
            self.drawn, self.chance.chances, wanted, self.chance.longest, self.operations
        )
        count = settings.samples
        self.finish: Longs = np.empty(count, dtype=np.int64)
        self.cost: Longs = np.empty(count, dtype=np.int64)
        self.finishes = {uid: np.empty(count, dtype=np.int32) for uid in self.watched}
        self.critical: Longs = np.zeros(len(self.drawn.nodes), dtype=np.int64)
        self.random = self.chance.uncertain()
        self.moments: Floats = np.zeros((3, len(self.random)))
        self.lateness = 0.0

    def _watched(self) -> dict[int, list[int]]:
        """Nodes whose last finish is kept, by uid."""
        outline = self.outline
        uids = [
            row.uid
            for row in self.plan.activities
            if row.active
            and (row.deadline is not None or outline.kind(row.uid) is ActivityKind.MILESTONE)
        ][:MOST_WATCHED]
        uids += [uid for uid in self.settings.watch if uid not in set(uids)]
        if (
            len(uids) > MOST_WATCHED + len(self.settings.watch)
            or len(self.settings.watch) > MOST_WATCHED
        ):
            raise RiskError("watch", str(len(uids)))
        found = {uid: list(self._below(uid)) for uid in uids}
        return {uid: nodes for uid, nodes in found.items() if nodes}

    def _below(self, uid: int) -> Iterable[int]:
        for one in (uid, *self.outline.descendants(uid)):
            node = self.by_uid.get(one)
            if node is not None and not node.is_left_out:
                yield node.number

    def _ends(self) -> list[int]:
        """Leaves that may finish last: no other one must finish after them."""
        followed: set[int] = set()
        for node in self.drawn.nodes:
            if node.uid is None or node.is_left_out:
                continue
            for source in node.sources:
                if source.from_finish and source.lag >= 0 and not source.share:
                    followed.add(source.node)
        return [
            node.number
            for node in self.drawn.nodes
            if node.uid is not None and not node.is_left_out and node.number not in followed
        ]

    def run(
        self,
        progress: Callable[[int, int], None] | None,
        cancelled: Callable[[], bool] | None,
    ) -> RiskResult:
        total = self.settings.samples
        size = self.settings.batch or min(max(_CELLS // max(len(self.drawn.nodes), 1), 250), 2000)
        rows: Rows | None = None
        for first in range(0, total, size):
            if cancelled is not None and cancelled():
                raise Cancelled
            count = min(size, total - first)
            if rows is None or rows.count != count:
                rows = Rows(self.program, count)
            self._batch(rows, first)
            if progress is not None:
                progress(first + count, total)
        return self._result()

    def _batch(self, rows: Rows, first: int) -> None:
        count = rows.count
        place = slice(first, first + count)
        lengths, happened = self.chance.lengths(self.operations, first, count, self.random)
        forward(self.program, rows, lengths)
        kept = {node: rows.finishes[self.program.by_node[node].finish_row] for node in self.ends}
        last = np.full(count, np.iinfo(np.int32).min, dtype=np.int32)
        for row in kept.values():
            np.maximum(last, row, out=last)
        self.finish[place] = last.astype(np.int64) + self.program.origin
        for uid, nodes in self.watched.items():
            found = [rows.finishes[self.program.by_node[node].finish_row] for node in nodes]
            self.finishes[uid][place] = np.maximum.reduce(found)
        self._note_critical(rows, last, kept)
        self.cost[place] = self._costs(rows, first, happened)
        self._note_moments(lengths, last)

    def _note_critical(self, rows: Rows, last: Any, kept: Any) -> None:
        flags = {node: row == last for node, row in kept.items()}
        critical = backward(self.program, rows, {n: f for n, f in flags.items() if f.any()})
        self.critical += np.count_nonzero(critical, axis=1)

    def _costs(self, rows: Rows, first: int, happened: Any) -> Longs:
        total = np.full(rows.count, self.chance.certain_cost, dtype=np.int64)
        steps = counters(first, rows.count)
        for row in self.chance.money:
            total += row.fixed
            if row.rate:
                spent = np.floor(rows.lengths(row.node) * row.rate + 0.5)
                total += spent.astype(np.int64)
            if row.draw is not None:
                total += row.draw.row(self.operations, steps, self._no_factors)
        for amount in self.chance.event_costs:
            total += amount_row(amount, self.operations, steps, happened)
        return total

    _no_factors: list[Floats] = []

    def _note_moments(self, lengths: Any, last: Any) -> None:
        """Sums for choosing whose rank correlation is worth computing."""
        late = (last - np.int32(self.drawn.finish - self.program.origin)) / 86_400.0
        self.lateness += float(late.sum())
        for place, node in enumerate(self.random):
            length = lengths[node] / 86_400.0
            self.moments[0, place] += length.sum()
            self.moments[1, place] += length @ length
            self.moments[2, place] += length @ late

    def _result(self) -> RiskResult:
        settings, drawn = self.settings, self.drawn
        finish = Samples(self.finish)
        usual = self.chance.money
        scheduled = self.chance.certain_cost + sum(
            row.fixed + round(row.rate * self.chance.usual[row.node]) for row in usual
        )
        return RiskResult(
            samples=settings.samples,
            seed=settings.seed,
            finish=finish,
            finishes={
                uid: Samples(values.astype(np.int64) + self.program.origin)
                for uid, values in self.finishes.items()
            },
            cost=Samples(self.cost),
            scheduled_finish=drawn.finish,
            scheduled_cost=scheduled,
            criticality={
                node.uid: 0.0 if node.is_over else self.critical[node.number].item() / len(finish)
                for node in drawn.nodes
                if node.uid is not None and not node.is_left_out
            },
            tornado=self._tornado(),
            deadlines={
                row.uid: row.deadline
                for row in self.plan.activities
                if row.deadline is not None and row.uid in self.finishes
            },
            pinned=drawn.pinned,
            uncertain=len(self.random) + len(settings.events),
        )

    def _tornado(self) -> tuple[Sensitivity, ...]:
        """The largest rank correlations, of the activities that a plain correlation picks out."""
        total, squares, products = self.moments
        count = self.settings.samples
        spread = np.sqrt(np.maximum(squares - total * total / count, 1e-12))
        strength = np.abs(products - total * (self.lateness / count)) / spread
        chosen = [self.random[i] for i in np.argsort(-strength, kind="stable")[:_SCREENED].tolist()]
        lengths, happened = self.chance.lengths(
            self.operations, 0, self.settings.samples, sorted(chosen)
        )
        ranked = _ranks(self.finish)
        bars: list[Sensitivity] = []
        for node in sorted(chosen):
            bar = _bar(self.drawn.nodes[node].uid, None, lengths[node], ranked, self.finish)
            if bar is not None:
                bars.append(bar)
        for event, flags in zip(self.settings.events, happened, strict=True):
            bar = _bar(None, event.key, flags.astype(np.int32), ranked, self.finish)
            if bar is not None:
                bars.append(bar)
        bars.sort(key=lambda bar: (-abs(bar.correlation), bar.uid or 0, bar.event or ""))
        return tuple(bars[:BARS])


def _ranks(values: npt.NDArray[Any]) -> Floats:
    """Ranks from 0, equal values sharing the mean of theirs."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    found: Floats = (ends - (counts + 1) / 2)[inverse]
    return found


def _bar(
    uid: int | None, event: str | None, values: npt.NDArray[Any], ranked: Floats, finish: Longs
) -> Sensitivity | None:
    mine = _ranks(values)
    mine = mine - mine.mean()
    theirs = ranked - ranked.mean()
    below = float(np.sqrt((mine @ mine) * (theirs @ theirs)))
    if not below:
        return None
    if event is not None:
        low, high = values == 0, values != 0
    else:
        tenth = max(len(values) // 10, 1)
        ordered = np.sort(values)
        low, high = values <= ordered[tenth - 1], values >= ordered[-tenth]
    early, late = (round(float(finish[part].mean())) for part in (low, high))
    return Sensitivity(uid, event, float(mine @ theirs) / below, early, late)
