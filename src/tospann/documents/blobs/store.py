"""What a place for bytes must be able to do; ``disk`` is one."""

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol

PIECE = 1024 * 1024
"""Bytes read and sent at a time."""
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Blob:
    """Bytes that are safely kept."""

    sha256: str
    size: int


@dataclass(frozen=True)
class Stored:
    """One content as the store lists it; ``kept_at`` is when it was last put."""

    sha256: str
    size: int
    kept_at: datetime


class Part(Protocol):
    """A file of this machine that bytes are collected in until their hash is known."""

    path: Path

    def write(self, data: bytes, /) -> object: ...
    def sync(self) -> None: ...


class Store(Protocol):
    """A place for bytes. Every method takes the hash of the content, in lower-case hexadecimal."""

    def part(self) -> AbstractContextManager[Part]:
        """Somewhere to collect bytes; gone at the end of the block, whatever happened."""
        ...

    def put_if_absent(self, sha256: str, part: Part) -> None:
        """Keep what the part holds. When it returns, the content is safe, and counts as new."""
        ...

    def opened(self, sha256: str) -> BinaryIO:
        """The bytes, seekable, so that a range costs no more than itself. ``Missing``."""
        ...

    def size(self, sha256: str) -> int:
        """How many bytes. ``Missing``."""
        ...

    def delete(self, sha256: str, *, older_than: datetime | None = None) -> bool:
        """Remove it for good, unless it was put again since; whether it was there and went."""
        ...

    def listed(self) -> Iterator[Stored]:
        """Everything, in order of the hash."""
        ...

    def key(self, sha256: str) -> str:
        """Its name inside the store."""
        ...


def is_hash(text: str) -> bool:
    return _HASH.fullmatch(text) is not None


def checked(sha256: str) -> str:
    """The hash itself; anything else could be a way out of the folder."""
    if not is_hash(sha256):
        raise ValueError("this is no SHA-256 in lower-case hexadecimal")
    return sha256


def pieces(file: BinaryIO, start: int = 0, length: int | None = None) -> Iterator[bytes]:
    """The bytes of an open file from ``start`` on, a piece at a time; closes it at the end."""
    with file:
        file.seek(start)
        while length is None or length > 0:
            piece = file.read(PIECE if length is None else min(PIECE, length))
            if not piece:
                return
            if length is not None:
                length -= len(piece)
            yield piece
