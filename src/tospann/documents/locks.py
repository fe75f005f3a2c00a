"""Who works on what now: one table for the page's check-out, WebDAV and later protocols.

A lock covers the thing it is on; a deep one also everything in its folder, now and later. Whoever
changes something covered must be the person who checked it out, or present the lock's token.
"""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import cast

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language, gettext

from tospann.documents.models import Document, Folder, Lock
from tospann.documents.tree import parents_of
from tospann.foundation import audit
from tospann.foundation.authority import Actor
from tospann.foundation.errors import CommandError
from tospann.projects.models import Project
from tospann.ui import formats

Place = Project | Folder | Document
"""What a lock is on; the project is its whole tree."""

SHORTEST, LONGEST = 60, 24 * 60 * 60
"""Seconds a drive's lock may last before it is refreshed."""

_presented: ContextVar[frozenset[str]] = ContextVar("presented_lock_tokens", default=frozenset())


class Locked(CommandError):
    """Somebody works on it; ``lock`` is theirs."""

    status = 423

    def __init__(self, what: object, lock: Lock) -> None:
        super().__init__(said(what, lock))
        self.lock = lock


def since(lock: Lock) -> str:
    """When it was taken, as people read it."""
    return formats.date_and_time(timezone.localtime(lock.made_at), get_language() or "nb")


def said(what: object, lock: Lock) -> str:
    """Who has it, since when."""
    values = {"what": str(what), "who": lock.actor_name, "since": since(lock)}
    if lock.is_checkout:
        return gettext("“%(what)s” is checked out by %(who)s since %(since)s.") % values
    return gettext("“%(what)s” is open with %(who)s since %(since)s.") % values


@contextmanager
def presenting(tokens: Iterable[str]) -> Iterator[None]:
    """The tokens whoever acts has shown: commands inside may change what they cover."""
    kept = _presented.set(frozenset(tokens))
    try:
        yield
    finally:
        _presented.reset(kept)


def live() -> QuerySet[Lock]:
    """Locks that have not run out."""
    return Lock.objects.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=timezone.now()))


def covering(what: Place) -> list[Lock]:
    """The locks in force for it: on itself, and deep ones on what it lies in."""
    return list(live().filter(_on(what) | _deep_above(what)).order_by("id"))


def within(what: Place) -> list[Lock]:
    """The locks on something inside it."""
    if isinstance(what, Document):
        return []
    if isinstance(what, Project):
        inside = Q(folder__isnull=False) | Q(document__isnull=False)
        return list(live().filter(inside, project=what).order_by("id"))
    folders = [what.pk, *_below(what)]
    found = Q(folder__in=folders[1:]) | Q(document__folder__in=folders)
    return list(live().filter(found, project_id=what.project_id).order_by("id"))


def of_documents(documents: Sequence[uuid.UUID]) -> dict[uuid.UUID, Lock]:
    """The lock on each of these documents that has one (for lists)."""
    found = live().filter(document__in=documents).order_by("-id")
    return {cast(uuid.UUID, lock.document_id): lock for lock in found}


def find(token: str) -> Lock | None:
    return live().filter(token=token).first()


def take(
    actor: Actor,
    what: Place,
    *,
    seconds: int | None = None,
    is_deep: bool = False,
    is_shared: bool = False,
    is_checkout: bool = False,
    owner_xml: str = "",
    comment: str = "",
) -> Lock:
    """Lock it, or ``Locked``. Without ``seconds`` it lasts until it is released."""
    with _in_line(what):
        Lock.objects.filter(project_id=_project_id(what), expires_at__lte=timezone.now()).delete()
        _refuse_beside(actor, what, is_deep=is_deep, is_shared=is_shared, also_own=is_checkout)
        lasts = None if seconds is None else min(max(seconds, SHORTEST), LONGEST)
        return Lock.objects.create(
            token=f"opaquelocktoken:{uuid.uuid4()}",
            project_id=_project_id(what),
            folder=what if isinstance(what, Folder) else None,
            document=what if isinstance(what, Document) else None,
            is_deep=is_deep,
            is_shared=is_shared,
            is_checkout=is_checkout,
            owner_xml=owner_xml,
            comment=comment,
            person_id=actor.person_id,
            actor_name=actor.name,
            seconds=lasts,
            expires_at=_end(lasts),
        )


