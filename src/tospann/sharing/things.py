"""What can be shared. Whoever keeps such things says how one is found by its reference."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from tospann.foundation.authority import Actor
from tospann.projects.models import Project


@dataclass(frozen=True)
class Thing:
    """Something that is shared, as it is now. See ``access.Shared``."""

    project_id: UUID
    reference: str
    title: str
    link: str
    """Its page inside the portal."""
    above: tuple[str, ...] = ()
    classification: str = "internal"
    is_trashed: bool = False
    maker_id: UUID | None = None
    holds: bool = False
    """Whether other things lie in it."""


Lister = Callable[[Actor, Project], list[Thing]]
Finder = Callable[[Sequence[UUID]], Iterable[Thing]]
_finders: dict[str, Finder] = {}
_listers: list[Lister] = []


def things_come_from(label: str, finder: Finder) -> None:
    """Called once for each kind of record that can be shared (``documents.folder``)."""
    _finders[label] = finder


def things_listed_by(lister: Lister) -> None:
    """Called once by whoever can list everything of its kind that an actor sees in a project."""
    _listers.append(lister)


def listed(actor: Actor, project: Project) -> list[Thing]:
    """What the actor sees of all that can be shared in the project."""
    return [one for lister in _listers for one in lister(actor, project)]


def thing(reference: str) -> Thing | None:
    """The thing, or None when it is gone or of no kind that can be shared."""
    return things([reference]).get(reference)


def things(references: Iterable[str]) -> dict[str, Thing]:
    """Those of the things that are there, by their references: each kind is asked for once."""
    wanted: dict[str, list[UUID]] = {}
    for one in references:
        label, _colon, pk = one.partition(":")
        try:
            wanted.setdefault(label, []).append(UUID(pk))
        except ValueError:
            continue
    found = (_finders[label](pks) for label, pks in wanted.items() if label in _finders)
    return {one.reference: one for listed_ in found for one in listed_}
