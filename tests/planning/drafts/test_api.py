"""Drafts as programs work on them."""

import pytest
from tests.api.conftest import Caller, token_of

import planengine as engine
from tospann.cases.models import Case
from tospann.foundation.authority import Role
from tospann.planning import commands, store
from tospann.planning.models import Plan

pytestmark = pytest.mark.django_db
DAY = 450 * 60


@pytest.fixture
def call(made):
    return lambda role: Caller(token_of(made.people[role]))


def longer(days):
    one = Plan.objects.get()
    now = next(row for row in store.load(one).plan.activities if row.uid == 2)
    return engine.edit_to_json(engine.SetDuration(2, now.duration + days * DAY))


def test_a_change_is_prepared_judged_trimmed_and_applied(made, call):
    her = call(Role.COORDINATOR)
    drafts = f"/projects/{made.project.key}/plan/drafts"
    made_ = her.post(drafts, {"name": "Lenger", "edits": [longer(5)]})
    assert made_.status_code == 201
    draft = made_.json()
    assert not draft["may_decide"]
    at = f"{drafts}/{draft['id']}"
    rename = engine.edit_to_json(engine.RenameActivity(1, "Kartlegge alt"))
    draft = her.post(f"{at}/edits", {"version": draft["version"], "edits": [rename]}).json()
    stale = her.post(f"{at}/edits", {"version": 1, "edits": [rename]})
    assert stale.status_code == 409
    assert [step["counts"] for step in draft["steps"]] == [True, True]
    assert her.post(f"{at}/applied", {}).status_code == 403
    draft = her.post(f"{at}/steps/1/out", {}).json()
    assert draft["may_decide"]
    assert her.post(f"{at}/applied", {}).json()["revision"] == 3
    assert her.get(at).json()["state"] == "applied"
    assert call(Role.MANAGER).get(at).status_code == 404


def test_conflicts_are_chosen_about_and_the_rest_becomes_a_case(made, call):
    her = call(Role.COORDINATOR)
    drafts = f"/projects/{made.project.key}/plan/drafts"
    at = f"{drafts}/{her.post(drafts, {'name': 'L', 'edits': [longer(5)]}).json()['id']}"
    commands.apply_edits(made.manager, Plan.objects.get(), base_revision=2, edits=[longer(1)])
    (conflict,) = her.get(at).json()["conflicts"]
    assert her.post(f"{at}/case", {"recommendation": "Ja"}).status_code == 422
    draft = her.post(f"{at}/conflicts", {"choices": {conflict["key"]: "mine"}}).json()
    assert (draft["conflicts"], draft["base_revision"]) == ([], 3)
    came = her.post(f"{at}/case", {"recommendation": "Ja"}).json()
    assert came["case"] == f"cases.case:{Case.objects.get().pk}"
    assert her.get(drafts).json()[0]["state"] == "submitted"


def test_a_draft_that_freezes_the_plan_is_its_owners_to_decide(made, call):
    her = call(Role.COORDINATOR)
    drafts = f"/projects/{made.project.key}/plan/drafts"
    at = f"{drafts}/{her.post(drafts, {'name': 'L', 'edits': [longer(1)]}).json()['id']}"
    assert her.get(at).json()["may_decide"]
    draft = her.post(f"{at}/freezing", {"freezes": True, "frozen_as": "Ny"}).json()
    assert (draft["freezes"], draft["frozen_as"], draft["may_decide"]) == (True, "Ny", False)
