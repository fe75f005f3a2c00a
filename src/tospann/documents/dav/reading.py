"""OPTIONS, GET, HEAD and PROPFIND."""

from typing import cast

from django.http import HttpResponse

from tospann.documents import fetching, sending
from tospann.documents.dav import xml
from tospann.documents.dav.call import Call
from tospann.documents.dav.properties import Described, described, live
from tospann.documents.dav.refusals import Refused
from tospann.documents.dav.xml import DAV, Element, element

ALLOWED = "OPTIONS, GET, HEAD, PUT, DELETE, MKCOL, COPY, MOVE, PROPFIND, PROPPATCH, LOCK, UNLOCK"
CAPABILITIES = {"DAV": "1, 2", "MS-Author-Via": "DAV", "Allow": ALLOWED}


def options() -> HttpResponse:
    """What Office and Explorer ask first, before they sign in."""
    return HttpResponse(headers={**CAPABILITIES, "Content-Length": "0"})


def get(call: Call) -> HttpResponse:
    document = call.resource.document
    if document is None:
        text = "Open this address as a network drive (WebDAV).\n"
        return HttpResponse(text, content_type="text/plain; charset=utf-8")
    if call.request.method == "HEAD":
        return cast(HttpResponse, sending.sent(document, call.request))
    return cast(HttpResponse, fetching.fetched(call.actor, document, call.request))


def propfind(call: Call) -> HttpResponse:
    """The properties asked for, of a resource and (depth 1) of what lies in it."""
    resource, depth = call.resource, call.depth()
    if depth is None and resource.is_collection:
        raise Refused(403, "propfind-finite-depth")
    asked = _asked(call.body())
    inside = call.drive.inside(resource) if depth == 1 and resource.is_collection else []
    found = described([resource, *inside])
    return xml.answer(element("multistatus", *(asked.response(one, call) for one in found)))


class _Asked:
    """Which properties are wanted: named ones, all with values, or the names of all."""

    def __init__(self, names: list[str] | None = None, *, only_names: bool = False) -> None:
        self.names, self.only_names = names, only_names

    def response(self, one: Described, call: Call) -> Element:
        known = live(one, call.drive, call.actor)
        wanted = [*known, *one.dead] if self.names is None else self.names
        there, missing = [], []
        for name in wanted:
            if name in known:
                there.append(known[name])
            elif name in one.dead:
                there.append(xml.parsed(one.dead[name].encode()))
            else:
                missing.append(xml.Element(name))
        if self.only_names:
            there = [xml.Element(found.tag) for found in there]
        made = element("response", element("href", text=one.resource.href))
        if there or not missing:
            made.append(propstat(there, "200 OK"))
        if missing:
            made.append(propstat(missing, "404 Not Found"))
        return made


def propstat(found: list[Element], status: str) -> Element:
    return element(
        "propstat", element("prop", *found), element("status", text=f"HTTP/1.1 {status}")
    )


def _asked(body: Element | None) -> _Asked:
    if body is None:
        return _Asked()
    if body.tag != f"{DAV}propfind":
        raise Refused(400)
    if (named := body.find(f"{DAV}prop")) is not None:
        return _Asked(list(dict.fromkeys(one.tag for one in named)))
    if body.find(f"{DAV}propname") is not None:
        return _Asked(only_names=True)
    if body.find(f"{DAV}allprop") is None:
        raise Refused(400)
    return _Asked()
