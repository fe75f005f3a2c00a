"""Short-lived addresses of single documents, for opening them in Word, Excel or LibreOffice.

An office program cannot be handed the browser's session, so the page hands it an address that is
good for one document and one person. It ends by itself, with the person's account, and when the
document is no longer hers to see. Only the hash of its token is kept.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote

from django.conf import settings
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext

from tospann.documents import access, commands
from tospann.documents.models import Document, OpenAddress
from tospann.foundation.authority import Actor
from tospann.foundation.errors import NotAllowed
from tospann.people.actors import NOBODY, actor_for
from tospann.people.models import Person

LASTS = timedelta(hours=12)
"""After it was last used; a workday with the document open."""
AT_MOST = timedelta(days=3)
"""After it was made."""
_NOTED_EVERY = timedelta(minutes=5)
_READS, _WRITES = frozenset({"read"}), frozenset({"read", "write"})


@dataclass(frozen=True)
class Opened:
    """What a good token stands for."""

    actor: Actor
    document: Document
    name: str


def address_for(actor: Actor, document: Document) -> str:
    """A new address, under which the actor reads the document, and saves it if she may."""
    if actor.person_id is None:
        raise NotAllowed(gettext("Only a person can open a document in an office program."))
    now, token = timezone.now(), secrets.token_urlsafe(32)
    OpenAddress.objects.filter(expires_at__lt=now).delete()
    OpenAddress.objects.create(
        token_hash=_hash(token),
        document=document,
        person_id=actor.person_id,
        name=document.name,
        may_write=commands.add_version.ruling(actor, document).may_decide,
        expires_at=now + LASTS,
    )
    return f"{settings.BASE_URL}/dav/t/{token}/{quote(document.name, safe='')}"


def opened(token: str) -> Opened | None:
    """Whom and what the token stands for; None when it is over, or the document not hers."""
    now = timezone.now()
    found = OpenAddress.objects.filter(token_hash=_hash(token), expires_at__gt=now).first()
    if found is None:
        return None
    actor = actor_for(
        Person.objects.get(pk=found.person_id), _WRITES if found.may_write else _READS
    )
    if actor is NOBODY:
        return None
    project = Document.objects.select_related("project").get(pk=found.document_id).project
    try:
        document = access.document(actor, project, found.document_id)
    except Http404:
        return None
    _prolong(found)
    return Opened(actor, document, found.name)


def _prolong(found: OpenAddress) -> None:
    """As long as it is used it lasts, but not for ever."""
    until = min(timezone.now() + LASTS, found.made_at + AT_MOST)
    if until - found.expires_at > _NOTED_EVERY:
        OpenAddress.objects.filter(pk=found.pk).update(expires_at=until)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
