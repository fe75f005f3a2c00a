"""Everything that changes webhooks: who is told, of what, where, and whether it goes on."""

import base64
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from pydantic import AfterValidator, Field, StringConstraints

from tospann.foundation.arguments import Line
from tospann.foundation.authority import Actor, Power, Sentence
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.people.models import Organisation, Person
from tospann.people.queries import runs_organisation
from tospann.projects.models import Project, ProjectState
from tospann.webhooks import kinds as known
from tospann.webhooks import reading, targets
from tospann.webhooks.models import Webhook, WebhookState

FORMER_LASTS = timedelta(hours=24)
_ADMINISTRATORS = gettext_noop("Only administrators keep the organisation's webhooks.")
_FOUNDING = gettext_noop("Nothing leaves the project before the owner has accepted it.")


def _kind(value: str) -> str:
    if not known.is_known(value):
        raise ValueError(gettext("There is no such kind of event."))
    return value


def _address(value: str) -> str:
    try:
        targets.check(value)
    except targets.Refused as error:
        raise ValueError(str(error)) from None
    return value


Kinds = Annotated[list[Annotated[str, AfterValidator(_kind)]], Field(max_length=60)]
Address = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=500), AfterValidator(_address)
]


@dataclass(frozen=True)
class Made:
    """A webhook with its secret, which is shown once."""

    webhook: Webhook
    secret: str


def keeps(actor: Actor, webhook: Webhook) -> Sentence | None:
    """In the organisation any project role would count; these are the administrators' alone."""
    wide = webhook.is_wide and not runs_organisation(actor)
    return Sentence(_ADMINISTRATORS) if wide else None


def accepted(_actor: Actor, project: Project) -> Sentence | None:
    return Sentence(_FOUNDING) if project.state == ProjectState.FOUNDING else None


@command(needs=Power.KEEP_WEBHOOKS, only_if=accepted, undoable=False, exposed=False)
def add_webhook(
    actor: Actor, project: Project, *, id: UUID, name: Line, address: Address, kinds: Kinds
) -> Made:
    """Add a webhook"""
    return _made(actor, project, id, name, address, kinds)


@command(needs=Power.RUN_ORGANISATION, undoable=False, exposed=False)
def add_organisation_webhook(
    actor: Actor,
    organisation: Organisation,
    *,
    id: UUID,
    name: Line,
    address: Address,
    kinds: Kinds,
) -> Made:
    """Add a webhook for all projects"""
    return _made(actor, None, id, name, address, kinds)


@command(needs=Power.KEEP_WEBHOOKS, only_if=keeps)
def change_webhook(
    actor: Actor, webhook: Webhook, *, name: Line, address: Address, kinds: Kinds
) -> Webhook:
    """Change a webhook"""
    webhook.name, webhook.address, webhook.kinds = name, address, kinds
    webhook.save()
    return webhook


@command(needs=Power.KEEP_WEBHOOKS, only_if=keeps, undoable=False)
def turn_on_webhook(actor: Actor, webhook: Webhook) -> Webhook:
    """Turn on a webhook"""
    if webhook.state == WebhookState.OFF:
        reading.begin(webhook)  # what happened meanwhile was nobody's business there
    webhook.state = WebhookState.ON
    webhook.failures, webhook.failing_since, webhook.held_until = 0, None, None
    webhook.save()
    return webhook


@command(needs=Power.KEEP_WEBHOOKS, only_if=keeps, undoable=False)
def turn_off_webhook(actor: Actor, webhook: Webhook) -> Webhook:
    """Turn off a webhook"""
    webhook.state = WebhookState.OFF
    webhook.save()
    return webhook


@command(needs=Power.KEEP_WEBHOOKS, only_if=keeps, undoable=False, exposed=False)
def pause_webhook(actor: Actor, webhook: Webhook) -> Webhook:
    """Pause a webhook after failures"""
    if webhook.state == WebhookState.ON:
        webhook.state = WebhookState.PAUSED
        webhook.save()
    return webhook


@command(needs=Power.KEEP_WEBHOOKS, only_if=keeps, undoable=False, exposed=False)
def renew_webhook_secret(actor: Actor, webhook: Webhook) -> Made:
    """Renew the secret of a webhook"""
    webhook.former_secret, webhook.former_until = webhook.secret, timezone.now() + FORMER_LASTS
    webhook.secret = _secret()
    webhook.save()
    return Made(webhook, webhook.secret)


@command(needs=Power.KEEP_WEBHOOKS, only_if=keeps, undoable=False)
def try_webhook(actor: Actor, webhook: Webhook) -> None:
    """Try a webhook"""
    if webhook.state == WebhookState.OFF:
        raise Invalid(gettext("Turn the webhook on first."))


@command(needs=Power.KEEP_WEBHOOKS, only_if=keeps, undoable=False)
def remove_webhook(actor: Actor, webhook: Webhook) -> None:
    """Remove a webhook"""
    webhook.delete()


def _made(
    actor: Actor, project: Project | None, id: UUID, name: str, address: str, kinds: list[str]
) -> Made:
    assert actor.person_id is not None  # only people have the powers
    made = Webhook(
        id=id,
        project=project,
        name=name,
        address=address,
        kinds=kinds,
        secret=_secret(),
        owner=Person.objects.get(pk=actor.person_id),
    )
    made.save()
    reading.begin(made)
    return Made(made, made.secret)


def _secret() -> str:
    """As Standard Webhooks writes them."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()
