"""The passes as machine code, for large networks where the optional numba is installed.

The dates are the same to the second; only the time to compute them differs. Nodes with rules are
settled by the ordinary Python between stretches of the compiled loops.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numpy as np

from planengine.calendars import WorkingTime
from planengine.network import kernels
from planengine.network.backward import demanded, show_actual
from planengine.network.compiled import OWN, Dates, Network
from planengine.network.forward import forward
from planengine.network.kernels import FOREVER, Numbers
from planengine.network.slack import with_summaries

WORTH_IT = 4_000
"""Nodes from which on machine code is worth its loading."""
_AROUND = 1 << 50
"""Seconds of work before and after what is compiled, so that every look-up ends somewhere."""


_Result = TypeVar("_Result")


class OutOfRange(Exception):
    """Dates beyond what the calendars have compiled; grow them and try again."""


def machine_for(net: Network) -> Machine | None:
    """A machine for a large network, when numba is installed."""
    if net.size < WORTH_IT:
        return None
    from planengine.compiled import can_compile, compiled

    return Machine(net, compiled(kernels)) if can_compile() else None


def in_range(machine: Machine, what: Callable[[Machine], _Result]) -> _Result:
    """What it computes, the calendars compiled as far as that takes."""
    while True:
        try:
            return what(machine)
        except OutOfRange:
            machine.grow()


class Machine:
    """A network's columns as arrays, and the compiled passes over them.

    `code` holds the functions of `kernels`, compiled or as they are. Its methods take and give the
    lists that `forward`, `backward` and `gaps_of` do.
    """

    def __init__(self, net: Network, code: Any) -> None:
        self.net, self.code = net, code
        first, second, kind, lag, clock, lag_clocks = net.arcs
        self.clocks = list(dict.fromkeys((*set(net.clocks), *lag_clocks)))
        codes = {one: number for number, one in enumerate(self.clocks)}
        own = np.array(list(map(codes.__getitem__, net.clocks)), dtype=np.int64)
        others = np.array([*(codes[one] for one in lag_clocks), 0])  # the last is for `OWN`
        clock = np.where(clock == OWN, own[second], others[clock])
        ins, self.in_ends = code.grouped(second, net.size)
        outs, self.out_ends = code.grouped(first, net.size)
        self.ins = np.vstack((first[ins], kind[ins], lag[ins], clock[ins]))
        self.outs = np.vstack((second[outs], kind[outs], lag[outs], clock[outs]))
        self.nodes = np.vstack((np.array(net.kinds), own, np.array(net.durations)))
        self.order = np.fromiter(net.order, dtype=np.int64, count=net.size)
        self._kept: list[tuple[Dates, Numbers]] = []
        self._read_clocks()

    def _read_clocks(self) -> None:
        """The compiled intervals of all clocks one after the other, endless at both ends."""
        columns = [_endless(clock) for clock in self.clocks]
        self.table = np.concatenate(columns, axis=1)
        self.edges = np.cumsum([0, *(column.shape[1] for column in columns)])
        self.since = max(int(column[0, 1]) for column in columns)
        self.until = min(int(column[1, -2]) for column in columns)

    def forward(self, floors: list[int]) -> Dates:
        """As `forward.forward`. Raises `OutOfRange`."""
        net, dates, at = self.net, np.zeros((3, self.net.size), dtype=np.int64), 0
        limits, known = np.array(floors, dtype=np.int64), _as_lists(dates)
        while True:
            at = self.code.forward(
                at, self.order, self.nodes, limits, self.ins, self.in_ends, dates,
                self.table, self.edges,
            )  # fmt: skip
            if at >= net.size:
                found = self._checked(dates)
                self._kept.append((found, dates))
                return found
            forward(net, floors, (net.order[at],), known)
            at += 1

    def backward(self, limits: list[int], early: Dates) -> Dates:
        """As `backward.backward`. Raises `OutOfRange`."""
        late = self.demanded(limits, early)
        show_actual(self.net, early, late, self.net.rules)
        return late

    def demanded(self, limits: list[int], early: Dates) -> Dates:
        """As `backward.demanded` for all nodes. Raises `OutOfRange`."""
        net, dates = self.net, np.zeros((3, self.net.size), dtype=np.int64)
        lasts, known, at = np.array(limits, dtype=np.int64), _as_lists(dates), net.size - 1
        earlies = self._array_of(early)
        while True:
            at = self.code.backward(
                at, self.order, self.nodes, lasts, self.outs, self.out_ends, earlies, dates,
                self.table, self.edges,
            )  # fmt: skip
            if at < 0:
                return self._checked(dates)
            demanded(net, limits, early, (net.order[at],), known)
            at -= 1

    def gaps(self, dates: Dates) -> list[int]:
        """As `slack.gaps_of`."""
        works = self._array_of(dates)[2]
        if self.net.gates:
            works = np.array(with_summaries(self.net, dates), dtype=np.int64)
        found: Numbers = self.code.gaps(
            self.net.leaves, self.nodes, works, self.outs,
            self.out_ends, self._array_of(dates), self.table, self.edges,
        )  # fmt: skip
        gaps: list[int] = found.tolist()
        return gaps

    def grow(self) -> None:
        """Compile the calendars further, both ways."""
        span = self.until - self.since
        for clock in self.clocks:
            clock.cover(self.since - span, self.until + span)
        self._read_clocks()

    def _checked(self, dates: Numbers) -> Dates:
        """Dates as lists. Raises `OutOfRange` when one lies where no calendar is compiled."""
        ends = dates[:2]
        known = ends[np.abs(ends) < FOREVER // 2]
        if not (known > self.since).all() or not (known < self.until).all():
            raise OutOfRange
        return Dates(dates[0].tolist(), dates[1].tolist(), dates[2].tolist())

    def _array_of(self, dates: Dates) -> Numbers:
        """The same dates as an array: the one they were listed from, where it is known."""
        for one, array in self._kept:
            if one is dates:
                return array
        return np.array(dates, dtype=np.int64)


def _as_lists(dates: Numbers) -> Dates:
    """The rows of an array so that Python can read and write them as it does lists."""
    start, finish, work = (cast(list[int], memoryview(row)) for row in dates)
    return Dates(start, finish, work)


def _endless(clock: WorkingTime) -> Numbers:
    """A clock's starts, finishes and work before, between two intervals that hardly end."""
    starts, finishes, before = clock.arrays()
    first, last = starts[:1] - 1, finishes[-1:] + 1
    done = before[-1:] + finishes[-1:] - starts[-1:]
    return np.vstack(
        (
            np.concatenate((first - _AROUND, starts, last)),
            np.concatenate((first, finishes, last + _AROUND)),
            np.concatenate((before[:1] - _AROUND, before, done)),
        )
    )
