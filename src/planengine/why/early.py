"""What drives a scheduled start or finish."""

from __future__ import annotations

from planengine.model import ConstraintKind
from planengine.network.placement import backward_from, forward_from
from planengine.why.candidates import Candidate, into_finish, into_start
from planengine.why.chain import End, Point, Step
from planengine.why.lookup import Lookup
from planengine.why.steps import between_ends, chosen, held_by, root, with_only

_ENDS: tuple[End, ...] = ("start", "finish")


def early_step(seen: Lookup, date: Point) -> Step:
    """The step behind a start or finish."""
    assert date.uid is not None
    node = seen.net.index.get(date.uid)
    if node is None:
        return _of_child(seen, date, date.uid)
    pinned = _pinned(seen, date, node)
    if pinned is not None:
        return pinned
    rule = seen.rule(node)
    if rule.delay and not date.undelayed:
        return _delayed(seen, date, node)
    return _placed(seen, date, node)


def _of_child(seen: Lookup, date: Point, uid: int) -> Step:
    """A summary’s date is that of the child that starts first or finishes last."""
    driving = []
    for child in seen.below(uid):
        node = seen.net.index.get(child)
        if node is not None and seen.is_off(node):
            continue
        if seen.early_or_scheduled(child, date.end) == date.at:
            driving.append(child)
    if not driving:
        return root(date, "project_start")
    by = Point(driving[0], date.end, date.at)
    return Step(date, "child", date.at, by, only=len(driving) == 1)


def _pinned(seen: Lookup, date: Point, node: int) -> Step | None:
    """Dates that were typed or have happened."""
    rule = seen.rule(node)
    if rule.manual is not None:
        return root(date, "manual")
    if rule.done is not None:
        return root(date, "actual")
    if rule.began is None:
        return None
    if date.end == "start":
        return root(date, "actual")
    return Step(date, "resume", rule.resume, duration=rule.remaining)


def _delayed(seen: Lookup, date: Point, node: int) -> Step:
    rule = seen.rule(node)
    if date.end == "finish":
        return between_ends(seen, date, node, Point(date.uid, "start", seen.dates[0][node]))
    before = undelayed(seen, date.uid or 0, node)
    by = Point(date.uid, "start", before[0], undelayed=True)
    return Step(
        date, "levelling_delay", before[0] + rule.delay, by, duration=rule.delay,
        off=seen.off(node, before[0] + rule.delay, date.at),
    )  # fmt: skip


def undelayed(seen: Lookup, uid: int, node: int) -> tuple[int, int]:
    """Start and finish as links and constraints put them, before levelling delayed them."""
    held = _held(seen, uid, node)
    return held[1] if held is not None else _by_links(seen, uid, node)[0]


def _by_links(
    seen: Lookup, uid: int, node: int
) -> tuple[tuple[int, int], list[Candidate], list[Candidate], bool]:
    """Where links put an activity, what asked for start and finish, and whether the finish won."""
    starts, finishes = into_start(seen, uid), into_finish(seen, uid)
    span = forward_from(seen.net, node, max(one.at for one in starts))
    target = max((one.at for one in finishes), default=span[1])
    if target <= span[1]:
        return span, starts, finishes, False
    if seen.is_point(node):
        return (target, target), starts, finishes, True
    if seen.net.clocks[node].between(span[1], target) == 0:
        return (span[0], target), starts, finishes, True
    return (backward_from(seen.net, node, target)[0], target), starts, finishes, True


def _held(seen: Lookup, uid: int, node: int) -> tuple[End, tuple[int, int]] | None:
    """The end a constraint holds against links, and the span it gives."""
    rule = seen.rule(node)
    kind = rule.constraint
    if kind is None or not seen.plan.options.honor_constraints:
        return None
    if kind is ConstraintKind.MUST_START_ON:
        return "start", forward_from(seen.net, node, rule.date)
    if kind is ConstraintKind.MUST_FINISH_ON:
        return "finish", backward_from(seen.net, node, rule.date)
    span = _by_links(seen, uid, node)[0]
    if kind is ConstraintKind.START_NO_LATER_THAN and span[0] > rule.date:
        return "start", forward_from(seen.net, node, rule.date)
    if kind is ConstraintKind.FINISH_NO_LATER_THAN and span[1] > rule.date:
        return "finish", backward_from(seen.net, node, rule.date)
    return None


def _placed(seen: Lookup, date: Point, node: int) -> Step:
    uid = date.uid or 0
    held = _held(seen, uid, node)
    if held is not None:
        end, span = held
        if date.end == end:
            return held_by(seen, date, node, seen.row(uid).constraint)
        other = Point(uid, end, span[_ENDS.index(end)], date.undelayed)
        return between_ends(seen, date, node, other)
    span, starts, finishes, pulled = _by_links(seen, uid, node)
    if pulled and (date.end == "finish" or seen.is_point(node)):
        return with_only(chosen(seen, date, node, finishes, max), [c.at for c in finishes])
    if date.end == "start":
        if pulled and span[0] != forward_from(seen.net, node, max(c.at for c in starts))[0]:
            return between_ends(seen, date, node, Point(uid, "finish", span[1], date.undelayed))
        return _chosen_start(seen, date, node, starts, finishes)
    if seen.is_point(node):
        return _chosen_start(seen, date, node, starts, finishes)
    return between_ends(seen, date, node, Point(uid, "start", span[0], date.undelayed))


def _chosen_start(
    seen: Lookup, date: Point, node: int, starts: list[Candidate], finishes: list[Candidate]
) -> Step:
    results = [forward_from(seen.net, node, one.at)[0] for one in starts]
    results += [backward_from(seen.net, node, one.at)[0] for one in finishes]
    step = chosen(seen, date, node, starts, max)
    if step.cause == "constraint" and step.through is None:
        results.append(forward_from(seen.net, node, seen.plan.start)[0])
    return with_only(step, results)
