"""Laws that hold for the schedule of any plan, whatever the rules of a product say."""

from __future__ import annotations

import pickle
import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.planengine.properties.guarded import schedule
from tests.planengine.properties.plans import EVERYTHING, PLAIN, Wishes, plans
from tests.planengine.test_edit_laws import EDITS, WILD, aimed

import planengine
from planengine import (
    Activity,
    Edit,
    EditError,
    InvalidPlan,
    LagFormat,
    Link,
    LinkKind,
    Mode,
    Plan,
    Session,
)
from planengine.working_days import WorkingDays

FORWARD = Wishes(kinds=(LinkKind.FS, LinkKind.SS))
FINISHES = Wishes(kinds=(LinkKind.FS, LinkKind.FF))
OUTLINED = replace(PLAIN, outline=True)


def dates(plan: Plan) -> dict[int, tuple[Any, ...]]:
    """Everything the schedule says of each activity."""
    made = schedule(plan)
    return {row.uid: shown(made[row.uid]) for row in plan.activities}


def shown(row: Any) -> tuple[Any, ...]:
    return (
        row.start, row.finish, row.early_start, row.early_finish, row.late_start, row.late_finish,
        row.start_slack, row.finish_slack, row.total_slack, row.free_slack, row.is_critical,
    )  # fmt: skip


@given(plans(EVERYTHING))
def test_a_schedule_is_the_same_every_time(plan: Plan) -> None:
    assert dates(plan) == dates(plan)


@given(plans(EVERYTHING), st.integers(0, 2**16))
def test_numbers_and_the_order_of_siblings_do_not_matter(plan: Plan, seed: int) -> None:
    new, other = renumbered(plan, random.Random(seed))
    before, after = dates(plan), dates(other)
    assert {new[uid]: found for uid, found in before.items()} == after


def renumbered(plan: Plan, luck: random.Random) -> tuple[dict[int, int], Plan]:
    """The same plan with other uids and siblings in another order."""
    uids = [row.uid for row in plan.activities]
    new = dict(zip(uids, luck.sample(range(1, 1000), len(uids)), strict=True))
    children: dict[int | None, list[Activity]] = {}
    for row in plan.activities:
        children.setdefault(row.parent, []).append(row)
    rows: list[Activity] = []

    def add(parent: int | None) -> None:
        below = children.get(parent, [])
        for row in luck.sample(below, len(below)):
            above = None if row.parent is None else new[row.parent]
            rows.append(replace(row, uid=new[row.uid], parent=above))
            add(row.uid)

    add(None)
    links = tuple(
        replace(one, predecessor=new[one.predecessor], successor=new[one.successor])
        for one in plan.links
    )
    return new, replace(plan, activities=tuple(rows), links=links)


@given(plans(EVERYTHING))
def test_dates_that_are_stored_change_nothing(plan: Plan) -> None:
    made = schedule(plan)
    stored = tuple(
        row if row.mode is Mode.MANUAL
        else replace(row, start=made[row.uid].start, finish=made[row.uid].finish)
        for row in plan.activities
    )  # fmt: skip
    assert dates(replace(plan, activities=stored)) == dates(plan)


@pytest.mark.parametrize("wishes", [FORWARD, FINISHES], ids=["FS and SS", "FS and FF"])
def test_more_work_never_ends_anything_earlier(wishes: Wishes) -> None:
    """With FF into what SS leaves, a longer activity does start earlier: the two are apart."""

    @given(plans(wishes), st.data())
    def law(plan: Plan, data: st.DataObject) -> None:
        place = data.draw(st.integers(0, len(plan.activities) - 1))
        row = plan.activities[place]
        assume(row.duration)  # a milestone that becomes work moves from 17:00 to the next morning
        longer = replace(row, duration=row.duration + data.draw(st.integers(1, 50)) * 3600)
        rows = (*plan.activities[:place], longer, *plan.activities[place + 1 :])
        before, after = schedule(plan), schedule(replace(plan, activities=rows))
        earlier = [
            one.uid
            for one in plan.activities
            if after[one.uid].early_finish < before[one.uid].early_finish
        ]
        assert earlier == []
        assert after.finish >= before.finish

    law()


@given(plans(OUTLINED))
def test_without_dates_nothing_is_late_and_something_is_critical(plan: Plan) -> None:
    made = schedule(plan)
    leaves = [row.uid for row in plan.activities if not _children(plan, row.uid)]
    for uid in leaves:
        row = made[uid]
        assert row.total_slack >= 0, uid
        assert 0 <= row.free_slack <= row.total_slack, uid
        assert row.total_slack == min(row.start_slack, row.finish_slack)
        assert row.is_critical == (row.total_slack <= 0)
        assert row.start <= row.finish
    assert any(made[uid].is_critical for uid in leaves)
    assert made.finish == max(made[uid].finish for uid in leaves)
    assert made.start <= min(made[uid].start for uid in leaves)


