"""The fast check says yes only where `validate` finds nothing but circles."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from tests.planengine.builders import house
from tests.planengine.test_edit_laws import WILD

from planengine import Activity, Link, Plan, validate
from planengine.validation.quick import soundly_read


def test_a_sound_plan_is_seen_at_once() -> None:
    assert soundly_read(house())


@settings(max_examples=150, deadline=None)
@given(WILD)
def test_yes_means_that_nothing_is_wrong(plan: Plan) -> None:
    if soundly_read(plan):
        assert {error.code for error in validate(plan)} <= {"link.cycle"}


def test_what_is_broken_is_never_plainly_sound() -> None:
    plan = house()
    rows = plan.activities
    broken = [
        replace(plan, minutes_per_day=0),
        replace(plan, calendar=99),
        replace(plan, activities=(*rows, rows[0])),
        replace(plan, activities=(rows[1], *rows)),
        replace(plan, activities=(*rows, Activity(9, "Lost", parent=77))),
        replace(plan, activities=(*rows, Activity(9, "Minus", duration=-1))),
        replace(plan, activities=(*rows, Activity(9, "Calendar", calendar=77))),
        replace(plan, activities=(*rows, Activity(9, "Back", start=9, finish=5))),
        replace(plan, links=(Link(2, 2),)),
        replace(plan, links=(Link(2, 99),)),
        replace(plan, links=(Link(1, 3),)),
        replace(plan, links=(Link(2, 3), Link(2, 3, lag=60))),
        replace(plan, links=(Link(2, 3, lag=10**12),)),
        replace(plan, assignments=(replace(plan.assignments[0], resource=77),)),
        replace(plan, assignments=(replace(plan.assignments[0], units=-1.0),)),
    ]
    for one in broken:
        assert validate(one)
        assert not soundly_read(one)
