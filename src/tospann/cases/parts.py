"""Deciding in part: what of an alternative can be taken without the rest.

Each operation is a part. The capability that keeps the plan divides its own further, into groups of
edits that stand by themselves (``groups_come_from``).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from django.utils.translation import gettext

from tospann.foundation.commands import COMMANDS, Operation
from tospann.foundation.errors import Invalid
from tospann.foundation.references import find


@dataclass(frozen=True)
class Part:
    """Something that can be approved by itself: its key, and what it does in sentences."""

    key: str
    sentences: tuple[str, ...]


Groups = Callable[[Any, Mapping[str, Any]], Sequence[Sequence[str]]]
"""``(subject, arguments)`` → for each group its sentences, in the reader's language."""
Taken = Callable[[Any, Mapping[str, Any], Sequence[int]], Mapping[str, Any]]
"""``(subject, arguments, places of groups)`` → the arguments with those groups only."""
_GROUPED: dict[str, tuple[Groups, Taken]] = {}


def groups_come_from(command: str, groups: Groups, taken: Taken) -> None:
    """Called once by a capability whose command does several things at once."""
    _GROUPED[command] = (groups, taken)


def parts_of(operations: Sequence[Operation]) -> list[Part]:
    """The parts, in order; a single part means that it is all or nothing."""
    found: list[Part] = []
    record = cache(find)  # many operations are about the same one
    for place, operation in enumerate(operations):
        what, subject = COMMANDS.get(operation.command), record(operation.subject)
        grouped = _GROUPED.get(operation.command)
        if what is None:
            continue
        if grouped is None or subject is None:
            told = what.teller(subject, operation.arguments) if what.teller and subject else []
            found.append(Part(str(place), tuple(told) or (f"{what.title}: {subject or ''}",)))
            continue
        groups = grouped[0](subject, operation.arguments)
        found += [Part(f"{place}.{n}", tuple(said)) for n, said in enumerate(groups)]
    return found


def taken(operations: Sequence[Operation], keys: Sequence[str]) -> list[Operation]:
    """The operations with only these parts. ``Invalid`` for a part there is not."""
    wanted = set(keys)
    if unknown := wanted - {part.key for part in parts_of(operations)}:
        raise Invalid(gettext("There is no such part: %(part)s.") % {"part": min(unknown)}, "part")
    kept = (_kept(place, operation, wanted) for place, operation in enumerate(operations))
    return [operation for operation in kept if operation is not None]


def _kept(place: int, operation: Operation, wanted: set[str]) -> Operation | None:
    if str(place) in wanted:
        return operation
    start = f"{place}."
    groups = sorted(int(key.removeprefix(start)) for key in wanted if key.startswith(start))
    if not groups:
        return None
    subject = find(operation.subject)
    arguments = _GROUPED[operation.command][1](subject, operation.arguments, groups)
    return replace(operation, arguments=arguments)
