"""What happens to a person's open work when she is deactivated: capabilities say it here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from tospann.foundation.authority import Actor
from tospann.people.models import Person


@dataclass(frozen=True)
class OpenWork:
    """One kind of open work.

    ``count`` says how much of it the person has; ``hand_over(actor, person, to)`` gives it to
    somebody else inside the deactivating command, or takes the person off it when ``to`` is None.
    ``listed`` gives the first of it as texts with addresses, so that one sees what it is about.
    """

    label: Promise
    count: Callable[[Person], int]
    hand_over: Callable[[Actor, Person, Person | None], None]
    listed: Callable[[Person], Sequence[tuple[str, str]]] | None = None


_kinds: list[OpenWork] = []


def on_deactivation(work: OpenWork) -> OpenWork:
    """Register a kind of open work. Called by the capability that keeps it, when it is ready."""
    _kinds.append(work)
    return work


def open_work(person: Person) -> list[tuple[str, int, Sequence[tuple[str, str]]]]:
    """What would be handed over: label, number and the first of it, only what there is."""
    counted = [(kind, kind.count(person)) for kind in _kinds]
    return [
        (str(kind.label), number, kind.listed(person) if kind.listed else ())
        for kind, number in counted
        if number
    ]


def hand_over(actor: Actor, person: Person, to: Person | None) -> None:
    for kind in _kinds:
        kind.hand_over(actor, person, to)
