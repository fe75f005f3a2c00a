"""Signing in with an app password: e-mail address and password become an actor, as Basic asks."""

import base64
import binascii
from datetime import timedelta

from allauth.account.adapter import get_adapter
from django.http import HttpRequest
from django.utils import timezone

from tospann.foundation.authority import Actor
from tospann.foundation.statements import One
from tospann.people import ratelimit
from tospann.people.actors import NOBODY, actor_for
from tospann.people.commands import hash_of
from tospann.people.models import AppPassword, Person

FAILURES_A_MINUTE = 20
_NOTED_EVERY = timedelta(minutes=5)
_READS, _WRITES = frozenset({"read"}), frozenset({"read", "write"})
_by_hash = One(AppPassword, "password_hash")


def actor_of(request: HttpRequest) -> Actor:
    """Whoever the ``Authorization: Basic`` header signs in, or NOBODY. Raises TooMany.

    Only app passwords open this door: a person's own password would go around her second factor.
    """
    given = _given(request.headers.get("Authorization", ""))
    if given is None:
        return NOBODY
    actor = _signed_in(*given)
    if actor is NOBODY:
        address = get_adapter().get_client_ip(request)
        ratelimit.count(f"app-password-failures:{address}", FAILURES_A_MINUTE, 60)
    return actor


def _given(header: str) -> tuple[str, str] | None:
    kind, _space, encoded = header.partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        name, colon, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return (name.strip(), secret) if colon else None


def _signed_in(email: str, secret: str) -> Actor:
    plain = secret.replace("-", "").replace(" ", "").lower()
    found = _by_hash(hash_of(plain))
    if found is None or found.revoked_at is not None:
        return NOBODY
    person = Person.objects.get(pk=found.person_id)
    if person.email.lower() != email.lower():
        return NOBODY
    _note_use(found)
    return actor_for(person, _WRITES if found.may_write else _READS)


def _note_use(password: AppPassword) -> None:
    now = timezone.now()
    if password.last_used_at is None or now - password.last_used_at > _NOTED_EVERY:
        AppPassword.objects.filter(pk=password.pk).update(last_used_at=now)
