"""Proposals for late work: what lies undone before today is moved on, when somebody says so."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse
from tests import making

from tospann.cases.models import AuthorityRule, Case
from tospann.foundation.authority import Role
from tospann.planning import commands, late
from tospann.planning.models import Activity, Plan
from tospann.planning.skeleton import PlannedRow, outline_edits

pytestmark = pytest.mark.django_db
ROWS = [
    PlannedRow("Grave", 1, date(2027, 5, 3), date(2027, 5, 7), held=False),
    PlannedRow("Male", 1, date(2027, 9, 1), date(2027, 9, 3)),
]


@pytest.fixture
def made():
    made = making.project()
    commands.start_plan(made.coordinator, made.project, edits=outline_edits(ROWS))
    return made


@pytest.fixture
def page(made):
    return reverse("late_work", args=[made.project.key])


def head_of(made):
    return Plan.objects.get(project=made.project)


def test_before_anything_is_late_there_is_nothing_to_suggest(made, client, page):
    client.force_login(made.people[Role.MANAGER])
    with time_machine.travel("2026-01-05T10:00:00Z"):
        assert late.suggestion(made.manager, head_of(made)) == ([], None)
        assert "base_revision" not in client.get(page).content.decode()


def test_one_click_moves_it_to_today(made, client, page):
    client.force_login(made.people[Role.COORDINATOR])
    with time_machine.travel("2027-06-07T10:00:00Z", tick=True):
        client.force_login(made.people[Role.COORDINATOR])
        shown = client.get(page).content.decode()
        assert "Grave" in shown
        revision = head_of(made).revision
        assert client.post(page, {"base_revision": revision - 1}).status_code == 409
        assert client.post(page, {"base_revision": revision}).status_code == 302
    moved = Activity.objects.get(project=made.project, name="Grave")
    assert moved.start == date(2027, 6, 7)
    assert Activity.objects.get(project=made.project, name="Male").start == date(2027, 9, 1)


def test_what_somebody_else_must_decide_is_proposed(made, client, page):
    rule = AuthorityRule(project=made.project, kind="plan", deciders=["manager"])
    making.inside(rule.save, made.project)
    before = Activity.objects.get(project=made.project, name="Grave").start
    with time_machine.travel("2027-06-07T10:00:00Z", tick=True):
        client.force_login(made.people[Role.COORDINATOR])
        client.post(page, {"base_revision": head_of(made).revision})
    assert Case.objects.get().deciders == ["manager"]
    assert Activity.objects.get(project=made.project, name="Grave").start == before


def test_a_guest_sees_nothing(made, client, page):
    client.force_login(made.people[Role.GUEST])
    assert client.get(page).status_code == 404
