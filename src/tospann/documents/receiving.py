"""A file on its way in: refused by its length before it is read, kept before it counts.

    got = receiving.received(request)          # raw body (PUT, POST) or a form's field “file”
    commands.add_document(actor, project, …, name=got.name, **got.kept)

A raw body names its file in ``X-File-Name`` (percent-encoded UTF-8) or in the address.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import unquote

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from tospann.documents import blobs, files
from tospann.foundation.errors import CommandError, Invalid
from tospann.ui.pages import refused

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
SLACK = 256 * 1024
"""What a form adds around its file."""


class CutShort(CommandError):
    """Fewer bytes came than were announced."""

    def __init__(self) -> None:
        super().__init__(gettext("The upload was cut off. Nothing was saved; try again."))


class LengthWanted(CommandError):
    """A body in chunks that does not say how long it is."""

    status = 411

    def __init__(self) -> None:
        super().__init__(gettext("The program that sent the file did not say how long it is."))


@dataclass(frozen=True)
class Received:
    """A file that is safely kept and has no record yet."""

    name: str
    media_type: str
    size: int
    sha256: str

    @property
    def kept(self) -> dict[str, Any]:
        """What a command wants to know of the bytes."""
        return {"sha256": self.sha256, "size": self.size, "media_type": self.media_type}


def most_bytes() -> int:
    """The largest document taken (``TOSPANN_MAX_FILE_MB``)."""
    return int(getattr(settings, "DOCUMENT_MOST_MEGABYTES", 4096)) * files.MEGABYTE


def announced(request: HttpRequest) -> int | None:
    """The length the request says its body has; None when it does not say.

    macOS sends in chunks, and the length beside them.
    """
    told = request.headers.get("X-Expected-Entity-Length") if _is_chunked(request) else None
    length = told or request.META.get("CONTENT_LENGTH") or ""
    return int(length) if length.isdigit() else None


def refuse_by_length(request: HttpRequest, limit: int | None = None) -> None:
    """Before anything is read: too long (413) or more than there is room for (507)."""
    limit = most_bytes() if limit is None else limit
    length = announced(request) or 0
    if length > limit + SLACK:
        raise blobs.TooLarge(limit)
    blobs.room.refuse_without_room(length)


def takes_files(view: View[P]) -> View[P]:
    """Decorator of a page's view: what will not be kept is not read, not even to check CSRF."""
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def wrapper(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            refuse_by_length(request)
        except CommandError as error:
            return refused(request, error)
        answer: HttpResponse = protected(request, *args, **kwargs)
        return answer

    return wrapper


def received(request: HttpRequest, name: str = "", *, limit: int | None = None) -> Received:
    """The file the request brings, safe on disk; outside any transaction."""
    limit = most_bytes() if limit is None else limit
    if (request.content_type or "").startswith("multipart/"):
        return _from_form(request, limit)
    shown = files.clean_name(unquote(request.headers.get("X-File-Name", "")) or name)
    blob = kept_body(request, limit=limit)
    return Received(shown, files.media_type_of(shown), blob.size, blob.sha256)


def kept_body(request: HttpRequest, *, limit: int | None = None) -> blobs.Blob:
    """The raw body as kept bytes, whatever its name; for WebDAV's PUT as well."""
    limit = most_bytes() if limit is None else limit
    refuse_by_length(request, limit)
    return blobs.put(_body(request), limit=limit, expected=announced(request))


def _from_form(request: HttpRequest, limit: int) -> Received:
    refuse_by_length(request, limit)
    upload = request.FILES.get("file")
    if not isinstance(upload, UploadedFile):
        raise Invalid(gettext("Choose a file."), "file")
    shown = files.clean_name(upload.name or "")
    blob = blobs.put(upload.chunks(blobs.PIECE), limit=limit, expected=upload.size)
    return Received(shown, files.media_type_of(shown), blob.size, blob.sha256)


def _body(request: HttpRequest) -> Iterator[bytes]:
    """All of it, or ``CutShort``.

    Of a body in chunks the web server does not tell whether it came to its end or was cut off: a
    half file would count as a whole one. So its length is asked for there, too.
    """
    length, came, is_chunked = announced(request), 0, _is_chunked(request)
    if is_chunked and length is None:
        raise LengthWanted
    source = request.META["wsgi.input"] if is_chunked else request
    try:
        while piece := source.read(blobs.PIECE):
            came += len(piece)
            yield piece
    except (UnreadablePostError, ConnectionError):
        raise CutShort from None
    if length is not None and came != length:
        raise CutShort


def _is_chunked(request: HttpRequest) -> bool:
    encoding = request.headers.get("Transfer-Encoding", "").lower()
    return not request.META.get("CONTENT_LENGTH") and "chunked" in encoding
