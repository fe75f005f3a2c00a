"""Every edit: what it does, what it refuses, its JSON form, its sentence and its inverse."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from tests.planengine.builders import DAY, at, house
from tests.planengine.effort import calls

from planengine import (
    EDIT_KINDS,
    Activity,
    AddActivity,
    AddAssignment,
    AddCalendar,
    AddLink,
    AddResource,
    Assignment,
    Baseline,
    Calendar,
    CalendarException,
    ChangeAssignment,
    ChangeCalendar,
    ChangeLink,
    ChangeResource,
    ClearBaseline,
    Constraint,
    ConstraintKind,
    Edit,
    EditError,
    Gap,
    Link,
    LinkKind,
    Mode,
    MoveActivity,
    Plan,
    Progress,
    RemoveActivity,
    RemoveAssignment,
    RemoveCalendar,
    RemoveException,
    RemoveLink,
    RemoveResource,
    RenameActivity,
    ReplacePlan,
    Resource,
    SetBaseline,
    SetCalendar,
    SetConstraint,
    SetDates,
    SetDuration,
    SetException,
    SetPlanCalendar,
    SetProgress,
    SetResponsible,
    SplitActivity,
    apply,
    apply_all,
    apply_undoably,
    describe,
    difference,
    edit_from_json,
    edit_to_json,
    inverse,
    validate,
)


def order(plan: Plan) -> list[int]:
    return [row.uid for row in plan.activities]


def row_of(plan: Plan, uid: int) -> Activity:
    return next(row for row in plan.activities if row.uid == uid)


def test_an_activity_is_added_where_it_is_asked_for() -> None:
    plan = apply(house(), AddActivity(Activity(9, "Måle", parent=1), position=1))
    assert order(plan) == [1, 2, 9, 3, 4, 5]
    plan = apply(plan, AddActivity(Activity(10, "Slutt")))
    assert order(plan)[-1] == 10
    assert validate(plan) == ()


def test_removing_a_summary_takes_its_children_links_and_assignments() -> None:
    plan = apply(house(), RemoveActivity(1))
    assert order(plan) == [5]
    assert plan.links == ()
    assert plan.assignments == ()
    assert apply_all(plan, inverse(house(), RemoveActivity(1))) == house()


def test_moving_takes_the_whole_family_along() -> None:
    plan = apply(house(), MoveActivity(1, parent=5))
    assert order(plan) == [5, 1, 2, 3, 4]
    assert row_of(plan, 1).parent == 5
    assert row_of(plan, 2).parent == 1
    assert order(apply(house(), MoveActivity(4, parent=1, position=0))) == [1, 4, 2, 3, 5]


def test_edits_change_only_what_they_name() -> None:
    before = house()
    after = apply(before, SetDuration(3, 4 * DAY))
    assert row_of(after, 3) == replace(row_of(before, 3), duration=4 * DAY)
    assert after.links is before.links
    assert [row for row in after.activities if row.uid != 3] == [
        row for row in before.activities if row.uid != 3
    ]


def test_a_baseline_freezes_what_is_planned_and_comes_back_when_undone() -> None:
    plan = apply(house(), SetBaseline(0))
    frozen = row_of(plan, 2).baselines
    assert frozen == (
        Baseline(0, at("2026-03-02T08:00"), at("2026-03-06T17:00"), 5 * DAY, None, 100_000),
    )
    later = apply_all(plan, [SetDuration(2, DAY), SetBaseline(0, (2,)), SetBaseline(3)])
    assert [row.number for row in row_of(later, 2).baselines] == [0, 3]
    assert row_of(later, 2).baselines[0].duration == DAY
    cleared = apply(later, ClearBaseline(0))
    assert all(len(row.baselines) == 1 for row in cleared.activities)
    assert apply_all(cleared, inverse(later, ClearBaseline(0))) == later


def test_a_list_of_edits_is_undone_as_one() -> None:
    edits: list[Edit] = [
        AddActivity(Activity(9, "Ny"), 0),
        AddLink(Link(9, 2)),
        SetProgress(9, Progress(percent=10)),
        RemoveActivity(3),
        RemoveResource(1),
        ReplacePlan(Plan(name="Annen")),
        AddCalendar(Calendar(4, "Natt")),
    ]
    plan, undo = apply_undoably(house(), edits)
    assert plan == Plan(name="Annen", calendars=(Calendar(4, "Natt"),))
    assert apply_all(plan, undo) == house()


@pytest.mark.parametrize(
    ("edit", "code", "path"),
    [
        (AddActivity(Activity(2, "x")), "activity.exists", "activity.uid"),
        (AddActivity(Activity(0, "x")), "activity.uid", "activity.uid"),
        (AddActivity(Activity(9, "x", parent=77)), "activity.unknown", "activity.parent"),
        (AddActivity(Activity(9, "x", calendar=7)), "calendar.unknown", "activity.calendar"),
        (AddActivity(Activity(9, "x"), 3), "position.range", "position"),
        (RemoveActivity(9), "activity.unknown", "uid"),
        (RenameActivity(9, "x"), "activity.unknown", "uid"),
        (MoveActivity(9, None), "activity.unknown", "uid"),
        (MoveActivity(1, 9), "activity.unknown", "parent"),
        (MoveActivity(1, 3), "parent.inside", "parent"),
        (MoveActivity(1, 1), "parent.inside", "parent"),
        (MoveActivity(5, None, 2), "position.range", "position"),
        (MoveActivity(5, None, -1), "position.range", "position"),
        (SetCalendar(2, 9), "calendar.unknown", "calendar"),
        (AddLink(Link(2, 9)), "activity.unknown", "link.successor"),
        (AddLink(Link(2, 2)), "link.self", "link.successor"),
        (AddLink(Link(2, 3)), "link.exists", "link"),
        (AddLink(Link(1, 4)), "link.ancestor", "link"),
        (RemoveLink(2, 5, LinkKind.FS), "link.unknown", "predecessor"),
        (ChangeLink(2, 3, LinkKind.SS, Link(2, 3)), "link.unknown", "predecessor"),
        (ChangeLink(2, 3, LinkKind.FS, Link(2, 4)), "link.ends", "link"),
        (AddResource(Resource(1, "x")), "resource.exists", "resource.uid"),
        (ChangeResource(Resource(9, "x")), "resource.unknown", "resource.uid"),
        (RemoveResource(9), "resource.unknown", "uid"),
        (AddAssignment(Assignment(1, 2)), "assignment.exists", "assignment.uid"),
        (AddAssignment(Assignment(9, 9)), "activity.unknown", "assignment.activity"),
        (AddAssignment(Assignment(9, 2, 9)), "resource.unknown", "assignment.resource"),
        (ChangeAssignment(Assignment(9, 2)), "assignment.unknown", "assignment.uid"),
        (RemoveAssignment(9), "assignment.unknown", "uid"),
        (AddCalendar(Calendar(1, "x")), "calendar.exists", "calendar.uid"),
        (ChangeCalendar(Calendar(9, "x")), "calendar.unknown", "calendar.uid"),
        (RemoveCalendar(1), "calendar.in_use", "uid"),
        (SetException(9, CalendarException(1, 1)), "calendar.unknown", "calendar"),
        (RemoveException(1, 5, 6), "exception.unknown", "first_day"),
        (SetPlanCalendar(9), "calendar.unknown", "calendar"),
        (SetBaseline(11), "baseline.number", "number"),
        (SetBaseline(1, (2, 9)), "activity.unknown", "activities[1]"),
    ],
)
def test_an_edit_that_cannot_be_is_refused_with_rule_and_place(
    edit: Edit, code: str, path: str
) -> None:
    before = house()
    with pytest.raises(EditError) as caught:
        apply(before, edit)
    assert (caught.value.code, caught.value.path) == (code, path)
    assert caught.value.sentence("nb") != caught.value.message
    with pytest.raises(EditError) as listed:
        apply_all(before, [RenameActivity(2, "y"), edit])
    assert listed.value.path == f"[1].{path}"
    assert before == house()


@pytest.mark.parametrize(
    ("value", "code", "path"),
    [
        (7, "edit.shape", ""),
        ({}, "edit.kind", "kind"),
        ({"kind": "activity.explode"}, "edit.kind", "kind"),
        ({"kind": ["activity.add"]}, "edit.kind", "kind"),
        ({"kind": "link.add", "version": 2}, "edit.version", "version"),
        ({"kind": "link.add", "link": {"predecessor": 1}}, "edit.shape", "link.successor"),
        ({"kind": "activity.rename", "uid": "1", "name": "x"}, "edit.shape", "uid"),
        ({"kind": "activity.rename", "uid": 1, "name": "x", "age": 3}, "edit.shape", "age"),
        ({"kind": "activity.deadline", "uid": 1}, "edit.shape", "deadline"),
        ({"kind": "activity.split", "uid": 1, "gaps": [{}]}, "edit.shape", "gaps[0].start"),
        ({"kind": "plan.replace", "plan": {}}, "edit.shape", "plan.format"),
        ({"kind": "plan.replace"}, "edit.shape", "plan"),
    ],
)
def test_json_that_is_no_edit_is_refused_with_its_place(
    value: object, code: str, path: str
) -> None:
    with pytest.raises(EditError) as caught:
        edit_from_json(value)
    assert (caught.value.code, caught.value.path) == (code, path)


def test_an_edit_in_json_reads_as_people_would_write_it() -> None:
    edit = AddLink(Link(2, 5, LinkKind.SS, lag=DAY))
    stored = edit_to_json(edit)
    assert stored == {
        "kind": "link.add",
        "version": 1,
        "link": {"predecessor": 2, "successor": 5, "kind": "SS", "lag": DAY},
    }
    assert edit_from_json(json.loads(json.dumps(stored))) == edit


SENTENCES = [
    (SetDuration(3, 4 * DAY), "Sett varigheten på «Støpe» til 4 dager (var 3 dager)."),
    (SetResponsible(2, "kari"), "Sett ansvarlig for «Grave» til kari (var ingen)."),
    (
        AddLink(Link(2, 5, lag=DAY)),
        "Legg til koblingen «Grave» → «Klart for vegger» (slutt-til-start + 1 dag).",
    ),
    (MoveActivity(5, 1, 0), "Flytt «Klart for vegger» til «Grunnarbeid», plass 1."),
    (RemoveAssignment(1), "Ta «Kari» av «Grave»."),
    (
        SetConstraint(2, Constraint(ConstraintKind.START_NO_EARLIER_THAN, at("2026-04-01T08:00"))),
        "Sett betingelsen på «Grave» til starter tidligst 01.04.2026 kl. 08:00 (var ingen).",
    ),
    (RenameActivity(99, "Ny"), "Gi aktivitet 99 navnet «Ny»."),
    (
        SetDates(5, None, None),
        "Sett start og slutt på «Klart for vegger» til ingen – ingen (var ingen – ingen).",
    ),
]


@pytest.mark.parametrize(("edit", "sentence"), SENTENCES)
def test_edits_speak_norwegian(edit: Edit, sentence: str) -> None:
    assert describe(edit, house(), "nb") == sentence


def test_edits_speak_english() -> None:
    sentence = describe(SetDuration(3, 2 * 86_400, elapsed=True), house(), "en")
    assert sentence == "Set the duration of «Støpe» to 2 days elapsed (was 3 days)."


def test_every_kind_of_edit_has_a_name_and_more_than_forty_exist() -> None:
    assert len(EDIT_KINDS) > 40
    assert all(name == kind.kind for name, kind in EDIT_KINDS.items())


def test_a_difference_lists_exactly_what_must_be_written() -> None:
    before = house()
    after = apply_all(
        before,
        [
            AddActivity(Activity(9, "Ny", parent=1), 0),
            SetProgress(2, Progress(percent=100)),
            RemoveActivity(5),
            ChangeLink(3, 4, LinkKind.FS, Link(3, 4, lag=2 * DAY)),
            SplitActivity(3, (Gap(1, 2),)),
        ],
    )
    found = difference(before, after)
    assert [row.uid for row in found.activities.added] == [9]
    assert [(item.after.uid, item.fields) for item in found.activities.changed] == [
        (2, ("progress",)),
        (3, ("gaps",)),
    ]
    assert [row.uid for row in found.activities.removed] == [5]
    assert found.positions == ((2, 2), (3, 3), (4, 4))
    assert [item.fields for item in found.links.changed] == [("lag",)]
    assert [row.key for row in found.links.removed] == [(1, 5, LinkKind.FS)]
    assert not found.resources
    assert not found.plan
    assert not difference(before, house())


def test_a_thousand_edits_on_ten_times_the_activities_are_little_more_work() -> None:
    """Each edit touches its rows and not the whole plan."""
    assert work_of_a_thousand_edits(10_000) <= 4 * work_of_a_thousand_edits(1_000)


def work_of_a_thousand_edits(count: int) -> int:
    rows = tuple(
        Activity(uid, f"a{uid}", None if uid % 100 == 1 else uid - (uid - 1) % 100, duration=DAY)
        for uid in range(1, count + 1)
    )
    links = tuple(Link(uid, uid + 1) for uid in range(2, count) if uid % 100 > 1)
    plan = Plan(activities=rows, links=links)
    edits: list[Edit] = []
    for step in range(200):
        uid = count + 1 + step
        edits += [
            AddActivity(Activity(uid, "ny", parent=1), 0),
            AddLink(Link(uid, 2 + step)) if step < 90 else RenameActivity(uid, "n"),
            SetDuration(5 + step, 3 * DAY),
            MoveActivity(uid, 101, 3),
            RemoveActivity(uid),
        ]
    changed, undo = apply_undoably(plan, edits)
    assert len(changed.activities) == count
    assert apply_all(changed, undo) == plan
    return calls(lambda: apply_undoably(plan, edits))


def test_modes_and_other_fields_are_set_whole() -> None:
    edit = edit_from_json({"kind": "activity.mode", "uid": 2, "mode": "manual"})
    assert row_of(apply(house(), edit), 2).mode is Mode.MANUAL
