"""Reading packs: those that ship with the portal and the organisation's own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, count
from uuid import UUID

from django.http import Http404
from django.utils.translation import ngettext

from tospann.foundation.authority import Actor
from tospann.packs import library
from tospann.packs.definition import Document, Pack
from tospann.packs.models import OrganisationPack
from tospann.projects.models import Membership, Project


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


@dataclass(frozen=True)
class Card:
    """A pack as it is offered: what a project started from it has at once."""

    key: str
    name: str
    description: str
    is_own: bool
    phases: tuple[str, ...]
    contents: tuple[str, ...]


def cards(offered: list[Offered], language: str) -> list[Card]:
    return [
        Card(
            key=one.pack.key,
            name=one.pack.name.in_language(language),
            description=one.pack.description.in_language(language),
            is_own=one.is_own,
            phases=tuple(phase.name.in_language(language) for phase in one.pack.phases),
            contents=tuple(_contents(one.pack)),
        )
        for one in offered
    ]


def _contents(pack: Pack) -> Iterator[str]:
    points = sum(len(gate.criteria) for gate in pack.gates)
    tasks = sum(item.kind == "task" for item in pack.plan)
    yield ngettext("%(n)s gate", "%(n)s gates", len(pack.gates)) % {"n": len(pack.gates)}
    yield ngettext("%(n)s checklist point", "%(n)s checklist points", points) % {"n": points}
    yield ngettext("%(n)s document template", "%(n)s document templates", len(pack.documents)) % {
        "n": len(pack.documents)
    }
    yield ngettext("%(n)s register", "%(n)s registers", len(pack.registers)) % {
        "n": len(pack.registers)
    }
    yield ngettext("%(n)s task in the plan", "%(n)s tasks in the plan", tasks) % {"n": tasks}


def free_key(name: str) -> str:
    """A key for a project of this name that no other has: initials, or its first letters."""
    words = re.findall(r"[A-Za-zÆØÅæøå]+", name)
    initials = "".join(word[0] for word in words)
    base = (initials if len(initials) >= 2 else "".join(words)[:3]).upper()[:6]
    base = base if len(base) >= 2 else "PR"
    taken = set(Project.objects.filter(key__startswith=base).values_list("key", flat=True))
    numbered = (f"{base}{number}" for number in count(2))
    return next(key for key in chain([base], numbered) if key not in taken)


def takes_part(actor: Actor, project: UUID) -> bool:
    """Whether the actor holds a role in the project, as it is now."""
    held = Membership.objects.filter(project_id=project)
    return actor.person_id is not None and held.filter(person_id=actor.person_id).exists()
