"""The small bodies of a drive's requests: XML, read whole, never more than a limit."""

from django.http import HttpRequest, UnreadablePostError

from tospann.documents.dav.refusals import Refused


def everything(request: HttpRequest, limit: int) -> bytes:
    """All of the body; 413 when it is longer, 400 when it was cut off."""
    length = request.META.get("CONTENT_LENGTH") or ""
    is_chunked = not length and "chunked" in request.headers.get("Transfer-Encoding", "")
    source = request.META["wsgi.input"] if is_chunked else request
    if length.isdigit() and int(length) > limit:
        raise Refused(413)
    try:
        data: bytes = source.read(limit + 1)
    except (UnreadablePostError, ConnectionError):
        raise Refused(400) from None
    if len(data) > limit:
        raise Refused(413)
    return data
