"""The organisation's own Word files for its documents."""

from typing import Annotated
from uuid import UUID

from django.utils import timezone
from pydantic import Field

from tospann.blanks.models import WordTemplate
from tospann.foundation.arguments import Hash, Key, Line
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.people.models import Organisation

Names = Annotated[list[Annotated[str, Field(max_length=200)]], Field(max_length=500)]


@command(needs=Power.EDIT_PACKS, undoable=False, exposed=False)
def set_word_template(
    actor: Actor,
    organisation: Organisation,
    *,
    id: UUID,
    key: Key,
    name: Line,
    size: Annotated[int, Field(ge=1)],
    sha256: Hash,
    known: Names,
    unknown: Names,
) -> WordTemplate:
    """Use a Word file of our own for a document template"""
    kept = WordTemplate.objects.filter(key=key).first() or WordTemplate(id=id, key=key)
    kept.name, kept.size, kept.sha256 = name, size, sha256
    kept.known, kept.unknown = known, unknown
    kept.added_by_id, kept.added_at = actor.person_id, timezone.now()
    kept.save()
    return kept


@command(needs=Power.EDIT_PACKS, undoable=False)
def remove_word_template(actor: Actor, template: WordTemplate) -> None:
    """Stop using a Word file of our own"""
    template.delete()
