"""Published networks: their critical paths, and PERT by formula beside the simulation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from planengine import Activity, Calendar, Link, Plan, RiskSettings, ThreePoint, schedule, simulate
from planengine.risk import Normal, pert_estimate

CASES = json.loads((Path(__file__).parent / "cases.json").read_text())
DAY = 86_400
ALWAYS = Calendar(1, "Alltid", week=(((0, DAY),),) * 7)


def of(kind: str) -> list[Any]:
    return [pytest.param(case, id=case["id"]) for case in CASES if case["kind"] == kind]


def network(case: Any) -> tuple[Plan, dict[str, int]]:
    """The case's network around the clock, and the uid of each of its letters."""
    rows = case["input"]["activities"]
    uids = {row["id"]: uid for uid, row in enumerate(rows, 1)}
    activities = tuple(activity(uids[row["id"]], row) for row in rows)
    links = tuple(
        Link(uids[before], uids[row["id"]]) for row in rows for before in row["predecessors"]
    )
    return Plan(calendar=1, calendars=(ALWAYS,), activities=activities, links=links), uids


def activity(uid: int, row: Any) -> Activity:
    if "duration" in row:
        return Activity(uid, row["id"], duration=row["duration"] * DAY)
    points = ThreePoint(*(row[name] * DAY for name in "amb"))
    return Activity(uid, row["id"], duration=points.likely, estimate=points)


@pytest.mark.parametrize("case", of("cpm"))
def test_published_critical_paths(case):
    plan, uids = network(case)
    made, expected = schedule(plan), case["expected"]
    assert made.finish == expected["project_duration"] * DAY
    assert {letter for letter, uid in uids.items() if made[uid].is_critical} == set(
        expected["critical_path"]
    )
    for letter, row in expected["schedule"].items():
        dates = made[uids[letter]]
        found = (dates.start, dates.finish, dates.late_start, dates.late_finish, dates.total_slack)
        assert found == tuple(row[name] * DAY for name in ("es", "ef", "ls", "lf", "slack"))
    simulated = simulate(plan, RiskSettings(samples=1)).criticality
    assert {letter for letter, uid in uids.items() if simulated[uid]} == set(
        expected["critical_path"]
    )


@pytest.mark.parametrize("case", of("pert"))
def test_pert_by_formula(case):
    plan, _ = network(case)
    found, expected = pert_estimate(plan), case["expected"]
    assert found.finish / DAY == pytest.approx(expected["expected_duration"])
    assert found.sd / DAY == pytest.approx(expected["sigma_critical_path"])


def test_a_simulation_of_a_chain_agrees_with_pert():
    case = next(case for case in CASES if case["id"] == "pmc-pert-hand-001")
    plan, _ = network(case)
    found = pert_estimate(plan)
    given = {1: Normal(3 * DAY, 4 / 3 * DAY), 2: Normal(4 * DAY, 4 / 3 * DAY)}
    simulated = simulate(plan, RiskSettings(samples=20_000, durations=given)).finish
    assert simulated.mean == pytest.approx(found.finish, rel=0.01)
    assert simulated.sd == pytest.approx(found.sd, rel=0.02)


def test_an_empty_plan_has_no_path():
    assert pert_estimate(Plan()).path == ()
