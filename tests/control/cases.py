"""Worked examples of earned value, frames, worth and numbers, whose answers are known."""

import json
from pathlib import Path

import pytest

CASES = json.loads((Path(__file__).parents[1] / "fixtures/evm_cases.json").read_text())


def of(*kinds):
    """The cases of some kinds, to try one by one."""
    return [pytest.param(case, id=case["id"]) for case in CASES if case["kind"] in kinds]


def case(name):
    return next(row for row in CASES if row["id"] == name)


def near(value, tolerance):
    return pytest.approx(value, rel=tolerance, abs=tolerance)