def _children(plan: Plan, uid: int) -> list[Activity]:
    return [row for row in plan.activities if row.parent == uid]


@given(plans(OUTLINED))
def test_summaries_span_what_is_under_them(plan: Plan) -> None:
    made = schedule(plan)
    for row in plan.activities:
        below = [made[child.uid] for child in _children(plan, row.uid)]
        if below:
            found = made[row.uid]
            assert found.start == min(child.start for child in below)
            assert found.finish == max(child.finish for child in below)
            assert found.late_start == min(child.late_start for child in below)
            assert found.late_finish == max(child.late_finish for child in below)


@given(plans(replace(PLAIN, leads=True)))
def test_every_link_is_kept(plan: Plan) -> None:
    """Counted anew, day by day: from the end it leaves to the end it binds at least the lag."""
    made = schedule(plan)
    rows = {row.uid: row for row in plan.activities}
    days = WorkingDays(plan.calendars)
    for link in plan.links:
        before, after = made[link.predecessor], made[link.successor]
        left = before.finish if link.kind in (LinkKind.FS, LinkKind.FF) else before.start
        bound = after.start if link.kind in (LinkKind.FS, LinkKind.SS) else after.finish
        successor = rows[link.successor]
        calendar = successor.calendar or plan.calendar
        lag, elapsed = _lag(link, rows[link.predecessor])
        assert _between(days, None if elapsed else calendar, left, bound) >= lag, link


def _lag(link: Link, predecessor: Activity) -> tuple[int, bool]:
    percent = link.lag_format in (LagFormat.PERCENT, LagFormat.ELAPSED_PERCENT)
    elapsed = link.lag_format in (LagFormat.ELAPSED, LagFormat.ELAPSED_PERCENT)
    return (round(predecessor.duration * link.lag / 100) if percent else link.lag), elapsed


def _between(days: WorkingDays, calendar: int | None, first: int, last: int) -> int:
    if calendar is None:
        return last - first
    if last < first:
        return -_between(days, calendar, last, first)
    total = 0
    for day in range(first // 86_400, last // 86_400 + 1):
        for begin, end in days.hours(calendar, day):
            total += max(0, min(last, day * 86_400 + end) - max(first, day * 86_400 + begin))
    return total


@given(plans(PLAIN))
def test_work_takes_its_duration(plan: Plan) -> None:
    made = schedule(plan)
    days = WorkingDays(plan.calendars)
    for row in plan.activities:
        calendar = None if row.elapsed else row.calendar or plan.calendar
        found = made[row.uid]
        assert _between(days, calendar, found.start, found.finish) == row.duration
        assert _between(days, calendar, found.late_start, found.late_finish) == row.duration


@given(plans(EVERYTHING))
def test_a_sound_plan_is_scheduled(plan: Plan) -> None:
    assume(not planengine.validate(plan))
    made = schedule(plan)
    assert [row.uid for row in made.dates()] == [row.uid for row in plan.activities]


@given(WILD)
def test_any_plan_is_scheduled_or_refused_with_reasons(plan: Plan) -> None:
    errors = planengine.validate(plan)
    if not errors:
        assert len(list(schedule(plan).dates())) == len(plan.activities)
        return
    with pytest.raises(InvalidPlan) as refused:
        schedule(plan)
    assert set(errors) <= set(refused.value.errors)


def test_a_refusal_comes_whole_from_another_process() -> None:
    with pytest.raises(InvalidPlan) as refused:
        schedule(Plan(activities=(Activity(1, "Dig", duration=-1),)))
    again = pickle.loads(pickle.dumps(refused.value))
    assert again.errors == refused.value.errors


@given(plans(EVERYTHING), st.lists(EDITS, min_size=1, max_size=4), st.data())
def test_edits_in_a_session_give_what_scheduling_anew_gives(
    plan: Plan, edits: list[Edit], data: st.DataObject
) -> None:
    session, now = Session(schedule(plan)), plan
    for drawn in edits:
        edit = aimed(drawn, now, data)
        try:
            after = planengine.apply(now, edit)
            whole = schedule(after)
        except (EditError, InvalidPlan):
            with pytest.raises((EditError, InvalidPlan)):
                session.apply([edit])
            continue
        session.apply([edit])
        now = after
        assert {uid: session[uid] for uid in whole.uids} == {uid: whole[uid] for uid in whole.uids}
        assert (session.start, session.finish) == (whole.start, whole.finish)
        assert session.plan == now
