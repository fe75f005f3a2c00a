"""How certain the plan is: estimates, events, percentiles, a draft beside the plan."""

from datetime import date

import pytest
from django.urls import reverse
from tests.planning.test_consequences import LATER, WORKDAY, change, estimated, made, plan  # noqa: F401

import planengine as engine
from tospann.foundation.authority import Role
from tospann.foundation.errors import Invalid, NotAllowed
from tospann.foundation.ids import new_id
from tospann.planning import store
from tospann.planning.consequences import full
from tospann.planning.drafts.drafting import open_draft
from tospann.planning.models import Plan, UncertainEvent
from tospann.planning.prepare import prepared
from tospann.planning.simulate import commands

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_(client, made):  # noqa: F811
    def sign_in(role):
        client.force_login(made.people[role])
        return client

    return sign_in


def page(client, made, **asked):  # noqa: F811
    return client.get(reverse("simulate", args=[made.project.key]), asked).content.decode()


def event(made, **values):  # noqa: F811
    said = {"name": "Funn i grunnen", "probability": 40, "activity_uid": 1, "delay": [5, 10, 30]}
    return commands.add_uncertain_event(
        made.coordinator, made.project, id=new_id(), **{**said, **values}
    )


def test_a_plan_without_estimates_says_how_to_begin(as_, made, plan):  # noqa: F811
    client = as_(Role.COORDINATOR)
    shown = page(client, made)
    assert "Ingenting i denne planen er usikkert ennå." in shown
    assert '<svg class="curve"' not in shown
    assert '<svg class="curve"' in page(client, made, spread="1")


@pytest.mark.parametrize("rows", [1, 3])
def test_estimates_draw_a_curve_and_a_tornado(as_, made, plan, rows, django_assert_num_queries):  # noqa: F811
    change(made, plan, *(estimated(uid, 10, 20, 60) for uid in (1, 2, 4)[:rows]))
    client = as_(Role.MEMBER)
    page(client, made)
    with django_assert_num_queries(13):
        shown = page(client, made)
    assert shown.count('<svg class="curve"') == 2
    assert f"{rows} av 3 åpne oppgaver" in shown


def test_estimates_are_read_as_one_says(as_, made, plan):  # noqa: F811
    change(made, plan, estimated(2, 10, 20, 60))
    client = as_(Role.MEMBER)
    for reading, expected in (("", "32,4"), ("erlang", "32,4"), ("pert", "25"), ("golf", "32,4")):
        shown = page(client, made, reading=reading)
        assert f'class="is-number">{expected}</td>' in shown, reading
    assert '<option value="pert" selected>' in page(client, made, reading="pert")


def test_an_estimate_is_a_change_of_the_plan(as_, made, plan):  # noqa: F811
    client = as_(Role.COORDINATOR)
    address = reverse("estimate_task", args=[made.project.key, 2])
    said = {"base_revision": plan.revision, "low": "30", "likely": "40", "high": "25"}
    wrong = client.post(address, said)
    assert wrong.status_code == 422
    assert client.post(address, {**said, "high": ""}).status_code == 422
    assert client.post(address, {**said, "high": "70"}).status_code == 302
    head = Plan.objects.get(pk=plan.pk)
    kept = next(one for one in store.load(head).plan.activities if one.uid == 2)
    assert kept.estimate == engine.ThreePoint(30 * WORKDAY, 40 * WORKDAY, 70 * WORKDAY)
    assert head.is_uncertain
    said = {**said, "base_revision": head.revision, "high": "70", "reading": "uniform"}
    assert client.post(address, said).status_code == 302
    head = Plan.objects.get(pk=plan.pk)
    kept = next(one for one in store.load(head).plan.activities if one.uid == 2)
    assert kept.estimate.reading is engine.Reading.UNIFORM
    assert "Alt mellom dem er like sannsynlig" in page(client, made).split('id="estimate-2"')[1]
    again = {"base_revision": head.revision, "low": "", "likely": "", "high": ""}
    assert client.post(address, again).status_code == 302
    assert not Plan.objects.get(pk=plan.pk).is_uncertain


def test_a_guest_may_not_estimate(as_, made, plan):  # noqa: F811
    address = reverse("estimate_task", args=[made.project.key, 2])
    assert as_(Role.GUEST).get(address).status_code in {403, 404}


def test_an_event_moves_the_percentiles_of_everything(as_, made, plan):  # noqa: F811
    change(made, plan, estimated(2, 30, 41, 60))
    without = full(None, plan, prepared(plan, [LATER]))
    event(made)
    having = full(None, plan, prepared(plan, [LATER]))
    assert having.finish.before.p80 > without.finish.before.p80
    assert having.inputs_hash != without.inputs_hash
    assert "Funn i grunnen" in page(as_(Role.MANAGER), made)


