"""The plans with stored dates, as the two readers see them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests import oracles

from planengine import Outline, validate
from planengine.formats import mspdi
from planengine.formats.plan_oracle import OraclePlan, read, to_json
from planengine.formats.rows import parsed
from planengine.formats.source import content
from planengine.network import schedule

PLANS = oracles.there()
MANIFEST: list[dict[str, Any]] = json.loads((PLANS / "MANIFEST.json").read_text())
NAMES = {
    "start_slack_min": "start_slack",
    "finish_slack_min": "finish_slack",
    "total_slack_min": "total_slack",
    "free_slack_min": "free_slack",
}
each = pytest.mark.parametrize("entry", MANIFEST, ids=lambda entry: entry["id"])


@each
def test_every_plan_is_read_sound_and_counted(entry: dict[str, Any]) -> None:
    found = read(PLANS / entry["file"])
    raw = parsed(content(PLANS / entry["file"]))
    assert validate(found.plan) == ()
    assert (found.id, found.grade, found.semantics) == (
        entry["id"],
        entry["grade"],
        entry["semantics"],
    )
    assert len(found.plan.activities) == sum(row["uid"] != 0 for row in raw["tasks"])
    assert len(found.plan.links) == len(raw["links"])
    assert len(found.plan.assignments) == sum(
        (row["task"] if isinstance(row, dict) else row[0]) != 0 for row in raw["assignments"]
    )


@each
def test_expected_values_are_as_many_as_the_manifest_says(entry: dict[str, Any]) -> None:
    found = read(PLANS / entry["file"])
    outline = Outline(found.plan)
    leaves = [uid for uid in outline.by_uid if not outline.children(uid)]
    for name, counts in entry["verified"].items():
        total_only = entry["id"].startswith("mpsplib") and name == "finish_slack_min"
        if total_only or name == "total_slack_min":
            said = sum(found.expected[uid].stored_total for uid in leaves)
        else:
            values = (getattr(found.expected[uid], NAMES.get(name, name)) for uid in leaves)
            said = sum(value is not None for value in values)
        assert said == counts["n"], name


@pytest.mark.parametrize("path", oracles.files("mspdi/*.xml"), ids=lambda path: path.stem)
def test_the_same_plan_as_in_the_original_xml(path: Path) -> None:
    ours, theirs = read(PLANS / f"{path.stem}.json"), mspdi.read(path.read_bytes()).plan
    assert [_sketch(ours, row.uid) for row in ours.plan.activities] == [
        (row.uid, row.parent, row.duration, row.start, row.finish, row.gaps, row.constraint)
        for row in theirs.activities
    ]
    assert ours.plan.links == theirs.links
    assert (ours.plan.start, ours.plan.options) == (theirs.start, theirs.options)


def _sketch(found: OraclePlan, uid: int) -> tuple[object, ...]:
    row = next(row for row in found.plan.activities if row.uid == uid)
    return (row.uid, row.parent, row.duration, row.start, row.finish, row.gaps, row.constraint)


@each
def test_a_plan_written_again_is_the_same(entry: dict[str, Any]) -> None:
    plan = read(PLANS / entry["file"]).plan
    value = to_json(plan, schedule(plan), id=entry["id"])
    back = read(json.dumps(value).encode())
    assert [row.uid for row in back.plan.activities] == [row.uid for row in plan.activities]
    stored = {row.uid: row for row in plan.activities}
    again = tuple(
        replace(row, start=stored[row.uid].start, finish=stored[row.uid].finish)
        for row in back.plan.activities
    )
    assert replace(back.plan, activities=again) == plan
    computed = schedule(plan)
    assert all(row.late_start == computed[uid].late_start for uid, row in back.expected.items())
