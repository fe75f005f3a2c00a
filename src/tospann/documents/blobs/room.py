"""How much room there is, and stopping while there is still enough for everything else.

A full disk would stop the database too, so files are refused before it is full: below the reserve
nothing more is taken, everything else goes on, and files are taken again as soon as there is room.
"""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import structlog
from django.conf import settings

from tospann.documents.blobs.errors import MEGABYTE, NoRoom

LOOK_EVERY = 64 * MEGABYTE
"""An upload looks again how much room there is after this many bytes."""
_LEAST_RESERVE = 1024 * MEGABYTE
_RESERVE_SHARE = 20
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
log = structlog.get_logger()


def free() -> int:
    """Bytes that may still be written where the data folder lies."""
    found = os.statvfs(_there())
    return found.f_bavail * found.f_frsize


def reserve() -> int:
    """Bytes that files leave free: 1 GB or 5 % of the disk, or ``TOSPANN_DISK_RESERVE`` MB."""
    asked: int | None = getattr(settings, "DISK_RESERVE_MEGABYTES", None)
    if asked is not None:
        return asked * MEGABYTE
    found = os.statvfs(_there())
    return max(_LEAST_RESERVE, found.f_blocks * found.f_frsize // _RESERVE_SHARE)


def is_low() -> bool:
    """Whether files are being refused now."""
    return free() < reserve()


def refuse_without_room(wanted: int) -> None:
    """``NoRoom`` unless that many bytes fit and the reserve is still whole."""
    if free() - wanted < reserve():
        log.warning("no room for a file", wanted=wanted, free=free(), reserve=reserve())
        raise NoRoom


@contextmanager
def full_disk_is_no_room() -> Iterator[None]:
    """A disk that fills up in the middle is told as what it is."""
    try:
        yield
    except OSError as error:
        if error.errno not in _FULL:
            raise
        log.warning("the disk is full", error=str(error))
        raise NoRoom from None


def _there() -> Path:
    folder = Path(settings.DATA_DIR)
    return folder if folder.is_dir() else folder.parent
