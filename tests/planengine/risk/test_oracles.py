"""Plans with stored dates: without uncertainty the simulation is their schedule, to the second."""

from __future__ import annotations

import pytest
from tests import oracles

from planengine import Mode, Plan, RiskSettings, schedule, simulate
from planengine.formats.files import read_plan

PLANS = oracles.there()
FILES = sorted(path for path in PLANS.glob("*.json*") if path.name != "MANIFEST.json")
MOST = 1_000


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name.partition(".")[0])
def test_every_sample_is_the_schedule(path):
    plan = read_plan(path).plan
    made = schedule(plan)
    uids = tuple(made.network.uids[:MOST])
    found = simulate(plan, RiskSettings(samples=2, watch=uids), schedule=made)
    assert found.pinned == ()
    assert set(found.finish.values.tolist()) == {made.finish}
    for uid, samples in found.finishes.items():
        assert set(samples.values.tolist()) == {made[uid].finish}, uid
    if is_free(plan):
        decisive = {uid for uid, share in found.criticality.items() if share}
        assert decisive == {uid for uid in made.network.uids if made[uid].is_critical}


def is_free(plan: Plan) -> bool:
    """True when no person's dates and nothing that has happened hold activities where they are."""
    return all(
        row.mode is Mode.AUTO and row.progress.actual_start is None for row in plan.activities
    )
