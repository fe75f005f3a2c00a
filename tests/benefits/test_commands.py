"""The plan for benefits: proposed by most, decided by who answers for it; measuring is a fact."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from tests import making
from tests.benefits.planned import benefit, benefit_manager, indicator, measure

from tospann.benefits import commands, queries
from tospann.benefits.commands.handing_over import hand_over_all
from tospann.benefits.models import Benefit, BenefitKind, BenefitState, Measurement, Moment
from tospann.foundation.authority import Role
from tospann.foundation.commands import Proposed, submit
from tospann.foundation.errors import Invalid, NotAllowed
from tospann.foundation.ids import new_id
from tospann.people.actors import actor_for
from tospann.projects.commands import add_goal, remove_goal
from tospann.projects.models import GoalLevel

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def made():
    return benefit_manager(making.project("Svømmehall"))


@pytest.fixture
def nina(made):
    return actor_for(made.people[Role.BENEFIT_RESPONSIBLE])


def test_codes_follow_the_kind_and_are_not_used_twice(made, nina):
    kinds = [BenefitKind.PRICED, BenefitKind.PRICED, BenefitKind.QUALITATIVE, BenefitKind.OTHERS]
    assert [benefit(made, nina, kind).code for kind in kinds] == ["Ø1", "Ø2", "K1", "A1"]
    first = Benefit.objects.get(code="Ø1")
    commands.change_benefit(nina, first, title="Annet", kind=BenefitKind.OTHER_BODIES)
    assert first.code == "Ø1"
    assert Benefit.objects.get(pk=first.pk).code == "V1"
    assert benefit(made, nina).code == "Ø3"


def test_a_benefit_that_is_not_priced_has_no_amount(made, nina):
    with pytest.raises(Invalid):
        benefit(made, nina, BenefitKind.QUALITATIVE, value_per_year=Decimal(1))


def test_who_does_not_answer_for_the_plan_proposes(made):
    new = {"id": new_id(), "title": "Kortere ventetid", "kind": BenefitKind.QUALITATIVE}
    proposed = submit(made.coordinator, commands.add_benefit.on(made.project), **new)
    assert isinstance(proposed, Proposed)
    assert not Benefit.objects.exists()
    with pytest.raises(NotAllowed):
        submit(made.member, commands.add_benefit.on(made.project), **new)


def test_the_gauge_counts_from_the_first_measuring_towards_the_target(made, nina):
    energy = indicator(
        nina, benefit(made, nina), "60", start_on=TODAY, middle_on=TODAY, end_on=TODAY
    )
    assert queries.measured(energy).percent is None
    measure(nina, energy, "100")
    measure(nina, energy, "90", Moment.MIDDLE)
    fresh = queries.indicator(made.project, energy.pk)
    assert queries.measured(fresh).percent == 25
    measure(nina, energy, "50", Moment.END)
    fresh = queries.indicator(made.project, energy.pk)
    assert (queries.measured(fresh).percent, queries.measured(fresh).shown) == (125, 100)


def test_the_standing_weighs_priced_benefits_by_their_value(made, nina):
    for value, result in (("300000.00", "50"), ("100000.00", "10")):
        one = indicator(
            nina, benefit(made, nina, value_per_year=Decimal(value)), start_on=TODAY, end_on=TODAY
        )
        measure(nina, one, "0")
        measure(nina, one, result, Moment.END)
    benefit(made, nina, BenefitKind.QUALITATIVE, owner=None)
    told = queries.standing(made.project)
    assert (told.benefits, told.without_owner, told.without_indicator) == (3, 1, 1)
    assert (told.expected_per_year, told.attained_per_year) == (400000, Decimal("160000.00"))
    assert told.attained_percent == 40
    assert queries.standings([new_id()]) == {}


def test_who_may_measure(made, nina):
    one = indicator(nina, benefit(made, nina), start_on=TODAY, responsible=made.member.person_id)
    planned = Measurement.objects.get(indicator=one)
    with pytest.raises(NotAllowed):
        commands.record_measurement(made.actor(Role.GUEST), planned, value=Decimal(1))
    with pytest.raises(NotAllowed):
        commands.record_measurement(made.owner, planned, value=Decimal(1))
    tomorrow = TODAY + timedelta(days=1)
    with pytest.raises(Invalid):
        commands.record_measurement(made.member, planned, value=Decimal(1), measured_on=tomorrow)
    commands.record_measurement(made.member, planned, value=Decimal("7.5"))
    found = Measurement.objects.get(pk=planned.pk)
    assert (found.value, found.measured_by_id) == (Decimal("7.5"), made.member.person_id)
    with pytest.raises(Invalid):
        commands.record_measurement(made.member, found, value=Decimal(8))
    commands.correct_measurement(made.coordinator, found, value=Decimal(8))
    with pytest.raises(Invalid):
        commands.remove_indicator(nina, one)


def test_handing_over_plans_what_is_measured_afterwards(made, nina):
    one = benefit(made, nina)
    days = [date(2027, 6, 1), date(2028, 6, 1)]
    with pytest.raises(Invalid):
        commands.hand_over_benefit(nina, one, owner=made.owner.person_id, measure_on=days)
    indicator(nina, one)
    for _twice in range(2):
        fresh = Benefit.objects.get(pk=one.pk)
        commands.hand_over_benefit(nina, fresh, owner=made.owner.person_id, measure_on=days)
    found = Benefit.objects.get(pk=one.pk)
    assert (found.owner_id, found.state) == (made.owner.person_id, BenefitState.REALISING)
    assert [m.due_on for m in Measurement.objects.order_by("due_on")] == days
    assert queries.standing(made.project).handed_over == 1


def test_a_change_leads_to_exactly_the_benefits_that_are_named(made, nina):
    first, second = benefit(made, nina), benefit(made, nina)
    change = commands.plan_change(
        nina, made.project, id=new_id(), title="Nye vaktlag", benefits=[first.pk]
    )
    commands.revise_change(nina, change, title="Nye vaktlag", benefits=[second.pk])
    assert [e.benefit_id for e in change.effects.all()] == [second.pk]
    with pytest.raises(Invalid):
        commands.revise_change(nina, change, title="Nye vaktlag", benefits=[new_id()])
    commands.remove_change(nina, change)
    assert not queries.changes(made.project).exists()


def test_a_goal_that_benefits_lead_to_stays(made, nina):
    goal = add_goal(
        made.manager, made.project, id=new_id(), level=GoalLevel.OUTCOME, description="Flere bader"
    )
    benefit(made, nina, goal=goal.pk)
    with pytest.raises(Invalid):
        remove_goal(made.manager, goal)


def test_what_a_leaver_owned_is_taken_over(made, nina):
    one = benefit(made, nina)
    indicator(nina, one, responsible=nina.person_id)
    leaving = made.people[Role.BENEFIT_RESPONSIBLE]
    assert queries.open_count(leaving) == 2
    hand_over_all(made.manager, leaving, None)
    assert Benefit.objects.get().owner_id == made.owner.person_id
    assert queries.open_count(leaving) == 0
