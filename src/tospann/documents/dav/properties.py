"""Properties: those we know, and those programs leave behind (dead properties)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from django.db.models import Q
from django.utils.http import http_date

from tospann.documents import locks
from tospann.documents.dav import addresses
from tospann.documents.dav.drive import Drive, Resource, What
from tospann.documents.dav.xml import DAV, Element, element, parsed
from tospann.documents.models import DeadProperty, Document, Folder, Lock
from tospann.foundation.authority import Actor
from tospann.projects.models import Project

PROTECTED = frozenset(
    DAV + name
    for name in (
        *("creationdate", "getcontentlength", "getcontenttype", "getetag", "getlastmodified"),
        *("lockdiscovery", "resourcetype", "supportedlock", "displayname"),
    )
)


@dataclass
class Described:
    """A resource with what is to be said of it."""

    resource: Resource
    locks: Sequence[Lock] = ()
    dead: dict[str, str] = field(default_factory=dict)


def described(listed: Sequence[Resource]) -> list[Described]:
    """A resource, and (where they are listed) what lies directly in it; a few queries for all."""
    first, held, dead = listed[0], {}, {}
    if first.what is not None:
        held, dead = _locks(first.what), _dead(first.what)
    above = [lock for lock in held.get(_key(first.what), ()) if lock.is_deep]
    made = []
    for one in listed:
        key = _key(one.what)
        on = held.get(key, []) if one is first else above + held.get(key, [])
        made.append(Described(one, on, dead.get(key, {})))
    return made


def live(one: Described, drive: Drive, actor: Actor) -> dict[str, Element]:
    """The properties every program asks for."""
    what = one.resource.what
    found = [element("resourcetype"), element("displayname", text=_name(one.resource))]
    if one.resource.is_collection:
        found[0].append(element("collection"))
    if isinstance(what, Document):
        found += _of_document(what, one.resource.etag)
    if what is not None:
        found += [_supported(), discovery(one.locks, drive, actor)]
    return {made.tag: made for made in found}


def _of_document(document: Document, etag: str) -> list[Element]:
    return [
        element("getcontentlength", text=str(document.size)),
        element("getcontenttype", text=document.media_type),
        element("getetag", text=etag),
        element("getlastmodified", text=http_date(document.changed_at.timestamp())),
        element("creationdate", text=_instant(document.made_at)),
    ]


def _name(resource: Resource) -> str:
    if isinstance(resource.what, Project):
        return resource.what.name
    return resource.path[-1] if resource.path and resource.what is not None else "Tospann"


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _supported() -> Element:
    kinds = ("exclusive", "shared")
    return element("supportedlock", *(element("lockentry", *_kind(kind)) for kind in kinds))


def _kind(kind: str) -> tuple[Element, Element]:
    return element("lockscope", element(kind)), element("locktype", element("write"))


def discovery(held: Iterable[Lock], drive: Drive, actor: Actor) -> Element:
    """One's own check-out is not shown: programs would take it for somebody else's lock."""
    shown = (lock for lock in held if not lock.is_checkout or lock.person_id != actor.person_id)
    return element("lockdiscovery", *(active(lock, drive) for lock in shown))


def active(lock: Lock, drive: Drive) -> Element:
    """A lock as programs read it."""
    made = element("activelock", *_kind("shared" if lock.is_shared else "exclusive"))
    made.append(element("depth", text="infinity" if lock.is_deep else "0"))
    owner = parsed(lock.owner_xml.encode()) if lock.owner_xml else None
    made.append(element("owner", text=lock.actor_name) if owner is None else owner)
    lasts = "Infinite" if lock.seconds is None else f"Second-{lock.seconds}"
    made.append(element("timeout", text=lasts))
    made.append(element("locktoken", element("href", text=lock.token)))
    what: What = lock.document or lock.folder or lock.project
    if (path := drive.path_of(what)) is not None:
        root = addresses.href(path, is_collection=not isinstance(what, Document))
        made.append(element("lockroot", element("href", text=root)))
    return made


def copy_dead(source: What, target: What) -> None:
    """Put what programs left on one thing on another, which has lost its own."""
    DeadProperty.objects.filter(**place_of(target)).delete()
    found = DeadProperty.objects.filter(**place_of(source))
    copies = [DeadProperty(**place_of(target), name=one.name, xml=one.xml) for one in found]
    DeadProperty.objects.bulk_create(copies)


def place_of(what: What) -> dict[str, UUID | None]:
    """The columns that say what a property or lock is on."""
    return {
        "project_id": what.pk if isinstance(what, Project) else what.project_id,
        "folder_id": what.pk if isinstance(what, Folder) else None,
        "document_id": what.pk if isinstance(what, Document) else None,
    }


def _key(what: What | None) -> UUID | None:
    return None if what is None else what.pk


def _here_and_below(what: What) -> Q:
    """On it, or on something that lies directly in it."""
    here = Q(**place_of(what))
    if isinstance(what, Document):
        return here
    if isinstance(what, Folder):
        return here | Q(document__folder=what) | Q(folder__parent=what)
    top = Q(document__isnull=False, document__folder__isnull=True)
    below = top | Q(folder__isnull=False, folder__parent__isnull=True)
    return here | (Q(project=what) & below)


def _locks(what: What) -> dict[UUID | None, list[Lock]]:
    found: dict[UUID | None, list[Lock]] = {_key(what): list(locks.covering(what))}
    if isinstance(what, Document):
        return found
    near = locks.live().filter(_here_and_below(what)).select_related("document", "folder")
    for lock in near.order_by("id"):
        if (key := lock.document_id or lock.folder_id or lock.project_id) != what.pk:
            found.setdefault(key, []).append(lock)
    return found


def _dead(what: What) -> dict[UUID | None, dict[str, str]]:
    found: dict[UUID | None, dict[str, str]] = {}
    for one in DeadProperty.objects.filter(_here_and_below(what)):
        key = one.document_id or one.folder_id or one.project_id
        found.setdefault(key, {})[one.name] = one.xml
    return found
