"""Addresses under ``/dav/``: paths taken apart, put together again, and read from headers."""

import unicodedata
from collections.abc import Iterable
from urllib.parse import quote, unquote_to_bytes, urlsplit

from django.conf import settings
from django.http import HttpRequest

from tospann.documents.dav.refusals import Refused

ROOT = "/dav/"
_PLAIN = "~!$&'()*+,;=:@-._"
Path = tuple[str, ...]


def parts(path: str) -> Path:
    """“/03 Avtaler//a.docx” → its names, composed as all names are kept."""
    return tuple(unicodedata.normalize("NFC", part) for part in path.split("/") if part)


def href(path: Iterable[str], *, is_collection: bool) -> str:
    """The address of what lies there, percent-encoded."""
    made = ROOT + "/".join(quote(part, safe=_PLAIN) for part in path)
    return made if not is_collection or made.endswith("/") else f"{made}/"


def of_header(request: HttpRequest, given: str) -> Path:
    """The path a ``Destination`` or a tagged list names; refused when it is not of this portal."""
    try:
        split = urlsplit(given)
        decoded = unquote_to_bytes(split.path).decode()
    except (ValueError, UnicodeDecodeError):
        raise Refused(400) from None
    if split.netloc and split.netloc.rpartition("@")[2] not in _hosts(request):
        raise Refused(502)
    if not decoded.startswith(ROOT) or split.fragment or "\x00" in decoded:
        raise Refused(400 if split.fragment or "\x00" in decoded else 502)
    found = parts(decoded.removeprefix(ROOT))
    if {".", ".."} & set(found):
        raise Refused(400)
    return found


def _hosts(request: HttpRequest) -> set[str]:
    """How this portal is called: by this client, and by its operator."""
    return {request.get_host(), urlsplit(settings.BASE_URL).netloc}
