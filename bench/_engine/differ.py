"""The same random plans through MPXJ's scheduler: which dates differ, and why."""

from collections import Counter
from typing import Any

import _mpxj
import _plans
import _portal as portal

EARLY = ("early_start", "early_finish")
LATE = ("late_start", "late_finish")
TOLERANCE = 17
"""Seconds, as for the stored dates."""


def row(peers: bool) -> int:
    """Percent of early and late dates that differ, at 1,000 and 10,000 activities."""
    why = _mpxj.why_not()
    if why:
        return portal.result("engine.differential", {}, peer=None, why=why)
    checks: dict[str, tuple[float, float]] = {}
    kinds: dict[str, Any] = {}
    for size, seeds in ((1_000, range(1, 11)), (10_000, range(1, 3))):
        found = compared(size, seeds)
        checks[f"early_differ_percent_{size}"] = (found["early"], 0.5)
        checks[f"late_differ_percent_{size}"] = (found["late"], 0.5)
        kinds[str(size)] = found["kinds"]
    return portal.result("engine.differential", checks, kinds=kinds)


def compared(size: int, seeds: range) -> dict[str, Any]:
    """Percent of activities whose early or late dates differ, and the classes of differences."""
    from planengine import schedule

    early = late = total = 0
    kinds: Counter[str] = Counter()
    for seed in seeds:
        plan = _plans.random_plan(size, seed)
        ours, theirs = schedule(plan), _mpxj.scheduled(plan)
        whys = Reasons(plan, ours, theirs)
        for activity in plan.activities:
            total += 1
            early += (is_early := differs(ours[activity.uid], theirs[activity.uid], EARLY))
            late += (is_late := differs(ours[activity.uid], theirs[activity.uid], LATE))
            if is_early or is_late:
                kinds[whys.of(activity.uid, is_early=is_early)] += 1
    return {
        "early": 100 * early / total,
        "late": 100 * late / total,
        "kinds": dict(kinds.most_common()),
    }


def differs(ours: Any, theirs: Any, names: tuple[str, ...]) -> bool:
    """Whether any of the named dates is off by more than the tolerance."""
    return any(abs(getattr(ours, name) - getattr(theirs, name)) > TOLERANCE for name in names)
