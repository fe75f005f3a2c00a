"""The simulation: batches of samples through the network, then what they say together."""

from __future__ import annotations

import sys
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
from planengine.risk.settings import MOST_WATCHED, Cancelled, RiskSettings, check
from planengine.risk.tornado import Screening, tornado
from planengine.risk.uncertainty import Luck, Uncertainty, uncertainty

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_CELLS = 10_000_000
"""Nodes times samples of a batch, about; the memory of one is some forty bytes times that."""
_WORTH_COMPILING, _WORTH_LOADING = 3_000_000, 50_000_000
_DAY = 86_400.0


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
    """Compiled operations where they pay: loading numba takes most of a second and 140 MB."""
    from planengine.compiled import can_compile, compiled
    from planengine.risk import kernels

    wanted = settings.compiled
    if wanted is None:
        least = _WORTH_COMPILING if "numba" in sys.modules else _WORTH_LOADING
        wanted = nodes * settings.samples >= least
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
        self.program: Program = program(self.drawn, wanted, self.chance.longest, self.operations)
        count = settings.samples
        self.finish: Longs = np.empty(count, dtype=np.int64)
        self.cost: Longs = np.empty(count, dtype=np.int64)
        self.finishes = {uid: np.empty(count, dtype=np.int32) for uid in self.watched}
        self.critical: Longs = np.zeros(len(self.drawn.nodes), dtype=np.int64)
        self.random = self.chance.uncertain()
        self.of_finish = Screening(len(self.random))
        self.of_cost = Screening(len(self.chance.money))

    def _watched(self) -> dict[int, list[int]]:
        """Nodes whose last finish is kept, by uid: what was asked for, milestones, deadlines."""
        kind = self.outline.kind
        marked = [
            row.uid
            for row in self.plan.activities
            if row.active and (row.deadline is not None or kind(row.uid) is ActivityKind.MILESTONE)
        ]
        uids = dict.fromkeys((*self.settings.watch, *marked[:MOST_WATCHED]))
        found = {uid: list(self._below(uid)) for uid in uids}
        return {uid: nodes for uid, nodes in found.items() if nodes}

    def _below(self, uid: int) -> Iterable[int]:
        for one in (uid, *self.outline.descendants(uid)):
            node = self.by_uid.get(one)
            if node is not None and not node.is_left_out:
                yield node.number

    def _ends(self) -> list[int]:
        """Leaves that may finish last: no other one must finish after them."""
        nodes = [row for row in self.drawn.nodes if row.uid is not None and not row.is_left_out]
        followed = {
            source.node
            for node in nodes
            for source in node.sources
            if source.from_finish and source.lag >= 0 and not source.share
        }
        return [node.number for node in nodes if node.number not in followed]

    def run(
        self,
        progress: Callable[[int, int], None] | None,
        cancelled: Callable[[], bool] | None,
    ) -> RiskResult:
        """Every batch, then the result."""
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
        del rows
        return self._result()

    def _batch(self, rows: Rows, first: int) -> None:
        place = slice(first, first + rows.count)
        luck = self.chance.luck(self.operations, first, rows.count)
        lengths = self.chance.lengths(luck, self.random)
        forward(self.program, rows, lengths)
        last = self._last(rows, self.ends)
        self.finish[place] = last.astype(np.int64) + self.program.origin
        for uid, nodes in self.watched.items():
            self.finishes[uid][place] = self._last(rows, nodes)
        self._note_critical(rows, last)
        self._note_lengths(lengths, last)
        self.cost[place] = self._costs(rows, luck)

    def _last(self, rows: Rows, nodes: Iterable[int]) -> Ints:
        """The last finish of some nodes; the plan's start when there are none."""
        last: Ints = np.full(rows.count, self.drawn.start - self.program.origin, dtype=np.int32)
        for place, node in enumerate(nodes):
            row = self._finish(rows, node)
            np.maximum(last, row, out=last) if place else np.copyto(last, row)
        return last

    def _finish(self, rows: Rows, node: int) -> Ints:
        found: Ints = rows.finishes[self.program.by_node[node].finish_row]
        return found

    def _note_critical(self, rows: Rows, last: Ints) -> None:
        flags = {node: self._finish(rows, node) == last for node in self.ends}
        decisive = {node: row for node, row in flags.items() if row.any()}
        self.critical += np.count_nonzero(backward(self.program, rows, decisive), axis=1)

    def _note_lengths(self, lengths: dict[int, Ints], last: Ints) -> None:
        late = (last - np.int32(self.drawn.finish - self.program.origin)) / _DAY
        self.of_finish.begin(late)
        for place, node in enumerate(self.random):
            self.of_finish.note(place, lengths[node] / _DAY, late)

    def _costs(self, rows: Rows, luck: Luck) -> Longs:
        total = np.full(rows.count, self.chance.certain_cost, dtype=np.int64)
        self.of_cost.begin(np.zeros(rows.count))
        for place, row in enumerate(self.chance.money):
            values = row.row(luck, rows.lengths(row.node))
            total += values
            self.of_cost.note_alone(place, (values - row.fixed) / 100.0)
        for amount in self.chance.event_costs:
            total += amount.row(luck)
        return total

    def _result(self) -> RiskResult:
        drawn, count = self.drawn, self.settings.samples
        finish_bars, cost_bars = self._tornadoes()
        return RiskResult(
            samples=count,
            seed=self.settings.seed,
            finish=Samples(self.finish),
            finishes={
                uid: Samples(values, self.program.origin) for uid, values in self.finishes.items()
            },
            cost=Samples(self.cost),
            scheduled_finish=drawn.finish,
            scheduled_cost=self.chance.scheduled_cost,
            criticality={
                node.uid: 0.0 if node.is_over else self.critical[node.number].item() / count
                for node in drawn.nodes
                if node.uid is not None and not node.is_left_out
            },
            tornado=finish_bars,
            cost_tornado=cost_bars,
            deadlines={
                row.uid: row.deadline
                for row in self.plan.activities
                if row.deadline is not None and row.uid in self.finishes
            },
            pinned=drawn.pinned,
            uncertain=len(self.random) + len(self.settings.events),
        )

    def _tornadoes(self) -> tuple[tuple[Sensitivity, ...], tuple[Sensitivity, ...]]:
        """Bars of the finish and of the cost, from what was picked out drawn once more."""
        luck = self.chance.luck(self.operations, 0, self.settings.samples)
        events = self.settings.events
        nodes = self.drawn.nodes
        chosen = [self.random[place] for place in self.of_finish.chosen()]
        lengths = self.chance.lengths(luck, chosen)
        finish = tornado(
            self.finish,
            ((nodes[node].uid, values) for node, values in lengths.items()),
            events,
            luck.happened,
        )
        money = [self.chance.money[place] for place in self.of_cost.chosen()]
        costs = ((row.uid, self._cost_row(luck, row)) for row in money)
        return finish, tornado(self.cost, costs, events, luck.happened)

    def _cost_row(self, luck: Luck, row: Any) -> Longs:
        found: Longs = row.row(luck, self.chance.lengths(luck, [row.node])[row.node])
        return found
