"""The compiled network: what a plan becomes before dates are computed.

**Shape.** Nodes are numbered `0 … size-1`. The first `leaves` of them are the plan's activities
without children, in outline order (`uids[node]`, `index[uid]`). After them come *gates*, which
stand for summaries that links or constraints touch:

- the **entrance** of a summary: a point before everything under it; links into the summary end here
- the **exit**: a point after everything under it; finish links out of the summary begin here
- the **dawn**: the earliest start under it; start links out of the summary begin here

All columns are plain lists indexed by node. Links lie in three pairs of lists, the cheapest first:
`after`/`before_of` (finish-to-start without lag), `lagged`/`lagged_of` (finish-to-start with a
working lag on the successor's own clock) and `bound`/`bound_of` (everything else). `order` is a
topological order. A node that needs more than duration, clock and links has a `Rule`;
`kinds[node]` says which branch of the passes it takes: `PLAIN`, `POINT` or `RULED`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple, TypeVar

import numpy as np

from planengine.calendars import ALWAYS, WorkingTime
from planengine.columns import Numbers
from planengine.model import ConstraintKind, Plan

PLAIN = 0
"""Work of known length on one clock: moved by links, floor and ceiling only."""
POINT = 1
"""No duration: sits where its links put it, in working time or not."""
RULED = 2
"""Everything else; see `Network.rules`."""

FINISH_START, FINISH_FINISH, START_START, START_FINISH, DAWN = range(5)
"""Kinds of `Tie`: below `START_START` they begin at a finish, odd ones end at a finish. A dawn tie
goes from an activity to the dawn gate of a summary above it.
"""

FOREVER = 1 << 60
"""Later than every instant; `-FOREVER` is earlier."""

_Item = TypeVar("_Item")


class Tie(NamedTuple):
    """A link as one of its ends sees it: the `other` node, kind, and the lag in seconds counted on
    `clock` (`ALWAYS` for elapsed lag). `shift` moves an instant by the lag, `unshift` moves it
    back to the latest instant that still fits.
    """

    other: int
    kind: int
    lag: int
    clock: WorkingTime

    def shift(self, instant: int) -> int:
        """The instant, the lag later; a lead into a finish ends where work ends."""
        if self.lag < 0 and self.kind & FINISH_FINISH:
            return self.clock.finish_at[self.clock.work_at[instant] + self.lag]
        return self.clock.add(instant, self.lag)

    def unshift(self, instant: int) -> int:
        """The latest instant that `shift` brings no later than this one, working time counted."""
        return self.clock.add(instant, -self.lag)


class Arcs(NamedTuple):
    """All links as compiled, in columns: the nodes they join, kind, and lag in seconds counted on
    `clocks[clock]`, or on the second node's own clock where `clock` is `OWN`.
    """

    first: Numbers
    second: Numbers
    kind: Numbers
    lag: Numbers
    clock: Numbers
    clocks: list[WorkingTime]


OWN = -1


class Dates(NamedTuple):
    """One pass over a network, by node: instants of start and finish, and the work coordinate of
    the start on the node's own clock (where plain work ends is that plus its duration).
    """

    start: list[int]
    finish: list[int]
    work: list[int]


class Passes(NamedTuple):
    """Three passes: `early` as early as possible; `dates` as scheduled (they differ for what is to
    be as late as possible); `late` as late as the plan's finish, deadlines and successors allow.
    """

    early: Dates
    dates: Dates
    late: Dates


@dataclass(frozen=True, slots=True)
class Leg:
    """One assignment that drives dates: `duration` seconds of its clock, `delay` seconds after the
    activity's start; `remaining` is what is left of it once work has begun.
    """

    clock: WorkingTime
    duration: int
    delay: int = 0
    remaining: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """What is special about a node; fields that do not apply keep their defaults.

    `constraint`/`date`: a constraint that can hold against links. `manual`: dates set by a person.
    `done`: actual start and finish. `began`: actual start of work under way, with `resume` (where
    the rest begins at the earliest), `remaining` (seconds of working time, pauses included) and
    `waits` (the rest waits for predecessors all the same: retained logic). `delay`: elapsed
    seconds of levelling delay. `legs`: assignments on clocks of their own. `is_dawn`: a gate that
    takes the earliest start below.
    """

    constraint: ConstraintKind | None = None
    date: int = 0
    manual: tuple[int, int] | None = None
    done: tuple[int, int] | None = None
    began: int | None = None
    resume: int = 0
    remaining: int = 0
    waits: bool = False
    delay: int = 0
    legs: tuple[Leg, ...] = ()
    is_dawn: bool = False
    is_inactive: bool = False


class Network:
    """A plan compiled for scheduling; made once, read by every pass, never changed by one.

    Columns by node: `kinds`; `durations` (seconds of working time on the node's clock, pauses of a
    split included); `clocks` (a `WorkingTime`; `ALWAYS` for elapsed durations); `floors` (instant
    before which it may not start: plan start, *no earlier than*, data date); `ceilings` (instant
    after which it should not finish: deadline, *no later than*; `FOREVER` when free); `after`,
    `lagged`, `bound` (links to predecessors) and `before_of`, `lagged_of`, `bound_of` (the same
    links to successors). These six are listed when first asked for, from `arcs`, where all links
    are as they were compiled. `rules` holds the special nodes only.

    `gates` maps `(summary uid, kind)` to its node, the kind being `entrance`, `exit` or `dawn`, and
    `gate_of` maps the node back. `summaries` are the plan's summary uids in outline order,
    `parents` maps each uid to its summary's uid, `summary_clocks` each summary to its clock.

    To try other durations (risk), other dates (levelling) or another link (incremental) copy the
    columns concerned; everything here is either immutable or a list of immutable things.
    """

    __slots__ = (
        "after",
        "arcs",
        "before_of",
        "bound",
        "bound_of",
        "ceilings",
        "clocks",
        "durations",
        "floors",
        "gate_of",
        "gates",
        "index",
        "kinds",
        "lagged",
        "lagged_of",
        "leaves",
        "order",
        "parents",
        "plan",
        "project_clock",
        "rules",
        "size",
        "summaries",
        "summary_clocks",
        "uids",
    )

    plan: Plan
    leaves: int
    size: int
    uids: list[int]
    index: dict[int, int]
    kinds: list[int]
    durations: list[int]
    clocks: list[WorkingTime]
    floors: list[int]
    ceilings: list[int]
    arcs: Arcs
    after: list[list[int]]
    lagged: list[list[tuple[int, int]]]
    bound: list[list[Tie]]
    before_of: list[list[int]]
    lagged_of: list[list[tuple[int, int]]]
    bound_of: list[list[Tie]]
    order: Sequence[int]
    rules: dict[int, Rule]
    gates: dict[tuple[int, str], int]
    gate_of: dict[int, tuple[int, str]]
    summaries: list[int]
    parents: dict[int, int]
    summary_clocks: dict[int, WorkingTime]
    project_clock: WorkingTime

    def __getattr__(self, name: str) -> object:
        """Lists of links are made when one is first asked for."""
        if name in ("after", "lagged", "bound"):
            self._list_predecessors()
        elif name in ("before_of", "lagged_of", "bound_of"):
            self._list_successors()
        else:
            raise AttributeError(name)
        return getattr(self, name)

    def _list_predecessors(self) -> None:
        after: list[list[int]] = [[] for _ in range(self.size)]
        lagged: list[list[tuple[int, int]]] = [[]] * self.size
        bound: list[list[Tie]] = [[]] * self.size
        *columns, clocks = self.arcs
        rows = (column.tolist() for column in columns)
        for first, second, kind, lag, clock in zip(*rows, strict=True):
            if kind != FINISH_START or clock != OWN:
                other = self.clocks[second] if clock == OWN else clocks[clock]
                put(bound, second, Tie(first, kind, lag, other if lag else ALWAYS))
            elif lag:
                put(lagged, second, (first, lag))
            else:
                after[second].append(first)
        # Set when whole: another thread may look into the same network meanwhile.
        self.after, self.lagged, self.bound = after, lagged, bound

    def _list_successors(self) -> None:
        before_of: list[list[int]] = [[] for _ in range(self.size)]
        lagged_of: list[list[tuple[int, int]]] = [[]] * self.size
        bound_of: list[list[Tie]] = [[]] * self.size
        for node, row in enumerate(self.after):
            for other in row:
                before_of[other].append(node)
        for node, lags in enumerate(self.lagged):
            for other, lag in lags:
                put(lagged_of, other, (node, lag))
        for node, ties in enumerate(self.bound):
            for other, kind, lag, clock in ties:
                put(bound_of, other, Tie(node, kind, lag, clock))
        self.before_of, self.lagged_of, self.bound_of = before_of, lagged_of, bound_of


def arcs_of(net: Network) -> Arcs:
    """The links of a network whose lists of predecessors have been changed, as columns again."""
    counts = np.fromiter(map(len, net.after), dtype=np.int64, count=net.size)
    second = np.repeat(np.arange(net.size), counts)
    first = np.fromiter(chain.from_iterable(net.after), dtype=np.int64, count=len(second))
    rest = [
        (other, node, FINISH_START, lag, OWN)
        for node, lags in enumerate(net.lagged)
        for other, lag in lags
    ]
    clocks: list[WorkingTime] = []
    for node, ties in enumerate(net.bound):
        for other, kind, lag, clock in ties:
            code = OWN
            if lag and clock is not net.clocks[node]:
                if clock not in clocks:
                    clocks.append(clock)
                code = clocks.index(clock)
            rest.append((other, node, kind, lag, code))
    more = np.array(rest, dtype=np.int64).reshape(len(rest), 5).T
    plain = np.zeros(len(second), dtype=np.int64)
    usual = (first, second, plain + FINISH_START, plain, plain + OWN)
    columns = [np.concatenate(pair) for pair in zip(usual, more, strict=True)]
    return Arcs(columns[0], columns[1], columns[2], columns[3], columns[4], clocks)


def put(column: list[list[_Item]], node: int, item: _Item) -> None:
    """Add to one node's list; nodes without any share one empty list."""
    if column[node]:
        column[node].append(item)
    else:
        column[node] = [item]
