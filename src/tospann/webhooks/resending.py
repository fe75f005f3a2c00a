"""Sending something once more: working state, like everything about a delivery."""

from django.utils import timezone

from tospann.jobs.queue import enqueue_once
from tospann.webhooks import jobs
from tospann.webhooks.models import Delivery, DeliveryState, Webhook


def again(delivery: Delivery) -> None:
    """The same message with the same id, at once; the counting of attempts begins anew."""
    Delivery.objects.filter(pk=delivery.pk).update(
        state=DeliveryState.WAITING, attempts=0, due_at=timezone.now()
    )
    Webhook.objects.filter(pk=delivery.webhook_id).update(held_until=None)
    enqueue_once(jobs.deliver, webhook=str(delivery.webhook_id))
