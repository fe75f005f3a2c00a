"""Every case of this folder gets the dates computed for it by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.planengine.cases.table import Case, at, duration, read
from tests.planengine.properties.guarded import schedule

import planengine

HERE = Path(__file__).parent
CASES = [
    pytest.param(case, id=f"{path.stem}: {case.title}")
    for path in sorted(HERE.glob("*.md"))
    for case in read(path)
]


def test_the_cases_are_many_and_each_has_a_name_of_its_own() -> None:
    names = [param.id for param in CASES]
    assert len(names) == len(set(names)) >= 100


MOVED = [param for param in CASES if param.values[0].plan.options.reschedule_uncompleted]


@pytest.mark.parametrize("case", MOVED)
def test_moving_what_is_undone_by_edits_gives_the_same_dates(case: Case) -> None:
    """The option moves in every schedule, the edits once and for all."""
    assert case.plan.status_date is not None
    options = replace(case.plan.options, reschedule_uncompleted=False)
    plan = replace(case.plan, status_date=None, options=options)
    edits = planengine.reschedule_uncompleted(plan, case.plan.status_date)
    _check(replace(case, plan=planengine.apply_all(plan, edits)))


@pytest.mark.parametrize("case", CASES)
def test_the_dates_are_the_ones_computed_by_hand(case: Case) -> None:
    if case.known:
        with pytest.raises((AssertionError, planengine.InvalidPlan)):
            _check(case)
        pytest.xfail(case.known)
    _check(case)


def _check(case: Case) -> None:
    if case.fails:
        with pytest.raises(planengine.InvalidPlan) as raised:
            schedule(case.plan)
        assert case.fails in [error.code for error in raised.value.errors]
        return
    made = schedule(case.plan)
    wrong = [
        f"{row['activity']}: {column} is {got}, not {text}"
        for row in case.expected
        for column, text in row.items()
        if column != "activity" and text
        for got in [_shown(made[case.uids[row["activity"]]], column)]
        if got != _meant(column, text)
    ]
    assert wrong == []


def _shown(dates: Any, column: str) -> Any:
    if column == "critical":
        return dates.is_critical
    value = getattr(dates, column.replace(" ", "_"))
    return value if "slack" in column else planengine.moment(value)


def _meant(column: str, text: str) -> Any:
    if column == "critical":
        return {"yes": True, "no": False}[text]
    if "slack" in column:
        return duration(text)[0]
    return planengine.moment(at(text))
