"""What is sent to whom, how it is signed, and what becomes of it when nobody takes it."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from tests.making import project
from tests.webhooks.receiver import is_signed

from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.ids import new_id
from tospann.foundation.models import AuditEntry
from tospann.notifications.models import OutboxMail
from tospann.people import commands as people
from tospann.people.actors import actor_for
from tospann.people.models import Organisation
from tospann.projects import commands as projects
from tospann.projects.models import GoalLevel
from tospann.webhooks import commands, jobs, kinds, reading, sending
from tospann.webhooks.models import Delivery, DeliveryState, Position, Webhook, WebhookState

pytestmark = pytest.mark.django_db


def add_goal(made, text="Kortere saksbehandling"):
    told = {"id": new_id(), "level": GoalLevel.SOCIETAL, "description": text}
    return projects.add_goal(made.manager, made.project, **told)


def send():
    """What the worker does."""
    reading.read_all()
    return sum(sending.send_due(pk) for pk in Webhook.objects.values_list("pk", flat=True))


def test_a_message_says_what_happened_to_what_and_nothing_of_the_content(made, hook, receiver):
    _webhook, secret = hook()
    goal = add_goal(made, "Hemmelig mål")
    assert send() == 1
    headers, message, raw = receiver.got[0]
    entry = AuditEntry.objects.get(command="projects.add_goal")
    assert message["type"] == "projects.add_goal"
    assert message["timestamp"].startswith(entry.at.isoformat()[:19])
    assert message["data"] == {
        "entry": entry.pk,
        "chain": str(made.project.pk),
        "sequence": entry.sequence,
        "project": made.project.key,
        "subject": f"projects.project:{made.project.pk}",
        "page": f"https://prosjekt.example.org/p/{made.project.key}/",
        "api": f"https://prosjekt.example.org/api/v1/projects/{made.project.key}",
    }
    assert b"Hemmelig" not in raw
    assert goal.description == "Hemmelig mål"
    assert headers["Content-Type"] == "application/json"
    assert is_signed(headers, raw, secret)
    assert not is_signed(headers, raw + b" ", secret)
    assert not is_signed({**headers, "webhook-timestamp": "1"}, raw, secret)


def test_everything_from_now_on_once_and_in_order(made, hook, receiver):
    add_goal(made)
    hook()
    for number in range(4):
        add_goal(made, f"Mål {number}")
    send()
    send()
    assert receiver.kinds == ["projects.add_goal"] * 4
    entries = [message["data"]["sequence"] for _h, message, _r in receiver.got]
    assert entries == sorted(entries)


def test_only_what_was_asked_for(made, hook, receiver):
    hook("cases", "risks")
    hook("projects.remove_goal")
    goal = add_goal(made)
    projects.remove_goal(made.manager, goal)
    send()
    assert receiver.kinds == ["projects.remove_goal"]


@pytest.mark.parametrize(
    ("asked", "command", "is_told"),
    [
        ([], "risks.raise_risk", True),
        (["risks"], "risks.raise_risk", True),
        (["risks"], "cases.decide", False),
        (["sharing"], "rooms.ask", True),
        (["cases.decide"], "cases.decide", True),
        (["cases.decide"], "cases.submit", False),
    ],
)
def test_areas_and_single_commands(asked, command, is_told):
    assert kinds.wants(asked, command) is is_told


def test_a_projects_webhook_hears_nothing_of_other_projects(made, hook, receiver):
    hook()
    other = project("Et annet")
    add_goal(other)
    send()
    assert receiver.kinds == []


def test_the_organisations_webhook_hears_of_every_project_but_of_nobodys_hours(receiver, made):
    admin = made.people[Role.MANAGER]
    people.give_organisation_role(SYSTEM, admin, role=Role.ADMINISTRATOR)
    commands.add_organisation_webhook(
        actor_for(admin),
        Organisation.objects.get(),
        id=new_id(),
        name="Alt",
        address=receiver.address,
        kinds=["projects", "timesheets"],
    )
    add_goal(made)
    later = project("Nytt prosjekt")
    add_goal(later)
    send()
    told = {m["data"]["project"] for _h, m, _r in receiver.got if m["type"] == "projects.add_goal"}
    assert told == {made.project.key, later.project.key}
    chains = {str(made.project.pk), str(later.project.pk), "00000000-0000-0000-0000-000000000000"}
    assert {m["data"]["chain"] for _h, m, _r in receiver.got} <= chains


def test_a_failure_is_tried_again_later_and_then_the_rest_follows(made, hook, receiver):
    webhook, _secret = hook()
    receiver.answers = [500]
    add_goal(made)
    add_goal(made)
    assert send() == 0
    assert len(receiver.got) == 1
    assert send() == 0, "the others wait, too"
    assert len(receiver.got) == 1
    with time_machine.travel(timezone.now() + timedelta(seconds=6), tick=False):
        assert send() == 2
    messages = [headers["webhook-id"] for headers, _m, _r in receiver.got]
    assert messages[0] in messages[1:], "the same message has the same id"
    webhook.refresh_from_db()
    assert (webhook.failures, webhook.failing_since, webhook.held_until) == (0, None, None)
    tries = Delivery.objects.order_by("entry")[0].tries
    assert [one["status"] for one in tries] == [500, 204]


def test_a_redirect_is_not_followed(made, hook, receiver):
    hook()
    receiver.answers = [307]
    add_goal(made)
    send()
    assert len(receiver.got) == 1
    assert Delivery.objects.get().status == 307
    assert Delivery.objects.get().state == DeliveryState.WAITING


def test_nobody_there_is_written_down(made, hook, receiver, settings):
    settings.WEBHOOK_HOSTS = frozenset({"127.0.0.1:9", receiver.host})
    hook(address="http://127.0.0.1:9/")
    add_goal(made)
    send()
    assert Delivery.objects.get().error == "ConnectionRefusedError"


def test_after_days_of_failures_it_is_paused_and_its_owner_is_told(made, hook, receiver):
    webhook, _secret = hook()
    add_goal(made)
    begun = timezone.now()
    for days in (0, 1, 2, 3.1):
        receiver.answers = [503]
        with time_machine.travel(begun + timedelta(days=days), tick=False):
            send()
    webhook.refresh_from_db()
    assert webhook.state == WebhookState.PAUSED
    mail = OutboxMail.objects.get()
    assert mail.to == made.people[Role.MANAGER].email
    assert f"https://prosjekt.example.org/webhooks/{webhook.pk}" in mail.body
    assert AuditEntry.objects.filter(command="webhooks.pause_webhook").count() == 1
    # What happens meanwhile is kept, and sent when it goes on.
    add_goal(made)
    with time_machine.travel(begun + timedelta(days=4), tick=False):
        assert send() == 0
        commands.turn_on_webhook(made.manager, webhook)
        send()
    assert receiver.kinds.count("projects.add_goal") >= 2
    assert not Delivery.objects.filter(kind="projects.add_goal", state="waiting").exists()


def test_who_says_gone_is_not_asked_again(made, hook, receiver):
    webhook, _secret = hook()
    receiver.answers = [410]
    add_goal(made)
    send()
    webhook.refresh_from_db()
    assert webhook.state == WebhookState.PAUSED


def test_what_is_never_taken_is_given_up_and_can_be_sent_again(made, hook, receiver, client):
    webhook, _secret = hook()
    add_goal(made)
    reading.read_all()
    Delivery.objects.update(attempts=len(sending.WAITS))
    receiver.answers = [500]
    sending.send_due(webhook.pk)
    found = Delivery.objects.get()
    assert found.state == DeliveryState.GIVEN_UP
    client.force_login(
        made.people[Role.MANAGER], "allauth.account.auth_backends.AuthenticationBackend"
    )
    client.post(f"/webhooks/{webhook.pk}/resend/{found.pk}")
    assert sending.send_due(webhook.pk) == 1
    found.refresh_from_db()
    assert found.state == DeliveryState.DELIVERED


def test_turned_off_it_hears_nothing_of_what_happened_meanwhile(made, hook, receiver):
    webhook, _secret = hook("projects")
    commands.turn_off_webhook(made.manager, webhook)
    add_goal(made, "Mens den var av")
    send()
    commands.turn_on_webhook(made.manager, webhook)
    add_goal(made, "Etterpå")
    send()
    assert receiver.kinds == ["projects.add_goal"]


def test_a_trial_message_comes_whatever_was_asked_for_and_to_nobody_else(made, hook, receiver):
    webhook, _secret = hook("risks")
    hook("risks")
    commands.try_webhook(made.manager, webhook)
    send()
    assert receiver.kinds == ["webhooks.try_webhook"]


def test_a_renewed_secret_and_for_a_day_the_former(made, hook, receiver):
    webhook, former = hook("projects")
    secret = commands.renew_webhook_secret(made.manager, webhook).secret
    add_goal(made)
    send()
    headers, _message, raw = receiver.got[0]
    assert is_signed(headers, raw, former)
    assert is_signed(headers, raw, secret)
    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        add_goal(made)
        send()
    headers, _message, raw = receiver.got[1]
    assert not is_signed(headers, raw, former)
    assert is_signed(headers, raw, secret)


def test_two_workers_that_read_the_same_write_it_down_once(made, hook):
    webhook, _secret = hook()
    add_goal(made)
    before = Position.objects.get(webhook=webhook, chain=made.project.pk).sequence
    assert reading._read_on(webhook, made.project.pk, before)[0] == 1
    assert reading._read_on(webhook, made.project.pk, before) == (0, None)
    assert Delivery.objects.count() == 1


def test_the_job_gives_each_webhook_a_job_of_its_own_and_idle_ones_none(made, hook, receiver):
    hook()
    hook("risks")
    assert jobs.look.call() == 0
    add_goal(made)
    assert jobs.look.call() == 1, "the one about risks has nothing to be told"
    jobs.deliver.call(webhook=str(Delivery.objects.get().webhook_id))
    assert jobs.look.call() == 0
    assert receiver.kinds == ["projects.add_goal"]


def test_old_deliveries_go_and_waiting_ones_stay(made, hook, receiver):
    hook()
    add_goal(made)
    send()
    add_goal(made)
    reading.read_all()
    with time_machine.travel(timezone.now() + timedelta(days=31), tick=False):
        assert jobs.prune_deliveries.call() == 1
    assert Delivery.objects.get().state == DeliveryState.WAITING
