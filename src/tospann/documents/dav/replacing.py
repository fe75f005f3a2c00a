"""Programs that save by putting a new file in the old one's place: the document stays itself.

Many programs do not write into a file. They throw it away, or rename it to something temporary,
and give its name to a new one. To the program it looks as it expects; here the document that had
the name a moment ago takes it back, with its history, and what is new becomes its newest version.
"""

import re
from datetime import timedelta
from uuid import UUID

from django.core.cache import cache
from django.utils import timezone

from tospann.documents import access, commands
from tospann.documents.dav import properties
from tospann.documents.dav.call import Call
from tospann.documents.dav.drive import Resource
from tospann.documents.models import DeadProperty, Document
from tospann.documents.names import key_of
from tospann.foundation.ids import new_id

MOMENT = timedelta(minutes=2)
YOUNG = timedelta(minutes=15)
"""How long ago a temporary file was made, at most."""
_TEMPORARY = re.compile(
    r"^~|~$|^\.|\.(?:tmp|temp|bak|old|swp)$|\.sb-|^[0-9A-F]{8}$|^Word Work File", re.IGNORECASE
)


def moved_away(call: Call, document: Document, folder: UUID | None, name: str) -> None:
    """Remember for a moment who had this name, if it was moved to make room."""
    if _TEMPORARY.search(document.name):
        cache.set(_key(call, folder, name), str(document.pk), MOMENT.total_seconds())


def former(call: Call, above: Resource, name: str) -> Document | None:
    """Whoever had the name here until the same person took it from it, a moment ago."""
    if call.actor.person_id is None:
        return None
    return _thrown_away(call, above, name) or _moved_away(call, above, name)


def take_back(call: Call, one: Document, above: Resource, name: str) -> Document:
    """The document has its name again; what it held lies where the program moved it."""
    if one.trashed_at is not None:
        back = commands.restore_document(call.actor, one)
    else:
        folder, aside = one.folder_id, one.name
        back = commands.move_document(call.actor, one, folder=above.folder_id, name=name)
        commands.add_document(
            call.actor,
            one.project,
            id=new_id(),
            folder=folder,
            name=aside,
            sha256=one.sha256,
            size=one.size,
            media_type=one.media_type,
        )
    DeadProperty.objects.filter(**properties.place_of(back)).delete()
    return back


def is_young(document: Document, call: Call) -> bool:
    """Whether it is a temporary file of hers, rather than something with a history."""
    is_hers = document.made_by_id == call.actor.person_id
    return is_hers and document.made_at > timezone.now() - YOUNG


def _thrown_away(call: Call, above: Resource, name: str) -> Document | None:
    found = access.trashed(call.actor, above.project).filter(
        folder=above.folder_id,
        name_key=key_of(name),
        url="",
        trashed_by=call.actor.person_id,
        trashed_at__gt=timezone.now() - MOMENT,
    )
    one = found.order_by("-trashed_at").first()
    return one if one is not None and _may(call, one) else None


def _moved_away(call: Call, above: Resource, name: str) -> Document | None:
    pk = cache.get(_key(call, above.folder_id, name))
    one = access.visible(call.actor, above.project).filter(pk=pk).first() if pk else None
    if one is None or not _TEMPORARY.search(one.name) or not _may(call, one):
        return None
    return one


def _may(call: Call, one: Document) -> bool:
    return commands.add_version.ruling(call.actor, one).may_decide


def _key(call: Call, folder: UUID | None, name: str) -> str:
    return f"dav-moved:{call.path[0].upper()}:{folder}:{call.actor.person_id}:{_digest(name)}"


def _digest(name: str) -> str:
    """Cache keys are short and plain."""
    return key_of(name).encode().hex()[-120:]
