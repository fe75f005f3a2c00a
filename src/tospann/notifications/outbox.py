"""Sending what lies in the outbox. A mail is claimed first, so that one worker sends it.

A crash between the mail server's yes and our tick sends the mail again with the same Message-ID.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit
from uuid import UUID

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import F
from django.utils import timezone

from tospann.notifications.models import OutboxMail

LEASE = timedelta(minutes=5)
MOST_ATTEMPTS = 12
_METHOD = re.compile(r"^METHOD:([A-Z]+)\r?$", re.MULTILINE)
log = structlog.get_logger()
FileReader = Callable[[str], bytes]
_readers: dict[str, FileReader] = {}


def files_come_from(kind: str, reader: FileReader) -> None:
    """Called when ready by the capability that keeps files which mails may carry."""
    _readers[kind] = reader


def send_due(most: int = 500) -> int:
    """Send what is due; returns how many were accepted. Failures are tried again ever later."""
    sent = 0
    for _turn in range(most):
        mail = _claim()
        if mail is None:
            break
        sent += _send(mail)
    return sent


def _claim() -> OutboxMail | None:
    now = timezone.now()
    due = OutboxMail.objects.filter(
        sent_at__isnull=True, due_at__lte=now, attempts__lt=MOST_ATTEMPTS
    )
    for mail in due.order_by("due_at", "pk")[:5]:
        mine = OutboxMail.objects.filter(pk=mail.pk, due_at=mail.due_at, sent_at__isnull=True)
        if mine.update(due_at=now + LEASE, attempts=F("attempts") + 1):
            mail.attempts += 1
            return mail
    return None


def _send(mail: OutboxMail) -> int:
    row = OutboxMail.objects.filter(pk=mail.pk)
    try:
        _message(mail).send()
    except Exception as error:
        log.exception("mail not sent", mail=mail.pk, attempt=mail.attempts)
        wait = timedelta(seconds=min(30 * 2.0**mail.attempts, 6 * 3600))
        row.update(due_at=timezone.now() + wait, error=repr(error)[:2000])
        return 0
    row.update(sent_at=timezone.now(), error="")
    return 1


def _unsubscribing(mail: OutboxMail) -> dict[str, str]:
    """What mail programs make a button of (RFC 8058: they post to the address)."""
    if not mail.unsubscribe:
        return {}
    return {
        "List-Unsubscribe": f"<{mail.unsubscribe}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _threading(mail: OutboxMail) -> dict[str, str]:
    """What puts the mail below the one it answers."""
    return {"In-Reply-To": mail.answers, "References": mail.answers} if mail.answers else {}


def sent_with(message_id: str) -> OutboxMail | None:
    """The mail of ours that has this Message-ID."""
    local, _at, host = message_id.strip("<>").partition("@")
    if host != _host():
        return None
    try:
        return OutboxMail.objects.filter(message_id=UUID(local)).first()
    except ValueError:
        return None


def _host() -> str:
    return urlsplit(settings.BASE_URL).hostname or "localhost"


def _message(mail: OutboxMail) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        mail.subject,
        mail.body,
        to=[mail.to],
        connection=get_connection(timeout=20),
        headers={
            "Message-ID": f"<{mail.message_id}@{_host()}>",
            "Auto-Submitted": "auto-generated",
            **_unsubscribing(mail),
            **_threading(mail),
        },
        reply_to=[mail.reply_to] if mail.reply_to else None,
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    if mail.calendar:
        method = _METHOD.search(mail.calendar)
        kind = f"text/calendar; method={method[1]}" if method else "text/calendar"
        message.attach_alternative(mail.calendar, kind)
        message.attach("invite.ics", mail.calendar, "application/ics")
    for one in mail.attached:
        kind, _colon, reference = one["source"].partition(":")
        message.attach(one["name"], _readers[kind](reference), one["media_type"])
    return message
