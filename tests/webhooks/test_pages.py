"""Webhooks on their pages and for programs: who may, what is shown once, and what is refused."""

import json

import pytest
from django.urls import reverse
from tests import making

from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.models import AuditDetail, AuditEntry
from tospann.people import commands as people
from tospann.projects import commands as projects
from tospann.webhooks import commands, reading
from tospann.webhooks.models import Delivery, Webhook, WebhookState

pytestmark = pytest.mark.django_db
LIST_QUERIES, ONE_QUERIES = 6, 6
TOLD = {"name": "Intranettet", "address": "https://hooks.example.org/in", "kinds": ["risks"]}


@pytest.fixture
def administrator(made, visit):
    people.give_organisation_role(SYSTEM, made.people[Role.MEMBER], role=Role.ADMINISTRATOR)
    return visit(Role.MEMBER)


def call(client, method, path, body=None):
    text = json.dumps(body) if body is not None else ""
    return client.generic(method, f"/api/v1{path}", text, content_type="application/json")


def test_a_manager_adds_one_and_sees_its_secret_once(visit, made):
    client = visit(Role.MANAGER)
    answer = client.post(reverse("new_webhook", args=[made.project.key]), TOLD)
    found = Webhook.objects.get()
    assert found.secret in answer.content.decode()
    assert (found.project, found.owner) == (made.project, made.people[Role.MANAGER])
    shown = client.get(f"/webhooks/{found.pk}").content.decode()
    assert "https://hooks.example.org/in" in shown
    assert found.secret not in shown
    kept = AuditDetail.objects.get(entry__command="webhooks.add_webhook")
    assert found.secret not in json.dumps([kept.arguments, kept.changes])


def test_what_was_typed_is_kept_when_the_address_is_refused(visit, made):
    wrong = {**TOLD, "address": "https://10.0.0.1/"}
    answer = visit(Role.MANAGER).post(reverse("new_webhook", args=[made.project.key]), wrong)
    assert answer.status_code == 422
    assert "https://10.0.0.1/" in answer.content.decode()
    assert not Webhook.objects.exists()


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.OWNER, Role.MEMBER, Role.GUEST])
def test_others_neither_see_nor_change_them(visit, made, hook, role):
    webhook, _secret = hook()
    client = visit(role)
    assert client.get(f"/webhooks/{webhook.pk}").status_code == 404
    assert client.post(f"/webhooks/{webhook.pk}/do/off").status_code == 404
    listed = client.get(reverse("project_webhooks", args=[made.project.key])).status_code
    assert listed == (404 if role is Role.GUEST else 403)
    assert call(client, "GET", "/webhooks").json() == []
    assert call(client, "POST", "/webhooks", {**TOLD, "project": made.project.key}).status_code in {
        403,
        404,
    }
    assert AuditEntry.objects.filter(command="webhooks.turn_off_webhook").count() == 0


def test_a_manager_of_one_project_has_nothing_to_say_about_the_organisations(
    visit, made, administrator
):
    assert call(administrator, "POST", "/webhooks", TOLD).status_code == 201
    wide = Webhook.objects.get()
    client = visit(Role.MANAGER)
    assert client.get("/admin/webhooks").status_code == 404
    assert client.get(f"/webhooks/{wide.pk}").status_code == 404
    assert call(client, "POST", "/webhooks", TOLD).status_code == 403
    body = {"subject": f"webhooks.webhook:{wide.pk}", "arguments": {}}
    answer = call(client, "POST", "/commands/webhooks.turn_off_webhook", body)
    assert answer.status_code in {403, 404}
    wide.refresh_from_db()
    assert wide.state == WebhookState.ON


def test_an_administrator_keeps_those_of_all_projects(administrator, made, hook):
    hook()
    assert administrator.post("/admin/webhooks/new", TOLD).status_code == 200
    assert "Intranettet" in administrator.get("/admin/webhooks").content.decode()
    assert len(call(administrator, "GET", "/webhooks").json()) == 2


def test_nothing_leaves_a_project_that_is_being_founded():
    young = making.project("Under stiftelse")
    ruling = commands.add_webhook.ruling(young.manager, young.project)
    assert ruling.is_refused
    projects.accept_founding(young.owner, young.project)
    young.project.refresh_from_db()
    assert commands.add_webhook.ruling(young.manager, young.project).may_decide


def test_off_on_tried_renewed_and_removed(visit, made, hook):
    webhook, secret = hook()
    client, here = visit(Role.MANAGER), f"/webhooks/{webhook.pk}"
    for what, state in (("off", "off"), ("on", "on")):
        assert client.post(f"{here}/do/{what}").url == here
        webhook.refresh_from_db()
        assert webhook.state == state
    client.post(f"{here}/do/try")
    reading.read_all()
    assert Delivery.objects.get().kind == "webhooks.try_webhook"
    answer = client.post(f"{here}/secret")
    webhook.refresh_from_db()
    assert webhook.secret != secret
    assert webhook.secret in answer.content.decode()
    assert client.post(f"{here}/do/explode").status_code == 404
    assert client.post(f"{here}/do/remove").status_code == 302
    assert not Webhook.objects.exists()


def test_boxes_leave_single_commands_that_were_asked_for(visit, hook):
    webhook, _secret = hook("risks", "cases.decide")
    told = {**TOLD, "kinds": ["planning"], "version": webhook.version}
    assert visit(Role.MANAGER).post(f"/webhooks/{webhook.pk}/edit", told).status_code == 302
    webhook.refresh_from_db()
    assert webhook.kinds == ["planning", "cases.decide"]


@pytest.mark.parametrize("number", [1, 3])
def test_pages_ask_the_same_whatever_there_is(visit, made, hook, number, django_assert_num_queries):
    for _ in range(number):
        webhook, _secret = hook()
    client = visit(Role.MANAGER)
    client.get(f"/webhooks/{webhook.pk}")
    with django_assert_num_queries(LIST_QUERIES):
        client.get(reverse("project_webhooks", args=[made.project.key]))
    with django_assert_num_queries(ONE_QUERIES):
        client.get(f"/webhooks/{webhook.pk}")


def test_for_programs(visit, made):
    client = visit(Role.MANAGER)
    asked = {**TOLD, "project": made.project.key, "kinds": ["risks", "cases.decide"]}
    added = call(client, "POST", "/webhooks", asked)
    assert added.status_code == 201
    shown, secret = added.json()["webhook"], added.json()["secret"]
    assert secret.startswith("whsec_")
    assert shown["project"] == made.project.key
    here = f"/webhooks/{shown['id']}"
    assert "secret" not in call(client, "GET", here).json()
    changed = {**TOLD, "name": "Arkivet", "version": shown["version"]}
    assert call(client, "PUT", here, changed).json()["name"] == "Arkivet"
    assert call(client, "PUT", here, changed).status_code == 409
    assert call(client, "PUT", here, {**TOLD, "kinds": ["nonsense"]}).status_code == 422
    assert call(client, "POST", f"{here}/secret").json()["secret"] != secret
    assert call(client, "GET", f"{here}/deliveries").json() == {"items": [], "count": 0}
    assert call(client, "DELETE", here).status_code == 204
    assert call(client, "GET", here).status_code == 404
