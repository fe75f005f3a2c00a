"""The inner loops of the search, as plain functions on flat rows of whole numbers.

They run as they stand; `planengine.compiled` hands out the same functions compiled where
numba is installed, with the same results. So: no objects, no exceptions, nothing beyond 63 bits.
"""

from __future__ import annotations

from typing import NamedTuple

from planengine.levelling.packing import Net, Row


class Work(NamedTuple):
    """Scratch rows: `free` (words × horizon), `starts`, `child`, `segment`, `keys` (n each),
    `count` (horizon + 3).
    """

    free: Row
    starts: Row
    child: Row
    segment: Row
    keys: Row
    count: Row


class Population(NamedTuple):
    """Activity lists one after the other (size × n) for one direction, and the makespans they came
    from.
    """

    size: int
    lists: Row
    spans: Row


class Best(NamedTuple):
    """`span[0]`: the shortest makespan so far; `starts` (n): a schedule that has it."""

    span: Row
    starts: Row


def draw(state: Row, below: int) -> int:
    """A number in `range(below)`; `state` (2) moves on.

    Two combined linear congruential generators, L'Ecuyer (1988), *Efficient and portable combined
    random number generators*.
    """
    first = state[0] * 40014 % 2147483563
    second = state[1] * 40692 % 2147483399
    state[0] = first
    state[1] = second
    return int((first - second) % 2147483562 % below)


def room(net: Net, free: Row, activity: int, ready: int) -> int:
    """The first time from `ready` at which everything `activity` needs is free until it is done."""
    duration = net.durations[activity]
    at = ready
    again = True
    while again:
        again = False
        for word in range(net.words):
            need = net.need[word * net.n + activity]
            guard = net.guard[word]
            first = word * net.horizon
            look = at + duration - 1 if need != 0 else at - 1
            while look >= at:
                if (free[first + look] - need) & guard != guard:
                    at = look + 1
                    look = at + duration - 1
                    again = net.words > 1
                else:
                    look -= 1
    return int(at)


def generate(order: Row, net: Net, work: Work) -> int:
    """Serial schedule generation, Kelley (1963): each activity of `order` (n, predecessors first)
    as early as links and what is left allow. Fills `work.starts`; the makespan is returned.
    """
    free, starts, durations = work.free, work.starts, net.durations
    size = net.words * net.horizon
    free[0:size] = net.full[0:size]
    span = 0
    for place in range(net.n):
        activity = order[place]
        at = 0
        for link in range(net.pred_start[activity], net.pred_start[activity + 1]):
            before = net.pred[link]
            done = starts[before] + durations[before]
            if done > at:
                at = done
        at = room(net, free, activity, at)
        done = at + durations[activity]
        for word in range(net.words):
            need = net.need[word * net.n + activity]
            if need != 0:
                for time in range(word * net.horizon + at, word * net.horizon + done):
                    free[time] -= need
        starts[activity] = at
        if done > span:
            span = done
    return int(span)


def arrange(keys: Row, highest: int, base: Row, count: Row, n: int, out: Row, at: int) -> None:
    """Write the activities of `base` (n) by rising `keys` (0 … `highest`) to `out[at:at + n]`;
    among equals the order of `base` stays.
    """
    for key in range(highest + 2):
        count[key] = 0
    for activity in range(n):
        count[keys[activity] + 1] += 1
    for key in range(highest + 1):
        count[key + 1] += count[key]
    for place in range(n):
        activity = base[place]
        key = keys[activity]
        out[at + count[key]] = activity
        count[key] += 1


def turn(net: Net, other: Net, span: int, work: Work, out: Row, at: int) -> None:
    """The activity list for the `other` direction of the schedule in `work.starts`: last finish
    first. Generating from it never gives a longer makespan: justification, Valls, Ballestín and
    Quintanilla (2005).
    """
    keys, starts = work.keys, work.starts
    for activity in range(net.n):
        keys[activity] = span - starts[activity] - net.durations[activity]
    arrange(keys, span, other.base, work.count, net.n, out, at)


