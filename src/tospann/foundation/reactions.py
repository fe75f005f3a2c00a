"""What happens after a command: written with its commit, carried out after it, once per entry.

A reaction may run twice when the process dies between the work and the tick, so each must be
idempotent for its entry.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

import structlog
from django.db import transaction
from django.utils import timezone

from tospann.foundation import statements
from tospann.foundation.audit import Act
from tospann.foundation.models import AuditEntry, OwedReaction

Reaction = Callable[[AuditEntry], None]
_REACTIONS: dict[str, Reaction] = {}
_BY_COMMAND: dict[str, list[str]] = {}
_BY_LABEL: dict[str, list[str]] = {}
_wakers: list[Callable[[], None]] = []
LEASE = timedelta(seconds=60)
MOST_ATTEMPTS = 12
log = structlog.get_logger()


def reaction(*commands: Any) -> Callable[[Reaction], Reaction]:
    """Decorator: run this after each of these commands."""

    def register(function: Reaction) -> Reaction:
        name = f"{function.__module__.removeprefix('tospann.')}.{function.__name__}"
        _REACTIONS[name] = function
        for what in commands:
            _BY_COMMAND.setdefault(what.name, []).append(name)
        return function

    return register


def to_changes_of(label: str, function: Reaction) -> None:
    """Run this after every act, whatever its command, that changes a record of this kind."""
    name = f"{function.__module__.removeprefix('tospann.')}.{function.__name__}"
    _REACTIONS[name] = function
    _BY_LABEL.setdefault(label, []).append(name)


def names_for(command: str) -> list[str]:
    return _BY_COMMAND.get(command, [])


def when_owed(waker: Callable[[], None]) -> None:
    """Have this called after each commit that owes reactions (the worker is woken by it)."""
    _wakers.append(waker)


def owe(acts: Iterable[Act]) -> None:
    """Write down the reactions of these acts, in the transaction of the acts themselves."""
    now = timezone.now()
    owed = [
        OwedReaction(entry=act.entry, name=name, due_at=now)
        for act in acts
        for name in _owed_by(act)
    ]
    if len(owed) == 1:
        statements.insert(owed[0])
    else:
        OwedReaction.objects.bulk_create(owed)
    if owed:
        transaction.on_commit(_wake)


def _owed_by(act: Act) -> Iterable[str]:
    """Each once, in the order they were declared."""
    changed = {ref.partition(":")[0] for ref in act.changes} & _BY_LABEL.keys()
    return dict.fromkeys([*act.reactions, *(n for one in sorted(changed) for n in _BY_LABEL[one])])


def _wake() -> None:
    for waker in _wakers:
        waker()


def carry_out_owed(most: int = 200) -> int:
    """Carry out what is due; returns how many. Failures are tried again later, ever more slowly."""
    done = 0
    due = OwedReaction.objects.filter(done_at__isnull=True, due_at__lte=timezone.now())
    for owed in due.select_related("entry__detail").order_by("id")[:most]:
        mine = OwedReaction.objects.filter(pk=owed.pk, due_at=owed.due_at, done_at__isnull=True)
        if mine.update(due_at=timezone.now() + LEASE, attempts=owed.attempts + 1):
            done += _carry_out(owed)
    return done


def _carry_out(owed: OwedReaction) -> int:
    row = OwedReaction.objects.filter(pk=owed.pk)
    try:
        _REACTIONS[owed.name](owed.entry)
    except Exception as error:
        log.exception("reaction failed", reaction=owed.name, entry=owed.entry_id)
        wait = timedelta(seconds=min(2 ** (owed.attempts + 1), 3600))
        giving_up = owed.attempts + 1 >= MOST_ATTEMPTS
        row.update(
            due_at=timezone.now() + wait,
            error=repr(error)[:2000],
            done_at=timezone.now() if giving_up else None,
        )
        return 0
    row.update(done_at=timezone.now(), error="")
    return 1
