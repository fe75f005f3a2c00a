"""A document's bytes for whoever may have them: asked now, counted, and noted."""

from collections.abc import Sequence
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext

from tospann.documents import contents, sending
from tospann.documents.access import Grants, Item, grants
from tospann.documents.models import Document, Version
from tospann.foundation.authority import Actor, Role, Sentence
from tospann.foundation.errors import NotAllowed
from tospann.sharing import seen


class Named:
    """A version under its document's name."""

    def __init__(self, document: Document, version: Version) -> None:
        stem, dot, ending = document.name.rpartition(".")
        self.name = (
            f"{stem or ending} (v{version.number}){dot if stem else ''}{ending if stem else ''}"
        )
        self.media_type, self.size, self.sha256 = version.media_type, version.size, version.sha256


def fetched(
    actor: Actor, document: Document, request: HttpRequest, version: Version | None = None
) -> HttpResponseBase:
    """The file, or one version of it; 404 for a link or what is not there."""
    if document.is_link:
        raise Http404
    if because := kept_inside(actor, document, version):
        raise NotAllowed(str(because))
    if not _taken(actor, document, request, grants(actor, document.project)):
        raise NotAllowed(gettext("You may look at this, but not download it."))
    is_newest = version is None or version.number == document.version_number
    one = document if version is None or is_newest else Named(document, version)
    return sending.sent(one, request)


def may_fetch(actor: Actor, document: Document, request: HttpRequest | None, held: Grants) -> bool:
    """Whether she may have the bytes now; if so it is counted and noted."""
    return not kept_inside(actor, document) and _taken(actor, document, request, held)


def _taken(actor: Actor, document: Document, request: HttpRequest | None, held: Grants) -> bool:
    item = Item.of_document(document)
    if not seen.take_download(actor, item, held):
        return False
    seen.note(actor, item, "downloaded", request)
    return True


def kept_inside(
    actor: Actor, document: Document, version: Version | None = None
) -> Sentence | None:
    """Why somebody from outside may not have these bytes (macros, programs …), if so."""
    if not _is_outside(actor, document) or document.is_link:
        return None
    one = version or document
    return contents.outside(document.name, one.sha256, one.size)


def told_inside(actor: Actor, document: Document) -> Sentence | None:
    """The same for a page that shows the document: nothing is read for it."""
    if not _is_outside(actor, document) or document.is_link:
        return None
    return contents.known_outside(document.name, document.sha256)


def all_told_inside(actor: Actor, listed: Sequence[Document]) -> set[UUID]:
    """Those of a list that stay inside, as far as it is known: at most one query."""
    named = {one.pk: (one.name, one.sha256) for one in listed if _is_outside(actor, one)}
    if not named:
        return set()
    told = contents.known_outside_of(named.values())
    return {pk for pk, one in named.items() if one in told}


def _is_outside(actor: Actor, document: Document) -> bool:
    """From another house, or a guest of the project whoever she is."""
    if actor.kind in _OUTSIDE:
        return True
    held = actor.roles_in(document.project_id) | actor.organisation_roles
    return held == {Role.GUEST}


_OUTSIDE = frozenset({"guest", "link", "external"})
