"""The bytes of attachments: each kept once, under the hash of its content, safe before it is named.

``keep`` writes to ``DATA_DIR/files/ab/cdef…`` (temporary file, fsync, rename, fsync of the folder)
before the transaction that records it begins. A record never points at bytes that could be lost; a
file whose record never came is only a file too many.
"""

import base64
import hashlib
import mimetypes
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import IO

import structlog
from django.conf import settings
from django.utils.translation import gettext

from tospann.foundation.errors import Invalid
from tospann.jobs import confined

MEGABYTE = confined.MEGABYTE
PHOTO_TYPE = "image/jpeg"
ANY_TYPE = "application/octet-stream"
_PREPARE = "tospann.documents.photos:prepare"
_LIMITS = confined.Limits(input=200 * MEGABYTE, cpu=15, wall=25.0)
log = structlog.get_logger()


@dataclass(frozen=True)
class Kept:
    """What ``attach`` wants to know about bytes that are safe on disk."""

    name: str
    media_type: str
    size: int
    sha256: str


def most_bytes() -> int:
    """The largest file that is kept (setting ``ATTACHMENT_MOST_MEGABYTES``)."""
    return int(getattr(settings, "ATTACHMENT_MOST_MEGABYTES", 25)) * MEGABYTE


def keep(data: bytes, name: str, *, is_photo: bool = False) -> Kept:
    """Put the bytes safely on disk. ``Invalid`` (field “file”) says what is wrong with them."""
    if not data:
        raise Invalid(gettext("The file is empty."), "file")
    refuse_larger(len(data))
    shown = clean_name(name)
    if is_photo:
        data, shown = _prepared(data), f"{PurePath(shown).stem or 'photo'}.jpg"
    sha256 = hashlib.sha256(data).hexdigest()
    _write(data, sha256)
    media_type = PHOTO_TYPE if is_photo else _media_type(shown)
    return Kept(shown, media_type, len(data), sha256)


def refuse_larger(size: int) -> None:
    if size > most_bytes():
        raise Invalid(
            gettext("The file is too large. The limit is %(limit)s MB.")
            % {"limit": most_bytes() // MEGABYTE},
            "file",
        )


def path_of(sha256: str) -> Path:
    """Where the bytes with this hash lie."""
    return Path(settings.DATA_DIR) / "files" / sha256[:2] / sha256[2:]


def is_kept(sha256: str, size: int) -> bool:
    """Whether the bytes are there, as long as they should be."""
    try:
        return path_of(sha256).stat().st_size == size
    except OSError:
        return False


def clean_name(name: str) -> str:
    """The last part of the name, without what would confuse a header or a file system."""
    last = PurePath(name.replace("\\", "/")).name
    shown = "".join(part for part in last if part.isprintable() and part not in '"<>|:*?/')
    stem, dot, ending = shown.strip(" .").rpartition(".")
    if dot and len(ending) <= 20:
        return f"{stem[:179]}.{ending}"
    return shown.strip(" .")[:200] or "file"


def _media_type(name: str) -> str:
    return mimetypes.guess_type(name)[0] or ANY_TYPE


def _prepared(data: bytes) -> bytes:
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.flush()
        return base64.b85decode(_confined(file)["jpeg"])


def _confined(file: IO[bytes]) -> dict[str, str]:
    try:
        made: dict[str, str] = confined.run(_PREPARE, file, _LIMITS)
    except confined.Refused as refused:
        if refused.answer.get("because") == "heic":
            said = gettext("This photo is in Apple's HEIC format. Save it as JPEG and try again.")
            raise Invalid(said, "file") from None
        if refused.answer.get("because") == "pixels":
            raise Invalid(gettext("The picture has too many points to be read."), "file") from None
        raise Invalid(
            gettext("This is not a picture that can be read. Use JPEG, PNG or WebP."), "file"
        ) from None
    except (confined.TooLarge, confined.TooSlow):
        raise Invalid(gettext("The picture has too many points to be read."), "file") from None
    except confined.Crashed as crash:
        log.warning("photo crashed its reader", detail=crash.detail)
        raise Invalid(gettext("The picture could not be read."), "file") from None
    return made


def _write(data: bytes, sha256: str) -> None:
    target = path_of(sha256)
    if is_kept(sha256, len(data)):
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(suffix=".tmp", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(part).replace(target)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
    for folder in (target.parent, target.parent.parent, target.parent.parent.parent):
        _sync(folder)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
