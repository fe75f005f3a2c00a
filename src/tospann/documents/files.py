"""What an attachment must be: not empty, not too large, a name that is one, a photo redrawn.

Its bytes are kept by ``blobs`` before the transaction that records them begins.
"""

import base64
import mimetypes
import tempfile
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO

import structlog
from django.conf import settings
from django.utils.translation import gettext

from tospann.documents import blobs
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
    kept = blobs.put_bytes(data)
    media_type = PHOTO_TYPE if is_photo else media_type_of(shown)
    return Kept(shown, media_type, kept.size, kept.sha256)


def refuse_larger(size: int) -> None:
    if size > most_bytes():
        raise Invalid(
            gettext("The file is too large. The limit is %(limit)s MB.")
            % {"limit": most_bytes() // MEGABYTE},
            "file",
        )


def clean_name(name: str) -> str:
    """The last part of the name, without what would confuse a header or a file system."""
    last = PurePath(name.replace("\\", "/")).name
    shown = "".join(part for part in last if part.isprintable() and part not in '"<>|:*?/')
    stem, dot, ending = shown.strip(" .").rpartition(".")
    if dot and len(ending) <= 20:
        return f"{stem[:179]}.{ending}"
    return shown.strip(" .")[:200] or "file"


def media_type_of(name: str) -> str:
    """What the ending says the content is."""
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
