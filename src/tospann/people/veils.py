"""Records that not everybody on a project sees, where the log would name them all the same.

The log of a project is read by everybody on it; a document may be for few. Whoever keeps such
records says which of them are hidden from somebody; what shows the log asks ``hidden``.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from tospann.foundation.authority import Actor
from tospann.foundation.models import AuditEntry

Veil = Callable[[Actor, UUID, Collection[str]], Collection[str]]
"""Of these references, all of one kind and in that scope, those that the actor may not see."""
_veils: dict[str, Veil] = {}


def veiled_by(label: str, veil: Veil) -> None:
    """Called once for each kind of record (``documents.document``) that may be for few."""
    _veils[label] = veil


def is_veiled(reference: str) -> bool:
    """Whether records of this kind may be hidden from some who see the project."""
    return reference.partition(":")[0] in _veils


def hidden(actor: Actor, scope_id: UUID, references: Iterable[str]) -> frozenset[str]:
    """Those of them that the actor may not see. Asks nothing when none is of a veiled kind."""
    by_kind: dict[str, set[str]] = {}
    for one in references:
        if is_veiled(one):
            by_kind.setdefault(one.partition(":")[0], set()).add(one)
    if actor.kind == "system":
        return frozenset()
    found = (_veils[kind](actor, scope_id, refs) for kind, refs in by_kind.items())
    return frozenset(ref for refs in found for ref in refs)


def veil(actor: Actor, entries: Iterable[AuditEntry]) -> list[AuditEntry]:
    """The entries of one scope, without what they say of records the actor may not see.

    That something was done, when and by whom stays: it is part of the chain.
    """
    listed = list(entries)
    if not listed:
        return listed
    away = hidden(actor, listed[0].scope_id, (ref for one in listed for ref in references(one)))
    for one in listed:
        if away.intersection(references(one)):
            changes: Mapping[str, Any] = one.detail.changes or {}
            one.detail.changes = {ref: told for ref, told in changes.items() if ref not in away}
            one.detail.arguments = None
            if one.subject in away:
                one.subject = one.subject.partition(":")[0]
    return listed


def references(entry: AuditEntry) -> set[str]:
    """What an act was on, and all that it changed."""
    return {entry.subject, *(entry.detail.changes or {})}
