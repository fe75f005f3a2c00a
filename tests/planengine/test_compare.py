"""Comparing two schedules: rows, dates in working days, finish, critical path, milestones, cost."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from tests.planengine.builders import DAY, at
from tests.planengine.test_edit_laws import EDITS, plans
from tests.planengine.test_merge import changed

from planengine import (
    Activity,
    ActivityKind,
    AddActivity,
    AddLink,
    Calendar,
    CalendarException,
    Edit,
    Link,
    LinkKind,
    MoveActivity,
    Plan,
    RemoveActivity,
    RenameActivity,
    SetCost,
    SetDuration,
    SetException,
    apply_all,
    compare,
    moment,
    schedule,
    validate,
)
from planengine.compare import Comparison


def site() -> Plan:
    """Dig, then cast beside paint, then done: cast is critical, paint has two days of slack."""
    return Plan(
        name="Hytte",
        start=at("2026-11-02T08:00"),
        calendar=1,
        calendars=(Calendar(1, "Standard"),),
        activities=(
            Activity(1, "Grave", duration=2 * DAY, fixed_cost=100_00),
            Activity(2, "Støpe", duration=3 * DAY),
            Activity(3, "Male", duration=DAY),
            Activity(4, "Ferdig", milestone=True),
        ),
        links=(Link(1, 2), Link(1, 3), Link(2, 4), Link(3, 4)),
    )


def after(*edits: Edit) -> Comparison:
    plan = site()
    return compare(schedule(plan), schedule(apply_all(plan, edits)))


def test_nothing_changed() -> None:
    found = after()
    assert not found
    assert (found.rows, found.dates, found.slacks, found.milestones) == ((), (), (), ())
    assert found.sentences("nb") == (
        "Prosjektet er fortsatt ferdig 06.11.2026 kl. 17:00.",
        "Kostnaden er fortsatt 100.",
        "Kritisk linje er den samme (3 aktiviteter).",
    )


def test_a_longer_activity_moves_what_follows_in_working_days() -> None:
    found = after(SetDuration(2, 4 * DAY))
    moved = {(row.uid, row.field): (row.before, row.after, row.days) for row in found.dates}
    # Five working days from Monday 2 November end on Friday the 6th; the sixth is Monday the 9th.
    friday, monday = at("2026-11-06T17:00"), at("2026-11-09T17:00")
    assert moved[2, "finish"] == (friday, monday, 1.0)
    assert moved[4, "finish"] == (friday, monday, 1.0)
    assert (1, "finish") not in moved
    assert moved[3, "late_finish"] == (friday, monday, 1.0)
    assert (3, "finish") not in moved
    assert [(row.uid, row.field, row.after) for row in found.slacks] == [
        (3, "total_slack", 3 * DAY),
        (3, "free_slack", 3 * DAY),
    ]
    assert [(row.uid, row.kind) for row in found.milestones] == [(4, ActivityKind.MILESTONE)]
    assert (found.finish.before, found.finish.after, found.finish.days) == (friday, monday, 1.0)
    assert found.critical.before == found.critical.after == (1, 2, 4)
    assert "«Støpe»: varighet er 4 dager (var 3 dager)." in found.sentences("nb")
    assert found.sentences("nb")[0] == (
        "Prosjektet er ferdig 1 arbeidsdag senere: 09.11.2026 kl. 17:00 (var 06.11.2026 kl. 17:00)."
    )
    assert found.sentences("en")[0] == (
        "The project finishes 1 working day later: 2026-11-09 17:00 (was 2026-11-06 17:00)."
    )


def test_the_critical_path_may_change_hands() -> None:
    found = after(SetDuration(3, 5 * DAY))
    assert found.critical.entered == (3,)
    assert found.critical.left == (2,)
    assert "Kritisk linje: nye «Male», ute «Støpe»." in found.sentences("nb")


def test_rows_come_and_go() -> None:
    found = after(
        RemoveActivity(3),
        AddActivity(Activity(9, "Rydde", duration=DAY)),
        AddLink(Link(2, 9, LinkKind.SS)),
        RenameActivity(1, "Sprenge"),
    )
    told = {(row.change, row.subject, row.key, row.field) for row in found.rows}
    assert told == {
        ("removed", "activity", 3, ""),
        ("added", "activity", 9, ""),
        ("changed", "activity", 1, "name"),
        ("removed", "link", (1, 3, "FS"), ""),
        ("removed", "link", (3, 4, "FS"), ""),
        ("added", "link", (2, 9, "SS"), ""),
    }
    assert not {row.uid for row in found.dates} & {3, 9}
    assert "Fjernet: «Male»." in found.sentences("nb")
    assert "New: the link «Støpe» → «Rydde» (start-to-start)." in found.sentences("en")


def test_one_row_moved_in_the_order_is_one_row() -> None:
    found = after(MoveActivity(1, None, 3))
    assert [(row.change, row.key, row.before, row.after) for row in found.rows] == [
        ("moved", 1, 0, 3)
    ]
    assert "Flyttet i rekkefølgen: «Grave»." in found.sentences("nb")


def test_cost_is_added_up() -> None:
    found = after(SetCost(2, 50_00, 75_00))
    assert (found.cost.before, found.cost.after) == (100_00, 175_00)
    assert "Kostnaden øker med 75 til 175 (var 100)." in found.sentences("nb")


def test_a_day_off_is_no_working_day() -> None:
    plan = replace(site(), activities=site().activities[:1], links=())
    tuesday = at("2026-11-03T00:00") // 86_400
    off = apply_all(plan, [SetException(1, CalendarException(tuesday, tuesday, name="Fri"))])
    found = compare(schedule(plan), schedule(off))
    assert moment(found.finish.after).day == 4
    assert found.finish.days == 1.0


@given(plans(), st.lists(EDITS, max_size=4), st.data())
def test_a_comparison_says_everything_and_only_what_differs(
    plan: Plan, edits: list[Edit], data: st.DataObject
) -> None:
    other = changed(plan, edits, data)
    if validate(other):
        return
    one, two = schedule(plan), schedule(other)
    found = compare(one, two)
    same = list(one.dates()) == list(two.dates()) and plan == other
    assert bool(found) is not same or one.finish != two.finish
    assert not compare(two, two)
    back = compare(two, one)
    assert {(row.uid, row.field, row.after, row.before) for row in back.dates} == {
        (row.uid, row.field, row.before, row.after) for row in found.dates
    }
    assert back.critical.entered == found.critical.left
    json.dumps(found.to_json())
    for language in ("nb", "en"):
        assert all(line.endswith(".") for line in found.sentences(language))
