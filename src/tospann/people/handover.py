"""What happens to a person's open work when she is deactivated: capabilities say it here."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from tospann.foundation.authority import Actor
from tospann.people.models import Person


@dataclass(frozen=True)
class OpenWork:
    """One kind of open work.

    ``count`` says how much of it the person has; ``hand_over(actor, person, to)`` gives it to
    somebody else inside the deactivating command, or takes the person off it when ``to`` is None.
    """

    label: Promise
    count: Callable[[Person], int]
    hand_over: Callable[[Actor, Person, Person | None], None]


_kinds: list[OpenWork] = []


def on_deactivation(work: OpenWork) -> OpenWork:
    """Register a kind of open work. Called by the capability that keeps it, when it is ready."""
    _kinds.append(work)
    return work


def open_work(person: Person) -> list[tuple[str, int]]:
    """What would be handed over: label and number, only what there is."""
    counted = [(str(kind.label), kind.count(person)) for kind in _kinds]
    return [(label, number) for label, number in counted if number]


def hand_over(actor: Actor, person: Person, to: Person | None) -> None:
    for kind in _kinds:
        kind.hand_over(actor, person, to)
