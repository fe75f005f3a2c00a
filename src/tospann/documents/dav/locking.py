"""LOCK and UNLOCK: the same locks as the page's check-out."""

import re

from django.http import HttpResponse

from tospann.documents import blobs, commands, locks
from tospann.documents.dav import properties, writing, xml
from tospann.documents.dav.call import Call, locks_on
from tospann.documents.dav.drive import What
from tospann.documents.dav.refusals import Refused
from tospann.documents.dav.xml import DAV, Element, element
from tospann.documents.models import Document, Folder, Lock
from tospann.foundation.errors import NotAllowed

USUAL = 30 * 60
"""Seconds a lock lasts when its program does not say."""
LONGEST_OWNER = 4_000
_SECONDS = re.compile(r"\s*Second-([0-9]{1,10})\s*", re.IGNORECASE)


def lock(call: Call) -> HttpResponse:
    """Lock something; without a body, let a lock last longer."""
    body = call.body()
    if body is None:
        return _refresh(call)
    if body.tag != f"{DAV}lockinfo":
        raise Refused(400)
    if call.depth() == 1:
        raise Refused(400)
    call.must_hold(call.here or call.above(call.path))
    what, is_new = _what(call)
    with call.acting():
        made = _taken(call, what, body)
    return _answer(call, made, 201 if is_new else 200)


def unlock(call: Call) -> HttpResponse:
    token = call.request.headers.get("Lock-Token", "").strip().removeprefix("<").removesuffix(">")
    if not token:
        raise Refused(400)
    covering = locks_on(call.resource.what)
    held = next((one for one in covering if one.token == token), None)
    if held is None:
        raise Refused(409, "lock-token-matches-request-uri")
    if held.is_checkout or held.person_id != call.actor.person_id:
        raise Refused(403)
    locks.release(held)
    return HttpResponse(status=204)


def _what(call: Call) -> tuple[What, bool]:
    """What is there, or an empty document put there so that nobody else takes the name."""
    if call.here is not None and call.here.what is not None:
        must_be_hers_to_change(call, call.here.what)
        return call.here.what, False
    call.must_be_changeable()
    if call.is_slashed or call.here is not None:
        raise Refused(409)
    above = call.above(call.path)
    with call.acting():
        return writing.add(call, above, call.path[-1], blobs.put_bytes(b"")), True


def must_be_hers_to_change(call: Call, what: What) -> None:
    if isinstance(what, Document):
        ruling = commands.add_version.ruling(call.actor, what)
    else:
        project = what.project if isinstance(what, Folder) else what
        ruling = commands.add_document.ruling(call.actor, project)
    if not ruling.may_decide:
        raise NotAllowed(str(ruling))


def _taken(call: Call, what: What, body: Element) -> Lock:
    is_shared = body.find(f"{DAV}lockscope/{DAV}shared") is not None
    return locks.take(
        call.actor,
        what,
        seconds=_seconds(call),
        is_deep=call.depth() is None,
        is_shared=is_shared,
        owner_xml=_owner(body),
    )


def _owner(body: Element) -> str:
    """Who the program says it is: shown to others as it was given."""
    found = body.find(f"{DAV}owner")
    given = "" if found is None else xml.written(found)
    return given if len(given) <= LONGEST_OWNER else ""


def _refresh(call: Call) -> HttpResponse:
    held = next((one for one in locks_on(call.resource.what) if one.token in call.tokens), None)
    if held is None:
        raise Refused(412, "lock-token-matches-request-uri")
    if held.is_checkout or held.person_id != call.actor.person_id:
        raise Refused(403)
    return _answer(call, locks.refresh(held, _seconds(call)), 200, is_new=False)


def _seconds(call: Call) -> int:
    """The first of the wishes that we understand; “Infinite” is as long as any may last."""
    for wish in call.request.headers.get("Timeout", "").split(","):
        if wish.strip().lower() == "infinite":
            return locks.LONGEST
        if found := _SECONDS.fullmatch(wish):
            return int(found[1])
    return USUAL


def _answer(call: Call, made: Lock, status: int, *, is_new: bool = True) -> HttpResponse:
    shown = element("lockdiscovery", properties.active(made, call.drive))
    response = xml.answer(element("prop", shown), status)
    if is_new:
        response["Lock-Token"] = f"<{made.token}>"
    return response
