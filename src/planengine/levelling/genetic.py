"""Search for a short schedule: a genetic search over activity lists with justification."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import isqrt
from typing import Any, cast

from planengine.compiled import can_compile, compiled
from planengine.levelling import kernels as plain_kernels
from planengine.levelling.bounds import lower_bound
from planengine.levelling.instance import Instance, InvalidInstance
from planengine.levelling.kernels import Best, Population, Work
from planengine.levelling.packing import Net, Packed, Row, packed, zeros
from planengine.levelling.solution import DEFAULT_LIMITS, Limits, Solution, solution_of

SMALL = 75
"""Activities up to which a population gathers so soon that it needs more stirring."""
STIRRED, STEADY = 10, 20
"""About two swaps in this many places of a list: for small instances, and for others."""
RUN = 350
"""Generations after which a population has said what it has to say, and another one begins."""
COMPILED_PACE, PLAIN_PACE = 12_000_000, 400_000
"""Placements of an activity a second, roughly; chooses how large a population fits the time."""
NEVER = 1 << 60


@dataclass(frozen=True, slots=True)
class _Search:
    """The kernels in use and everything they share."""

    kernels: Any
    packed: Packed
    work: Work
    best: Best
    state: Row
    cut: Row
    rate: int
    arrays: bool


def genetic_search(
    instance: Instance,
    limits: Limits = DEFAULT_LIMITS,
    *,
    seed: int = 1,
    use_numba: bool | None = None,
    told: Callable[[int, int], None] | None = None,
) -> Solution:
    """The best schedule found within `limits`; ends at once when it meets a lower bound.

    The same `seed` and number of schedules give the same schedule with numba and without
    (`use_numba` chooses; `None` takes it where it pays). `told` hears the makespan and the number
    of schedules after each generation. Raises `InvalidInstance` when the instance cannot be
    scheduled or is too long for its grain of time.

    Method: two populations of left- and right-justified schedules (Debels and Vanhoucke 2005),
    serial generation, two-point crossover of lists sorted by finish.
    """
    instance.checked()
    search = _prepared(instance, seed, False)
    bound, unit = lower_bound(instance), search.packed.unit
    tried = _first(search)
    arrays = _pays(instance, limits) if use_numba is None else use_numba
    if arrays and int(search.best.span[0]) * unit > bound:
        search = _prepared(instance, seed, True)
        _first(search)
    until = limits.until()
    most = NEVER if limits.schedules is None else limits.schedules
    size = population_size(instance, limits, compiled=search.arrays)

    def go_on() -> bool:
        if told is not None:
            told(int(search.best.span[0]) * unit, tried)
        return int(search.best.span[0]) * unit > bound and tried < most and limits.clock() < until

    while go_on():
        source, target = _populations(search, size)
        for generation in range(RUN):
            _step(search, source, target, generation % 2)
            source, target = target, source
            tried += size
            if not go_on():
                break
    starts = [int(start) * unit for start in search.best.starts]
    return solution_of(instance, starts, bound, tried)


def _pays(instance: Instance, limits: Limits) -> bool:
    """Whether compiled code saves more than the second or so that loading it takes."""
    long = limits.schedules is None or limits.schedules * instance.size > PLAIN_PACE
    return long and (limits.seconds is None or limits.seconds >= 1) and can_compile()


def warm_up() -> None:
    """Load (the first time: compile) the inner loops now, so that no search has to wait for it.

    Takes seconds once after an installation, then about one; nothing without numba.
    """
    if can_compile():
        search = _prepared(Instance((1, 1), ((1,), ()), ((1,), (1,)), (1,)), 1, True)
        _first(search)
        _step(search, *_populations(search, 2), 0)


def population_size(instance: Instance, limits: Limits, *, compiled: bool) -> int:
    """How many lists a population holds: about the square root of the schedules that will be
    tried.
    """
    expected = limits.schedules if limits.schedules is not None else NEVER
    if limits.seconds is not None:
        pace = COMPILED_PACE if compiled else PLAIN_PACE
        expected = min(expected, int(limits.seconds * pace / max(instance.size, 1)))
    return max(10, min(2000, isqrt(max(expected, 1)) * 6 // 5))


def _prepared(instance: Instance, seed: int, arrays: bool) -> _Search:
    rows = packed(instance, arrays=arrays)
    if rows is None:
        raise InvalidInstance("the activities one after the other last too long for this search")
    n, horizon = instance.size, rows.forward.horizon

    def row(length: int, value: int = 0) -> Row:
        return zeros(length, arrays=arrays, value=value)

    state = row(2)
    state[0], state[1] = 1 + seed * 7919 % 2147483000, 1 + seed * 104_729 % 2147483000
    work = Work(
        row(rows.forward.words * horizon), row(n), row(n), row(n), row(n), row(2 * horizon + 8)
    )
    use = compiled(plain_kernels) if arrays else plain_kernels
    cut = row(4)
    small = n <= SMALL
    cut[2], cut[3] = (n // 10, n // 3 + 1) if small else (n // 4, n // 2 + 1)
    rate = STIRRED if small else STEADY
    return _Search(use, rows, work, Best(row(1, NEVER), row(n)), state, cut, rate, arrays)


def _populations(search: _Search, size: int) -> tuple[Population, Population]:
    n = search.packed.forward.n

    def population() -> Population:
        lists = zeros(size * n, arrays=search.arrays)
        return Population(size, lists, zeros(size, arrays=search.arrays, value=NEVER))

    source = population()
    noise = max(2, search.packed.critical // 3)
    latest = zeros(n, arrays=search.arrays)
    latest[:] = _like(latest, search.packed.latest)
    search.kernels.sample(search.state, search.packed.forward, latest, noise, search.work, source)
    return source, population()


def _like(row: Row, values: tuple[int, ...]) -> Row:
    return list(values) if isinstance(row, list) else cast(Row, values)


def _nets(search: _Search, mirrored: int) -> tuple[Net, Net]:
    pair = (search.packed.forward, search.packed.backward)
    return pair[mirrored], pair[1 - mirrored]


def _step(search: _Search, source: Population, target: Population, mirrored: int) -> None:
    net, other = _nets(search, mirrored)
    search.kernels.evolve(
        search.state,
        net,
        other,
        source,
        target,
        search.rate,
        mirrored,
        search.cut,
        search.work,
        search.best,
    )


def _first(search: _Search) -> int:
    """Schedule once by latest start, then justify to the right and back; 3 schedules."""
    kernels, work, best = search.kernels, search.work, search.best
    forward = search.packed.forward
    rank = {int(activity): place for place, activity in enumerate(forward.base)}
    latest = search.packed.latest
    by_latest = sorted(rank, key=lambda activity: (latest[activity], rank[activity]))
    order = zeros(forward.n, arrays=search.arrays)
    for place, activity in enumerate(by_latest):
        order[place] = activity
    for mirrored in (0, 1, 0):
        net, other = _nets(search, mirrored)
        span = kernels.generate(order, net, work)
        if mirrored == 0 and span < best.span[0]:
            best.span[0] = span
            best.starts[0 : forward.n] = work.starts[0 : forward.n]
        kernels.turn(net, other, span, work, order, 0)
    return 3
