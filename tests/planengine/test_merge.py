"""Merging two people's changes: the laws of three-way merging, and each kind of conflict."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.planengine.builders import DAY, house
from tests.planengine.test_edit_laws import EDITS, aimed, plans

from planengine import (
    Activity,
    AddActivity,
    AddAssignment,
    AddLink,
    Assignment,
    Calendar,
    CalendarException,
    Edit,
    EditError,
    Link,
    LinkKind,
    Merge,
    MoveActivity,
    Plan,
    RemoveActivity,
    RemoveResource,
    RenameActivity,
    RenamePlan,
    Resource,
    ScheduleOptions,
    SetActive,
    SetCalendar,
    SetDuration,
    SetException,
    SetOptions,
    SetProperties,
    apply,
    apply_all,
    merge,
    validate,
)
from planengine.compare.fields import LABELS


def changed(plan: Plan, edits: list[Edit], data: st.DataObject) -> Plan:
    """The plan after those of the edits that can be done and leave it sound."""
    for drawn in edits:
        try:
            after = apply(plan, aimed(drawn, plan, data))
        except EditError:
            continue
        if not validate(after):
            plan = after
    return plan


SEVERAL = st.lists(EDITS, max_size=5)


@given(plans(), SEVERAL, st.data())
def test_a_side_that_changed_nothing_yields_and_equal_sides_agree(
    base: Plan, edits: list[Edit], data: st.DataObject
) -> None:
    one = changed(base, edits, data)
    twin = changed(base, [], data)
    assert merge(base, twin, one) == Merge(one)
    assert merge(base, one, twin) == Merge(one)
    assert merge(base, one, replace(one)) == Merge(one)


@given(plans(), SEVERAL, st.data())
def test_a_change_elsewhere_is_added_to_the_other_sides(
    base: Plan, edits: list[Edit], data: st.DataObject
) -> None:
    """Not decided by a short cut: both sides changed something, in different places."""
    one = replace(changed(base, edits, data), name=base.name)
    other = apply(base, RenamePlan(base.name + "!"))
    assert merge(base, one, other) == Merge(replace(one, name=other.name))
    assert merge(base, other, one) == Merge(replace(one, name=other.name))


@given(plans(), SEVERAL, SEVERAL, st.data())
def test_swapping_the_sides_swaps_the_conflicts_alone(
    base: Plan, first: list[Edit], second: list[Edit], data: st.DataObject
) -> None:
    ours, theirs = changed(base, first, data), changed(base, second, data)
    one, other = merge(base, ours, theirs), merge(base, theirs, ours)
    if not one.conflicts:
        assert one == other
    apart = {"rule", "order"}  # these are about the plan as a whole, in which ours stands
    mirrored = [row.swapped() for row in other.conflicts if row.kind not in apart]
    assert [row for row in one.conflicts if row.kind not in apart] == mirrored
    assert {row.uid for row in one.plan.activities} == {row.uid for row in other.plan.activities}
    assert {row.key for row in one.plan.links} == {row.key for row in other.plan.links}


@given(plans(), SEVERAL, SEVERAL, st.data())
def test_the_result_is_sound_or_a_conflict_says_why(
    base: Plan, first: list[Edit], second: list[Edit], data: st.DataObject
) -> None:
    ours, theirs = changed(base, first, data), changed(base, second, data)
    result = merge(base, ours, theirs)
    told = [row.error for row in result.conflicts if row.kind == "rule"]
    assert set(validate(result.plan)) == set(told)
    json.dumps(result.to_json())
    for language in ("nb", "en"):
        assert all(line.endswith(".") for line in result.sentences(language))


def conflicts(base: Plan, ours: Plan, theirs: Plan) -> list[tuple[Any, ...]]:
    found = merge(base, ours, theirs).conflicts
    return [(row.kind, row.subject, row.key, row.field, row.part) for row in found]


def test_two_values_for_one_field_are_a_conflict_and_ours_stands() -> None:
    base = house()
    ours = apply_all(base, [SetDuration(2, 6 * DAY), SetActive(3, False)])
    theirs = apply_all(base, [SetDuration(2, 7 * DAY), RenameActivity(2, "Sprenge")])
    result = merge(base, ours, theirs)
    (found,) = result.conflicts
    assert (found.kind, found.key, found.field) == ("changed", 2, "duration")
    assert (found.base, found.ours, found.theirs) == (5 * DAY, 6 * DAY, 7 * DAY)
    row = {row.uid: row for row in result.plan.activities}[2]
    assert (row.duration, row.name) == (6 * DAY, "Sprenge")
    assert result.sentences("nb") == (
        "«Sprenge»: varighet er satt til 6 dager hos oss og til 7 dager hos dem (var 5 dager).",
    )
    assert result.sentences("en") == (
        "«Sprenge»: duration is set to 6 days by us and to 7 days by them (was 5 days).",
    )


def test_a_duration_and_how_it_is_counted_belong_together() -> None:
    base = house()
    ours = apply(base, SetDuration(2, 6 * DAY))
    theirs = apply(base, SetDuration(2, 5 * DAY, elapsed=True))
    found = conflicts(base, ours, theirs)
    assert found == [("changed", "activity", 2, name, "") for name in ("duration", "elapsed")]


def test_a_removed_activity_the_other_side_changed_stays_with_its_links_and_people() -> None:
    base = house()
    ours = apply(base, RemoveActivity(3))
    theirs = apply(base, RenameActivity(3, "Støpe såle"))
    result = merge(base, ours, theirs)
    assert result.plan == theirs
    assert [(row.kind, row.key, row.field) for row in result.conflicts] == [("removed", 3, "")]
    assert "fjernet hos oss" in result.sentences("nb")[0]
    assert "removed by them" in merge(base, theirs, ours).sentences("en")[0]


def test_a_removed_summary_that_got_a_new_name_comes_back_with_what_lies_under_it() -> None:
    base = house()
    result = merge(base, apply(base, RemoveActivity(1)), apply(base, RenameActivity(1, "Grunn")))
    assert result.plan == apply(base, RenameActivity(1, "Grunn"))
    assert {row.key for row in result.conflicts} == {1, 2, 3, 4}


def test_a_parent_that_is_needed_stays_and_its_other_children_go() -> None:
    base = house()
    result = merge(base, apply(base, RemoveActivity(1)), apply(base, RenameActivity(3, "Støp")))
    assert [row.uid for row in result.plan.activities] == [1, 3, 5]
    assert {row.key for row in result.conflicts} == {1, 3}
    assert validate(result.plan) == ()


@pytest.mark.parametrize(
    ("ours", "theirs", "subject", "key"),
    [
        (RemoveActivity(3), AddLink(Link(3, 5)), "activity", 3),
        (RemoveActivity(3), AddAssignment(Assignment(9, 3, 1)), "activity", 3),
        (RemoveActivity(5), AddActivity(Activity(9, "Rydde", parent=5)), "activity", 5),
        (RemoveResource(2), AddAssignment(Assignment(9, 5, 2)), "resource", 2),
    ],
)
def test_a_removed_row_the_other_side_needs_stays(
    ours: Edit, theirs: Edit, subject: str, key: int
) -> None:
    base = house()
    result = merge(base, apply(base, ours), apply(base, theirs))
    assert result.plan == apply(base, theirs)
    assert [(row.kind, row.subject, row.key) for row in result.conflicts] == [
        ("removed", subject, key)
    ]


def test_rows_both_removed_or_one_removed_untouched_are_gone() -> None:
    base = house()
    gone = apply(base, RemoveActivity(4))
    assert merge(base, gone, apply(base, RemoveActivity(4))) == Merge(gone)
    theirs = apply(base, RenameActivity(2, "Sprenge"))
    assert merge(base, gone, theirs) == Merge(apply(gone, RenameActivity(2, "Sprenge")))


def test_a_circle_made_together_is_named() -> None:
    base = Plan(activities=(Activity(1, "a"), Activity(2, "b")), start=house().start)
    result = merge(base, apply(base, AddLink(Link(1, 2))), apply(base, AddLink(Link(2, 1))))
    (found,) = result.conflicts
    assert found.kind == "rule"
    assert found.error is not None
    assert found.error.code == "link.cycle"
    assert "i ring" in found.sentence(result.plan, "nb")


def test_moving_two_activities_under_each_other_is_named() -> None:
    base = Plan(activities=(Activity(1, "a"), Activity(2, "b")), start=house().start)
    result = merge(base, apply(base, MoveActivity(1, 2)), apply(base, MoveActivity(2, 1)))
    assert {row.error.code for row in result.conflicts if row.error} == {"parent.cycle"}
    assert {row.uid for row in result.plan.activities} == {1, 2}


def test_items_of_a_collection_are_merged_one_by_one() -> None:
    base = replace(
        house(), calendars=(Calendar(1, "Standard", exceptions=(CalendarException(7, 8),)),)
    )
    ours = apply_all(
        base,
        [
            SetException(1, CalendarException(1, 1, name="vår")),
            SetException(1, CalendarException(7, 8, name="vår")),
            SetProperties((("a", "1"),)),
            SetOptions(ScheduleOptions(multiple_critical_paths=True)),
        ],
    )
    theirs = apply_all(
        base,
        [
            SetException(1, CalendarException(2, 2, name="deres")),
            SetException(1, CalendarException(7, 8, name="deres")),
            SetProperties((("b", "2"),)),
            SetOptions(ScheduleOptions(critical_slack=DAY)),
        ],
    )
    result = merge(base, ours, theirs)
    names = [row.name for row in result.plan.calendars[0].exceptions]
    assert names == ["vår", "deres", "vår"]
    assert result.plan.properties == (("a", "1"), ("b", "2"))
    assert result.plan.options == ScheduleOptions(multiple_critical_paths=True, critical_slack=DAY)
    (found,) = result.conflicts
    assert (found.subject, found.field, found.part) == ("calendar", "exceptions", "7–8")


def rows(*uids: int) -> Plan:
    return Plan(activities=tuple(Activity(uid, f"a{uid}") for uid in uids))


@pytest.mark.parametrize(
    ("ours", "theirs", "result", "agree"),
    [
        ((1, 2, 3, 4), (1, 3, 2, 4), (1, 3, 2, 4), True),
        ((4, 1, 2, 3), (1, 2, 3, 4), (4, 1, 2, 3), True),
        ((1, 2, 9, 3, 4), (1, 2, 3, 4, 8), (1, 2, 9, 3, 4, 8), True),
        ((1, 9, 2, 3, 4), (1, 8, 2, 3, 4), (1, 8, 9, 2, 3, 4), True),
        ((1, 2, 9, 3, 4), (4, 3, 2, 1), (4, 3, 2, 9, 1), True),
        ((1, 3, 2, 4), (4, 1, 2, 3), (1, 3, 2, 4), False),
        ((1, 3, 2, 4), (1, 2, 4), (1, 2, 4), True),
    ],
)
def test_order(
    ours: tuple[int, ...], theirs: tuple[int, ...], result: tuple[int, ...], agree: bool
) -> None:
    merged = merge(rows(1, 2, 3, 4), rows(*ours), rows(*theirs))
    assert tuple(row.uid for row in merged.plan.activities) == result
    assert [row.kind for row in merged.conflicts] == ([] if agree else ["order"])
    if not agree:
        assert "«a1», «a3»" in merged.sentences("nb")[0]


def test_both_adding_a_row_of_the_same_number_differently_is_a_conflict() -> None:
    base = house()
    added = [apply(base, AddActivity(Activity(9, name))) for name in ("Male", "Lakke")]
    assert conflicts(base, *added) == [("changed", "activity", 9, "name", "")]
    linked = [apply(base, AddLink(Link(2, 5, LinkKind.SS, lag=lag))) for lag in (0, DAY)]
    assert conflicts(base, *linked) == [("changed", "link", (2, 5, "SS"), "lag", "")]


def test_a_calendar_one_side_removed_and_the_other_uses_stays() -> None:
    base = replace(house(), calendars=(*house().calendars, Calendar(7, "Natt")))
    ours = replace(base, calendars=house().calendars)
    theirs = apply(base, SetCalendar(2, 7))
    result = merge(base, ours, theirs)
    assert result.plan == theirs
    assert "kalenderen «Natt»" in result.sentences("nb")[0]


def test_every_field_has_a_name_people_use() -> None:
    for kind in (Activity, Assignment, Calendar, Link, Resource, ScheduleOptions, Plan):
        names = {item.name for item in fields(kind)}
        assert names - {"activities", "links", "calendars", "resources"} <= set(LABELS)
