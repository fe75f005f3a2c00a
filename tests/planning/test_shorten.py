"""Finishing earlier: a draft with the cheapest way, and what is said when there is none."""

from datetime import date, timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from tests import making

import planengine as engine
from tospann.foundation.authority import Role
from tospann.planning import commands, store
from tospann.planning.drafts import drafting
from tospann.planning.drafts.models import Draft
from tospann.planning.models import Plan
from tospann.planning.skeleton import PlannedRow, outline_edits

pytestmark = pytest.mark.django_db
MONDAY = date(2029, 1, 8)
QUERIES = 6


def planned(tasks):
    """A project with tasks of a week each, one after the other."""
    made = making.project()
    rows = [
        PlannedRow(
            f"Vegg {number}",
            start=MONDAY + timedelta(days=7 * (number - 1)),
            finish=MONDAY + timedelta(days=7 * (number - 1) + 4),
            after=(number - 1,) if number > 1 else (),
        )
        for number in range(1, tasks + 1)
    ]
    commands.start_plan(made.coordinator, made.project, edits=outline_edits(rows))
    return made


def head_of(made):
    return Plan.objects.select_related("project").get(project=made.project)


def ask(made, client, **said):
    client.force_login(made.people[Role.COORDINATOR])
    return client.post(reverse("shorten_plan", args=[made.project.key]), said)


def uids(made):
    return [row.uid for row in store.load(head_of(made)).plan.activities]


def test_the_cheapest_way_becomes_a_draft_and_the_plan_stays(client):
    made = planned(3)
    before = head_of(made)
    one, two, _three = uids(made)
    said = {f"least_{one}": "3", f"cost_{one}": "5000", f"least_{two}": "4", f"cost_{two}": "900"}
    answer = ask(made, client, finish="24.01.2029", **said)
    draft = Draft.objects.get()
    assert answer["Location"] == reverse("plan_draft", args=[made.project.key, draft.pk])
    assert client.get(answer["Location"]).status_code == 200
    (message,) = get_messages(answer.wsgi_request)
    assert "5 900" in str(message).replace("\xa0", " ")
    after = drafting.tried(before, draft).after
    shorter = {one: after.rows[one].duration, two: after.rows[two].duration}
    day = after.plan.minutes_per_day * 60
    assert shorter == {one: 4 * day, two: 4 * day}
    assert max(row.finish for row in after.rows.values()) == date(2029, 1, 24)
    assert head_of(made).content_hash == before.content_hash


@pytest.mark.parametrize(
    ("finish", "least", "cost", "sentence"),
    [
        ("24.01.2029", "", "", "Si for minst én oppgave"),
        ("24.01.2029", "3", "", "Fyll ut begge, eller ingen"),
        ("24.01.2029", "9", "100", "5"),
        ("18.01.2029", "3", "100", "24. januar 2029"),
        ("28.02.2029", "3", "100", "Ingenting trenger å forkortes"),
        ("", "3", "100", "finish"),
    ],
)
def test_what_cannot_be_is_said(client, finish, least, cost, sentence):
    made = planned(3)
    one = uids(made)[0]
    answer = ask(made, client, finish=finish, **{f"least_{one}": least, f"cost_{one}": cost})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Draft.objects.exists()


@pytest.mark.parametrize("tasks", [1, 3])
def test_the_page_costs_as_many_queries_whatever_it_asks(client, tasks, django_assert_num_queries):
    made = planned(tasks)
    client.force_login(
        made.people[Role.COORDINATOR], "allauth.account.auth_backends.AuthenticationBackend"
    )
    address = reverse("shorten_plan", args=[made.project.key])
    client.get(address)
    with django_assert_num_queries(QUERIES):
        answer = client.get(address)
    assert answer.content.decode().count('name="least_') == tasks


def test_a_task_that_has_begun_is_not_asked_about(client):
    made = planned(2)
    head = head_of(made)
    one, two = uids(made)
    begun = engine.SetProgress(one, engine.Progress(percent=20, actual_start=head_start(made)))
    commands.apply_edits(
        made.coordinator,
        head,
        base_revision=head.revision,
        edits=[engine.edit_to_json(begun)],
    )
    client.force_login(made.people[Role.COORDINATOR])
    shown = client.get(reverse("shorten_plan", args=[made.project.key])).content.decode()
    assert f"least_{two}" in shown
    assert f"least_{one}" not in shown


def head_start(made):
    return store.load(head_of(made)).plan.activities[0].start


def test_a_guest_does_not_ask(client):
    made = planned(1)
    client.force_login(made.people[Role.GUEST])
    answer = client.get(reverse("shorten_plan", args=[made.project.key]))
    assert answer.status_code in {403, 404}
