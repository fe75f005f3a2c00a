"""Having bytes examined by a confined child, and keeping what it says."""

from collections.abc import Iterable
from typing import Any

import structlog
from django.db.models.functions import Substr

from tospann.documents import blobs
from tospann.documents.models import Content
from tospann.documents.reading import sniffing
from tospann.jobs import confined

FORM = 1
"""Changed when examining finds more or other things: contents are then examined anew."""
MOST_BYTES = 200 * confined.MEGABYTE
_LIMITS = confined.Limits(input=MOST_BYTES, cpu=20, wall=30.0, output=16 * confined.MEGABYTE)
_READ = "tospann.documents.reading.child:read"
_READ_PDF = "tospann.documents.reading.child_pdf:read"
log = structlog.get_logger()


def known(sha256: str) -> Content | None:
    """What is known of the bytes already."""
    return Content.objects.filter(sha256=sha256, form=FORM).defer("text").first()


def known_of(wanted: Iterable[str]) -> dict[str, Content]:
    """The same of many, by their hashes: one query."""
    found = Content.objects.filter(sha256__in=set(wanted), form=FORM).defer("text")
    return {one.sha256: one for one in found}


def words(sha256: str, most: int) -> str:
    """The beginning of what stands in the bytes, as far as they were read."""
    found = Content.objects.filter(sha256=sha256).values_list(Substr("text", 1, most), flat=True)
    return str(found.first() or "")


def examined(sha256: str) -> Content:
    """What the bytes are; they are read if nobody has. ``blobs.Missing`` when they are not there.

    Never called inside a transaction.
    """
    found = known(sha256)
    return found or _keep(sha256, _examine(sha256))


def _keep(sha256: str, said: dict[str, Any]) -> Content:
    values = {name: said[name] for name in ("kind", "warnings", "text", "pages")}
    kept, _new = Content.objects.update_or_create(sha256=sha256, defaults={**values, "form": FORM})
    return kept


def _examine(sha256: str) -> dict[str, Any]:
    with blobs.opened(sha256) as file:
        kind = sniffing.kind_of(file.read(sniffing.HEAD))
        reader = _READ_PDF if kind == "pdf" else _READ
        try:
            said: dict[str, Any] = confined.run(reader, file, _LIMITS)
        except confined.TooLarge as error:
            return _unread(kind, "large" if error.what == "file" else "heavy")
        except confined.TooSlow:
            return _unread(kind, "heavy")
        except confined.ConfinedError as error:
            log.warning("a file crashed its reader", sha256=sha256, detail=str(error)[:500])
            return _unread(kind, "unreadable")
    return said


def _unread(kind: str, because: str) -> dict[str, Any]:
    return {"kind": kind, "warnings": [because], "text": "", "pages": None}
