"""Removing bytes that nobody needs any more: carefully, late, and never very many at once."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import IO

import structlog
from django.utils import timezone

from tospann.documents.blobs.disk import Disk
from tospann.documents.blobs.references import needed
from tospann.documents.blobs.store import Stored

GRACE = timedelta(hours=24)
"""Bytes come before their row: so young, they may only be waiting for it."""
MANY, SHARE = 50, 5
"""More than so many, and more than one in so many: somebody should look first."""
_QUIET = ".quiet.tmp"
log = structlog.get_logger()


class Stopped(Exception):
    """Nothing was removed; the message says why and what to look at."""


@dataclass(frozen=True)
class Collected:
    """What a collection found: removed, or only counted."""

    kept: int
    unneeded: tuple[Stored, ...]
    parts: int
    removed: int

    @property
    def bytes(self) -> int:
        return sum(one.size for one in self.unneeded)


def collect(*, is_trial: bool = False, even_many: bool = False) -> Collected:
    """Remove what no row names and what killed uploads left, once it is older than a day.

    ``is_trial`` only counts. ``Stopped`` when a backup is being made, when nothing at all seems to
    be needed, or when more would go than is likely (unless ``even_many``).
    """
    store, before = Disk(), timezone.now() - GRACE
    with _alone(store):
        wanted = needed()
        every = list(store.listed())
        unneeded = tuple(
            one for one in every if one.kept_at < before and bytes.fromhex(one.sha256) not in wanted
        )
        parts = list(store.parts_older_than(before))
        if not even_many:
            _refuse_unlikely(len(every), len(unneeded), len(wanted))
        removed = 0
        if not is_trial:
            removed = sum(store.delete(one.sha256, older_than=before) for one in unneeded)
            for path in parts:
                path.unlink(missing_ok=True)
            log.info("unneeded files removed", files=removed, parts=len(parts))
    return Collected(len(every) - len(unneeded), unneeded, len(parts), removed)


@contextmanager
def quiet() -> Iterator[None]:
    """While the block runs (a backup), nothing is removed."""
    with _lock(Disk()) as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        yield


def _refuse_unlikely(every: int, unneeded: int, wanted: int) -> None:
    if unneeded and not wanted:
        raise Stopped(
            "The database names no file at all. Is it the one that belongs to this data folder?"
        )
    if unneeded > MANY and unneeded * SHARE > every:
        raise Stopped(
            f"{unneeded} of {every} files would go, which is more than is likely. Look at "
            "`tospann gc --dry-run`, then run `tospann gc --even-many` if that is right."
        )


@contextmanager
def _alone(store: Disk) -> Iterator[None]:
    with _lock(store) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Stopped("A backup or another collection is under way. Try again later.") from None
        yield


@contextmanager
def _lock(store: Disk) -> Iterator[IO[bytes]]:
    store.folder.mkdir(parents=True, exist_ok=True)
    with (store.folder / _QUIET).open("ab") as file:
        yield file
