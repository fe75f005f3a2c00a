"""Everything that may drive a date, each with the instant it asks for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from planengine.model import Constraint, ConstraintKind, Link
from planengine.network.compiled import FOREVER
from planengine.why.chain import Cause, End, Point
from planengine.why.lookup import Lookup, is_from_finish, is_into_start


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that asks for an instant: see `Step` for the fields."""

    at: int
    cause: Cause
    by: Point | None = None
    link: Link | None = None
    lag: int = 0
    through: int | None = None
    constraint: Constraint | None = None


def into_start(seen: Lookup, uid: int) -> list[Candidate]:
    """What an activity's start must wait for; the plan's start first."""
    found = [_floor(seen, uid)]
    for above in seen.family(uid):
        if above != uid:
            found += _gate_floor(seen, above)
        for link in seen.links_into.get(above, ()):
            if is_into_start(link.kind):
                found += _by_predecessor(seen, link, uid)
    return found


def into_finish(seen: Lookup, uid: int) -> list[Candidate]:
    """What an activity's finish must wait for: finish-to-finish and start-to-finish links."""
    return [
        one
        for above in seen.family(uid)
        for link in seen.links_into.get(above, ())
        if not is_into_start(link.kind)
        for one in _by_predecessor(seen, link, uid)
    ]


def _by_predecessor(seen: Lookup, link: Link, uid: int) -> Iterator[Candidate]:
    end: End = "finish" if is_from_finish(link.kind) else "start"
    value = seen.forward_value(link.predecessor, end)
    if value <= -FOREVER:
        return  # a summary with nothing active under it
    lag, clock = seen.lag(link)
    through = None if link.successor == uid else link.successor
    by = Point(link.predecessor, end, value)
    at = clock.add(value, lag)
    if lag < 0 and not is_into_start(link.kind):
        at = clock.finish_at[clock.work_at[value] + lag]  # a lead into a finish ends work
    yield Candidate(at, "link", by, link, lag, through)


def _floor(seen: Lookup, uid: int) -> Candidate:
    """The activity's own *no earlier than*, the status date or the plan's start."""
    node = seen.net.index[uid]
    floor = seen.net.floors[node]
    constraint = seen.row(uid).constraint
    rule = seen.rule(node)
    if rule.constraint is ConstraintKind.AS_LATE_AS_POSSIBLE and seen.minds_lateness:
        late = seen.late[0][node]
        if late > floor:
            return Candidate(late, "alap", Point(uid, "late_start", late))
    if floor == seen.plan.start:
        return Candidate(floor, "project_start")
    if constraint is not None and constraint.date is not None and floor != seen.plan.status_date:
        return Candidate(floor, "constraint", constraint=constraint)
    return Candidate(floor, "status_date")


def _gate_floor(seen: Lookup, above: int) -> Iterator[Candidate]:
    gate = seen.net.gates.get((above, "entrance"))
    if gate is not None and seen.net.floors[gate] > -FOREVER:
        constraint = seen.row(above).constraint
        yield Candidate(seen.net.floors[gate], "constraint", through=above, constraint=constraint)


def from_finish(seen: Lookup, uid: int) -> list[Candidate]:
    """What asks that an activity's finish is no later; the plan's finish first."""
    node = seen.net.index[uid]
    found = [*_limit(seen, uid), *_ceiling(seen, uid, node, None)]
    for above in seen.family(uid):
        gate = seen.net.gates.get((above, "exit"))
        if gate is not None and above != uid and seen.row(uid).active:
            found += [_of_all(seen), *_ceiling(seen, above, gate, above)]
        for link in seen.links_from.get(above, ()):
            if is_from_finish(link.kind):
                found += _by_successor(seen, link, uid)
    return found


def from_start(seen: Lookup, uid: int) -> list[Candidate]:
    """What asks that an activity's start is no later: start-to-start and start-to-finish links,
    those of a summary above only for what starts first under it.
    """
    node = seen.net.index[uid]
    found: list[Candidate] = []
    for above in seen.family(uid):
        if above != uid:
            gate = seen.net.gates.get((above, "dawn"))
            if gate is None or seen.early[0][gate] != seen.early[0][node]:
                continue
        for link in seen.links_from.get(above, ()):
            if not is_from_finish(link.kind):
                found += _by_successor(seen, link, uid)
    constraint = seen.row(uid).constraint
    if constraint is not None and constraint.date is not None:
        kinds = (ConstraintKind.START_NO_LATER_THAN, ConstraintKind.MUST_START_ON)
        if constraint.kind in kinds:
            found.append(Candidate(constraint.date, "constraint", constraint=constraint))
    return found


def _by_successor(seen: Lookup, link: Link, uid: int) -> Iterator[Candidate]:
    lag, clock = seen.lag(link)
    through = None if link.predecessor == uid else link.predecessor
    end: End = "late_start" if is_into_start(link.kind) else "late_finish"
    gate = seen.net.gates.get((link.successor, "entrance"))
    if gate is not None and is_into_start(link.kind):
        by = Point(None, "finish", seen.limit)  # nothing under the summary asks for earlier
        yield Candidate(clock.add(seen.limit, -lag), "link", by, link, lag, through)
    for successor in seen.leaves_below(link.successor):
        value = seen.late_value(successor, end)
        if value < FOREVER:
            by = Point(successor, end, value, seen.is_held_early(successor, end, value))
            yield Candidate(clock.add(value, -lag), "link", by, link, lag, through)


def _limit(seen: Lookup, uid: int) -> Iterator[Candidate]:
    """The plan's finish, or the activity's own where several critical paths are asked for; neither
    for what is to *finish no later than* a date after it.
    """
    net, node = seen.net, seen.net.index[uid]
    waits = net.before_of[node] or net.lagged_of[node] or net.bound_of[node]
    own = seen.early.finish[node]
    found = _of_all(seen)
    if seen.plan.options.multiple_critical_paths and not waits:
        found = Candidate(own, "own", Point(uid, "finish", own))
    rule = seen.rule(node)
    later = rule.constraint is ConstraintKind.FINISH_NO_LATER_THAN
    if not (later and rule.date > min(found.at, net.ceilings[node])):
        yield found


def _of_all(seen: Lookup) -> Candidate:
    return Candidate(seen.limit, "project_finish", Point(None, "finish", seen.limit))


def _ceiling(seen: Lookup, uid: int, node: int, through: int | None) -> Iterator[Candidate]:
    ceiling = seen.net.ceilings[node]
    if ceiling >= FOREVER:
        return
    row = seen.row(uid)
    if row.deadline == ceiling:
        yield Candidate(ceiling, "deadline", through=through)
    else:
        yield Candidate(ceiling, "constraint", through=through, constraint=row.constraint)
