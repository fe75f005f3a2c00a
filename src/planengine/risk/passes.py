"""The passes over a batch of samples: dates forward, then what was critical backward.

Most of it is counted in work coordinates: on one calendar a finish-to-start link is an addition and
a maximum, and the calendar is only asked where two of them meet or an instant is wanted.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from planengine.risk.blueprint import DAWN, FREE, PINNED
from planengine.risk.clocks import Ints
from planengine.risk.program import Bond, Program, Step

Flags = npt.NDArray[np.bool_]
Length = int | Ints


class Rows:
    """One batch: starts and finishes of every node in work coordinates, and the instants that are
    kept. Rows by node (or by `start_row`, `finish_row`), a column for each sample.
    """

    def __init__(self, program: Program, count: int) -> None:
        self.program, self.count = program, count
        self.start_work: Ints = np.empty((program.size, count), dtype=np.int32)
        self.finish_work: Ints = np.empty((program.size, count), dtype=np.int32)
        self.starts: Ints = np.empty((program.starts_kept, count), dtype=np.int32)
        self.finishes: Ints = np.empty((program.finishes_kept, count), dtype=np.int32)
        self.before_delay: dict[int, Ints] = {}

    def lengths(self, node: int) -> Ints:
        """Simulated durations of a node, on its clock."""
        found: Ints = self.finish_work[node] - self.start_work[node]
        return found

    def instants(self, bond: Bond) -> Ints:
        """When the end of the predecessor that a link begins at came, as instants."""
        step = self.program.by_node[bond.node]
        kept, row = (
            (self.finishes, step.finish_row) if bond.from_finish else (self.starts, step.start_row)
        )
        found: Ints = kept[row]
        return found

    def lag(self, bond: Bond) -> Length:
        """A link's lag; one given in percent follows the predecessor's simulated duration."""
        if not bond.share:
            return bond.lag
        usual = round(bond.usual * bond.share / 100)
        drawn = np.rint(self.lengths(bond.node) * bond.share / 100)
        found: Ints = (bond.lag - usual + drawn).astype(np.int32)
        return found

    def reached(self, bond: Bond) -> Ints:
        """The instants a link leads to."""
        instants, lag = self.instants(bond), self.lag(bond)
        return bond.table.later(instants, lag, into_finish=bond.into_finish)

    def need(self, step: Step, bond: Bond) -> Ints | int:
        """What a link demands of a node, in its work coordinates."""
        if bond.fixed is not None:
            return bond.fixed
        if bond.is_plain:
            work = self.finish_work if bond.from_finish else self.start_work
            found: Ints = work[bond.node]
            if bond.share or bond.lag:
                return found + self.lag(bond)
            return found
        if not bond.lag and not bond.share:
            return step.table.work(self.instants(bond))
        if bond.table is step.table:
            return step.table.work(self.instants(bond)) + self.lag(bond)
        return step.table.work(self.reached(bond))


def forward(program: Program, rows: Rows, lengths: Mapping[int, Ints]) -> None:
    """Fill `rows` from the durations drawn (`lengths` by node; the usual ones elsewhere)."""
    for step in program.steps:
        length: Length = lengths.get(step.node, step.usual)
        begin, end = rows.start_work[step.node], rows.finish_work[step.node]
        if step.kind == DAWN:
            _first_of(step, rows, begin)
        else:
            _push(step, rows, begin, length)
        if step.is_point and not isinstance(length, int):
            end[:] = step.own_table.later(begin, length)
        else:
            np.add(begin, length, out=end)
        if step.start_row >= 0:
            rows.starts[step.start_row] = step.table.start(begin)
        if step.finish_row >= 0:
            rows.finishes[step.finish_row] = _finish(step, rows, begin, end, length)


def _push(step: Step, rows: Rows, begin: Ints, length: Length) -> None:
    begin.fill(step.floor)
    for bond in step.bonds:
        need = rows.need(step, bond)
        np.maximum(begin, need - length if bond.into_finish else need, out=begin)
    if step.delay:
        rows.before_delay[step.node] = begin.copy()
        begin[:] = step.table.work(step.table.start(begin) + np.int32(step.delay))


def _first_of(step: Step, rows: Rows, begin: Ints) -> None:
    begin.fill(np.iinfo(np.int32).max)
    for bond in step.bonds:
        earliest = rows.instants(bond) if bond.fixed is None else np.int32(bond.fixed)
        np.minimum(begin, earliest, out=begin)


def _finish(step: Step, rows: Rows, begin: Ints, end: Ints, length: Length) -> Ints:
    """Instants of the finish: of no length, the start itself; a link into the finish may hold it in
    free time right after the work.
    """
    if step.table.is_wall:
        found = end
    else:
        found = step.table.finish(end)
        none = end == begin
        if (not isinstance(length, int) or not length) and none.any():
            found = np.where(none, step.table.start(begin), found)
    for bond in step.bonds:
        if bond.into_finish:
            fixed = bond.fixed is not None
            found = np.maximum(found, bond.fixed_instant if fixed else rows.reached(bond))
    return found


def backward(program: Program, rows: Rows, last: Mapping[int, Flags]) -> Any:
    """Which nodes were critical in which samples: they drive, link by link, a node that finished
    last (`last`, by node). A boolean array, nodes by samples.
    """
    critical: Flags = np.zeros((program.size, rows.count), dtype=np.bool_)
    for node, flags in last.items():
        critical[node] = flags
    for step in reversed(program.steps):
        mine = critical[step.node]
        if step.kind == PINNED or not step.bonds or not mine.any():
            continue
        begin = rows.before_delay.get(step.node, rows.start_work[step.node])
        for bond in step.bonds:
            if bond.fixed is not None:
                continue
            critical[bond.node] |= mine & drives(step, bond, rows, begin)
    return critical


def drives(step: Step, bond: Bond, rows: Rows, begin: Ints) -> Flags:
    """The samples in which a link is one that decided its node's start."""
    if step.kind == DAWN:
        held: Flags = rows.instants(bond) == begin
        return held
    need = rows.need(step, bond)
    if bond.into_finish and step.kind == FREE:
        need = need - rows.lengths(step.node)
    found: Flags = begin == need
    return found
