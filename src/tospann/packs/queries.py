"""Reading packs: those that ship with the portal and the organisation's own."""

from dataclasses import dataclass

from django.http import Http404

from tospann.packs import library
from tospann.packs.definition import Document, Pack
from tospann.packs.models import OrganisationPack


@dataclass(frozen=True)
class Offered:
    """A pack a project can be started from; ``own`` is set for the organisation's own."""

    pack: Pack
    own: OrganisationPack | None = None

    @property
    def is_own(self) -> bool:
        return self.own is not None


def available() -> list[Offered]:
    """Shipped packs first, then the organisation's own that are in use (one query)."""
    own = OrganisationPack.objects.filter(is_active=True)
    return [*map(Offered, library.packs()), *(Offered(definition_of(one), one) for one in own)]


def everything() -> list[Offered]:
    """Also the retired ones, for whoever keeps them."""
    own = OrganisationPack.objects.all()
    return [*map(Offered, library.packs()), *(Offered(definition_of(one), one) for one in own)]


def offered(key: str) -> Offered:
    """The pack with this key, shipped or own, in use or retired; 404 when there is none."""
    if key in library.PACKS:
        return Offered(library.pack(key))
    found = OrganisationPack.objects.filter(key=key).first()
    if found is None:
        raise Http404
    return Offered(definition_of(found), found)


def in_use(key: str) -> Pack | None:
    """The pack a new project may be started from, or None."""
    if key in library.PACKS:
        return library.pack(key)
    found = OrganisationPack.objects.filter(key=key, is_active=True).first()
    return definition_of(found) if found else None


def definition_of(own: OrganisationPack) -> Pack:
    return Pack.model_validate(own.definition)


def templates_of(pack: Pack) -> list[Document]:
    """The document templates the pack uses, in its order."""
    return [library.document(key) for key in pack.documents]
