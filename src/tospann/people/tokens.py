"""API authentication: a personal token becomes an actor with the token's scopes."""

from datetime import timedelta

from allauth.account.adapter import get_adapter
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from ninja.security import HttpBearer

from tospann.foundation.authority import Actor
from tospann.foundation.errors import NotAllowed
from tospann.foundation.statements import One
from tospann.people import ratelimit
from tospann.people.actors import actor_for
from tospann.people.commands import hash_of
from tospann.people.models import ApiToken, Person

CALLS_A_MINUTE = 600
FAILURES_A_MINUTE = 10
_NOTED_EVERY = timedelta(minutes=5)


def actor_of(secret: str) -> Actor | None:
    """The actor a token stands for; None when it is unknown, revoked, expired or its owner left."""
    token = _by_hash(hash_of(secret))
    if token is None or token.revoked_at is not None:
        return None
    person = Person.objects.get(pk=token.person_id)
    if not person.is_active:
        return None
    if token.expires_on is not None and token.expires_on < timezone.localdate():
        return None
    ratelimit.count(f"token:{token.pk}", CALLS_A_MINUTE, 60, step=CALLS_A_MINUTE // 20)
    _note_use(token)
    return actor_for(person, frozenset(token.scopes))


_by_hash = One(ApiToken, "token_hash")


def _note_use(token: ApiToken) -> None:
    now = timezone.now()
    if token.last_used_at is None or now - token.last_used_at > _NOTED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)


class Bearer(HttpBearer):
    """``Authorization: Bearer tos_…`` for django-ninja; sets ``request.actor``."""

    openapi_description = "A personal API token"

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        actor = actor_of(token)
        if actor is None:
            address = get_adapter().get_client_ip(request)
            ratelimit.count(f"token-failures:{address}", FAILURES_A_MINUTE, 60)
            return None
        if request.method not in {"GET", "HEAD"} and "write" not in (actor.scopes or ()):
            raise NotAllowed(gettext("This token may only read."))
        request.actor = actor  # type: ignore[attr-defined]  # it becomes an ActorRequest
        return actor
