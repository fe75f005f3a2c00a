"""The dates Microsoft Project and P6 stored in plans nobody here wrote."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests import oracles

from planengine import schedule
from planengine.formats.plan_oracle import read

PLANS = oracles.there()
MANIFEST: list[dict[str, Any]] = json.loads((PLANS / "MANIFEST.json").read_text())
DATES = ("start", "finish", "early_start", "early_finish", "late_start", "late_finish")
SLACKS = ("start_slack", "finish_slack", "total_slack", "free_slack")


@pytest.mark.parametrize("entry", MANIFEST, ids=lambda entry: entry["id"])
def test_every_stored_value_is_reproduced(entry: dict[str, Any]) -> None:
    """Within 17 seconds and half a minute of slack, values nobody has reproduced left out."""
    oracle = read(PLANS / entry["file"])
    made = schedule(oracle.plan)
    summaries = {row.parent for row in oracle.plan.activities}
    wrong = [
        (uid, field, getattr(made[uid], field) - wanted)
        for uid, expected in oracle.expected.items()
        if uid not in summaries
        for field in (*DATES, *SLACKS)
        for wanted in [getattr(expected, field)]
        if wanted is not None and f"{field}_min" not in oracle.unverified.get(uid, ())
        if field not in oracle.unverified.get(uid, ())
        if field != "total_slack" or expected.stored_total
        if abs(getattr(made[uid], field) - wanted) > (17 if field in DATES else 30)
    ]
    assert wrong == []
