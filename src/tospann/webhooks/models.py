"""Who is told what, how far each chain was read, and what was sent."""

import uuid
from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tospann.foundation.ids import ORGANISATION_SCOPE, new_id
from tospann.foundation.records import Record
from tospann.people.models import Person
from tospann.projects.models import Project


class WebhookState(models.TextChoices):
    ON = "on", pgettext_lazy("state of a webhook", "On")
    OFF = "off", pgettext_lazy("state of a webhook", "Turned off")
    PAUSED = "paused", pgettext_lazy("state of a webhook", "Paused after failures")


class Webhook(Record):
    """An address that is told of what happens in a project, or in all of them (without project)."""

    project = models.ForeignKey(Project, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=500)
    kinds = models.JSONField(default=list)
    """Areas (``risks``) or single commands (``cases.decide``); none: everything."""
    secret = models.CharField(max_length=80)
    former_secret = models.CharField(max_length=80, blank=True)
    former_until = models.DateTimeField(null=True)
    owner = models.ForeignKey(Person, models.PROTECT, related_name="+")
    state = models.CharField(max_length=6, choices=WebhookState.choices, default=WebhookState.ON)
    created_at = models.DateTimeField(default=timezone.now)
    failures = models.PositiveIntegerField(default=0)
    """One after another, since the last success."""
    failing_since = models.DateTimeField(null=True)
    held_until = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)

    unaudited = frozenset({"secret", "former_secret"})
    working_state = frozenset({"failures", "failing_since", "held_until", "delivered_at"})

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(fields=["state"], name="webhook_state")]

    def __str__(self) -> str:
        return self.name

    @property
    def scope_id(self) -> uuid.UUID:
        return self.project_id or ORGANISATION_SCOPE

    @property
    def is_wide(self) -> bool:
        return self.project_id is None

    def secrets(self, now: datetime) -> list[str]:
        """What to sign with: for a day also the secret before the present one."""
        former = self.former_until is not None and now < self.former_until
        return [self.secret, *([self.former_secret] if former else [])]


class Position(models.Model):
    """How far a chain was read for a webhook. Chains have no gaps, so nothing is passed over."""

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="positions")
    chain = models.UUIDField()
    sequence = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["webhook", "chain"], name="one_webhook_position")
        ]

    def __str__(self) -> str:
        return f"{self.chain} to {self.sequence}"


class DeliveryState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("state of a delivery", "Waiting")
    DELIVERED = "delivered", pgettext_lazy("state of a delivery", "Delivered")
    GIVEN_UP = "given_up", pgettext_lazy("state of a delivery", "Given up")


class Delivery(models.Model):
    """One entry for one webhook: ids and kinds, no content. Working state, kept for a month."""

    id = models.UUIDField(primary_key=True, default=new_id)
    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries")
    entry = models.PositiveBigIntegerField()
    chain = models.UUIDField()
    sequence = models.PositiveBigIntegerField()
    kind = models.CharField(_("what happened"), max_length=80)
    subject = models.CharField(max_length=100)
    at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING
    )
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    status = models.PositiveSmallIntegerField(null=True)
    error = models.CharField(max_length=200, blank=True)
    tries = models.JSONField(default=list)
    """Every attempt: when, the answer's status, what went wrong, milliseconds."""
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["webhook", "entry"], name="one_delivery_of_an_entry")
        ]
        indexes = [
            models.Index(fields=["webhook", "state", "due_at"], name="delivery_due"),
            models.Index(fields=["webhook", "-at"], name="delivery_log"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.webhook_id}"
