"""Edits made on one revision of a plan, put on the plan as it has become."""

from dataclasses import replace

import pytest

import planengine as engine
from planengine.instants import DAY
from tospann.planning.rebase import put_on
from tospann.planning.skeleton import ENDS, no_earlier

pytestmark = pytest.mark.django_db  # the names of people

WEEK = 5 * 8 * 3600
PLAN = engine.Plan(
    name="Bru",
    activities=(
        engine.Activity(1, "Grave", duration=WEEK),
        engine.Activity(2, "Støpe", duration=WEEK),
        engine.Activity(3, "Overbygg", duration=0),
        engine.Activity(4, "Dragere", parent=3, duration=WEEK),
        engine.Activity(5, "Dekke", parent=3, duration=WEEK),
    ),
    links=(engine.Link(1, 2), engine.Link(2, 4), engine.Link(4, 5)),
)
LONGER = engine.SetDuration(2, 2 * WEEK)


def on(edits, *theirs, choices=None, members=()):
    return put_on(PLAN, engine.apply_all(PLAN, theirs), edits, choices or {}, members)


def edits(found):
    return [edit for _place, edit in found.edits]


def test_what_does_not_meet_follows_the_plan():
    found = on([LONGER], engine.RenameActivity(1, "Sprenge"), engine.RemoveLink(4, 5, "FS"))
    assert (edits(found), found.conflicts, found.left_out) == ([LONGER], (), ())


def test_a_field_both_changed_is_chosen_by_somebody():
    theirs = engine.SetDuration(2, 3 * WEEK)
    (one,) = on([LONGER], theirs).conflicts
    assert (one.kind, one.row, one.field, one.places) == ("changed", "«Støpe»", "varighet", (0,))
    assert (one.base, one.mine, one.theirs) == ("5 dager", "10 dager", "15 dager")
    mine = on([LONGER], theirs, choices={one.key: "mine"})
    assert (edits(mine), mine.conflicts) == ([LONGER], ())
    plans = on([LONGER], theirs, choices={one.key: "theirs"})
    assert (edits(plans), plans.conflicts, plans.left_out) == ([], (), (0,))


def test_what_both_made_alike_is_no_conflict():
    assert on([LONGER], LONGER).conflicts == ()


def test_the_fields_an_edit_leaves_as_they_were_follow_the_plan():
    theirs = engine.SetDuration(2, WEEK, estimated=True)
    found = on([LONGER], theirs)
    assert found.conflicts == ()
    assert edits(found) == [replace(LONGER, estimated=True)]


def test_a_row_the_plan_has_lost_is_left_out_or_put_back():
    (one,) = on([LONGER], engine.RemoveActivity(2)).conflicts
    assert (one.kind, one.theirs, one.may_keep) == ("gone", "fjernet", True)
    out = on([LONGER], engine.RemoveActivity(2), choices={one.key: "theirs"})
    assert (edits(out), out.conflicts) == ([], ())
    back = on([LONGER], engine.RemoveActivity(2), choices={one.key: "mine"})
    assert back.conflicts == ()
    assert [edit.kind for edit in edits(back)] == ["activity.add", "activity.duration"]


def test_removing_what_the_plan_has_changed_below_is_one_choice():
    remove = engine.RemoveActivity(3)
    theirs = (engine.RenameActivity(4, "Bjelker"), engine.SetDuration(5, 2 * WEEK))
    found = on([remove], *theirs)
    assert {one.places for one in found.conflicts} == {(0,)}
    assert len(found.conflicts) == 1
    key = found.conflicts[0].key
    assert edits(on([remove], *theirs, choices={key: "mine"})) == [remove]
    assert edits(on([remove], *theirs, choices={key: "theirs"})) == []


def test_links_that_together_make_a_circle_are_named():
    mine = engine.AddLink(engine.Link(5, 1))
    theirs = engine.RemoveLink(1, 2, "FS")
    assert put_on(PLAN, PLAN, [theirs, mine], {}, ()).conflicts == ()
    (one,) = on([mine]).conflicts
    assert (one.kind, one.places, one.may_keep) == ("unfit", (0,), False)
    out = on([mine, LONGER], choices={one.key: "theirs"})
    assert (edits(out), out.conflicts) == ([LONGER], ())


def test_somebody_who_has_left_is_named_and_nothing_else_is_lost():
    given = engine.SetResponsible(1, "0192aaaa-0000-7000-8000-000000000000")
    (one,) = on([given, LONGER]).conflicts
    assert (one.kind, one.places) == ("unfit", (0,))
    assert "deltar ikke lenger" in one.sentence
    assert on([given, LONGER], members=[given.responsible]).conflicts == ()


def test_rows_ordered_by_both_are_chosen_about():
    mine = engine.MoveActivity(5, 3, 0)
    theirs = (engine.AddActivity(engine.Activity(6, "Rekkverk", parent=3)),)
    assert on([mine], *theirs).conflicts == ()


def test_a_constraint_follows_a_moved_neighbour():
    mine = engine.SetConstraint(1, no_earlier(20_000 * DAY + ENDS))
    found = on([mine], engine.SetDuration(2, 4 * WEEK))
    assert (edits(found), found.conflicts) == ([mine], ())
