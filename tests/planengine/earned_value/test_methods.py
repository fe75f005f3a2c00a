"""The percent-complete methods."""

from __future__ import annotations

import pytest

from planengine import Activity, EarnedMethod, Progress
from planengine.earned_value import WeightedMilestone, earned_fraction, milestone_fraction

STEPS = (
    WeightedMilestone(1, reached=True),
    WeightedMilestone(2, reached=True),
    WeightedMilestone(5, reached=False),
)
HALF = Progress(percent=30, physical_percent=45, actual_start=1, actual_work=200)
BEGUN = Progress(actual_start=1)
DONE = Progress(percent=100, actual_start=1, actual_finish=5)


@pytest.mark.parametrize(
    ("method", "progress", "expected"),
    [
        ("percent", HALF, 0.3),
        ("physical", HALF, 0.45),
        ("physical", Progress(percent=30), 0.3),
        ("physical", Progress(percent=100, physical_percent=90), 0.9),
        ("zero_hundred", HALF, 0),
        ("zero_hundred", DONE, 1),
        ("fifty_fifty", Progress(), 0),
        ("fifty_fifty", BEGUN, 0.5),
        ("fifty_fifty", HALF, 0.5),
        ("fifty_fifty", DONE, 1),
        ("milestones", HALF, 3 / 8),
        ("milestones", DONE, 1),
        ("effort", HALF, 0.25),
        ("effort", Progress(percent=10, actual_work=1600), 1),
        ("effort", Progress(percent=10), 0.1),
        ("level_of_effort", Progress(), 0.7),
        ("level_of_effort", DONE, 0.7),
    ],
)
def test_each_method_earns_its_share(method, progress, expected):
    row = Activity(1, "A", work=800, progress=progress, earned_method=EarnedMethod(method))
    assert earned_fraction(row, planned=0.7, milestones=STEPS) == pytest.approx(expected)


def test_milestones_without_weights_fall_back_on_percent_complete():
    row = Activity(1, "A", progress=HALF, earned_method=EarnedMethod.MILESTONES)
    assert earned_fraction(row) == pytest.approx(0.3)
    assert milestone_fraction(()) is None
    assert milestone_fraction([WeightedMilestone(0, reached=True)]) is None


def test_level_of_effort_without_a_plan_is_unknown():
    row = Activity(1, "A", earned_method=EarnedMethod.LEVEL_OF_EFFORT)
    assert earned_fraction(row) is None
