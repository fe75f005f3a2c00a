"""What the log says of things that are not everybody's to see: see ``people.veils``."""

from collections.abc import Collection, Mapping
from uuid import UUID

from tospann.foundation.authority import Actor
from tospann.people.veils import veiled_by
from tospann.sharing.access import Grants, access, grants, reach
from tospann.sharing.models import Share
from tospann.sharing.rights import CLASSES
from tospann.sharing.things import things


def hidden_things(actor: Actor, scope_id: UUID, references: Collection[str]) -> frozenset[str]:
    """Things that can be shared. What is gone is hidden from all but those who see every class."""
    found = things(references)
    held = grants(actor, scope_id)
    seen = {ref for ref, one in found.items() if access(actor, one, held).may_see}
    if reach(actor, Grants(scope_id)).classes == frozenset(CLASSES):
        seen |= set(references) - found.keys()
    return frozenset(set(references) - seen)


def hidden_by(
    actor: Actor, scope_id: UUID, references: Collection[str], subjects: Mapping[str, str]
) -> frozenset[str]:
    """Records that are about a thing each: hidden where that is."""
    about = {ref: subjects.get(ref, "") for ref in references}
    away = hidden_things(actor, scope_id, {*about.values()})
    return frozenset(ref for ref, subject in about.items() if subject in away)


def _shares(actor: Actor, scope_id: UUID, references: Collection[str]) -> frozenset[str]:
    pks = [ref.partition(":")[2] for ref in references]
    rows = Share.objects.filter(pk__in=pks).values_list("pk", "subject")
    subjects = {f"sharing.share:{pk}": subject for pk, subject in rows}
    return hidden_by(actor, scope_id, references, subjects)


def register() -> None:
    veiled_by("sharing.share", _shares)
