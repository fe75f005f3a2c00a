"""Request, offer, counter-offer, agreement: who answers when, and what is refused."""

from datetime import date, timedelta
from functools import partial

import pytest
import time_machine
from django.utils import timezone, translation
from tests import making
from tests.resources.making_people import TERMS, agreed, asked, line, offered

from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.commands import Proposed, submit
from tospann.foundation.errors import Invalid, NotAllowed
from tospann.foundation.ids import new_id
from tospann.foundation.reactions import carry_out_owed
from tospann.notifications.models import Notification
from tospann.people.actors import actor_for
from tospann.projects import commands as projects
from tospann.projects.models import Membership
from tospann.projects.queries import on_team
from tospann.resources import commands
from tospann.resources.models import Agreement, Load, Offer, OfferState, RequestState

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_january():
    with time_machine.travel("2027-01-11T08:00:00+01:00", tick=False), translation.override("en"):
        yield


@pytest.fixture
def made():
    return making.project(key="NF")


@pytest.fixture
def hers():
    return line()


def test_request_offer_counter_offer_agreement(made, hers):
    request = asked(made, hers)
    assert (request.unit, request.state) == (hers.unit, RequestState.OPEN)
    offer = offered(request, hers, percent=30)
    counter = commands.counter_offer(
        made.manager, offer, id=new_id(), text="Vi trenger mer", **TERMS, notice_days=7
    )
    request.refresh_from_db()
    assert (request.state, counter.rate) == (RequestState.COUNTERED, offer.rate)
    agreement = commands.accept_counter_offer(hers.actor, counter, id=new_id())
    request.refresh_from_db()
    assert request.state == RequestState.AGREED
    assert list(Offer.objects.values_list("state", flat=True)) == [
        OfferState.REPLACED,
        OfferState.ACCEPTED,
    ]
    assert (agreement.percent, str(agreement.rate), agreement.notice_days) == (50, "987.65", 7)
    assert Membership.objects.filter(project=made.project, person=hers.kari).exists()
    carry_out_owed()
    assert Load.objects.filter(project=made.project, person=hers.kari).count() == 13


def test_each_side_answers_the_other_sides_offer_only(made, hers):
    offer = offered(asked(made, hers), hers)
    with pytest.raises(NotAllowed):
        commands.accept_counter_offer(hers.actor, offer, id=new_id())
    with pytest.raises(NotAllowed):
        commands.accept_offer(hers.actor, offer, id=new_id())
    counter = commands.counter_offer(made.manager, offer, id=new_id(), **TERMS)
    with pytest.raises(NotAllowed, match="other side"):
        commands.accept_offer(made.manager, counter, id=new_id())
    with pytest.raises(NotAllowed, match="no longer the latest"):
        commands.accept_offer(made.manager, refreshed(offer), id=new_id())


def refreshed(record):
    record.refresh_from_db()
    return record


def test_another_line_manager_neither_answers_nor_offers_others_people(made, hers):
    request, other = asked(made, hers), line("Drift")
    with pytest.raises(NotAllowed, match="another line manager"):
        offered(request, other)
    open_to_all = asked(made, hers, person=None)
    with pytest.raises(Invalid, match="line manager of"):
        commands.make_offer(other.actor, open_to_all, id=new_id(), person=hers.kari.pk, **TERMS)
    with pytest.raises(NotAllowed):
        commands.decline_request(made.manager, open_to_all, reason="Nei")
    declined = commands.decline_request(other.actor, open_to_all, reason="Alle er opptatt")
    assert declined.state == RequestState.DECLINED
    with pytest.raises(NotAllowed, match="settled"):
        offered(refreshed(open_to_all), hers)


def test_overlapping_agreements_are_refused_with_what_is_in_the_way(made, hers):
    agreed(made, hers)
    for first, last in (("2027-04-30", "2027-06-30"), ("2026-12-01", "2027-02-01")):
        with pytest.raises(Invalid) as refusal:
            asked(made, hers, starts_on=first, ends_on=last)
        assert refusal.value.field == "starts_on"
        assert "Kari Nordmann already has an agreement" in refusal.value.message
        assert "1 Feb 2027 to 30 Apr 2027 (50 %)" in refusal.value.message.replace("\xa0", " ")
    agreed(made, hers, starts_on=date(2027, 5, 1), ends_on=date(2027, 6, 30))
    assert Agreement.objects.count() == 2


def test_two_offers_for_the_same_days_become_one_agreement(made, hers):
    """Both were made before either was accepted."""
    first, second = (offered(asked(made, hers), hers) for _one in range(2))
    commands.accept_offer(made.manager, first, id=new_id())
    with pytest.raises(Invalid, match="already has an agreement"):
        commands.accept_offer(made.manager, second, id=new_id())
    assert Agreement.objects.count() == 1


