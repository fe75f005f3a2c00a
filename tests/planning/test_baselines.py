"""Freezing a plan by name, several times, and measuring it against any of them."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from tests import making
from tests.api.conftest import Caller, token_of

import planengine as engine
from tospann.cases import commands as cases
from tospann.cases.models import Case
from tospann.foundation.authority import Role
from tospann.foundation.commands import Done, Proposed, submit
from tospann.foundation.errors import Gone, Invalid
from tospann.foundation.models import AuditEntry
from tospann.foundation.undo import undo
from tospann.planning import baselines, commands, store
from tospann.planning.models import Activity, Plan
from tospann.planning.skeleton import PlannedRow, outline_edits

pytestmark = pytest.mark.django_db

ROWS = [
    PlannedRow("Kartlegge", 1, date(2027, 1, 11), date(2027, 1, 15)),
    PlannedRow("Ferdig", 1, milestone=True, after=(1,)),
]


@pytest.fixture
def made():
    return making.project()


@pytest.fixture
def plan(made):
    return commands.start_plan(made.coordinator, made.project, edits=outline_edits(ROWS))


def now(made):
    return Plan.objects.get(project=made.project)


def freeze(made, name=""):
    return commands.set_baseline(made.owner, now(made), base_revision=now(made).revision, name=name)


def longer(made, days):
    edit = engine.edit_to_json(engine.SetDuration(1, days * 27_000))
    return commands.apply_edits(
        made.manager, now(made), base_revision=now(made).revision, edits=[edit]
    )


@pytest.fixture
def frozen_twice(made, plan):
    """Frozen with the finish on 15 January, moved to the 19th, frozen, moved to the 22nd."""
    freeze(made, "Mandatet")
    longer(made, 7)
    freeze(made, "Styringsgruppa")
    longer(made, 10)
    return now(made)


def test_each_baseline_keeps_its_name_and_its_dates(frozen_twice):
    latest, first = baselines.all_of(frozen_twice)
    assert (latest.name, first.name) == ("Styringsgruppa", "Mandatet")
    assert baselines.in_force(frozen_twice) == latest
    finishes = [
        engine.moment(baselines.dates(frozen_twice, one)[1].finish).date()
        for one in (first, latest)
    ]
    assert finishes == [date(2027, 1, 15), date(2027, 1, 19)]
    assert Activity.objects.get(project=frozen_twice.project, uid=1).baseline_finish == finishes[1]


def test_the_name_stands_in_the_history(made, plan):
    revision = freeze(made, "Mandatet")
    assert [one["nb"] for one in revision.sentences] == ["Frøs planen som «Mandatet»."]


def test_a_name_is_given_once(made, plan):
    freeze(made, "Mandatet")
    longer(made, 7)
    with pytest.raises(Invalid):
        freeze(made, "Mandatet")
    freeze(made)
    freeze(made)  # without a name there is nothing to be the same
    assert len(now(made).baselines) == 3


def test_undoing_a_freeze_brings_the_one_before_into_force(made, plan):
    first = freeze(made, "Mandatet")
    longer(made, 7)
    freeze(made, "Styringsgruppa")
    undo(made.owner, AuditEntry.objects.latest("id"))
    head = now(made)
    assert [one.name for one in baselines.all_of(head)] == ["Mandatet"]
    assert head.baseline_revision == first.number
    row = Activity.objects.get(project=made.project, uid=1)
    assert row.baseline_finish == date(2027, 1, 15)
    freeze(made, "Styringsgruppa")
    undo(made.owner, AuditEntry.objects.latest("id"))
    assert now(made).baseline_revision == first.number


def test_who_may_not_freeze_proposes_it_and_the_decision_keeps_the_name(made, plan):
    freezing = commands.set_baseline.on(plan)
    outcome = submit(made.coordinator, freezing, base_revision=1, name="Mandatet")
    assert isinstance(outcome, Proposed)
    assert now(made).baselines == []
    outcome = submit(made.owner, commands.set_baseline.on(now(made)), base_revision=1, name="X")
    assert isinstance(outcome, Done)


@pytest.fixture
def visit(client, made):
    def go(route, *args, role=Role.MEMBER, **query):
        client.force_login(made.people[role])
        client.cookies["language"] = "en"
        return client.get(reverse(route, args=[made.project.key, *args]), query)

    return go


def frozen_finish(sent):
    """The day the first bar's frozen one ends."""
    rows = sent["rows"]
    minute = sent["zero"] + rows["base_start"][0] + rows["base_length"][0]
    return date(1970, 1, 1) + timedelta(minutes=minute)


def test_the_chart_and_the_table_show_the_baseline_that_is_chosen(visit, frozen_twice):
    latest, first = baselines.all_of(frozen_twice)
    assert frozen_finish(visit("plan_rows").json()) == date(2027, 1, 19)
    assert "3 days later" in visit("plan").content.decode()
    assert "5 days later" in visit("plan", baseline=first.key).content.decode()
    # Her choice is kept.
    assert frozen_finish(visit("plan_rows").json()) == date(2027, 1, 15)
    assert "5 days later" in visit("plan", baseline="tull").content.decode()
    assert "3 days later" in visit("plan", baseline=latest.key).content.decode()
    page = visit("plan_chart").content.decode()
    assert page.index("Styringsgruppa") < page.index("Mandatet")


def test_what_came_after_the_baseline_is_new(made, visit, frozen_twice):
    added = engine.edit_to_json(engine.AddActivity(engine.Activity(9, "Ny", duration=3600), 0))
    head = now(made)
    commands.apply_edits(made.manager, head, base_revision=head.revision, edits=[added])
    first = baselines.all_of(head)[1]
    row = visit("plan", baseline=first.key).content.decode().split('id="row-9"')[1]
    assert re.search(r'class="is-drift"[^>]*>new', row.split("</tr>")[0])


