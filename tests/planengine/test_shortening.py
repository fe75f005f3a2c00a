"""The cheapest way to a finish is the cheapest of all ways, tried one by one."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.planengine.builders import DAY, at

from planengine import (
    Activity,
    Calendar,
    Constraint,
    ConstraintKind,
    Link,
    LinkKind,
    Plan,
    apply_all,
    schedule,
)
from planengine.shortening import OutOfReach, Shortening, shorten

START = at("2026-03-02T08:00")
EMPTY = Plan(name="Bru", start=START, calendar=1, calendars=(Calendar(1, "Standard"),))


@st.composite
def networks(draw):
    size = draw(st.integers(2, 5))
    uids = range(1, size + 1)
    rows = [Activity(uid, str(uid), duration=draw(st.integers(1, 4)) * DAY) for uid in uids]
    if draw(st.booleans()):
        uid = draw(st.sampled_from(uids))
        held = Constraint(ConstraintKind.START_NO_EARLIER_THAN, START + 2 * 86_400)
        rows[uid - 1] = replace(rows[uid - 1], constraint=held)
    kinds = st.sampled_from([LinkKind.FS, LinkKind.FS, LinkKind.FS, LinkKind.SS, LinkKind.FF])
    lags = st.sampled_from([0, 0, 0, DAY, -DAY // 2])
    links = [
        Link(one, two, draw(kinds), draw(lags))
        for one in uids
        for two in uids
        if one < two and draw(st.booleans())
    ]
    plan = replace(EMPTY, activities=tuple(rows), links=tuple(links))
    choices = [
        Shortening(uid, draw(st.integers(0, 3)) * DAY, draw(st.integers(0, 5)) * 100)
        for uid in uids
    ]
    return plan, choices


def ways(plan, choices):
    """Cost, days and finish of every way to shorten."""
    rows = {row.uid: row for row in plan.activities}
    most = [max((rows[one.uid].duration - one.least) // DAY, 0) for one in choices]
    for taken in product(*(range(one + 1) for one in most)):
        saved = dict(zip((one.uid for one in choices), taken, strict=True))
        shorter = tuple(
            replace(row, duration=row.duration - saved.get(row.uid, 0) * DAY)
            for row in plan.activities
        )
        cost = sum(one.cost * days for one, days in zip(choices, taken, strict=True))
        yield cost, sum(taken), schedule(replace(plan, activities=shorter)).finish


@given(networks(), st.integers(0, 12))
def test_it_is_the_cheapest_of_all_ways_and_the_fewest_days(made, days):
    plan, choices = made
    wanted = START + days * 86_400
    possible = [(cost, taken) for cost, taken, finish in ways(plan, choices) if finish <= wanted]
    if not possible:
        with pytest.raises(OutOfReach) as said:
            shorten(plan, choices, wanted)
        assert said.value.finish == min(finish for _cost, _days, finish in ways(plan, choices))
        return
    found = shorten(plan, choices, wanted)
    assert (found.cost, sum(found.days.values())) == min(possible)
    assert schedule(apply_all(plan, found.edits)).finish == found.finish <= wanted
    assert found.finish_before == schedule(plan).finish
