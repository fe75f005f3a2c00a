"""What is read of a plan at once: where links' ends stand, and what is out of the ordinary."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.planengine.builders import house

from planengine import (
    Activity,
    Calendar,
    Constraint,
    ConstraintKind,
    LagFormat,
    Link,
    LinkKind,
    Plan,
    schedule,
)
from planengine.columns import columns_of
from planengine.network import InvalidPlan
from planengine.validation.quick import soundly_read


def rows(*uids: int) -> tuple[Activity, ...]:
    return tuple(Activity(uid, f"Row {uid}", duration=3600) for uid in uids)


@pytest.mark.parametrize("uids", [(3, 7, 20, 21), (21, 3, 20, 7)])
def test_links_are_given_by_the_places_of_their_ends(uids: tuple[int, ...]) -> None:
    plan = Plan(activities=rows(*uids), links=(Link(3, 7), Link(7, 21), Link(4, 20), Link(20, 99)))
    columns = columns_of(plan)
    ends = [(uids.index(3), uids.index(7)), (-1, uids.index(20)), (uids.index(7), uids.index(21))]
    assert list(zip(columns.first.tolist(), columns.second.tolist(), strict=True)) == [
        *ends,
        (uids.index(20), -1),
    ]
    assert columns.is_unique


@pytest.mark.parametrize("uids", [(3, 3, 4), (4, 3, 4), (4, 5, 3, 5)])
def test_a_uid_that_stands_twice_is_noticed(uids: tuple[int, ...]) -> None:
    assert not columns_of(Plan(activities=rows(*uids))).is_unique


def test_a_plan_without_anything_has_empty_columns() -> None:
    columns = columns_of(Plan(links=(Link(1, 2),)))
    assert columns.first.tolist() == columns.second.tolist() == [-1]
    assert columns.uids == []


def test_more_links_than_are_read_together() -> None:
    count = 2_345
    kinds = tuple(LinkKind)
    links = tuple(Link(uid, uid + 1, kinds[uid % 4], uid) for uid in range(1, count))
    columns = columns_of(Plan(activities=rows(*range(1, count + 1)), links=links))
    assert columns.first.tolist() == list(range(count - 1))
    assert columns.lag.tolist() == list(range(1, count))
    odd = [number for number, link in enumerate(links) if link.kind is not LinkKind.FS]
    assert columns.odd.tolist() == odd


def test_links_whose_lag_is_not_working_time_are_odd() -> None:
    forms = tuple(LagFormat)
    links = tuple(Link(1, 2 + n, lag=60, lag_format=form) for n, form in enumerate(forms))
    odd = columns_of(Plan(activities=rows(1), links=links)).odd.tolist()
    assert [forms[number] for number in odd] == [f for f in forms if f is not LagFormat.WORKING]


def test_rows_with_more_to_them_than_columns_say_are_special() -> None:
    usual = Activity(1, "Usual", duration=60, calendar=1, notes="Long", cost=5)
    late = Constraint(ConstraintKind.AS_LATE_AS_POSSIBLE)
    changes: list[dict[str, Any]] = [
        {"constraint": late}, {"deadline": 1}, {"start": 1}, {"finish": 1}, {"elapsed": True},
        {"active": False}, {"levelling_delay": 1}, {"work": 1}, {"priority": 400},
    ]  # fmt: skip
    special = [replace(usual, uid=2 + n, **more) for n, more in enumerate(changes)]
    plan = Plan(calendars=(Calendar(1, "Office"),), activities=(usual, *special))
    assert columns_of(plan).special == list(range(1, len(changes) + 1))


@pytest.mark.parametrize(
    "plan",
    [
        replace(house(), links=(Link(2, 10**30),)),
        replace(house(), links=(Link(2, 3, lag=-(10**30)),)),
        replace(house(), links=(Link(2, 3, lag=-(2**63)),)),
        replace(house(), activities=(*house().activities, Activity(10**30, "Far"))),
        replace(house(), activities=(*house().activities, Activity(9, "Long", duration=10**30))),
    ],
)
def test_numbers_too_large_for_columns_are_errors_like_others(plan: Plan) -> None:
    assert soundly_read(plan) is None
    with pytest.raises(InvalidPlan):
        schedule(plan)
