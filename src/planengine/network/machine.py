"""The passes as machine code, for large networks where the optional numba is installed.

The dates are the same to the second; only the time to compute them differs. Nodes with rules are
settled by the ordinary Python between stretches of the compiled loops.
"""

from __future__ import annotations

from typing import Any, cast

import numpy as np

from planengine.calendars import WorkingTime
from planengine.network import kernels
from planengine.network.backward import demanded, show_actual
from planengine.network.compiled import FINISH_START, Dates, Network
from planengine.network.forward import forward
from planengine.network.kernels import FOREVER, Numbers
from planengine.network.slack import with_summaries

WORTH_IT = 4_000
"""Nodes from which on machine code is worth its loading."""
_AROUND = 1 << 50
"""Seconds of work before and after what is compiled, so that every look-up ends somewhere."""


class OutOfRange(Exception):
    """Dates beyond what the calendars have compiled; grow them and try again."""


def machine_for(net: Network) -> Machine | None:
    """A machine for a large network, when numba is installed."""
    if net.size < WORTH_IT:
        return None
    from planengine.compiled import can_compile, compiled

    return Machine(net, compiled(kernels)) if can_compile() else None


class Machine:
    """A network's columns as arrays, and the compiled passes over them.

    `code` holds the functions of `kernels`, compiled or as they are. Its methods take and give the
    lists that `forward`, `backward` and `gaps_of` do.
    """

    def __init__(self, net: Network, code: Any) -> None:
        self.net, self.code = net, code
        self.clocks = list(dict.fromkeys(net.clocks))
        self._codes = {clock: number for number, clock in enumerate(self.clocks)}
        tails, heads, kinds, lags, lag_clocks = self._links()
        ins, self.in_ends = code.grouped(heads, net.size)
        outs, self.out_ends = code.grouped(tails, net.size)
        self.ins = np.vstack((tails[ins], kinds[ins], lags[ins], lag_clocks[ins]))
        self.outs = np.vstack((heads[outs], kinds[outs], lags[outs], lag_clocks[outs]))
        codes = [self._codes[clock] for clock in net.clocks]
        self.nodes = np.array((net.kinds, codes, net.durations), dtype=np.int64)
        self.order = np.array(net.order, dtype=np.int64)
        self._read_clocks()

    def _links(self) -> list[Numbers]:
        """Every link once: its two nodes, kind, lag, and the clock of the lag."""
        net, codes = self.net, self._codes
        counts = np.array(list(map(len, net.after)), dtype=np.int64)
        heads: list[int] = np.repeat(np.arange(net.size), counts).tolist()
        tails = [tail for row in net.after for tail in row]
        plain = len(tails)
        rest = [
            (tail, head, FINISH_START, lag, codes[net.clocks[head]])
            for head, row in enumerate(net.lagged)
            if row
            for tail, lag in row
        ]
        for head, row in enumerate(net.bound):
            for tail, kind, lag, clock in row:
                code = codes.get(clock)
                if code is None:
                    code = codes[clock] = len(self.clocks)
                    self.clocks.append(clock)
                rest.append((tail, head, kind, lag, code))
        more = np.array(rest, dtype=np.int64).reshape(len(rest), 5).T
        nothing = np.zeros(plain, dtype=np.int64)
        first = (np.array(tails, dtype=np.int64), np.array(heads, dtype=np.int64))
        return [
            np.concatenate((one, other))
            for one, other in zip((*first, nothing, nothing, nothing), more, strict=True)
        ]

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
                return self._checked(dates)
            forward(net, floors, (net.order[at],), known)
            at += 1

    def backward(self, limits: list[int], early: Dates) -> Dates:
        """As `backward.backward`. Raises `OutOfRange`."""
        net, dates = self.net, np.zeros((3, self.net.size), dtype=np.int64)
        lasts, known, at = np.array(limits, dtype=np.int64), _as_lists(dates), net.size - 1
        earlies = np.array(early[:2], dtype=np.int64)
        while True:
            at = self.code.backward(
                at, self.order, self.nodes, lasts, self.outs, self.out_ends, earlies, dates,
                self.table, self.edges,
            )  # fmt: skip
            if at < 0:
                late = self._checked(dates)
                show_actual(net, early, late, net.rules)
                return late
            demanded(net, limits, early, (net.order[at],), known)
            at -= 1

    def gaps(self, dates: Dates) -> list[int]:
        """As `slack.gaps_of`."""
        works = with_summaries(self.net, dates) if self.net.gates else dates.work
        found: Numbers = self.code.gaps(
            self.net.leaves, self.nodes, np.array(works, dtype=np.int64), self.outs,
            self.out_ends, np.array(dates, dtype=np.int64), self.table, self.edges,
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
