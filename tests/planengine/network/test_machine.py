"""The passes over arrays give the dates of the passes over lists, compiled and as they stand."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

import pytest
from tests.planengine.builders import DAY, at

from planengine import (
    NORDIC_WEEK,
    Activity,
    Calendar,
    Constraint,
    ConstraintKind,
    Link,
    LinkKind,
    Plan,
    Progress,
    ScheduleFrom,
    compile_network,
    schedule,
    validate,
)
from planengine.network import kernels, machine
from planengine.network.compiled import Passes
from planengine.network.scheduling import _Plainly, passes
from planengine.network.slack import gaps_of

START = at("2026-03-02T08:00")


def some_plan(luck: random.Random, size: int = 60) -> Plan:
    """Summaries of seven, every kind of link, constraints, progress, elapsed and inactive rows."""
    rows: list[Activity] = []
    for uid in range(1, size + 1):
        summary = 1000 + uid // 7
        if not rows or rows[-1].parent != summary:
            rows.append(Activity(summary, "Summary"))
        rows.append(special(luck, uid, summary))
    numbers = [*range(1, size + 1), *(1000 + k for k in range(size // 7))]
    links = {}
    for _ in range(size * 3 // 2):
        one, other = luck.sample(numbers, 2)
        if place(one) < place(other):
            kind = luck.choice(list(LinkKind))
            links[one, other, kind] = Link(one, other, kind, luck.choice((0, 0, DAY, -DAY)))
    calendars = (Calendar(1, "Office"), Calendar(2, "Nordic", NORDIC_WEEK))
    return Plan(
        start=START,
        calendar=1,
        calendars=calendars,
        activities=tuple(rows),
        links=tuple(links.values()),
    )


def place(uid: int) -> int:
    return (uid - 1000) * 7 if uid >= 1000 else uid // 7 * 7 + 1 + uid % 7


def special(luck: random.Random, uid: int, parent: int) -> Activity:
    row = Activity(uid, "Work", parent, duration=luck.randrange(6) * DAY // 2)
    row = replace(row, calendar=luck.choice((None, None, 2)))
    day = START + luck.randrange(60) * 86_400
    match luck.randrange(12):
        case 0:
            constraint = Constraint(luck.choice(list(ConstraintKind)), day)
            return replace(row, constraint=constraint)
        case 1:
            return replace(row, deadline=day)
        case 2:
            return replace(row, progress=Progress(percent=50, actual_start=day))
        case 3:
            return replace(row, active=False)
        case 4:
            return replace(row, elapsed=True)
    return row


def sound_plans(count: int) -> Iterator[Plan]:
    luck = random.Random(11)
    while count:
        plan = some_plan(luck)
        if not validate(plan):
            count -= 1
            yield luck.choice(
                (plan, replace(plan, schedule_from=ScheduleFrom.FINISH, finish=START + 10**7))
            )


def grown(by_arrays: machine.Machine) -> Passes:
    """The passes, the calendars compiled as far as they need."""
    while True:
        try:
            return passes(by_arrays.net, by_arrays)
        except machine.OutOfRange:
            by_arrays.grow()


def test_arrays_and_lists_give_the_same_dates() -> None:
    for plan in sound_plans(15):
        net = compile_network(plan)
        by_arrays = machine.Machine(net, kernels)
        found, expected = grown(by_arrays), passes(net, _Plainly(net))
        assert found == expected
        assert by_arrays.gaps(found.dates) == gaps_of(net, expected.dates)


def test_a_plan_that_outgrows_the_compiled_calendars_is_noticed() -> None:
    rows = tuple(Activity(uid, "Work", duration=900 * DAY) for uid in range(1, 9))
    calendar = Calendar(1, "Not asked before", ((((9 * 3600, 11 * 3600)),),) * 5 + ((), ()))
    links = tuple(Link(uid, uid + 1) for uid in range(1, 8))
    plan = Plan(start=START, calendar=1, calendars=(calendar,), activities=rows, links=links)
    net = compile_network(plan)
    by_arrays = machine.Machine(net, kernels)
    with pytest.raises(machine.OutOfRange):
        passes(net, by_arrays)
    assert grown(by_arrays) == passes(net, _Plainly(net))


@pytest.mark.long
def test_machine_code_gives_the_same_dates(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("numba")
    for plan in sound_plans(60):
        plainly = schedule(plan)
        with monkeypatch.context() as patch:
            patch.setattr(machine, "WORTH_IT", 1)
            compiled = schedule(plan)
        assert list(compiled.dates()) == list(plainly.dates())
