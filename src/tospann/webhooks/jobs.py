"""Looking for news, delivering it, and throwing away old deliveries."""

from datetime import timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from tospann.jobs.queue import enqueue_once, job
from tospann.jobs.schedule import every
from tospann.webhooks import reading, sending
from tospann.webhooks.models import Delivery, DeliveryState, Webhook, WebhookState

KEPT = timedelta(days=30)


@every(minutes=1)
@job(retries=0, priority=5)
def look() -> int:
    """Read the chains on, and have delivered what is due; also after every act that owed
    something. Returns how many webhooks have something waiting."""
    reading.read_all()
    now = timezone.now()
    due = Q(deliveries__state=DeliveryState.WAITING, deliveries__due_at__lte=now)
    free = Q(held_until=None) | Q(held_until__lte=now)
    waiting = Webhook.objects.filter(due, free, state=WebhookState.ON).distinct()
    keys = list(waiting.values_list("pk", flat=True))
    for key in keys:
        enqueue_once(deliver, webhook=str(key))
    return len(keys)


def soon() -> None:
    """Something happened: look at once, if anybody is told of anything."""
    if Webhook.objects.exclude(state=WebhookState.OFF).exists():
        enqueue_once(look)


@job(retries=0)
def deliver(webhook: str) -> int:
    """Each webhook has its own job: a slow receiver keeps nobody else waiting."""
    sent = sending.send_due(UUID(webhook))
    if sent == sending.AT_ONCE:
        deliver.enqueue(webhook=webhook)  # there is more, and others' jobs come between
    return sent


@every("daily 03:50")
@job()
def prune_deliveries() -> int:
    old = Delivery.objects.filter(at__lt=timezone.now() - KEPT)
    removed, _each = old.exclude(state=DeliveryState.WAITING).delete()
    return removed