def test_an_event_of_a_task_that_is_gone_delays_nothing(made, plan):  # noqa: F811
    change(made, plan, estimated(2, 30, 41, 60))
    event(made, activity_uid=4, cost=[1, 2, 3])
    tried = prepared(plan, [engine.RemoveActivity(4)])
    found = full(None, plan, tried)
    assert found.is_whole
    assert found.finish.p80_days == 0


WRONG = [
    {"delay": [3, 2, 9]},
    {"delay": [1, 2]},
    {"delay": None},
    {"activity_uid": None},
    {"activity_uid": 999},
    {"probability": 0},
    {"probability": 100},
]


@pytest.mark.parametrize("values", WRONG, ids=str)
def test_an_event_that_makes_no_sense_is_refused(made, plan, values):  # noqa: F811
    with pytest.raises(Invalid):
        event(made, **values)
    assert not UncertainEvent.objects.exists()


def test_members_read_events_and_do_not_write_them(made, plan):  # noqa: F811
    kept = event(made)
    with pytest.raises(NotAllowed):
        commands.change_uncertain_event(made.member, kept, name="x", probability=1, cost=[1, 1, 1])
    with pytest.raises(NotAllowed):
        commands.remove_uncertain_event(made.member, kept)


def test_events_through_the_pages(as_, made, plan):  # noqa: F811
    client = as_(Role.COORDINATOR)
    said = {"name": "Streik", "probability": "20", "cost_low": "1000", "cost_likely": "2000"}
    new = reverse("new_event", args=[made.project.key])
    assert client.post(new, said).status_code == 422
    assert client.post(new, {**said, "cost_high": "9 000"}).status_code == 302
    kept = UncertainEvent.objects.get()
    assert (kept.cost, kept.delay) == ([1000, 2000, 9000], [])
    edit = reverse("edit_event", args=[made.project.key, kept.pk])
    delayed = {**said, "cost_high": "9000", "activity_uid": "2", "version": kept.version}
    delayed |= {"delay_low": "1", "delay_likely": "2,5", "delay_high": "4"}
    assert client.post(edit, delayed).status_code == 302
    kept.refresh_from_db()
    assert kept.delay == [1, 2.5, 4]
    assert client.post(edit, delayed).status_code == 409
    assert client.post(reverse("remove_event", args=[made.project.key, kept.pk])).status_code == 302
    assert not UncertainEvent.objects.exists()


def test_a_draft_lies_beside_the_plan(as_, made, plan):  # noqa: F811
    change(made, plan, estimated(2, 30, 41, 60))
    longer = [engine.edit_to_json(estimated(2, 50, 60, 90))]
    draft = open_draft(made.coordinator, plan, "Romsligere", longer)
    shown = page(as_(Role.COORDINATOR), made, draft=draft.pk)
    assert "Romsligere" in shown
    assert shown.count("curve-other") == 3
    client = as_(Role.MEMBER)
    other = client.get(reverse("simulate", args=[made.project.key]), {"draft": draft.pk})
    assert other.status_code == 404  # not shared with her


def test_the_api_tells_the_same(as_, made, plan):  # noqa: F811
    change(made, plan, estimated(2, 30, 41, 60))
    client = as_(Role.MEMBER)
    address = f"/api/v1/projects/{made.project.key}/plan/simulate"
    found = client.get(address).json()
    days = [one["day"] for one in found["finish"]]
    assert days == sorted(days)
    assert found["draws"] == 2000
    assert found["planned"] == "2027-05-31"
    assert client.get(address, {"draws": 100_000}).status_code == 422
    consequences = full(None, plan, prepared(plan, []))
    assert date.fromisoformat(days[3]) == consequences.finish.before.p80
    events = f"/api/v1/projects/{made.project.key}/plan/events"
    assert client.get(events).json() == []


def test_the_api_of_a_certain_plan(as_, made, plan):  # noqa: F811
    found = as_(Role.MEMBER).get(f"/api/v1/projects/{made.project.key}/plan/simulate").json()
    assert found["is_uncertain"] is False
    assert found["planned"] == "2027-05-31"


def test_an_estimate_beyond_all_reason_is_told_and_breaks_nothing(as_, made, plan):  # noqa: F811
    change(made, plan, estimated(1, 1, 2000, 25_000))
    found = full(None, plan, prepared(plan, [LATER]))
    assert found.is_whole
    assert found.finish.days == 5
    assert found.finish.after.p80 is None
    shown = page(as_(Role.COORDINATOR), made)
    assert "68" in shown
    assert reverse("estimate_task", args=[made.project.key, 1]) in shown
