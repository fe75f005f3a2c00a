"""Bytes on the disk of the data folder: ``files/ab/cdef…``, named by their content.

Safe means: the file's own bytes are on the disk (fsync), it has its final name (rename), and the
folder that holds the name is on the disk too (fsync of the folder, and of the one above when it is
new). docs/decisions/0005-blobs.md says why this is not left to a library.
"""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from tospann.documents.blobs.errors import Missing
from tospann.documents.blobs.store import Part, Stored, checked, is_hash

FOLDER = "files"
PARTS = "parts"
"""Uploads on their way lie here, as ``….tmp``; a backup leaves them out."""
AHEAD = 8 * 1024 * 1024
LOCK = ".lock.tmp"


class _Part:
    """An unnamed content on its way."""

    def __init__(self, folder: Path) -> None:
        handle, name = tempfile.mkstemp(suffix=".tmp", dir=folder)
        self.path = Path(name)
        self._file = os.fdopen(handle, "wb", buffering=0)
        self._written = self._begun = 0

    def write(self, data: bytes, /) -> None:
        rest = memoryview(data)
        while rest:
            rest = rest[self._file.write(rest) :]
        self._written += len(data)
        if self._written - self._begun >= AHEAD:
            self._begin_writing()

    def sync(self) -> None:
        if getattr(settings, "X_ACCEL", ""):
            os.fchmod(self._file.fileno(), 0o640)  # the web server in front reads it by its group
        os.fsync(self._file.fileno())

    def _begin_writing(self) -> None:
        """Let the disk begin with what has come, so that little is left to wait for at the end."""
        if hasattr(os, "posix_fadvise"):
            handle, length = self._file.fileno(), self._written - self._begun
            os.posix_fadvise(handle, self._begun, length, os.POSIX_FADV_DONTNEED)
        self._begun = self._written

    def drop(self) -> None:
        self._file.close()
        self.path.unlink(missing_ok=True)


class Disk:
    """The store in DATA_DIR."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or Path(settings.DATA_DIR) / FOLDER

    @contextmanager
    def part(self) -> Iterator[Part]:
        folder = self.folder / PARTS
        folder.mkdir(parents=True, exist_ok=True)
        part = _Part(folder)
        try:
            yield part
        finally:
            part.drop()

    def put_if_absent(self, sha256: str, part: Part) -> None:
        """The part takes the name even when it is there already: the same bytes, and new again.

        So what is about to be thrown away as old is not (``delete``), and bytes that were damaged
        on the disk are good again.
        """
        target = self._path(sha256)
        part.sync()
        with self._lock(fcntl.LOCK_SH):
            self._make(target.parent)
            part.path.replace(target)
            _sync(target.parent)

    def opened(self, sha256: str) -> BinaryIO:
        try:
            return self._path(sha256).open("rb")
        except FileNotFoundError:
            raise Missing(sha256) from None

    def size(self, sha256: str) -> int:
        try:
            return self._path(sha256).stat().st_size
        except FileNotFoundError:
            raise Missing(sha256) from None

    def delete(self, sha256: str, *, older_than: datetime | None = None) -> bool:
        path = self._path(sha256)
        with self._lock(fcntl.LOCK_EX), suppress(FileNotFoundError):
            if older_than is None or _time(path.stat()) < older_than:
                path.unlink()
                return True
        return False

    def listed(self) -> Iterator[Stored]:
        for folder in self._folders():
            for path in sorted(folder.iterdir()):
                sha256 = folder.name + path.name
                with suppress(FileNotFoundError):
                    if is_hash(sha256):
                        found = path.stat()
                        yield Stored(sha256, found.st_size, _time(found))

    def key(self, sha256: str) -> str:
        return f"{checked(sha256)[:2]}/{sha256[2:]}"

    def parts_older_than(self, moment: datetime) -> Iterator[Path]:
        """What killed uploads left behind."""
        for path in sorted((self.folder / PARTS).glob("*.tmp")):
            with suppress(FileNotFoundError):
                if _time(path.stat()) < moment:
                    yield path

    def _path(self, sha256: str) -> Path:
        return self.folder / self.key(sha256)

    def _folders(self) -> list[Path]:
        return [path for path in sorted(self.folder.glob("??")) if path.is_dir()]

    def _make(self, folder: Path) -> None:
        if not folder.is_dir():
            folder.mkdir(parents=True, exist_ok=True)
            _sync(folder.parent)
            _sync(folder.parent.parent)

    @contextmanager
    def _lock(self, how: int) -> Iterator[None]:
        """Many may put at a time, but nobody while something is taken away."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / LOCK).open("ab") as file:
            fcntl.flock(file, how)
            yield


def _time(found: os.stat_result) -> datetime:
    return datetime.fromtimestamp(found.st_mtime, UTC)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