def sample(
    state: Row, net: Net, latest: Row, noise: int, work: Work, population: Population
) -> None:
    """Fill `population` with lists by latest start plus up to `noise` periods of chance, every
    activity after its predecessors.
    """
    keys, n = work.keys, net.n
    for place in range(population.size):
        highest = 0
        for rank in range(n):
            activity = net.base[rank]
            key = latest[activity] + draw(state, noise)
            for link in range(net.pred_start[activity], net.pred_start[activity + 1]):
                before = keys[net.pred[link]]
                if before > key:
                    key = before
            keys[activity] = key
            if key > highest:
                highest = key
        arrange(keys, highest, net.base, work.count, n, population.lists, place * n)
        population.spans[place] = 1 << 60


def combine(lists: Row, mother: int, father: int, n: int, cut: Row, work: Work) -> None:
    """Two-point crossover of activity lists into `work.child`: the mother says which activities
    stand before, inside and behind the window `cut` (2) and how the inside is ordered, the father
    how the rest is; Hartmann (1998), Debels and Vanhoucke (2007).
    """
    segment, child = work.segment, work.child
    first, last = cut[0], cut[1]
    for place in range(n):
        activity = lists[mother * n + place]
        segment[activity] = 0
        if place >= last:
            segment[activity] = 2
        elif place >= first:
            segment[activity] = 1
            child[place] = activity
    head, tail = 0, last
    for place in range(n):
        activity = lists[father * n + place]
        if segment[activity] == 0:
            child[head] = activity
            head += 1
        elif segment[activity] == 2:
            child[tail] = activity
            tail += 1


def mutate(state: Row, order: Row, net: Net, rate: int) -> None:
    """Swap neighbours of `order` that no link ties, about two in `rate` places."""
    place = draw(state, rate)
    while place < net.n - 1:
        left, right = order[place], order[place + 1]
        tied = False
        for link in range(net.pred_start[right], net.pred_start[right + 1]):
            if net.pred[link] == left:
                tied = True
        if not tied:
            order[place] = right
            order[place + 1] = left
        place += 1 + draw(state, rate)


def breed(
    state: Row, net: Net, source: Population, place: int, rate: int, cut: Row, work: Work
) -> None:
    """A child of the list at `place` and the better of two drawn ones, into `work.child`.

    `cut` (4) holds the window of the crossover, its least width and how many widths there are.
    """
    n = net.n
    mate = draw(state, source.size)
    rival = draw(state, source.size)
    if source.spans[rival] < source.spans[mate]:
        mate = rival
    mother, father = place, mate
    if draw(state, 2) == 0:
        mother, father = mate, place
    width = cut[2] + draw(state, cut[3])
    cut[0] = draw(state, n - width + 1)
    cut[1] = cut[0] + width
    combine(source.lists, mother, father, n, cut, work)
    mutate(state, work.child, net, rate)


def evolve(
    state: Row,
    net: Net,
    other: Net,
    source: Population,
    target: Population,
    rate: int,
    mirrored: int,
    cut: Row,
    work: Work,
    best: Best,
) -> None:
    """One generation of the bi-population search of Debels and Vanhoucke (2005): every list of
    `source` has a child, scheduled in the direction of `net`; what is no worse than the list at
    its place in `target` replaces it, as a list for the `other` direction. `mirrored` is 1 when
    `net` is the backward one.
    """
    n, starts = net.n, work.starts
    for place in range(source.size):
        breed(state, net, source, place, rate, cut, work)
        span = generate(work.child, net, work)
        if span <= target.spans[place]:
            turn(net, other, span, work, target.lists, place * n)
            target.spans[place] = span
        if span < best.span[0]:
            best.span[0] = span
            for activity in range(n):
                at = starts[activity]
                if mirrored == 1:
                    at = span - at - net.durations[activity]
                best.starts[activity] = at