def test_the_coordinator_proposes_and_a_proposal_holds_no_rate(made, hers):
    bound = commands.ask_for_people.on(made.project)
    wanted = {"id": new_id(), "role": "Tester", "person": hers.kari.pk} | TERMS
    assert isinstance(submit(made.coordinator, bound, **wanted), Proposed)
    recorded = commands.record_agreement.on(made.project)
    values = {"id": new_id(), "person": making.person().pk} | TERMS
    with pytest.raises(Invalid, match="cannot be part of a proposal") as refusal:
        submit(made.coordinator, recorded, rate="900", **values)
    assert refusal.value.field == "rate"
    assert isinstance(submit(made.coordinator, recorded, **values), Proposed)


def test_who_has_a_line_manager_is_asked_for_and_not_written_down(made, hers):
    with pytest.raises(Invalid, match="Kari Nordmann works in Utvikling"):
        commands.record_agreement(
            made.manager, made.project, id=new_id(), person=hers.kari.pk, **TERMS
        )


@pytest.mark.parametrize("by", ["project", "line"])
def test_an_agreement_ends_with_the_notice_agreed_on(made, hers, by):
    agreement = agreed(made, hers)
    end, actor = (
        (commands.end_agreement, made.manager)
        if by == "project"
        else (commands.withdraw_person, hers.actor)
    )
    with time_machine.travel("2027-03-01T08:00:00+01:00", tick=False):
        with pytest.raises(Invalid, match="14 days of notice"):
            end(actor, agreement, ends_on=date(2027, 3, 14), reason="Ferdig")
        with pytest.raises(Invalid, match="Choose an earlier day"):
            end(actor, agreement, ends_on=date(2027, 4, 30), reason="Ferdig")
        ended = end(actor, agreement, ends_on=date(2027, 3, 15), reason="Ferdig")
    assert (ended.ends_on, ended.agreed_until) == (date(2027, 3, 15), date(2027, 4, 30))
    with (
        time_machine.travel("2027-03-16T08:00:00+01:00", tick=False),
        pytest.raises(NotAllowed, match="over"),
    ):
        end(actor, refreshed(ended), ends_on=date(2027, 3, 16), reason="Ferdig")


def test_a_period_has_its_days_in_order_and_shares_are_from_1_to_100(made, hers):
    for values in ({"ends_on": date(2027, 1, 31)}, {"percent": 0}, {"percent": 101}):
        with pytest.raises(Invalid):
            asked(made, hers, **values)


def test_the_other_side_is_told(made, hers):
    request = asked(made, hers)
    carry_out_owed()
    offer = offered(request, hers)
    carry_out_owed()
    commands.accept_offer(made.manager, offer, id=new_id())
    carry_out_owed()
    told = Notification.objects.order_by("pk").values_list("person__name", "link")
    manager = made.people[Role.MANAGER].name
    assert list(told)[:2] == [
        (hers.manager.name, f"/line/requests/{request.pk}"),
        (manager, request.get_absolute_url()),
    ]
    assert {name for name, _link in told} == {hers.manager.name, manager, hers.kari.name}


def test_only_hers_may_have_their_absence_skills_rate_and_share_changed(made, hers):
    other, stranger = line("Drift"), actor_for(making.person())
    days = {"starts_on": date(2027, 1, 18), "ends_on": date(2027, 1, 20)}
    for actor in (other.actor, stranger, made.manager):
        with pytest.raises(NotAllowed):
            commands.record_absence(actor, hers.kari, id=new_id(), **days)
    for actor in (other.actor, stranger, made.manager, made.owner):
        with pytest.raises(NotAllowed):
            commands.set_rate(
                actor, hers.kari, id=new_id(), amount="900", valid_from=date(2027, 1, 1)
            )
    commands.record_absence(actor_for(hers.kari), hers.kari, id=new_id(), **days)
    with pytest.raises(Invalid, match="recorded already"):
        commands.record_absence(hers.actor, hers.kari, id=new_id(), **days)
    agreed(made, hers)
    commands.set_skill(made.coordinator, hers.kari, id=new_id(), name="Python")
    commands.set_skill(hers.actor, hers.kari, id=new_id(), name="python", level=3)
    assert [(one.skill.name, one.level) for one in hers.kari.skills.all()] == [("Python", 3)]
    share = commands.set_working_share(
        hers.actor, hers.kari, id=new_id(), percent=80, starts_on=date(2027, 2, 1)
    )
    assert [(str(one.starts_on), one.percent) for one in hers.kari.employments.all()] == [
        ("2026-01-01", 100),
        ("2027-02-01", 80),
    ]
    with pytest.raises(Invalid, match="already works somewhere"):
        commands.employ(SYSTEM, hers.kari, id=new_id(), starts_on=share.starts_on)


def test_whoever_comes_back_is_on_the_team_again(made, hers):
    member = projects.appoint(SYSTEM, made.project, person=hers.kari.pk, role=Role.MEMBER)
    today = timezone.localdate()
    making.inside(partial(_over, member, today - timedelta(days=1)), made.project)
    assert hers.kari.pk not in on_team(made.project.pk)
    agreed(made, hers)
    assert hers.kari.pk in on_team(made.project.pk)
    with pytest.raises(Invalid):
        projects.appoint(SYSTEM, made.project, person=hers.kari.pk, role=Role.MEMBER)


def _over(membership, day):
    membership.until = day
    membership.save()
