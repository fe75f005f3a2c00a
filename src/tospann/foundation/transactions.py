"""One write transaction: lock the head, re-read, run, append to the chain, owe reactions."""

import uuid
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import OperationalError, connection, transaction

from tospann.foundation import audit, reactions
from tospann.foundation.authority import Actor
from tospann.foundation.errors import DiskFull, Gone, Stale
from tospann.foundation.models import AuditHead
from tospann.foundation.records import collecting_changes, reference
from tospann.foundation.references import what_changed_since
from tospann.foundation.statements import by_key

R = TypeVar("R")


@dataclass
class _Open:
    """The write transaction that is open now: locked heads, and acts in the order they began."""

    heads: dict[uuid.UUID, AuditHead] = field(default_factory=dict)
    acts: list[audit.Act] = field(default_factory=list)
    stack: list[audit.Act] = field(default_factory=list)

    def head(self, scope_id: uuid.UUID) -> AuditHead:
        if scope_id not in self.heads:
            self.heads[scope_id] = audit.head_of(scope_id)
        return self.heads[scope_id]

    def begin(self, actor: Actor, name: str, subject: str, scope_id: uuid.UUID) -> audit.Act:
        head = self.head(scope_id)
        head.sequence += 1
        above = self.stack[-1] if self.stack else None
        parent = above.sequence if above and above.scope_id == scope_id else None
        act = audit.Act(scope_id, head.sequence, parent, actor, name, subject)
        act.authority = above.authority if above else ""
        self.acts.append(act)
        return act


_open: ContextVar[_Open | None] = ContextVar("open_transaction", default=None)


def is_open() -> bool:
    """Whether a command is being carried out now."""
    return _open.get() is not None


def next_number(scope_id: uuid.UUID) -> int:
    """The next short number of the scope (NF-123). Only inside a command."""
    open_ = _open.get()
    assert open_ is not None, "short numbers are given inside a command"
    head = open_.head(scope_id)
    head.number += 1
    return head.number


def scope_now() -> uuid.UUID:
    """The scope of the act being carried out. Only inside a command."""
    open_ = _open.get()
    assert open_ is not None, "there is no act outside a command"
    return open_.stack[-1].scope_id


def hold(scopes: Iterable[uuid.UUID]) -> None:
    """Lock the heads of these projects, in the order of their ids, until the transaction ends.

    Only an act of the organisation does so, and before it has locked any other project: whoever
    locks several does it in the same order, so that two of them never wait for each other.
    """
    open_ = _open.get()
    assert open_ is not None, "heads are locked inside a command"
    wanted = sorted(set(scopes) - open_.heads.keys())
    if wanted and max(open_.heads) > wanted[0]:
        raise RuntimeError("heads are locked in the order of their ids, all at once")
    for scope_id in wanted:
        open_.head(scope_id)


def holds(scopes: Iterable[uuid.UUID]) -> bool:
    """Whether the heads of all these projects are locked by this transaction."""
    open_ = _open.get()
    return open_ is not None and open_.heads.keys() >= set(scopes)


def sequence_now() -> int:
    """The place in the audit chain of the act being carried out. Only inside a command."""
    open_ = _open.get()
    assert open_ is not None, "there is no act outside a command"
    return open_.stack[-1].sequence


def run(
    actor: Actor,
    name: str,
    subject: Any,
    expected: int | None,
    body: Callable[[audit.Act, Any], R],
    *,
    exists: bool = True,
    chain: uuid.UUID | None = None,
) -> tuple[R, audit.Act]:
    """Carry out ``body`` as one act: lock, re-read, check, run, append, owe reactions.

    ``exists=False`` is for a subject that is gone (undo of a removal): it is not read again.
    ``chain`` is whose chain the act stands in, where that is not the scope of its subject.
    """
    scope_id = subject.scope_id if chain is None else chain
    if _open.get() is not None:
        return _nested(actor, name, subject, body, expected, scope_id)
    for attempt in range(4):
        try:
            return _outermost(actor, name, subject, expected, body, exists, scope_id)
        except OperationalError as error:
            if _is_full(error):
                raise DiskFull from error
            if attempt == 3 or not _is_transient(error):
                raise
    raise AssertionError("unreachable")


def _outermost(
    actor: Actor,
    name: str,
    subject: Any,
    expected: int | None,
    body: Callable[[audit.Act, Any], R],
    exists: bool,
    scope_id: uuid.UUID,
) -> tuple[R, audit.Act]:
    open_ = _Open()
    with transaction.atomic(durable=True):
        token = _open.set(open_)
        try:
            open_.head(scope_id)
            fresh = subject
            if exists:
                fresh = by_key(subject.__class__)(subject.pk)
            if fresh is None:
                raise Gone
            result, act = _nested(actor, name, fresh, body, expected, scope_id)
            for scope, head in sorted(open_.heads.items()):
                audit.append(head, [a for a in open_.acts if a.scope_id == scope])
            reactions.owe(open_.acts)
        finally:
            _open.reset(token)
    return result, act


def _nested(
    actor: Actor,
    name: str,
    subject: Any,
    body: Callable[[audit.Act, Any], R],
    expected: int | None,
    scope_id: uuid.UUID,
) -> tuple[R, audit.Act]:
    open_ = _open.get()
    assert open_ is not None
    if expected is not None and expected != subject.version:
        raise Stale(str(subject), what_changed_since(reference(subject), expected))
    act = open_.begin(actor, name, reference(subject), scope_id)
    with collecting_changes() as changes:
        open_.stack.append(act)
        try:
            result = body(act, subject)
        finally:
            open_.stack.pop()
    act.changes = changes
    return result, act


_DEADLOCK_OR_SERIALISATION = {"40001", "40P01"}


def _is_full(error: OperationalError) -> bool:
    return "disk is full" in str(error) or getattr(error.__cause__, "sqlstate", None) == "53100"


def _is_transient(error: OperationalError) -> bool:
    state = getattr(error.__cause__, "sqlstate", None)
    return connection.vendor == "postgresql" and state in _DEADLOCK_OR_SERIALISATION
