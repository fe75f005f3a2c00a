"""Check-out: only I change this until I check it in; and somebody's forgotten one released."""

from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext, gettext_noop
from pydantic import Field

from tospann.documents import locks
from tospann.documents.access import may_change
from tospann.documents.commands.arguments import MediaType, Note, Reason
from tospann.documents.commands.keeping import add_version, must_be_kept
from tospann.documents.models import Document, Lock
from tospann.foundation.arguments import Hash
from tospann.foundation.authority import Actor, Power, Sentence
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid, NotAllowed
from tospann.notifications.models import Kind
from tospann.notifications.telling import tell

_RELEASED = gettext_noop("%(who)s released your check-out of “%(name)s”: %(reason)s")


@command(needs=Power.KEEP_DOCUMENTS, only_if=may_change, undoable=False)
def check_out(actor: Actor, document: Document, *, comment: Note = "") -> Document:
    """Check out a document

    Nobody else can change it until it is checked in; everybody sees who has it.
    """
    must_be_kept(document)
    if actor.person_id is None and actor.kind != "system":
        raise NotAllowed(gettext("Only a person can check out a document."))
    locks.take(actor, document, is_checkout=True, comment=comment)
    document.save()
    return document


@command(needs=Power.KEEP_DOCUMENTS, only_if=may_change, undoable=False)
def check_in(
    actor: Actor,
    document: Document,
    *,
    sha256: Hash | None = None,
    size: Annotated[int, Field(ge=0)] = 0,
    media_type: MediaType | None = None,
    comment: Note = "",
) -> Document:
    """Check in a document

    With a new version when one is uploaded; without, nothing was changed.
    """
    lock = _checked_out(document)
    if lock is None or lock.person_id != actor.person_id:
        raise Invalid(gettext("You have not checked out this document."))
    if sha256 is not None:
        add_version(
            actor, document, sha256=sha256, size=size, media_type=media_type, comment=comment
        )
    else:
        document.save()
    locks.release(lock)
    return document


@command(needs=Power.ORDER_DOCUMENTS, only_if=may_change, undoable=False)
def release_check_out(actor: Actor, document: Document, *, reason: Reason) -> Document:
    """Release somebody's check-out

    Also what a drive left locked. Whoever had it is told why.
    """
    held = list(locks.live().filter(document=document))
    if not held:
        raise Invalid(gettext("Nobody has checked out this document."))
    for lock in held:
        locks.release(lock)
    document.save()
    people: set[UUID] = {lock.person_id for lock in held if lock.person_id is not None}
    values = {"who": actor.name, "name": document.name, "reason": reason}
    others = sorted(people - {actor.person_id})
    link, key = document.get_absolute_url(), f"released:{document.pk}:{document.version}"
    said = Sentence(_RELEASED, values)
    tell(others, Kind.ASKED, said, link, key=key, project=document.project)
    return document


def _checked_out(document: Document) -> Lock | None:
    return locks.live().filter(document=document, is_checkout=True).first()
