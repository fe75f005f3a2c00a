"""What projects want of people: from plans, agreements and employment, week by week."""

from datetime import date

import pytest
import time_machine
from tests import making

import planengine as engine
from tospann.foundation.authority import Role
from tospann.foundation.ids import new_id
from tospann.foundation.reactions import carry_out_owed
from tospann.planning import commands as planning
from tospann.planning.skeleton import PlannedRow, outline_edits
from tospann.resources import capacity, load
from tospann.resources.models import Absence, Agreement, Employment, Load
from tospann.resources.weeks import monday, number_of, week_of, weeks_from

pytestmark = pytest.mark.django_db
MONDAY = date(2027, 1, 11)
EASTER = date(2027, 3, 22)
"""Of the week with Maundy Thursday and Good Friday."""


@pytest.fixture(autouse=True)
def in_january():
    with time_machine.travel("2027-01-11T08:00:00+01:00", tick=False):
        yield


@pytest.fixture
def made():
    return making.project(key="NF")


def plan(made, *rows):
    return planning.start_plan(made.coordinator, made.project, edits=outline_edits(rows))


def agreed(made, person, percent, first, last):
    made_ = Agreement(
        id=new_id(),
        project=made.project,
        number=new_id().int % 1_000_000,
        person=person,
        percent=percent,
        starts_on=first,
        ends_on=last,
        agreed_until=last,
    )
    making.inside(made_.save)


def test_weeks_are_iso_weeks_also_in_a_year_with_53_of_them():
    assert [number_of(w) for w in weeks_from(date(2026, 12, 28), 2)] == [(2026, 53), (2027, 1)]
    assert monday(week_of(date(2027, 1, 3))) == date(2026, 12, 28)


def test_capacity_is_employment_less_public_holidays_and_absence(made):
    whole, part, away = (making.person() for _one in range(3))
    for one in (
        Employment(person=part, percent=60, starts_on=date(2026, 1, 1), ends_on=date(2027, 1, 13)),
        Absence(person=away, starts_on=date(2027, 1, 14), ends_on=date(2027, 1, 20)),
        Absence(person=away, starts_on=date(2027, 1, 25), ends_on=date(2027, 1, 29), percent=50),
    ):
        making.inside(one.save)
    found = capacity.of_people([whole.pk, part.pk, away.pk], weeks_from(MONDAY, 3))
    assert found[whole.pk] == [37.5, 37.5, 37.5]
    assert found[part.pk] == [13.5, 0, 0]
    assert found[away.pk] == [22.5, 15.0, 18.75]
    assert capacity.of_person(whole.pk, weeks_from(EASTER, 2)) == [22.5, 30.0]
    assert capacity.away_days([away.pk], weeks_from(MONDAY, 3)) == {
        away.pk: {week_of(MONDAY): 2, week_of(MONDAY) + 1: 3, week_of(MONDAY) + 2: 5}
    }


def test_tasks_of_a_responsible_take_whole_days_once_and_her_agreed_share_when_there_is_one(made):
    member, owner = made.people[Role.MEMBER], made.people[Role.OWNER]
    week = (date(2027, 1, 11), date(2027, 1, 15))
    plan(
        made,
        PlannedRow("Grave", 1, *week, responsible=member.pk),
        PlannedRow("Male", 1, *week, responsible=member.pk),
        PlannedRow("Lese", 1, *week, responsible=owner.pk),
        PlannedRow("Ferdig", 1, *week, responsible=owner.pk, percent=100),
    )
    agreed(made, owner, 40, date(2027, 1, 1), date(2027, 1, 31))
    load.refresh(made.project.pk)
    found = load.planned([member.pk, owner.pk], weeks_from(MONDAY, 2))
    assert found == {member.pk: [37.5, 0.0], owner.pk: [15.0, 15.0]}
    row = Load.objects.get(person=owner, week=week_of(MONDAY) + 1)
    assert (row.planned, row.agreed, row.minutes) == (0, 900, 900)


def test_assignments_of_the_plan_say_it_more_precisely(made):
    member = made.people[Role.MEMBER]
    row = PlannedRow("Grave", 1, date(2027, 1, 11), date(2027, 1, 15), responsible=member.pk)
    head = plan(made, row)
    edits = [
        engine.AddResource(engine.Resource(1, "Kari", person=str(member.pk))),
        engine.AddResource(engine.Resource(2, "Per", email=made.people[Role.OWNER].email.upper())),
        engine.AddResource(engine.Resource(3, "Ukjent", email="nobody@example.org")),
        *(engine.AddAssignment(engine.Assignment(n, 1, n, units=n / 4)) for n in (1, 2, 3)),
    ]
    planning.apply_edits(
        made.coordinator,
        head,
        base_revision=head.revision,
        edits=[engine.edit_to_json(one) for one in edits],
    )
    carry_out_owed()
    rows = Load.objects.filter(project=made.project, week=week_of(MONDAY))
    assert dict(rows.values_list("person_id", "planned")) == {
        member.pk: 562,
        made.people[Role.OWNER].pk: 1125,
    }


def test_two_projects_add_up_and_a_closed_one_wants_nobody(made):
    other, member = making.project(key="HALL"), made.people[Role.MEMBER]
    for one in (made, other):
        agreed(one, member, 60, MONDAY, date(2027, 1, 15))
        load.refresh(one.project.pk)
    weeks = weeks_from(MONDAY, 1)
    assert load.planned([member.pk], weeks) == {member.pk: [45.0]}
    assert load.by_project([member.pk], weeks)[member.pk] == {
        made.project.pk: [22.5],
        other.project.pk: [22.5],
    }
    other.project.refresh_from_db()
    other.project.state = "closed"
    making.inside(other.project.save, other.project)
    carry_out_owed()
    assert load.planned([member.pk], weeks) == {member.pk: [22.5]}
