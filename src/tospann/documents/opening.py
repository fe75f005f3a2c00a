"""The ways to open a document on one's own machine, beside saving it: asked of who offers them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from tospann.documents.models import Document


@dataclass(frozen=True)
class Way:
    """A button: “Åpne i Word”."""

    label: str
    link: str
    icon: str = "edit"
    is_post: bool = False
    """Whether the address makes something first (a short-lived address of its own)."""


Offer = Callable[[HttpRequest, Document], Sequence[Way]]
_offers: list[Offer] = []


def ways_come_from(offer: Offer) -> None:
    """Called once at start by whoever can open documents."""
    _offers.append(offer)


def ways(request: HttpRequest, document: Document) -> list[Way]:
    return [way for offer in _offers for way in offer(request, document)]
