"""How somebody from outside comes in: a link of 256 bits, exchanged for a cookie at its first use.

The link lies in nobody's history of addresses or logs of servers: the first page it opens sets a
secret in a cookie and goes on to an address without it. A guest proves her e-mail address by a
code; a link may ask for a password. Guesses are counted for each share, and for each address they
come from.
"""

import hashlib
import secrets
from datetime import timedelta
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.contrib.auth.hashers import check_password, make_password
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext

from tospann.foundation.authority import Actor
from tospann.foundation.errors import Invalid
from tospann.people import ratelimit
from tospann.projects.models import Project
from tospann.sharing import queries
from tospann.sharing.commands import renew_link
from tospann.sharing.models import Share, Visit, With
from tospann.sharing.policy import why_not
from tospann.sharing.seeing import visitor
from tospann.sharing.things import thing

TRIES, WINDOW = 5, 15 * 60
UNKNOWN_LINKS = 30
CODES_AN_HOUR = 6
SHORTEST_PASSWORD = 8
CODE_FOR = timedelta(minutes=15)
LONGEST, LONGEST_PAUSE = timedelta(days=30), timedelta(days=7)
_ALL_TRIES = 500
"""Guesses at any link of the portal in one window: above it, nobody guesses on."""


def new_secret() -> str:
    return secrets.token_urlsafe(32)


def hashed(text: str) -> str:
    """What is kept of a secret with 256 random bits."""
    return hashlib.sha256(text.encode()).hexdigest()


def issue(actor: Actor, share: Share, password: str = "") -> str:
    """A new link for the share, to be shown this once; whoever came by the old one is outside."""
    if share.asks_password and len(password) < SHORTEST_PASSWORD:
        raise Invalid(gettext("Choose a password of at least eight characters."), "password")
    token = new_secret()
    renew_link(actor, share, token_hash=hashed(token))
    forget(share)
    if share.asks_password:
        set_password(share, password)
    return token


def share_of(request: HttpRequest, token: str) -> Share | None:
    """The share a link leads to, whatever its state; None when there is no such link."""
    found = Share.objects.filter(token_hash=hashed(token)).select_related("project", "person")
    share = found.first()
    if share is None:
        ratelimit.count(f"unknown-link:{_address(request)}", UNKNOWN_LINKS, WINDOW)
    return share


def works(share: Share) -> bool:
    """Whether the share lets anybody in now."""
    what = thing(share.subject)
    if what is None or what.is_trashed:
        return False
    rules, today = queries.policy(share.project_id), timezone.localdate()
    return why_not(queries.grant_of(share), rules, today) is None


def enter(share: Share, secret: str) -> tuple[Visit, str]:
    """A visit by this share, with the secret for the cookie (a new one unless one was given)."""
    known = secret and Visit.objects.filter(secret_hash=hashed(secret)).exists()
    kept = secret if known else new_secret()
    visit, _made = Visit.objects.get_or_create(
        secret_hash=hashed(kept),
        share=share,
        defaults={"is_open": not (asks_code(share) or share.asks_password)},
    )
    Share.objects.filter(pk=share.pk).update(last_used_at=timezone.now())
    return visit, kept


def asks_code(share: Share) -> bool:
    return share.kind == With.GUEST and share.asks_code


def visits(secret: str) -> list[Visit]:
    """The visits of a browser that have not ended by their age."""
    if not secret:
        return []
    now = timezone.now()
    found = Visit.objects.filter(
        secret_hash=hashed(secret), began_at__gt=now - LONGEST, last_at__gt=now - LONGEST_PAUSE
    )
    return list(found.select_related("share__project", "share__person"))


def actor_in(found: list[Visit], project: Project) -> Actor | None:
    """The visitor as an actor in this project: with all that is shared with her there."""
    inside = [one.share for one in found if one.is_open and one.share.project_id == project.pk]
    if not inside:
        return None
    # Who has proved her address has what is shared with that address; a link is only itself.
    proved = {one.email for one in inside if asks_code(one)}
    hers = Share.objects.filter(project=project, kind=With.GUEST, email__in=proved)
    listed = [queries.grant_of(one) for one in [*inside, *hers.select_related("person", "made_by")]]
    guests_first = sorted(listed, key=lambda one: one.kind != With.GUEST)
    return visitor(project.pk, guests_first)


def touch(found: list[Visit]) -> None:
    """The browser is still here (noted once an hour)."""
    now = timezone.now()
    old = [one.pk for one in found if now - one.last_at > timedelta(hours=1)]
    if old:
        Visit.objects.filter(pk__in=old).update(last_at=now)


def leave(secret: str) -> None:
    Visit.objects.filter(secret_hash=hashed(secret)).delete()


def open_by_password(request: HttpRequest, visit: Visit, password: str) -> bool:
    """Whether the password was right. The time it takes says nothing of the share."""
    _count_guess(request, visit.share_id)
    share = visit.share
    right = check_password(password, share.password_hash or _DUMMY)
    if not (right and share.password_hash and share.asks_password):
        return False
    Visit.objects.filter(pk=visit.pk).update(is_open=True)
    return True


_DUMMY = make_password(None)


def new_code(visit: Visit) -> str:
    """A code for the guest's mail; the one before it is void."""
    ratelimit.count(f"share-code:{visit.share_id}", CODES_AN_HOUR, 3600)
    code = f"{secrets.randbelow(1_000_000):06d}"
    visit.code_hash, visit.code_until = _code_hash(visit, code), timezone.now() + CODE_FOR
    visit.save(update_fields=["code_hash", "code_until"])
    return code


def open_by_code(request: HttpRequest, visit: Visit, code: str) -> bool:
    """Whether the code was right, in time, and for this browser. It works once."""
    _count_guess(request, visit.share_id)
    typed = "".join(part for part in code if part.isdigit())
    if not visit.code_hash or visit.code_until is None or visit.code_until < timezone.now():
        return False
    if not secrets.compare_digest(_code_hash(visit, typed), visit.code_hash):
        return False
    Visit.objects.filter(pk=visit.pk).update(is_open=True, code_hash="", code_until=None)
    return True


def _code_hash(visit: Visit, code: str) -> str:
    return hashed(f"{visit.secret_hash}:{code}")


def _count_guess(request: HttpRequest, share_id: UUID) -> None:
    """Raises TooMany: for the share, for where it comes from, and for the portal as a whole."""
    ratelimit.count(f"share-guess:{share_id}", TRIES, WINDOW)
    ratelimit.count(f"share-guess-from:{_address(request)}", TRIES * 4, WINDOW)
    ratelimit.count("share-guess", _ALL_TRIES, WINDOW)


def _address(request: HttpRequest) -> str:
    return str(get_adapter().get_client_ip(request))


def set_password(share: Share, password: str) -> None:
    """Choose the words a link asks for; whoever came in by others must come again."""
    share.password_hash = make_password(password)
    share.save(update_fields=["password_hash"])
    forget(share)


def forget(share: Share) -> None:
    """End every visit by this share."""
    Visit.objects.filter(share=share).delete()
