"""Making steps out of candidates."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from planengine.model import Constraint
from planengine.why.candidates import Candidate
from planengine.why.chain import Cause, Point, Step
from planengine.why.lookup import Lookup

Pick = Callable[[Iterable[int]], int]
"""`max` for early dates, `min` for late ones."""


def root(date: Point, cause: Cause) -> Step:
    """A step that needs no other."""
    return Step(date, cause, date.at)


def chosen(seen: Lookup, date: Point, node: int, candidates: list[Candidate], pick: Pick) -> Step:
    """The step of the candidate that won; a link before a date of the plan where both ask for the
    same.
    """
    at = pick(one.at for one in candidates)
    winners = [one for one in candidates if one.at == at]
    best = next((one for one in winners if one.cause == "link"), winners[0])
    return Step(
        date, best.cause, best.at, best.by, best.link, best.lag, best.through, best.constraint,
        off=seen.off(node, *sorted((best.at, date.at))),
    )  # fmt: skip


def with_only(step: Step, results: list[int]) -> Step:
    """The step knowing whether it alone gives its date; `results` is what each candidate gives."""
    return replace(step, only=results.count(step.date.at) == 1)


def held_by(seen: Lookup, date: Point, node: int, constraint: Constraint | None) -> Step:
    """The step of a constraint that holds whatever links say."""
    target = date.at if constraint is None or constraint.date is None else constraint.date
    off = seen.off(node, *sorted((target, date.at)))
    return Step(date, "constraint", target, constraint=constraint, off=off)


def between_ends(seen: Lookup, date: Point, node: int, other: Point) -> Step:
    """The step from an activity's one end to its other: the duration, or the work of a resource."""
    resource = seen.decider(node, other.at, date.at) if date.end == "finish" else None
    return Step(
        date, "duration", date.at, other, duration=seen.net.durations[node], resource=resource
    )
