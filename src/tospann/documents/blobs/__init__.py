"""The bytes of every file: each content kept once, under its SHA-256, safe before it is named.

    blob = blobs.put(chunks, limit=2 * GIGABYTE)   # safe on disk when it returns
    commands.add_document(actor, project, …, sha256=blob.sha256, size=blob.size)
    with blobs.opened(blob.sha256) as file: …      # seekable; ``Missing`` when it is not there

Bytes first, then the row that names them, then the answer: a row never points at bytes that could
be lost, and bytes whose row never came are only a file too many (``collecting`` removes it).
"""

import hashlib
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from tospann.documents.blobs import room
from tospann.documents.blobs.disk import Disk
from tospann.documents.blobs.errors import MEGABYTE, Missing, NoRoom, TooLarge
from tospann.documents.blobs.store import PIECE, Blob, Part, Store, Stored, pieces

__all__ = [
    "MEGABYTE",
    "PIECE",
    "Blob",
    "Missing",
    "NoRoom",
    "Store",
    "Stored",
    "TooLarge",
    "delete",
    "exists",
    "key",
    "listed",
    "opened",
    "pieces",
    "put",
    "put_bytes",
    "read",
    "room",
    "size",
    "store",
]


def store() -> Store:
    """Where the bytes lie: today always the disk of the data folder."""
    return Disk()


def put(chunks: Iterable[bytes], *, limit: int | None = None, expected: int | None = None) -> Blob:
    """Keep the bytes as they come; when this returns, not even a power cut loses them.

    ``limit`` is the most bytes taken (``TooLarge``); ``expected`` how many were announced, so that
    too little room is told before anything is read (``NoRoom``). Whatever ends it early, nothing
    half-written stays behind. Never called inside a transaction.
    """
    if limit is not None and (expected or 0) > limit:
        raise TooLarge(limit)
    place = store()
    room.refuse_without_room(expected or 0)
    with room.full_disk_is_no_room(), place.part() as part:
        blob = _received(chunks, part, limit)
        place.put_if_absent(blob.sha256, part)
    return blob


def put_bytes(data: bytes) -> Blob:
    """Keep what is in memory already."""
    return put([data], expected=len(data))


def _received(chunks: Iterable[bytes], part: Part, limit: int | None) -> Blob:
    """Hashed and written at once, with an eye on the room there is."""
    digest, size, look_again = hashlib.sha256(), 0, room.LOOK_EVERY
    for chunk in chunks:
        size += len(chunk)
        if limit is not None and size > limit:
            raise TooLarge(limit)
        if size >= look_again:
            room.refuse_without_room(0)
            look_again = size + room.LOOK_EVERY
        digest.update(chunk)
        part.write(chunk)
    return Blob(digest.hexdigest(), size)


def opened(sha256: str) -> BinaryIO:
    """The bytes, to be read and closed; seekable. ``Missing`` when they are not there."""
    return store().opened(sha256)


def read(sha256: str) -> bytes:
    """All the bytes at once: only for what is known to be small."""
    with opened(sha256) as file:
        return file.read()


def size(sha256: str) -> int:
    """How many bytes are kept. ``Missing`` when they are not there."""
    return store().size(sha256)


def exists(sha256: str, size: int | None = None) -> bool:
    """Whether the bytes are there; with ``size``, whether they are as many as they should be."""
    try:
        found = store().size(sha256)
    except Missing:
        return False
    return size is None or found == size


def delete(sha256: str) -> bool:
    """Remove the bytes for good. Only ``collecting`` knows whether anybody still needs them."""
    return store().delete(sha256)


def listed() -> Iterator[Stored]:
    """Everything that is kept, in order of its hash."""
    return store().listed()


def key(sha256: str) -> str:
    """Where the bytes lie inside the store (``ab/cdef…``): what a web server in front is told."""
    return store().key(sha256)
