"""What was changed in a project since a place in its audit chain: kinds and references only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tospann.foundation.authority import Actor
from tospann.foundation.models import AuditEntry, AuditHead
from tospann.people import veils

MOST_ENTRIES = 100
MOST_IDS = 200
UNDER_WAY = timedelta(seconds=5)
"""An act gets its time before it is committed: whoever asks by time looks back this much."""


@dataclass(frozen=True)
class Changed:
    """The head of the chain, and by capability what was touched after the place asked about."""

    head: int
    kinds: Mapping[str, list[str]]
    is_cut: bool = False
    """More was changed than is told: whoever shows something had better read it all again."""

    def to_json(self) -> dict[str, Any]:
        return {"head": self.head, "changed": self.kinds, "cut": self.is_cut}


def head(project_id: UUID) -> int:
    """The number of the project's latest act, in one query."""
    found = AuditHead.objects.filter(pk=project_id).values_list("sequence", flat=True).first()
    return found or 0


def since(reader: Actor, project_id: UUID, sequence: int) -> Changed:
    """What of the reader's to see was changed after that act: one query when nothing was."""
    latest = head(project_id)
    if latest <= sequence:
        return Changed(latest, {})
    return _changed(reader, project_id, latest, {"sequence__gt": sequence})


def after(reader: Actor, project_id: UUID, moment: datetime) -> Changed:
    """What was changed since about then: for a page that knows only when it was made."""
    return _changed(reader, project_id, head(project_id), {"at__gt": moment - UNDER_WAY})


def _changed(reader: Actor, project_id: UUID, latest: int, where: Mapping[str, Any]) -> Changed:
    entries = AuditEntry.objects.filter(scope_id=project_id, sequence__lte=latest, **where)
    touched = entries.order_by("-sequence").values_list("subject", "detail__changes")
    rows = list(touched[: MOST_ENTRIES + 1])
    kinds: dict[str, list[str]] = {}
    touched_ones = dict.fromkeys(_references(rows[:MOST_ENTRIES]))
    away = veils.hidden(reader, project_id, touched_ones)
    for reference in (one for one in touched_ones if one not in away):
        kinds.setdefault(reference.partition(".")[0], []).append(reference)
    cut = len(rows) > MOST_ENTRIES or any(len(ids) > MOST_IDS for ids in kinds.values())
    shown = {kind: ids[:MOST_IDS] for kind, ids in sorted(kinds.items())}
    return Changed(latest, shown, cut)


def _references(rows: Iterable[tuple[str, Mapping[str, Any] | None]]) -> Iterable[str]:
    """The records an act changed; when it changed none (or its detail is erased), its subject."""
    for subject, changes in rows:
        yield from changes or (subject,)
