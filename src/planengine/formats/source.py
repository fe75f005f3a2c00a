"""The bytes of a file, unpacked cautiously."""

from __future__ import annotations

import zlib
from pathlib import Path

from planengine.formats.failure import ImportFailed

LARGEST = 200_000_000
"""Bytes a file may hold, unpacked, unless the reader is told otherwise."""
_GZIP = b"\x1f\x8b"
Source = bytes | str | Path
"""A file's content, or where it lies."""


def content(source: Source, limit: int = LARGEST) -> bytes:
    """What a file holds, unpacked when it is gzip; `source` is its bytes or its path.

    Raises `ImportFailed`: a file that cannot be opened, is damaged, or holds more than `limit`
    bytes when unpacked (at most one byte more is ever unpacked).
    """
    data = source if isinstance(source, bytes) else _opened(Path(source), limit)
    if len(data) > limit:
        raise ImportFailed("file.size", detail=limit)
    return _unpacked(data, limit) if data.startswith(_GZIP) else data


def _opened(path: Path, limit: int) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(limit + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise ImportFailed("file.missing", str(path), reason) from None


def _unpacked(data: bytes, limit: int) -> bytes:
    parts: list[bytes] = []
    left = limit + 1
    try:
        while data and left > 0:
            member = zlib.decompressobj(wbits=31)
            part = member.decompress(data, left)
            parts.append(part)
            left -= len(part)
            if left > 0 and not member.eof:
                raise ImportFailed("gzip.syntax", detail="unexpected end")
            data = member.unused_data
    except zlib.error as error:
        raise ImportFailed("gzip.syntax", detail=error) from None
    if left <= 0:
        raise ImportFailed("file.size", detail=limit)
    return b"".join(parts)
