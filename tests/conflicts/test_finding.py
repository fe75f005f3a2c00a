"""When a conflict is found, followed, and closed by itself."""

from datetime import date

import pytest
from tests import making

import planengine as engine
from tospann.conflicts.finding import find
from tospann.conflicts.jobs import look
from tospann.conflicts.models import Conflict, ConflictState, Involved, WayOut
from tospann.foundation.authority import Role
from tospann.notifications.models import Notification
from tospann.planning import commands as planning

pytestmark = pytest.mark.django_db


def test_what_two_projects_want_together_is_a_conflict_once(found):
    one = found.conflict
    assert (one.starts_on, one.ends_on) == (date(2027, 1, 11), date(2027, 2, 7))
    assert one.hours_over == 75
    assert [week["over"] for week in one.weeks] == [37.5, 0, 0, 37.5]
    found.look()
    assert Conflict.objects.count() == 1
    assert Involved.objects.count() == 2


def test_the_ways_out_are_two_or_three_the_cheapest_first_and_all_solve_it(found):
    ways = list(WayOut.objects.all())
    assert [one.kind for one in ways] == ["levelling", "later"]
    assert all(one.hours_left == 0 for one in ways)
    assert ways[0].cost == 0
    assert ways[1].cost > 0
    assert len(ways[0].operations) == 2
    assert all(len(one.effects) == 2 for one in ways)


def test_one_project_that_wants_too_much_alone_is_its_own_matter(found):
    assert list(find([found.one.people[Role.MEMBER].pk, found.shared.pk])) == [found.shared.pk]


def test_it_is_gone_when_a_plan_makes_way_by_itself(found):
    head = found.plan(found.other)
    free = found.other.people[Role.MEMBER].pk
    edits = [engine.edit_to_json(engine.SetResponsible(uid, str(free))) for uid in (1, 2)]
    planning.apply_edits(found.other.manager, head, base_revision=head.revision, edits=edits)
    look.func(project=str(found.other.project.pk))
    assert found.conflict.state == ConflictState.GONE


def test_those_who_decide_are_told_once(found):
    from tospann.conflicts.jobs import work_out

    for _time in range(2):
        work_out.func(conflict=str(found.conflict.pk))
    told = Notification.objects.filter(key=f"conflict:{found.conflict.pk}")
    assert [one.person_id for one in told] == [found.leader.person_id]


def test_part_time_leaves_less(found):
    from tospann.resources.models import Employment

    half = Employment(person=found.shared, percent=50, starts_on=date(2026, 1, 1))
    making.inside(half.save)
    found.look()
    assert found.conflict.weeks[0]["there"] == 18.75 or found.conflict.weeks[0]["there"] == 18.8
