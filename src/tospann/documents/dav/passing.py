"""Files that programs leave behind (``._*``, ``.DS_Store``, ``~$*``, lock files, ``Thumbs.db``).

Such a file belongs to whoever's program wrote it: nobody else sees it, no folder lists it, it never
becomes a document, and a day later it is gone. A lock on it is given and not written down, since
there is nobody to keep out.
"""

import re
import secrets
from datetime import timedelta
from typing import Any, cast

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import http_date

from tospann.documents import commands, files, receiving, sending
from tospann.documents.dav import xml
from tospann.documents.dav.call import Call
from tospann.documents.dav.reading import propstat
from tospann.documents.dav.refusals import Refused
from tospann.documents.dav.xml import element
from tospann.documents.models import PassingFile
from tospann.documents.names import key_of
from tospann.foundation.errors import NotAllowed

LASTS = timedelta(days=1)
MOST_BYTES = 10 * files.MEGABYTE
_NAMES = re.compile(
    r"\._.*|\.DS_Store|~\$.+|\.~lock\..+#|Thumbs\.db|desktop\.ini|\.directory|\.fuse_hidden.+",
    re.IGNORECASE | re.DOTALL,
)


def is_passing(call: Call) -> bool:
    """Whether the address is one of these, and no document has the name."""
    if not call.drive.may_change_tree or len(call.path) < 2 or call.actor.person_id is None:
        return False
    return bool(_NAMES.fullmatch(call.path[-1])) and call.here is None


def answered(call: Call) -> HttpResponse:
    """The request, about a passing file."""
    method = _METHODS.get(call.request.method or "")
    if method is None:
        raise Refused(403)
    return method(call)


def forget_old() -> int:
    """Remove those that have had their day."""
    return PassingFile.objects.filter(kept_at__lt=timezone.now() - LASTS).delete()[0]


def _place(call: Call, name: str = "") -> dict[str, Any]:
    above = call.above(call.path)
    return {
        "project": above.project,
        "place": above.folder_id or above.project.pk,
        "name_key": key_of(name or call.path[-1]),
        "person_id": call.actor.person_id,
    }


def _found(call: Call) -> PassingFile:
    since = timezone.now() - LASTS
    one = PassingFile.objects.filter(**_place(call), kept_at__gte=since).first()
    if one is None:
        raise Refused(404)
    return one


def _must_keep(call: Call) -> None:
    ruling = commands.add_document.ruling(call.actor, call.above(call.path).project)
    if not ruling.may_decide:
        raise NotAllowed(str(ruling))


def _put(call: Call) -> HttpResponse:
    _must_keep(call)
    blob = receiving.kept_body(call.request, limit=MOST_BYTES)
    values = {
        "name": call.path[-1],
        "sha256": blob.sha256,
        "size": blob.size,
        "kept_at": timezone.now(),
    }
    _one, is_new = PassingFile.objects.update_or_create(**_place(call), defaults=values)
    return HttpResponse(status=201 if is_new else 204, headers={"ETag": f'"{blob.sha256}"'})


def _get(call: Call) -> HttpResponse:
    return cast(HttpResponse, sending.sent(_found(call), call.request))


def _delete(call: Call) -> HttpResponse:
    _found(call).delete()
    return HttpResponse(status=204)


def _propfind(call: Call) -> HttpResponse:
    one = _found(call)
    known = [
        element("resourcetype"),
        element("getcontentlength", text=str(one.size)),
        element("getlastmodified", text=http_date(one.kept_at.timestamp())),
        element("getetag", text=f'"{one.sha256}"'),
    ]
    made = element("response", element("href", text=call.request.path))
    made.append(propstat(known, "200 OK"))
    return xml.answer(element("multistatus", made))


def _proppatch(call: Call) -> HttpResponse:
    _found(call)
    call.body()
    made = element("response", element("href", text=call.request.path))
    made.append(element("status", text="HTTP/1.1 200 OK"))
    return xml.answer(element("multistatus", made))


def _move(call: Call) -> HttpResponse:
    """Under another such name; what is to become a document is saved as one."""
    one, to = _found(call), call.destination()
    if to[:-1] != call.path[:-1] or not _NAMES.fullmatch(to[-1]):
        raise Refused(403)
    PassingFile.objects.filter(**_place(call, to[-1])).delete()
    one.name, one.name_key = to[-1], key_of(to[-1])
    one.save()
    return HttpResponse(status=201)


def _lock(call: Call) -> HttpResponse:
    """Given as asked; a file that is not there yet is made, as programs expect."""
    _must_keep(call)
    token = f"opaquelocktoken:{secrets.token_hex(16)}"
    body = call.body()
    if body is None and not call.tokens:
        raise Refused(400)
    active = element(
        "activelock",
        element("locktype", element("write")),
        element("lockscope", element("exclusive")),
        element("depth", text="0"),
        element("timeout", text="Second-600"),
        element("locktoken", element("href", text=next(iter(call.tokens), token))),
        element("lockroot", element("href", text=call.request.path)),
    )
    response = xml.answer(element("prop", element("lockdiscovery", active)), status=200)
    response["Lock-Token"] = f"<{token}>"
    return response


def _unlock(call: Call) -> HttpResponse:
    return HttpResponse(status=204)


_METHODS = {
    "GET": _get,
    "HEAD": _get,
    "PUT": _put,
    "DELETE": _delete,
    "PROPFIND": _propfind,
    "PROPPATCH": _proppatch,
    "MOVE": _move,
    "LOCK": _lock,
    "UNLOCK": _unlock,
}
