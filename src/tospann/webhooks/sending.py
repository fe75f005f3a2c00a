"""Delivering what is due to one webhook: signed, again and again at ever longer intervals.

A crash between the receiver's yes and our tick sends the message again with the same id.
"""

import base64
import hashlib
import hmac
import json
import time
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from tospann import __version__
from tospann.foundation.authority import SYSTEM
from tospann.webhooks import commands, pausing, reading, targets
from tospann.webhooks.models import Delivery, DeliveryState, Webhook, WebhookState

AT_ONCE = 200
LEASE = timedelta(minutes=2)
WAITS = tuple(
    timedelta(seconds=seconds)
    for seconds in (5, 300, 1800, 7200, 18_000, 36_000, 36_000, 50_400, 72_000, 86_400)
)
"""After each failure, as Standard Webhooks has them; then it is given up."""
PAUSED_AFTER = timedelta(days=3)
MOST_TRIES = 20
GONE = 410


def send_due(pk: UUID) -> int:
    """Send what waits for this webhook; returns how many were taken. Ends at the first failure."""
    sent = 0
    for _turn in range(AT_ONCE):
        webhook = Webhook.objects.filter(pk=pk, state=WebhookState.ON).first()
        delivery = _claim(webhook) if webhook else None
        if webhook is None or delivery is None or not _send(webhook, delivery):
            break
        sent += 1
    return sent


def _claim(webhook: Webhook) -> Delivery | None:
    now = timezone.now()
    if webhook.held_until is not None and webhook.held_until > now:
        return None
    due = webhook.deliveries.filter(state=DeliveryState.WAITING, due_at__lte=now)
    for one in due.order_by("due_at", "pk")[:5]:
        mine = Delivery.objects.filter(pk=one.pk, due_at=one.due_at, state=DeliveryState.WAITING)
        if mine.update(due_at=now + LEASE, attempts=F("attempts") + 1):
            one.attempts += 1
            return one
    return None


def _send(webhook: Webhook, delivery: Delivery) -> bool:
    began, status, error = time.monotonic(), None, ""
    body = payload(delivery)
    try:
        status = targets.post(webhook.address, headers(webhook, delivery.pk, body), body)
    except (targets.Refused, targets.Unreached) as reason:
        error = str(reason)[:200]
    is_taken = status is not None and 200 <= status < 300
    tried = {
        "at": timezone.now().isoformat(timespec="seconds"),
        "status": status,
        "error": error,
        "ms": round((time.monotonic() - began) * 1000),
    }
    tries = [*delivery.tries, tried][-MOST_TRIES:]
    values: dict[str, Any] = {"status": status, "error": error, "tries": tries}
    row = Delivery.objects.filter(pk=delivery.pk)
    row.update(**values, **(_taken() if is_taken else _refused(delivery)))
    (_works if is_taken else _fails)(webhook, status)
    return is_taken


def _taken() -> dict[str, Any]:
    return {"state": DeliveryState.DELIVERED, "delivered_at": timezone.now()}


def _refused(delivery: Delivery) -> dict[str, Any]:
    if delivery.attempts > len(WAITS):
        return {"state": DeliveryState.GIVEN_UP}
    return {"due_at": timezone.now() + WAITS[delivery.attempts - 1]}


def _works(webhook: Webhook, _status: int | None) -> None:
    Webhook.objects.filter(pk=webhook.pk).update(
        failures=0, failing_since=None, held_until=None, delivered_at=timezone.now()
    )


def _fails(webhook: Webhook, status: int | None) -> None:
    """The others wait too: whoever does not take one message seldom takes the next."""
    now = timezone.now()
    since = webhook.failing_since or now
    wait = WAITS[min(webhook.failures, len(WAITS) - 1)]
    Webhook.objects.filter(pk=webhook.pk).update(
        failures=F("failures") + 1, failing_since=since, held_until=now + wait
    )
    if status == GONE or now - since >= PAUSED_AFTER:
        commands.pause_webhook(SYSTEM, webhook)
        pausing.tell_owner(webhook, since)


def payload(delivery: Delivery) -> bytes:
    """What happened to what, and where to ask: ids, kinds and addresses, no content."""
    key = reading.chains([delivery]).get(delivery.chain)
    home = f"/p/{key}/" if key else "/"
    data = {
        "entry": delivery.entry,
        "chain": str(delivery.chain),
        "sequence": delivery.sequence,
        "project": key,
        "subject": delivery.subject,
        "page": f"{settings.BASE_URL}{home}",
        "api": f"{settings.BASE_URL}/api/v1" + (f"/projects/{key}" if key else ""),
    }
    at = delivery.at.isoformat(timespec="milliseconds")
    told = {"type": delivery.kind, "timestamp": at, "data": data}
    return json.dumps(told, separators=(",", ":")).encode()


def headers(webhook: Webhook, message: UUID, body: bytes) -> dict[str, str]:
    """As https://www.standardwebhooks.com has them."""
    now = timezone.now()
    at, key = str(int(now.timestamp())), f"msg_{message.hex}"
    return {
        "Content-Type": "application/json",
        "User-Agent": f"Tospann/{__version__}",
        "webhook-id": key,
        "webhook-timestamp": at,
        "webhook-signature": " ".join(signed(s, key, at, body) for s in webhook.secrets(now)),
    }


def signed(secret: str, key: str, at: str, body: bytes) -> str:
    own = base64.b64decode(secret.removeprefix("whsec_"))
    mac = hmac.new(own, f"{key}.{at}.".encode() + body, hashlib.sha256)
    return "v1," + base64.b64encode(mac.digest()).decode()