def refresh(lock: Lock, seconds: int) -> Lock:
    """Let it last that long from now."""
    lock.seconds = min(max(seconds, SHORTEST), LONGEST)
    lock.expires_at = _end(lock.seconds)
    lock.save(update_fields=["seconds", "expires_at"])
    return lock


def release(lock: Lock) -> None:
    """Let go of it. Who may is for the caller to say."""
    Lock.objects.filter(pk=lock.pk).delete()


def forget_old() -> int:
    """Remove locks that have run out."""
    return Lock.objects.filter(expires_at__lte=timezone.now()).delete()[0]


def release_all(what: Place) -> None:
    """Let go of every lock on it and in it: it is moved away or thrown out."""
    on = _on(what)
    if isinstance(what, Folder):
        folders = [what.pk, *_below(what)]
        on = Q(folder__in=folders) | Q(document__folder__in=folders)
    Lock.objects.filter(on, project_id=_project_id(what)).delete()


def refuse_if_locked(
    actor: Actor, what: Place, tokens: frozenset[str] = frozenset(), *, deep: bool = False
) -> None:
    """``Locked`` unless the actor may change it; ``deep`` asks for everything in it as well.

    Of several shared locks, the token of one is enough.
    """
    shown = tokens | _presented.get()
    for lock in within(what) if deep else ():
        if not _is_met(actor, lock, shown):
            raise Locked(_thing(lock), lock)
    found = covering(what)
    shared = [lock for lock in found if lock.is_shared]
    if any(_is_met(actor, lock, shown) for lock in shared):
        found = [lock for lock in found if not lock.is_shared]
    for lock in found:
        if not _is_met(actor, lock, shown):
            raise Locked(_thing(lock), lock)


def refuse_if_locked_within(actor: Actor, what: Place) -> None:
    """The same for it and everything in it."""
    refuse_if_locked(actor, what, deep=True)


def _is_met(actor: Actor, lock: Lock, tokens: frozenset[str]) -> bool:
    if lock.is_checkout:
        return actor.person_id is not None and lock.person_id == actor.person_id
    return lock.token in tokens and lock.person_id == actor.person_id


def _refuse_beside(
    actor: Actor, what: Place, *, is_deep: bool, is_shared: bool, also_own: bool
) -> None:
    """What one has checked out oneself, one may open with a program, but not check out again."""
    for lock in covering(what) + (within(what) if is_deep else []):
        is_own = lock.is_checkout and not also_own and _is_met(actor, lock, frozenset())
        if not (is_own or (is_shared and lock.is_shared)):
            raise Locked(_thing(lock), lock)


def _thing(lock: Lock) -> object:
    return lock.document or lock.folder or lock.project


def _on(what: Place) -> Q:
    if isinstance(what, Document):
        return Q(document=what)
    if isinstance(what, Folder):
        return Q(folder=what)
    return Q(project=what, folder__isnull=True, document__isnull=True)


def _deep_above(what: Place) -> Q:
    """Deep locks on the folders it lies in, or on the whole tree."""
    if isinstance(what, Project):
        return Q(pk__in=[])
    start = what.folder_id if isinstance(what, Document) else what.parent_id
    top = Q(project_id=what.project_id, folder__isnull=True, document__isnull=True)
    return Q(is_deep=True) & (Q(folder__in=_above(what.project_id, start)) | top)


def _above(project_id: uuid.UUID, folder_id: uuid.UUID | None) -> list[uuid.UUID]:
    if folder_id is None:
        return []
    parents, found = parents_of(project_id), []
    at: uuid.UUID | None = folder_id
    while at is not None:
        found.append(at)
        at = parents.get(at)
    return found


def _below(folder: Folder) -> list[uuid.UUID]:
    inside: dict[uuid.UUID | None, list[uuid.UUID]] = {}
    for pk, parent in parents_of(folder.project_id).items():
        inside.setdefault(parent, []).append(pk)
    found, waiting = [], [folder.pk]
    while waiting:
        here = inside.get(waiting.pop(), [])
        found += here
        waiting += here
    return found


def _end(seconds: int | None) -> datetime | None:
    return None if seconds is None else timezone.now() + timedelta(seconds=seconds)


def _project_id(what: Place) -> uuid.UUID:
    return what.pk if isinstance(what, Project) else what.project_id


@contextmanager
def _in_line(what: Place) -> Iterator[None]:
    """One at a time in a project, also beside the commands that look at locks."""
    with transaction.atomic():
        audit.head_of(_project_id(what))
        yield
