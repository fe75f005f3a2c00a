"""A plan without what people's hours cost: everybody on the team reads a plan, few may see rates.

Nothing of Django is imported here: files are read in a confined child process. Material, equipment
that is used up and fixed costs keep their prices.
"""

from dataclasses import replace

import planengine as engine

WORK = engine.ResourceKind.WORK


def without_rates(plan: engine.Plan) -> tuple[engine.Plan, int]:
    """The plan, and of how many resources a rate was left out.

    The costs that are worked out from the rates, of assignments, of their activities and of the
    rows above these, go too.
    """
    working = {one.uid for one in plan.resources if one.kind is WORK}
    rated = {one.uid for one in plan.resources if is_rated(one)}
    costing = _with_above(
        plan, {one.activity for one in plan.assignments if one.resource in working}
    )
    bare = replace(
        plan,
        resources=tuple(unpriced(one) for one in plan.resources),
        assignments=tuple(
            replace(one, cost=None, actual_cost=None) if one.resource in working else one
            for one in plan.assignments
        ),
        activities=tuple(_activity(one) if one.uid in costing else one for one in plan.activities),
    )
    return bare, len(rated)


def _with_above(plan: engine.Plan, uids: set[int]) -> set[int]:
    above = {one.uid: one.parent for one in plan.activities}
    found: set[int] = set()
    for uid in uids:
        at: int | None = uid
        while at is not None and at not in found:
            found.add(at)
            at = above.get(at)
    return found


def is_rated(one: engine.Resource) -> bool:
    """Whether it says what the time of somebody costs."""
    rates = (one.standard_rate, one.overtime_rate)
    return one.kind is WORK and (
        one.cost_per_use != 0 or any(rate and rate.amount for rate in rates)
    )


def unpriced(one: engine.Resource) -> engine.Resource:
    """The resource without what its time costs, when it is somebody's."""
    if one.kind is not WORK:
        return one
    return replace(one, standard_rate=None, overtime_rate=None, cost_per_use=0)


def _activity(one: engine.Activity) -> engine.Activity:
    return replace(
        one,
        cost=None,
        progress=replace(one.progress, actual_cost=None),
        baselines=tuple(replace(base, cost=None) for base in one.baselines),
    )
