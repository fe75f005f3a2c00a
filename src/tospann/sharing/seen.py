"""Noting who has looked at what, and counting downloads against a share's limit."""

from datetime import timedelta
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.db.models import F, Q
from django.http import HttpRequest
from django.utils import timezone

from tospann.foundation.authority import Actor
from tospann.foundation.statements import insert
from tospann.sharing.access import Access, Grants, Shared, access
from tospann.sharing.models import AccessLog, Share

__all__ = ["forget_old", "note", "take_download"]


def note(actor: Actor, shared: Shared, what: str, request: HttpRequest | None = None) -> None:
    """Write down that somebody opened, downloaded, previewed or handed in (see AccessKind)."""
    share = next(iter(sorted(actor.shares)), None)
    address = str(get_adapter().get_client_ip(request)) if request is not None else ""
    insert(
        AccessLog(
            at=timezone.now(),
            project_id=shared.project_id,
            subject=shared.reference,
            what=what,
            person_id=actor.person_id,
            share_id=share,
            name=actor.name[:200],
            address=address[:45],
        )
    )


def take_download(actor: Actor, shared: Shared, found: Grants) -> bool:
    """Whether the actor may download the thing now; a share with a limit is counted.

    Two that ask for the last one at the same time do not both get it.
    """
    given = access(actor, shared, found)
    if not given.may_download:
        return False
    limited = _limited(given)
    if limited is None:
        return True
    left = Q(download_limit__isnull=True) | Q(downloads__lt=F("download_limit"))
    return any(
        Share.objects.filter(left, pk=one).update(downloads=F("downloads") + 1) for one in limited
    )


def _limited(given: Access) -> list[UUID] | None:
    """The shares to count against, or None when one of the reasons has no limit."""
    shares = [reason.share for reason in given.reasons]
    downloading = [one for one in shares if one is None or one.may_download]
    if any(one is None or one.downloads_left is None for one in downloading):
        return None
    return [one.id for one in downloading if one is not None]


def forget_old(days: int) -> int:
    """Remove what the log no longer needs to hold; returns how many rows."""
    old = AccessLog.objects.filter(at__lt=timezone.now() - timedelta(days=days))
    return old.delete()[0]
