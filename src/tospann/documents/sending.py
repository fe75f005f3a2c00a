"""A file on its way out: saved rather than shown, in ranges, by the web server in front if any."""

import re
from collections.abc import Iterator
from typing import Protocol
from urllib.parse import quote

from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotModified,
    StreamingHttpResponse,
)
from django.utils.http import content_disposition_header

from tospann.documents import blobs

POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"
NEVER_CHANGES = "private, max-age=86400, immutable"
_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")


class Kept(Protocol):
    """A document, one of its versions, an attachment: bytes with a name."""

    @property
    def name(self) -> str: ...
    @property
    def media_type(self) -> str: ...
    @property
    def size(self) -> int: ...
    @property
    def sha256(self) -> str: ...


def sent(
    one: Kept, request: HttpRequest, *, is_shown: bool = False, cache: str = "private, no-cache"
) -> HttpResponseBase:
    """The bytes as an answer to GET or HEAD; whether the reader may have them was asked before.

    ``is_shown`` is for what we drew ourselves (photos, page images); all else is saved to disk.
    ``cache``: by default kept by the reader's browser, and asked about each time (304).
    """
    if not blobs.exists(one.sha256, one.size):
        raise Http404
    etag = tag_of(one.sha256)
    response = _unchanged(request, etag) or _body(one, request, etag)
    response["ETag"] = etag
    response["Accept-Ranges"] = "bytes"
    response["Content-Disposition"] = content_disposition_header(not is_shown, one.name) or ""
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    response["Cache-Control"] = cache
    return response


def tag_of(sha256: str) -> str:
    """The entity tag of bytes: half their hash, as some programs have no room for more."""
    return f'"{sha256[:32]}"'


def _unchanged(request: HttpRequest, etag: str) -> HttpResponseBase | None:
    known = request.headers.get("If-None-Match", "")
    if etag in known.replace("W/", "") or known.strip() == "*":
        return HttpResponseNotModified()
    return None


def _body(one: Kept, request: HttpRequest, etag: str) -> HttpResponseBase:
    if in_front := getattr(settings, "X_ACCEL", ""):
        place = f"{in_front.rstrip('/')}/{quote(blobs.key(one.sha256))}"
        return HttpResponse(content_type=one.media_type, headers={"X-Accel-Redirect": place})
    asked = _range(request, one.size, etag)
    if asked == (0, 0) and one.size:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{one.size}"})
    start, end = asked or (0, one.size)
    content = b"" if request.method == "HEAD" else _pieces(one.sha256, start, end - start)
    response = StreamingHttpResponse(
        content, status=206 if asked else 200, content_type=one.media_type
    )
    response["Content-Length"] = str(end - start)
    if asked:
        response["Content-Range"] = f"bytes {start}-{end - 1}/{one.size}"
    return response


def _pieces(sha256: str, start: int, length: int) -> Iterator[bytes]:
    """Opened when the first piece is asked for: what is never sent is never left open."""
    yield from blobs.pieces(blobs.opened(sha256), start, length)


def _range(request: HttpRequest, size: int, etag: str) -> tuple[int, int] | None:
    """From and up to (not including); None for everything, (0, 0) for what cannot be.

    Several ranges at once are answered with everything, as the standard allows.
    """
    found = _RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    if found is None or found[0] == "bytes=-":
        return None
    if request.headers.get("If-Range", etag) != etag:
        return None
    first, last = found[1], found[2]
    if not first:
        start, end = max(0, size - int(last)), size
    else:
        start, end = int(first), min(size, int(last) + 1 if last else size)
    return (start, end) if start < end else (0, 0)
