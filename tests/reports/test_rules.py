"""The state of each area as it follows from the facts."""

import pytest

from tospann.reports.drafting import rules

NOTHING = {
    "plan": {"slip": 0, "agreed": "2027-06-01"},
    "milestones": [],
    "needed": [],
    "deviations": [],
    "goals": [],
    "critical": 0,
    "critical_unanswered": 0,
}


def light(area, tolerance=10, thresholds=None, **facts):
    found = rules.assess(NOTHING | facts, [area], {area: tolerance}, thresholds or {})
    return found[0]["proposed"]


@pytest.mark.parametrize(
    ("slip", "state"),
    [(-3, "green"), (0, "green"), (5, "green"), (6, "amber"), (10, "amber"), (11, "red")],
)
def test_time_is_yellow_above_half_the_tolerance_and_red_beyond_it(slip, state):
    assert light("time", plan={"slip": slip, "agreed": "2027-06-01"}) == state


def test_without_a_tolerance_any_slip_is_red():
    assert light("time", None, plan={"slip": 1, "agreed": "2027-06-01"}) == "red"


def test_the_share_is_the_projects_own():
    plan = {"slip": 5, "agreed": "2027-06-01"}
    assert light("time", thresholds={"amber_percent": 40}, plan=plan) == "amber"


@pytest.mark.parametrize(("late", "state"), [(0, "green"), (1, "amber"), (3, "red")])
def test_milestones_past_their_date_count(late, state):
    row = {"is_late": True, "slip": 0, "name": "Tett bygg"}
    assert light("time", milestones=[row] * late) == state


@pytest.mark.parametrize(
    ("about", "area", "state"),
    [
        (["planning"], "time", "amber"),
        (["planning"], "scope", "green"),
        (["projects"], "scope", "amber"),
        ([], "time", "amber"),
    ],
)
def test_a_needed_decision_that_is_open_makes_its_area_yellow(about, area, state):
    assert light(area, needed=[{"title": "Flytte", "about": about}]) == state


@pytest.mark.parametrize(
    ("facts", "area", "state"),
    [
        ({"deviations": [{}]}, "quality", "amber"),
        ({"deviations": [{}] * 5}, "quality", "red"),
        ({"critical": 1}, "risk", "amber"),
        ({"critical": 2, "critical_unanswered": 1}, "risk", "red"),
        ({"goals": [{"not_met": 1}]}, "benefits", "amber"),
        ({"plan": None}, "time", "none"),
        ({}, "cost", "none"),
    ],
)
def test_the_registers_and_goals_speak_for_their_areas(facts, area, state):
    assert light(area, **facts) == state


@pytest.mark.parametrize(
    ("lights", "state"),
    [([], "none"), (["none", "green"], "green"), (["green", "red", "amber"], "red")],
)
def test_the_worst_area_decides(lights, state):
    assert rules.worst(lights) == state


def test_every_state_has_a_reason():
    found = rules.assess(NOTHING, ["time", "cost", "scope", "quality", "risk", "benefits"], {}, {})
    assert all(area["why"] for area in found)
