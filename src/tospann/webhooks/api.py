"""Webhooks through the REST API: for those who may change them."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import Field

from tospann.foundation.authority import Actor
from tospann.foundation.commands import Done, submit
from tospann.foundation.ids import new_id
from tospann.people import queries as people
from tospann.projects import queries as projects
from tospann.webhooks import commands, queries, resending
from tospann.webhooks.models import Delivery, Webhook

router = Router(tags=["webhooks"])
Limit = Annotated[int, Query(ge=1, le=200)]
Offset = Annotated[int, Query(ge=0, le=1_000_000)]


class WebhookShown(Schema):
    """Who is told of what; ``project`` is null where it is told of all."""

    id: UUID
    project: str | None
    name: str
    address: str
    kinds: list[str]
    state: str
    owner_id: UUID
    created_at: datetime
    failures: int
    failing_since: datetime | None
    delivered_at: datetime | None
    version: int

    @staticmethod
    def resolve_project(found: Webhook) -> str | None:
        return found.project.key if found.project else None


class WebhookMade(Schema):
    """A new webhook and its secret, which is not shown again."""

    webhook: WebhookShown
    secret: str


class WebhookAsked(Schema):
    """What to tell whom. Without ``project`` it is told of everything (administrators only)."""

    id: UUID | None = None
    project: str | None = Field(default=None, max_length=60)
    name: str = Field(max_length=200)
    address: str = Field(max_length=500)
    kinds: list[str] = Field(default_factory=list, max_length=60)


class WebhookChanged(Schema):
    """What becomes of it; refused with 409 unless it still has this version."""

    name: str = Field(max_length=200)
    address: str = Field(max_length=500)
    kinds: list[str] = Field(default_factory=list, max_length=60)
    version: int | None = Field(default=None, ge=0, le=2_147_483_647)


class WebhookDeliveryShown(Schema):
    """One message: what of, how often it was tried, and what was answered."""

    id: UUID
    entry: int
    kind: str
    subject: str
    at: datetime
    state: str
    due_at: datetime
    attempts: int
    status: int | None
    error: str
    tries: list[dict[str, Any]]
    delivered_at: datetime | None


class DeliveryList(Schema):
    """A page of the log, and how long it is."""

    items: list[WebhookDeliveryShown]
    count: int


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # authentication set it
    return actor


@router.get("/webhooks", response=list[WebhookShown], summary="Webhooks")
def webhooks(request: HttpRequest) -> list[Webhook]:
    """Those I may change: my projects', and the organisation's if I run it."""
    return list(queries.kept(_actor(request)))


@router.post("/webhooks", response={201: WebhookMade}, summary="Add a webhook")
def add(request: HttpRequest, body: WebhookAsked) -> Status[dict[str, Any]]:
    """The answer holds its secret, which is not shown again."""
    actor, pk = _actor(request), body.id or new_id()
    told: dict[str, Any] = {"name": body.name, "address": body.address, "kinds": body.kinds}
    what: Any = commands.add_organisation_webhook.on(people.organisation())
    if body.project is not None:
        what = commands.add_webhook.on(projects.project(actor, body.project))
    outcome = submit(actor, what, id=pk, **told)
    assert isinstance(outcome, Done)
    return Status(201, {"webhook": outcome.result.webhook, "secret": outcome.result.secret})


@router.get("/webhooks/{webhook_id}", response=WebhookShown, summary="One webhook")
def webhook(request: HttpRequest, webhook_id: UUID) -> Webhook:
    """Who is told of what, and how it goes."""
    return queries.webhook(_actor(request), webhook_id)


@router.put("/webhooks/{webhook_id}", response=WebhookShown, summary="Change a webhook")
def change(request: HttpRequest, webhook_id: UUID, body: WebhookChanged) -> Webhook:
    """Its name, address and kinds are replaced."""
    actor = _actor(request)
    found = queries.webhook(actor, webhook_id)
    told: dict[str, Any] = {"name": body.name, "address": body.address, "kinds": body.kinds}
    submit(actor, commands.change_webhook.on(found, body.version), **told)
    return queries.webhook(actor, webhook_id)


@router.delete("/webhooks/{webhook_id}", response={204: None}, summary="Remove a webhook")
def remove(request: HttpRequest, webhook_id: UUID) -> Status[None]:
    """What waits for it is not sent."""
    actor = _actor(request)
    submit(actor, commands.remove_webhook.on(queries.webhook(actor, webhook_id)))
    return Status(204, None)


@router.post("/webhooks/{webhook_id}/secret", response=WebhookMade, summary="Renew the secret")
def renew(request: HttpRequest, webhook_id: UUID) -> dict[str, Any]:
    """The former secret signs too for 24 hours."""
    actor = _actor(request)
    found = queries.webhook(actor, webhook_id)
    outcome = submit(actor, commands.renew_webhook_secret.on(found))
    assert isinstance(outcome, Done)
    return {"webhook": outcome.result.webhook, "secret": outcome.result.secret}


@router.get("/webhooks/{webhook_id}/deliveries", response=DeliveryList, summary="Its deliveries")
def deliveries(
    request: HttpRequest, webhook_id: UUID, limit: Limit = 50, offset: Offset = 0
) -> dict[str, Any]:
    """The log, the latest first."""
    found = queries.deliveries(queries.webhook(_actor(request), webhook_id))
    return {"items": list(found[offset : offset + limit]), "count": found.count()}


@router.post(
    "/webhooks/{webhook_id}/deliveries/{delivery_id}/resend",
    response=WebhookDeliveryShown,
    summary="Send a delivery again",
)
def resend(request: HttpRequest, webhook_id: UUID, delivery_id: UUID) -> Delivery:
    """The same message with the same id."""
    found = queries.webhook(_actor(request), webhook_id)
    resending.again(queries.delivery(found, delivery_id))
    return queries.delivery(found, delivery_id)
