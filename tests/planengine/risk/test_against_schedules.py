"""Every sample is a schedule: simulations of random plans beside the scheduler itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import assume, given, settings
from tests.planengine.properties.plans import EVERYTHING, Wishes, plans

from planengine import (
    Activity,
    Plan,
    Reading,
    RiskSettings,
    ThreePoint,
    schedule,
    simulate,
    validate,
)
from planengine.risk import rows
from planengine.risk.blueprint import blueprint
from planengine.risk.uncertainty import uncertainty

SAMPLES = 3


@settings(max_examples=60, deadline=None)
@given(plans(EVERYTHING))
def test_without_uncertainty_every_sample_is_the_schedule(plan: Plan) -> None:
    assume(not validate(plan))
    assume(all(row.active for row in plan.activities))
    made = schedule(plan)
    found = simulate(plan, RiskSettings(samples=2, watch=tuple(made.network.uids)), schedule=made)
    assert set(found.finish.values.tolist()) == {made.finish}
    for uid, samples in found.finishes.items():
        assert set(samples.values.tolist()) == {made[uid].finish}, uid


@settings(max_examples=60, deadline=None)
@given(plans(Wishes(leads=True, outline=True)))
def test_every_sample_is_the_schedule_of_what_was_drawn(plan: Plan) -> None:
    assume(not validate(plan))
    plan = replace(plan, activities=tuple(uncertain(row) for row in plan.activities))
    made = schedule(plan)
    uids = tuple(made.network.uids)
    wanted = RiskSettings(samples=SAMPLES, watch=uids, reading=Reading.TRIANGULAR)
    found = simulate(plan, wanted, schedule=made)
    for sample, drawn in enumerate(drawn_plans(plan, made, wanted)):
        then = schedule(drawn)
        assert found.finish.values[sample] == then.finish
        for uid, samples in found.finishes.items():
            assert samples.values[sample] == then[uid].finish, uid


def uncertain(row: Activity) -> Activity:
    """The activity with an estimate about its duration."""
    if not row.duration:
        return row
    points = ThreePoint(row.duration // 2, row.duration, row.duration * 3)
    return replace(row, estimate=points)


def drawn_plans(plan: Plan, made: Any, wanted: RiskSettings) -> list[Plan]:
    """The plan with the durations of each sample."""
    chance = uncertainty(plan, blueprint(made), wanted)
    lengths = chance.lengths(chance.luck(rows, 0, SAMPLES), chance.uncertain())
    node_of = made.network.index

    def drawn(row: Activity, sample: int) -> Activity:
        length = lengths.get(node_of.get(row.uid, -1), np.zeros(0))
        return replace(row, duration=int(length[sample])) if len(length) else row

    return [
        replace(plan, activities=tuple(drawn(row, sample) for row in plan.activities))
        for sample in range(SAMPLES)
    ]
