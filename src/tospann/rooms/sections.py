"""What other capabilities put into the room beside what is shared: each registers itself once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tospann.foundation.authority import Actor
from tospann.projects.models import Project


@dataclass(frozen=True)
class Section:
    """A card in the room: what it is about, and where it leads."""

    key: str
    title: str
    text: str
    href: str
    label: str


Provider = Callable[[Actor, Project], Iterator[Section]]
_providers: list[Provider] = []


def sections_come_from(provider: Provider) -> None:
    """Called once by whoever has something for visitors (``closing``)."""
    _providers.append(provider)


def sections(actor: Actor, project: Project) -> list[Section]:
    """What there is for this visitor, in the order it was registered."""
    return [section for provider in _providers for section in provider(actor, project)]
