"""What others know that would make the ranges of a plan better: offered beside its simulation."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tospann.projects.models import Project


@dataclass(frozen=True)
class Offer:
    """A sentence, and where one may take the offer."""

    sentence: str
    href: str
    label: str


Provider = Callable[[Project], Iterator[Offer]]
_providers: list[Provider] = []


def offers_come_from(provider: Provider) -> None:
    """Called once by whoever knows how earlier plans held (``closing``)."""
    _providers.append(provider)


def offers(project: Project) -> list[Offer]:
    return [one for provider in _providers for one in provider(project)]
