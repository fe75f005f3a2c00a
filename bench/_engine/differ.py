"""The same random plans through MPXJ's scheduler: which dates differ, and why.

A difference is inherited when MPXJ's own dates around an activity give its date by our rules too.
Else it is a root, and must be of a class that docs/engine.md explains; what is left is unexplained.
"""

from argparse import Namespace
from collections import Counter
from typing import Any

import _mpxj
import _plans
import _portal as portal

from _engine import stored
from _engine.local import Local
from planengine import Plan

COMPARES = (
    "plain: random plans without milestones, leads and finishes held across calendars; "
    "whole: with them, where MPXJ and Microsoft Project answer differently by known rules; "
    "stored_dates: who reproduces what Microsoft Project and P6 stored"
)
TOLERANCE = 17
"""Seconds, as for the stored dates."""
SAMPLES = ((1_000, 10), (10_000, 2))
"""Activities, and how many plans of that size."""


def row(asked: Namespace) -> int:
    """Percent of activities whose early or late dates differ, at two sizes.

    `plain` plans leave out what the products are known to answer differently; in `whole` ones each
    difference must have a known reason. Who is right where they differ is not asked here but of
    dates that Microsoft Project stored: `stored_dates` counts what each of the two reproduces.
    """
    why = _mpxj.why_not()
    if why:
        return portal.result("engine.differential", {}, peer=None, why=why)
    checks: dict[str, tuple[float, float]] = {}
    more: dict[str, Any] = {}
    for size, plans in SAMPLES:
        seeds = range(1, plans + 1)
        plain = compared([_plans.plain(_plans.random_plan(size, seed)) for seed in seeds])
        whole = compared([_plans.random_plan(size, seed) for seed in seeds])
        for when in ("early", "late"):
            checks[f"{when}_plain_percent_{size}"] = (plain[f"{when} differ"], 0.5)
            checks[f"{when}_unexplained_percent_{size}"] = (whole[f"{when} unexplained"], 0.0)
            more[f"{when}_whole_percent_{size}"] = round(whole[f"{when} differ"], 2)
        more[f"finish_differs_{size}"] = whole["finish differs"] + plain["finish differs"]
        more[f"roots_{size}"] = {"whole": whole["roots"], "plain": plain["roots"]}
    more["stored_dates"] = stored.beside_mpxj()
    return portal.result("engine.differential", checks, compares=COMPARES, **more)


def compared(plans: list[Plan]) -> dict[str, Any]:
    """Percent that differ and that nobody explains, early and late; the roots by class."""
    from planengine import schedule

    counts: Counter[str] = Counter()
    roots: Counter[str] = Counter()
    for plan in plans:
        ours, theirs = schedule(plan), _mpxj.scheduled(plan)
        last = max(one.finish for one in theirs.values())
        counts["finish differs"] += abs(ours.finish - last) > TOLERANCE
        local = Local(plan, theirs, last)
        for activity in plan.activities:
            uid = activity.uid
            for when, why in local.differences(ours[uid], uid, TOLERANCE):
                counts[f"{when} differ"] += 1
                counts[f"{when} unexplained"] += why == "unexplained"
                if why != "inherited":
                    roots[f"{when}: {why}"] += 1
    total = sum(len(plan.activities) for plan in plans)
    shares = {
        f"{when} {what}": 100 * counts[f"{when} {what}"] / total
        for when in ("early", "late")
        for what in ("differ", "unexplained")
    }
    return {**shares, "finish differs": counts["finish differs"], "roots": dict(roots)}
