"""Many documents as one zip file, made while it is sent; nothing is kept of it."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from tospann.documents import blobs
from tospann.documents.models import Document
from tospann.documents.names import free, key_of
from tospann.documents.tree import Tree

MOST = 10_000
_NOT_EVERYWHERE = dict.fromkeys(map(ord, '<>:"|?*\\'), "_")
_RESERVED = {"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(10))}


@dataclass(frozen=True)
class Entry:
    """One file in the zip."""

    path: str
    sha256: str
    at: datetime


def entries(documents: Iterable[Document], tree: Tree, root: int = 0) -> Iterator[Entry]:
    """The documents at their paths (without the first ``root`` folders), names fit for anywhere."""
    used: dict[str, set[str]] = {}
    for one in documents:
        if one.is_link:
            continue
        above = [_safe(part) for part in tree.path(one.folder_id)[root:]]
        here = used.setdefault(key_of("/".join(above)), set())
        name = free(_safe(one.name), here)
        here.add(key_of(name))
        yield Entry("/".join([*above, name]), one.sha256, one.changed_at)


def pieces(listed: Iterable[Entry]) -> Iterator[bytes]:
    """The zip file, piece by piece."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        for one in listed:
            moment = one.at.timetuple()[:6]
            info = zipfile.ZipInfo(one.path, (max(moment[0], 1980), *moment[1:]))
            info.external_attr = 0o644 << 16
            with (
                archive.open(info, "w", force_zip64=True) as inside,
                blobs.opened(one.sha256) as source,
            ):
                while piece := source.read(blobs.PIECE):
                    inside.write(piece)
                    yield sink.taken()
            yield sink.taken()
    yield sink.taken()


def _safe(name: str) -> str:
    """As every file system takes it: no path in it, no name Windows keeps for itself."""
    shown = name.translate(_NOT_EVERYWHERE).rstrip(" .") or "_"
    return f"_{shown}" if shown.partition(".")[0].casefold() in _RESERVED else shown


class _Sink(io.RawIOBase):
    """Takes what is written until somebody fetches it."""

    def __init__(self) -> None:
        super().__init__()
        self._held: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: object, /) -> int:
        piece = bytes(data)  # type: ignore[call-overload]  # a buffer of bytes
        self._held.append(piece)
        return len(piece)

    def taken(self) -> bytes:
        found = b"".join(self._held)
        self._held.clear()
        return found
