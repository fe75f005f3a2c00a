"""The hash chain: entries in line behind one head row per scope, details apart and erasable."""

import hashlib
import json
import secrets
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from tospann.foundation import statements
from tospann.foundation.authority import Actor
from tospann.foundation.models import AuditDetail, AuditEntry, AuditHead
from tospann.foundation.statements import One


def canonical(value: Any) -> str:
    """The one JSON text of a value, the same on every machine."""
    return json.dumps(
        value, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass
class Act:
    """An entry in the making. Its place in the chain is reserved when the command begins."""

    scope_id: uuid.UUID
    sequence: int
    parent: int | None
    actor: Actor
    command: str
    subject: str
    authority: str = ""
    arguments: Mapping[str, Any] = field(default_factory=dict)
    changes: Mapping[str, Any] = field(default_factory=dict)
    reactions: list[str] = field(default_factory=list)
    entry: AuditEntry | None = None


def head_of(scope_id: uuid.UUID) -> AuditHead:
    """The scope's head row, locked until the transaction ends."""
    head = _locked_head(scope_id)
    if head is None:
        AuditHead.objects.get_or_create(pk=scope_id)
        head = _locked_head(scope_id)
        assert head is not None
    return head


_locked_head = One(AuditHead, locked=True)


def append(head: AuditHead, acts: list[Act]) -> None:
    """Chain the acts of one scope behind its head, in the order they were begun."""
    at = timezone.now()
    entries, details = [], []
    for act in sorted(acts, key=lambda act: act.sequence):
        detail = _detail(act)
        entry = AuditEntry(
            scope_id=act.scope_id,
            sequence=act.sequence,
            parent=act.parent,
            at=at,
            person_id=act.actor.person_id,
            actor_kind=act.actor.came_as,
            authority=act.authority,
            command=act.command,
            subject=act.subject,
            detail_hash=detail_hash(detail),
            previous_hash=head.hash,
        )
        entry.hash = entry_hash(entry)
        head.hash, head.sequence = entry.hash, entry.sequence
        act.entry = entry
        entries.append(entry)
        details.append(detail)
    _store(entries, details)
    statements.update(head, "hash", "sequence", "number")


def _store(entries: list[AuditEntry], details: list[AuditDetail]) -> None:
    if len(entries) == 1:
        statements.insert(entries[0])
        details[0].entry = entries[0]
        statements.insert(details[0])
        return
    AuditEntry.objects.bulk_create(entries, batch_size=500)
    for entry, detail in zip(entries, details, strict=True):
        detail.entry = entry
    AuditDetail.objects.bulk_create(details, batch_size=500)


def _detail(act: Act) -> AuditDetail:
    plain = json.loads(canonical([dict(act.arguments), dict(act.changes)]))
    return AuditDetail(
        salt=secrets.token_hex(16),
        actor_name=act.actor.name,
        arguments=plain[0],
        changes=plain[1],
    )


def detail_hash(detail: AuditDetail) -> str:
    return digest(canonical([detail.salt, detail.actor_name, detail.arguments, detail.changes]))


def entry_hash(entry: AuditEntry) -> str:
    """What an entry vouches for: its place, time, person, scope, command and its detail."""
    return digest(
        canonical(
            [
                entry.previous_hash,
                str(entry.scope_id),
                entry.sequence,
                entry.parent,
                entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
                str(entry.person_id),
                entry.actor_kind,
                entry.authority,
                entry.command,
                entry.subject,
                entry.detail_hash,
            ]
        )
    )


@dataclass(frozen=True)
class Fault:
    """Where a chain is broken, and how."""

    scope_id: uuid.UUID
    sequence: int
    what: str


def verify(anchors: Mapping[uuid.UUID, list[tuple[int, str]]] | None = None) -> Iterator[Fault]:
    """Every fault of every chain; ``anchors`` are earlier heads kept outside the database."""
    heads = {head.scope_id: head for head in AuditHead.objects.all()}
    scopes = set(heads) | set(anchors or {})
    scopes |= set(AuditEntry.objects.values_list("scope_id", flat=True).distinct())
    for scope_id in sorted(scopes):
        yield from _verify_scope(scope_id, heads.get(scope_id), (anchors or {}).get(scope_id, []))


def _verify_scope(
    scope_id: uuid.UUID, head: AuditHead | None, anchors: list[tuple[int, str]]
) -> Iterator[Fault]:
    previous, expected = "", 1
    anchored = dict(anchors)
    entries = AuditEntry.objects.filter(scope_id=scope_id).order_by("sequence")
    for entry in entries.select_related("detail").iterator(chunk_size=2000):
        if entry.sequence != expected:
            yield Fault(scope_id, expected, "missing")
            return
        what = _entry_fault(entry, previous, anchored)
        if what:
            yield Fault(scope_id, entry.sequence, what)
            return
        previous, expected = entry.hash, expected + 1
    last_anchor = max(anchored, default=0)
    if last_anchor >= expected:
        yield Fault(scope_id, expected, "cut before the anchor")
    elif head is None or (head.sequence, head.hash) != (expected - 1, previous):
        yield Fault(scope_id, expected, "head does not match")


def _entry_fault(entry: AuditEntry, previous: str, anchored: Mapping[int, str]) -> str:
    if entry.previous_hash != previous:
        return "out of line"
    if entry.hash != entry_hash(entry):
        return "changed"
    if anchored.get(entry.sequence, entry.hash) != entry.hash:
        return "differs from the anchor"
    detail: AuditDetail | None = getattr(entry, "detail", None)
    if detail is None:
        return "detail missing"
    if detail.erased_at is None and detail_hash(detail) != entry.detail_hash:
        return "detail changed"
    return ""


def anchor() -> dict[str, Any]:
    """The heads of all chains now, to be kept outside the database."""
    heads = AuditHead.objects.order_by("scope_id").values_list("scope_id", "sequence", "hash")
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "heads": [[str(scope), sequence, hash_] for scope, sequence, hash_ in heads],
    }
