"""The independent check: what it lets pass and what it must catch."""

import pytest

from planengine.levelling import Instance, violations

TWO = Instance((3, 2, 2), ((1,), (), ()), ((2,), (1,), (1,)), (2,))


def test_a_feasible_schedule_passes():
    assert violations(TWO, (0, 3, 3), 5) == []


@pytest.mark.parametrize(
    ("starts", "makespan", "said"),
    [
        ((0, 2, 3), 5, "activity 1 starts before 0"),
        ((0, 3, 2), 5, "resource 0: 3 of 2 at 2"),
        ((-1, 3, 3), 5, "starts at -1"),
        ((0, 3), 5, "2 starts for 3"),
        ((0, 3, 3), 4, "finishes at 5, not at 4"),
    ],
)
def test_each_fault_is_found(starts, makespan, said):
    assert any(said in line for line in violations(TWO, starts, makespan))
