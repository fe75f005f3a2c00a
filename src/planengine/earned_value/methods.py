"""How much of an activity is earned: the percent-complete methods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planengine.model import Activity, EarnedMethod


@dataclass(frozen=True, slots=True)
class WeightedMilestone:
    """A step inside an activity: its share (`weight`, any unit, not negative) and whether it is
    reached.
    """

    weight: float
    reached: bool


def milestone_fraction(milestones: Sequence[WeightedMilestone]) -> float | None:
    """The reached share of the weights, 0–1; `None` when the weights add up to nothing."""
    total = sum(row.weight for row in milestones)
    if total <= 0:
        return None
    return sum(row.weight for row in milestones if row.reached) / total


def is_started(activity: Activity) -> bool:
    """True when an actual start or any percent is recorded."""
    done = activity.progress
    return done.actual_start is not None or done.percent > 0 or is_finished(activity)


def is_finished(activity: Activity) -> bool:
    """True when an actual finish or 100 percent is recorded."""
    return activity.progress.actual_finish is not None or activity.progress.percent >= 100


def effort_fraction(activity: Activity) -> float | None:
    """Actual work over all work now expected, 0–1; `None` when the activity has no work."""
    actual, work = activity.progress.actual_work, activity.work
    if actual is None or not work:
        return None
    return min(actual / max(work, actual), 1.0)


def earned_fraction(
    activity: Activity,
    planned: float | None = None,
    milestones: Sequence[WeightedMilestone] = (),
) -> float | None:
    """The earned share of the activity's budget, 0–1, by its own `earned_method`.

    `planned` is the share planned by now, which is what *level of effort* earns (`None` in gives
    `None` out). *Physical* and *weighted milestones* fall back to percent complete while nothing is
    recorded for them, as does *effort* without work. A finished activity has earned all of it by
    every method but *physical* and *level of effort*.
    """
    method, done = activity.earned_method, activity.progress
    if method is EarnedMethod.LEVEL_OF_EFFORT:
        return planned
    if method is EarnedMethod.PHYSICAL and done.physical_percent is not None:
        return done.physical_percent / 100
    if is_finished(activity):
        return 1.0
    if method is EarnedMethod.ZERO_HUNDRED:
        return 0.0
    if method is EarnedMethod.FIFTY_FIFTY:
        return 0.5 if is_started(activity) else 0.0
    measured: float | None = None
    if method is EarnedMethod.MILESTONES:
        measured = milestone_fraction(milestones)
    elif method is EarnedMethod.EFFORT:
        measured = effort_fraction(activity)
    return done.percent / 100 if measured is None else measured