def test_measuring_against_another_costs_one_query_the_first_time(
    client, made, visit, frozen_twice, django_assert_num_queries
):
    first = baselines.all_of(frozen_twice)[1]
    visit("plan", baseline=first.key)
    address = reverse("plan", args=[made.project.key])
    for queries in (9, 10):
        with django_assert_num_queries(queries):
            client.get(address)
        store._kept.clear()


def test_the_form_of_freezing_asks_for_a_name_and_says_what_is_wrong(client, made, visit, plan):
    assert 'name="name"' in visit("freeze_plan", role=Role.OWNER).content.decode()
    address = reverse("freeze_plan", args=[made.project.key])
    said = {"base_revision": 1, "name": "Mandatet"}
    assert client.post(address, said).status_code == 302
    answer = client.post(address, {**said, "base_revision": 2})
    assert answer.status_code == 422
    assert 'value="Mandatet"' in answer.content.decode()
    assert len(now(made).baselines) == 1


def test_the_baselines_a_file_brings_can_be_measured_against(made, plan):
    head = now(made)
    row = engine.Activity(
        1,
        "Fra fil",
        duration=27_000,
        baselines=(engine.Baseline(0, 100, 200), engine.Baseline(3, 300, 400)),
    )
    brought = baselines.brought(head, engine.Plan(activities=(row,)), date(2027, 1, 1))
    assert [one["slot"] for one in brought] == [3, 0]
    assert {one["revision"] for one in brought} == {2}
    head.baseline_revision = 1
    assert baselines.brought(head, engine.Plan(activities=(row,)), date(2027, 1, 1)) == []


def test_the_baselines_through_the_api(made, frozen_twice):
    found = Caller(token_of(made.people[Role.MEMBER])).get(f"/projects/{made.project.key}/plan")
    assert [(one["revision"], one["name"]) for one in found.json()["baselines"]] == [
        (2, "Mandatet"),
        (4, "Styringsgruppa"),
    ]


def test_the_list_asks_what_if_of_each_task_that_is_not_done(made, visit, plan):
    page = visit("plan").content.decode()
    address = reverse("what_if", args=[made.project.key, 1])
    link = page.split(f'href="{address}"')[1].split("</a>")[0]
    assert "What if “Kartlegge” is late?" in page
    assert "<svg" in link
    assert address not in link.split(">", 1)[1]


def test_a_baseline_is_called_something_else(made, frozen_twice):
    first = baselines.all_of(frozen_twice)[1]
    revision = frozen_twice.revision
    commands.rename_baseline(made.owner, frozen_twice, baseline=first.key, name="Oppdraget")
    assert [one.name for one in baselines.all_of(now(made))] == ["Styringsgruppa", "Oppdraget"]
    assert now(made).revision == revision
    with pytest.raises(Invalid):
        commands.rename_baseline(made.owner, now(made), baseline=first.key, name="Styringsgruppa")
    undo(made.owner, AuditEntry.objects.latest("id"))
    assert baselines.all_of(now(made))[1].name == "Mandatet"


def frozen(made):
    return Activity.objects.get(project=made.project, uid=1).baseline_finish


def test_without_the_one_in_force_the_one_before_it_is_again(made, frozen_twice):
    latest, first = baselines.all_of(frozen_twice)
    commands.remove_baseline(made.owner, frozen_twice, baseline=latest.key)
    assert baselines.all_of(now(made)) == [first]
    assert now(made).baseline_revision == first.revision
    assert frozen(made) == date(2027, 1, 15)
    undo(made.owner, AuditEntry.objects.latest("id"))
    assert baselines.all_of(now(made)) == [latest, first]
    assert frozen(made) == date(2027, 1, 19)
    commands.remove_baseline(made.owner, now(made), baseline=first.key)
    assert frozen(made) == date(2027, 1, 19)
    commands.remove_baseline(made.owner, now(made), baseline=latest.key)
    assert (now(made).baselines, now(made).baseline_revision, frozen(made)) == ([], None, None)
    with pytest.raises(Gone):
        commands.remove_baseline(made.owner, now(made), baseline=latest.key)


def test_a_removal_that_is_proposed_follows_the_plan(made, frozen_twice):
    latest, first = baselines.all_of(frozen_twice)
    removing = commands.remove_baseline.on(frozen_twice)
    case = submit(made.coordinator, removing, baseline=latest.key).case
    longer(made, 12)
    cases.decide(made.owner, Case.objects.get(pk=case.pk), alternative="A")
    assert baselines.all_of(now(made)) == [first]


def test_baselines_are_renamed_and_removed_from_the_page(client, made, visit, frozen_twice):
    latest, first = baselines.all_of(frozen_twice)
    page = visit("plan_revisions", role=Role.OWNER).content.decode()
    rename = reverse("rename_baseline", args=[made.project.key, first.key])
    assert rename in page
    assert rename not in visit("plan_revisions").content.decode()
    assert visit("rename_baseline", first.key).status_code == 403
    visit("plan_revisions", role=Role.OWNER)
    assert client.post(rename, {"name": "Styringsgruppa"}).status_code == 422
    assert client.post(rename, {"name": "Oppdraget"}).status_code == 302
    remove = reverse("remove_baseline", args=[made.project.key, latest.key])
    assert "before it is in force again" in client.get(remove).content.decode()
    assert client.post(remove).status_code == 302
    assert [one.name for one in baselines.all_of(now(made))] == ["Oppdraget"]
    assert client.get(remove).status_code == 404
