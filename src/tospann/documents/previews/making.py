"""Which way a file becomes pictures, by what it really is, and what comes of it."""

from typing import IO, Any

import structlog

from tospann.documents import blobs, contents
from tospann.documents.models import Content
from tospann.documents.previews import keeping, office
from tospann.documents.reading import sniffing
from tospann.jobs import confined

log = structlog.get_logger()
MOST_BYTES = 100 * confined.MEGABYTE
_LIMITS = confined.Limits(input=MOST_BYTES, cpu=40, wall=60.0, output=100 * confined.MEGABYTE)
_PAGES = "tospann.documents.reading.drawing:pages"
_PICTURE = "tospann.documents.reading.drawing:picture"
PICTURES = frozenset({"png", "jpeg", "gif", "webp", "bmp", "tiff"})
WORDS = frozenset({"text", "mail", "html", "xml", "svg"})
_HARMFUL = frozenset({"bomb", "doctype", "two_faces", "unsafe_names", "fetches"})
_OLD = {"xls": "xls", "xlt": "xls", "ppt": "ppt", "pps": "ppt"}


def draw(sha256: str, name: str = "") -> None:
    """Draw the pages, or keep why there are none. ``blobs.Missing`` when the bytes are gone."""
    found = contents.examined(sha256)
    if because := _why_not(found):
        keeping.keep_failure(sha256, because)
        return
    try:
        with blobs.opened(sha256) as file:
            keeping.keep(sha256, _drawn(found, file, name))
    except office.Failed as error:
        keeping.keep_failure(sha256, error.because)
    except confined.Refused as refused:
        keeping.keep_failure(sha256, str(refused.answer.get("because", "failed")))
    except confined.TooLarge as error:
        keeping.keep_failure(sha256, "large" if error.what == "file" else "heavy")
    except confined.TooSlow:
        keeping.keep_failure(sha256, "heavy")
    except confined.Crashed as crash:
        log.warning("a file crashed its drawer", sha256=sha256, detail=crash.detail[:500])
        keeping.keep_failure(sha256, "failed")


def can_be_drawn(kind: str) -> bool:
    """Whether files of this kind become pictures at all."""
    return kind in PICTURES | {"pdf", "ole", "rtf"} | office.ENDINGS


def _why_not(found: Content) -> str:
    warned = set(found.warnings)
    if not can_be_drawn(found.kind):
        return "none"
    reasons = (
        ("encrypted" in warned, "locked"),
        (bool(warned & _HARMFUL), "harmful"),
        ("unreadable" in warned, "failed"),
        ("large" in warned, "large"),
        ("heavy" in warned, "heavy"),
    )
    return next((because for is_so, because in reasons if is_so), "")


def _drawn(found: Content, file: IO[bytes], name: str) -> dict[str, Any]:
    drawn: dict[str, Any]
    if found.kind in PICTURES:
        drawn = confined.run(_PICTURE, file, _LIMITS)
    elif found.kind == "pdf":
        drawn = confined.run(_PAGES, file, _LIMITS)
    else:
        with office.as_pdf(file, _ending(found.kind, name)) as made:
            drawn = confined.run(_PAGES, made, _LIMITS)
        if found.pages:
            drawn["total"] = found.pages
    return drawn


def _ending(kind: str, name: str) -> str:
    """The one LibreOffice is told: what the bytes are, never what the name says they are."""
    return _OLD.get(sniffing.ending_of(name), "doc") if kind == "ole" else kind
