"""Saves that a program makes by itself while it holds a document locked. Not all are kept."""

from datetime import datetime, timedelta

from tospann.documents.access import may_change
from tospann.documents.commands.keeping import Size, add_version
from tospann.documents.models import Document, Version
from tospann.foundation.arguments import Hash
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command

APART = timedelta(minutes=10)
"""Of what was saved closer together than this, within one lock by one person, the last is kept."""


@command(needs=Power.KEEP_DOCUMENTS, only_if=may_change, exposed=False)
def save_in_lock(
    actor: Actor, document: Document, *, sha256: Hash, size: Size, since: datetime
) -> Document:
    """Save a new version from a program

    The lock was taken at ``since``. What came before the lock, its first save, one save for each
    ten minutes and the last one are kept; so is whatever was approved, commented on or restored.
    """
    before = document.version_number
    made = add_version(actor, document, sha256=sha256, size=size)
    found = list(Version.objects.filter(document=made, number__lte=before).order_by("-number")[:2])
    if len(found) == 2 and _may_go(actor, made, found[0], found[1], since):
        found[0].delete()
    return made


def _may_go(
    actor: Actor, document: Document, last: Version, earlier: Version, since: datetime
) -> bool:
    """Whether the save before this one lies in between: not the first, close to the one before."""
    are_hers = last.made_by_id == earlier.made_by_id == actor.person_id
    are_within = earlier.made_at >= since and document.changed_at - earlier.made_at < APART
    is_plain = not last.comment and last.restored_from is None
    return are_hers and are_within and is_plain and last.number != document.approved_version
