"""The load of a plan week by week: named people, unnamed resources, part time."""

from datetime import date

import pytest

import planengine as engine
from tospann.foundation.authority import Role
from tospann.planning import store
from tospann.planning.load import levelling
from tospann.planning.load.staffing import staffed, with_people
from tospann.planning.load.weeks import lines, mondays

pytestmark = pytest.mark.django_db
WEEKS = mondays(date(2027, 1, 4), date(2027, 1, 29))


def by_name(of):
    return {one.person or one.name: one for one in lines(of, WEEKS)}


def test_whoever_is_responsible_counts_where_nobody_is_assigned(made, head):
    found = by_name(levelling.of_plan(head))
    her = found[made.people[Role.MEMBER].pk]
    assert [week.wanted for week in her.weeks] == [0, 60, 0, 0]  # 5 + 3 days of 7.5 h
    assert [week.over for week in her.weeks] == [0, 22.5, 0, 0]
    assert her.weeks[1].available == 37.5
    assert found["Kran"].weeks[2].over == 15


def test_adding_people_moves_no_date(head):
    loaded = store.load(head)
    with_them = engine.schedule(with_people(loaded.plan))
    alone = engine.schedule(loaded.plan)
    assert [with_them[uid][:3] for uid in loaded.rows] == [alone[uid][:3] for uid in loaded.rows]


def test_part_time_leaves_less(made, head):
    who = made.people[Role.MEMBER].pk
    her = by_name(staffed(store.load(head), {who: 0.5}))[who]
    assert her.weeks[1].available == 18.75
    assert her.weeks[1].over == pytest.approx(41.25)


def test_an_assignment_counts_instead_of_who_is_responsible(made, head):
    who = made.people[Role.MEMBER].pk
    plan = engine.apply_all(
        store.load(head).plan,
        [
            engine.AddResource(engine.Resource(2, "Hun", person=str(who))),
            engine.AddAssignment(engine.Assignment(3, 1, 2, units=0.4)),
        ],
    )
    both = with_people(plan)
    assert [one.units for one in both.assignments if one.resource == 2] == [0.4, 1.0]
    assert len(both.resources) == 2


def test_what_is_done_asks_nothing_more_of_anybody(made, head):
    plan = engine.apply_all(
        store.load(head).plan, [engine.SetProgress(2, engine.Progress(percent=100))]
    )
    assert 2 not in {one.activity for one in with_people(plan).assignments}
