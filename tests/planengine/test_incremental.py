"""Rescheduling after edits gives what scheduling anew gives, and says exactly what changed."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.planengine.builders import DAY, house
from tests.planengine.wild_plans import FIRST, START, wild_link, wild_plan, wild_row

from planengine import (
    Activity,
    AddActivity,
    AddAssignment,
    AddLink,
    Assignment,
    CalendarException,
    ChangeLink,
    Edit,
    EditError,
    InvalidPlan,
    Link,
    MoveActivity,
    Plan,
    RemoveActivity,
    RemoveAssignment,
    RemoveLink,
    RenameActivity,
    Schedule,
    Session,
    SetActive,
    SetCalendar,
    SetConstraint,
    SetDates,
    SetDeadline,
    SetDuration,
    SetException,
    SetLevellingDelay,
    SetMode,
    SetProgress,
    SetStatusDate,
    SplitActivity,
    apply_all,
    reschedule,
    schedule,
)
from planengine.incremental import ripples
from planengine.network import kernels
from planengine.network.machine import Machine

ROUNDS = 8


def wild_edit(luck: Random, plan: Plan, *, rare: bool = True) -> Edit:
    """An edit of any kind; most of those that people make while they plan."""
    row = luck.choice(plan.activities)
    other = wild_row(luck, row, late_too=False)
    uid, kind = row.uid, luck.random()
    if kind < 0.2:
        return SetDuration(uid, other.duration, other.elapsed)
    if kind < 0.45 and plan.links:
        return _link_edit(luck, plan)
    if kind < 0.55:
        return SetConstraint(uid, other.constraint)
    if rare and kind < 0.62:
        return _rare_edit(luck, plan, row)
    return luck.choice(
        (
            SetDeadline(uid, other.deadline),
            SetProgress(uid, other.progress),
            SplitActivity(uid, other.gaps if row.duration else ()),
            SetLevellingDelay(uid, other.levelling_delay),
            SetMode(uid, other.mode),
            SetDates(uid, other.start, other.finish),
            SetCalendar(uid, other.calendar, luck.random() < 0.5),
            RenameActivity(uid, "Nytt"),
            AddAssignment(Assignment(luck.randint(90, 99), uid, luck.choice((1, 2, 3)), work=DAY)),
            RemoveAssignment(luck.randint(1, 99)),
        )
    )


def _link_edit(luck: Random, plan: Plan) -> Edit:
    link, new = luck.choice(plan.links), wild_link(luck, [row.uid for row in plan.activities])
    changed = replace(new, predecessor=link.predecessor, successor=link.successor)
    return luck.choice((AddLink(new), RemoveLink(*link.key), ChangeLink(*link.key, changed)))


def _rare_edit(luck: Random, plan: Plan, row: Activity) -> Edit:
    return luck.choice(
        (
            AddActivity(Activity(luck.randint(100, 999), "Ny", row.uid, duration=DAY)),
            RemoveActivity(row.uid),
            MoveActivity(row.uid, luck.choice((None, luck.choice(plan.activities).uid))),
            SetActive(row.uid, not row.active) if row.parent is None else SetActive(row.uid, True),
            SetException(1, CalendarException(FIRST + luck.randint(0, 20), FIRST + 21)),
            SetStatusDate(START + 5 * 86_400),
        )
    )


def differences(before: Schedule, after: Schedule) -> dict[int, tuple[str, ...]]:
    """Every field of every row, compared one by one."""
    found = {}
    known = {row.uid: row for row in before.dates()}
    for row in after.dates():
        was = known.get(row.uid)
        names = tuple(
            name for name in row._fields if was is None or getattr(was, name) != getattr(row, name)
        )
        if names:
            found[row.uid] = names
    return found


def anew(plan: Plan, edits: list[Edit]) -> tuple[Schedule | None, str]:
    """The edited plan scheduled, or why it is refused."""
    try:
        return schedule(apply_all(plan, edits)), ""
    except (EditError, InvalidPlan) as refused:
        return None, str(refused)


def check(session: Session, before: Schedule, edits: list[Edit]) -> Schedule:
    """Apply edits both ways and compare everything; returns the schedule after them."""
    full, refusal = anew(before.plan, edits)
    if full is None:
        with pytest.raises((EditError, InvalidPlan)) as raised:
            session.apply(edits)
        assert str(raised.value) == refusal
        _same(session, before)
        return before
    delta = session.apply(edits)
    assert dict(delta.changed) == differences(before, full)
    assert set(delta.removed) == set(before.uids) - set(full.uids)
    assert (delta.start, delta.finish) == (full.start, full.finish)
    _same(session, full)
    return full


def _same(session: Session, full: Schedule) -> None:
    assert [session[uid] for uid in full.uids] == list(full.dates())
    assert (session.start, session.finish) == (full.start, full.finish)


def run(seed: int, size: int, rounds: int) -> None:
    luck = Random(seed)
    now = schedule(wild_plan(seed, size, late_too=luck.random() < 0.1))
    session = Session(now)
    for _ in range(rounds):
        if not now.plan.activities:
            break  # everything has been removed
        edits = [wild_edit(luck, now.plan) for _ in range(luck.choice((1, 1, 1, 2, 3)))]
        now = check(session, now, edits)
        assert session.plan == now.plan


@given(st.integers(0, 10**9))
def test_every_edit_gives_what_scheduling_anew_gives(seed: int) -> None:
    run(seed, 10, ROUNDS)


@pytest.mark.parametrize("seed", range(12))
def test_edits_that_reach_many_give_it_too(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Computed whole over arrays, as in a large plan, once an edit reaches three activities."""
    monkeypatch.setattr(ripples, "MOST", 3)
    monkeypatch.setattr(ripples, "WORTH_IT", 1)
    monkeypatch.setattr(ripples, "can_compile", lambda: True)
    monkeypatch.setattr(ripples, "machine_for", lambda net: Machine(net, kernels))
    run(seed, 12, 12)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100))
def test_ten_thousand_edits_give_what_scheduling_anew_gives(seed: int) -> None:
    run(seed, 40, 100)


def test_undo_brings_the_dates_back() -> None:
    first = schedule(house())
    session = Session(first)
    delta = session.apply([SetDuration(2, 9 * DAY), RemoveActivity(3), SetDuration(4, 60)])
    assert delta.removed == (3,)
    back = session.apply(delta.undo)
    assert session.plan == first.plan
    _same(session, first)
    assert back.changed[3] == first[3]._fields


def test_what_dates_do_not_depend_on_changes_nothing() -> None:
    delta = Session(schedule(house())).apply([RenameActivity(3, "Støp")])
    assert (dict(delta.changed), delta.removed) == ({}, ())


def test_a_refused_edit_leaves_the_session_as_it_was() -> None:
    first = schedule(house())
    session = Session(first)
    with pytest.raises(InvalidPlan) as circle:
        session.apply([SetDuration(3, DAY), AddLink(Link(4, 2))])
    assert [error.code for error in circle.value.errors] == ["link.cycle"]
    with pytest.raises(EditError) as unknown:
        session.apply([SetDuration(3, DAY), SetDuration(99, DAY)])
    assert unknown.value.path.startswith("[1]")
    _same(session, first)
    assert session.plan == first.plan


def test_rescheduling_once_gives_the_schedule_and_what_changed() -> None:
    first = schedule(house())
    found = reschedule(first, [SetDuration(3, 5 * DAY)])
    again = schedule(apply_all(house(), [SetDuration(3, 5 * DAY)]))
    assert list(found.schedule.dates()) == list(again.dates())
    assert dict(found.changed) == differences(first, again)
