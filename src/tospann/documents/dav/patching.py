"""PROPPATCH: what programs leave on documents and folders, kept as they gave it."""

from django.db import transaction
from django.http import HttpResponse

from tospann.documents.dav import xml
from tospann.documents.dav.call import Call
from tospann.documents.dav.drive import What
from tospann.documents.dav.locking import must_be_hers_to_change
from tospann.documents.dav.properties import PROTECTED, place_of
from tospann.documents.dav.reading import propstat
from tospann.documents.dav.refusals import Refused
from tospann.documents.dav.xml import DAV, LANG, Element, element
from tospann.documents.models import DeadProperty

LONGEST = 16_000
LONGEST_NAME = 300
MOST = 100
"""Properties one document or folder can carry."""


def proppatch(call: Call) -> HttpResponse:
    """All of the changes, or none."""
    resource = call.resource
    call.must_hold(resource)
    if resource.what is None:
        raise Refused(403)
    call.must_be_unlocked(resource.what)
    must_be_hers_to_change(call, resource.what)
    changes = _changes(call.body())
    statuses = {one.tag: _refusal(one) for _is_set, one in changes}
    if not any(statuses.values()):
        _carry_out(resource.what, changes)
    made = element("response", element("href", text=resource.href))
    for status, names in _by_status(statuses).items():
        made.append(propstat([xml.Element(name) for name in names], status))
    return xml.answer(element("multistatus", made))


def _changes(body: Element | None) -> list[tuple[bool, Element]]:
    """Each property to set (True) or remove, in order."""
    if body is None or body.tag != f"{DAV}propertyupdate":
        raise Refused(400)
    found = []
    for action in body:
        for prop in action.findall(f"{DAV}prop"):
            for one in prop:
                if (language := prop.get(LANG)) and LANG not in one.attrib:
                    one.set(LANG, language)
                found.append((action.tag == f"{DAV}set", one))
    if not found:
        raise Refused(400)
    return found


def _refusal(one: Element) -> str:
    if one.tag in PROTECTED:
        return "403 Forbidden"
    too_long = len(one.tag) > LONGEST_NAME or len(xml.written(one)) > LONGEST
    return "507 Insufficient Storage" if too_long else ""


def _by_status(statuses: dict[str, str]) -> dict[str, list[str]]:
    """What failed says why; what failed only with it says so (424); or all is well."""
    otherwise = "424 Failed Dependency" if any(statuses.values()) else "200 OK"
    found: dict[str, list[str]] = {}
    for name, status in statuses.items():
        found.setdefault(status or otherwise, []).append(name)
    return found


def _carry_out(what: What, changes: list[tuple[bool, Element]]) -> None:
    place = place_of(what)
    with transaction.atomic():
        for is_set, one in changes:
            there = DeadProperty.objects.filter(**place, name=one.tag)
            if not is_set:
                there.delete()
            elif not there.update(xml=xml.written(one)):
                DeadProperty.objects.create(**place, name=one.tag, xml=xml.written(one))
        if DeadProperty.objects.filter(**place).count() > MOST:
            raise Refused(507)
