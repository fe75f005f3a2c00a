"""What drives a late start or late finish."""

from __future__ import annotations

from planengine.model import ConstraintKind
from planengine.network.backward import not_before
from planengine.network.placement import backward_from, forward_from
from planengine.why.candidates import from_finish, from_start
from planengine.why.chain import End, Point, Step
from planengine.why.lookup import Lookup
from planengine.why.steps import between_ends, chosen, held_by, root, with_only


def late_step(seen: Lookup, date: Point) -> Step:
    """The step behind a late start or a late finish."""
    assert date.uid is not None
    node = seen.net.index.get(date.uid)
    if node is None:
        return _of_child(seen, date, date.uid)
    rule = seen.rule(node)
    if rule.done is not None:
        return root(date, "actual")
    if rule.is_inactive:
        end: End = "start" if date.end == "late_start" else "finish"
        return Step(date, "own", date.at, Point(date.uid, end, date.at))
    if rule.began is not None and date.end == "late_start":
        if date.at != rule.began and (rule.waits or not seen.net.durations[node]):
            return _from_other_end(seen, date, node)
        return root(date, "actual" if date.at == rule.began else "resume")
    if date.undelayed:
        by = Point(date.uid, "late_start", date.at + rule.delay)
        return Step(date, "levelling_delay", date.at, by, duration=rule.delay)
    return _placed(seen, date, node)


def _of_child(seen: Lookup, date: Point, uid: int) -> Step:
    driving = []
    for child in seen.below(uid):
        node = seen.net.index.get(child)
        if node is not None and seen.is_off(node):
            continue
        row = seen.schedule[child]
        if (row.late_start if date.end == "late_start" else row.late_finish) == date.at:
            driving.append(child)
    if not driving:
        return root(date, "project_start")
    by = Point(driving[0], date.end, date.at)
    return Step(date, "child", date.at, by, only=len(driving) == 1)


def _placed(seen: Lookup, date: Point, node: int) -> Step:
    uid = date.uid or 0
    rule = seen.rule(node)
    if seen.plan.options.honor_constraints:
        held = _MUST.get(rule.constraint) if rule.constraint is not None else None
        if held == date.end:
            return held_by(seen, date, node, seen.row(uid).constraint)
        if held is not None:
            return _from_other_end(seen, date, node)
    finishes, starts = from_finish(seen, uid), from_start(seen, uid)
    if rule.manual is not None or rule.began is not None:
        starts = []
    last = min(one.at for one in finishes)
    by_start = bool(starts) and _start_decides(seen, node, last, min(one.at for one in starts))
    candidates = starts if by_start else finishes
    if seen.is_point(node) or by_start == (date.end == "late_start"):
        step = chosen(seen, date, node, candidates, min)
        return with_only(step, [_given(seen, date, node, one.at) for one in candidates])
    return _from_other_end(seen, date, node)


_MUST = {
    ConstraintKind.MUST_START_ON: "late_start",
    ConstraintKind.MUST_FINISH_ON: "late_finish",
}


def _start_decides(seen: Lookup, node: int, last_finish: int, last_start: int) -> bool:
    if seen.is_point(node):
        return last_start < last_finish
    first = backward_from(seen.net, node, last_finish)[0]
    return seen.net.clocks[node].between(first, last_start) < 0


def _given(seen: Lookup, date: Point, node: int, instant: int) -> int:
    """The late date one candidate gives."""
    if seen.is_point(node):
        return instant
    if date.end == "late_start":
        return forward_from(seen.net, node, instant)[0]
    finish, early = backward_from(seen.net, node, instant)[1], seen.early.finish[node]
    return not_before(seen.net.clocks[node], finish, early, instant)


def _from_other_end(seen: Lookup, date: Point, node: int) -> Step:
    end: End = "late_finish" if date.end == "late_start" else "late_start"
    at = seen.late[0 if end == "late_start" else 1][node]
    return between_ends(seen, date, node, Point(date.uid, end, at))
