"""The blueprint laid out for batches of samples: one step for each node, in topological order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from planengine.calendars import WorkingTime
from planengine.network.compiled import FOREVER
from planengine.risk.blueprint import DAWN, Blueprint, Node, Source
from planengine.risk.clocks import LONGEST, ClockTable
from planengine.risk.settings import RiskError

_MARGIN = 400 * 86_400


@dataclass(slots=True)
class Bond:
    """A link of a step: `is_plain` when both ends count on the same clock and so does the lag."""

    node: int
    from_finish: bool
    into_finish: bool
    is_plain: bool
    lag: int
    table: ClockTable
    share: float
    usual: int
    fixed: int | None
    fixed_instant: int = 0


@dataclass(slots=True)
class Step:
    """A node as the passes want it; `start_row`/`finish_row` say where its instants are kept, −1
    for nowhere.
    """

    node: int
    kind: int
    table: ClockTable
    own_table: ClockTable
    floor: int
    usual: int
    delay: int
    bonds: list[Bond] = field(default_factory=list)
    start_row: int = -1
    finish_row: int = -1

    @property
    def is_point(self) -> bool:
        """True for what has no length unless chance gives it one."""
        return not self.usual and self.table.is_wall


class Program:
    """Steps in order over tables from `origin` to `horizon` (instants)."""

    def __init__(
        self,
        drawn: Blueprint,
        finishes_wanted: Iterable[int],
        reach: tuple[int, int],
        operations: Any,
    ) -> None:
        self.size = len(drawn.nodes)
        self.origin, self.horizon = reach
        if self.horizon - self.origin > LONGEST:
            years = (self.horizon - self.origin) / (365.25 * 86_400)
            raise RiskError("reach", f"{years:.0f}")
        self.operations = operations
        self._tables: dict[int, ClockTable] = {}
        self.steps = [self._step(drawn.nodes[node]) for node in drawn.order]
        by_node = {step.node: step for step in self.steps}
        for node in drawn.nodes:
            step = by_node[node.number]
            step.bonds = [self._bond(node, drawn.nodes[row.node], row) for row in node.sources]
        self._keep(by_node, finishes_wanted)

    def table(self, clock: WorkingTime) -> ClockTable:
        """The lookup table of a clock, made once."""
        found = self._tables.get(id(clock))
        if found is None:
            found = ClockTable(clock, self.origin, self.horizon, self.operations)
            self._tables[id(clock)] = found
        return found

    def _step(self, node: Node) -> Step:
        table = self.table(node.clock)
        floor = 0 if node.floor == -FOREVER else max(node.floor - table.zero, 0)
        return Step(
            node=node.number,
            kind=node.kind,
            table=table,
            own_table=self.table(node.own_clock),
            floor=floor,
            usual=node.usual,
            delay=node.delay,
        )

    def _bond(self, node: Node, other: Node, source: Source) -> Bond:
        fixed = source.fixed
        same = other.clock is node.clock
        return Bond(
            node=source.node,
            from_finish=source.from_finish,
            into_finish=source.into_finish,
            is_plain=fixed is None and same and (not source.lag or source.clock is node.clock),
            lag=source.lag,
            table=self.table(source.clock),
            share=source.share,
            usual=source.usual,
            fixed=None if fixed is None else self.table(node.clock).coordinate(fixed),
            fixed_instant=0 if fixed is None else fixed - self.origin,
        )

    def _keep(self, by_node: Mapping[int, Step], finishes_wanted: Iterable[int]) -> None:
        """Number the rows of instants that somebody asks for."""
        starts: dict[int, int] = {}
        finishes: dict[int, int] = {}
        for node in finishes_wanted:
            finishes.setdefault(node, len(finishes))
        for step in self.steps:
            for bond in step.bonds:
                asked = not bond.is_plain or bond.into_finish or step.kind == DAWN
                if asked and bond.fixed is None:
                    kept = finishes if bond.from_finish else starts
                    kept.setdefault(bond.node, len(kept))
        for node, row in starts.items():
            by_node[node].start_row = row
        for node, row in finishes.items():
            by_node[node].finish_row = row
        self.by_node = by_node
        self.starts_kept, self.finishes_kept = len(starts), len(finishes)


def program(
    drawn: Blueprint,
    finishes_wanted: Sequence[int],
    longest: Mapping[int, int],
    operations: Any,
) -> Program:
    """A program that reaches as far as the longest durations (`longest`, by node) can take it.

    Raises `RiskError` when that is further than 68 years.
    """
    from planengine.risk.passes import Rows, forward

    extra = max(longest.values(), default=0)
    first = min((drawn.start, *_floors(drawn)), default=drawn.start)
    span = drawn.finish - first
    origin = first - _MARGIN - 2 * extra
    horizon = drawn.finish + _MARGIN + span + 4 * extra
    # Building anew costs more than longer tables: four times the plan nearly always reaches.
    horizon += min(3 * span, max(LONGEST - (horizon - origin), 0))
    while True:
        made = Program(drawn, finishes_wanted, (origin, horizon), operations)
        rows = Rows(made, 1)
        lengths = {node: np.array([value], dtype=np.int32) for node, value in longest.items()}
        forward(made, rows, lengths)
        if not made.finishes_kept or int(rows.finishes.max()) < horizon - origin - _MARGIN // 2:
            return made
        horizon += horizon - origin


def _floors(drawn: Blueprint) -> Iterable[int]:
    for node in drawn.nodes:
        if node.floor != -FOREVER:
            yield node.clock.start_at[node.floor]
