"""Which resource of the plan is which person. Pure: the people are looked up by whoever asks.

A file from another program knows resources by their names; their time is counted together with
other projects' only when the portal is told who they are.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

import planengine as engine
from tospann.planning import pricing


class Known(NamedTuple):
    """Somebody on the team."""

    id: UUID
    name: str
    email: str


class Because(StrEnum):
    """Why somebody is proposed."""

    NAME = "name"
    EMAIL = "email"


@dataclass(frozen=True)
class Tie:
    """A resource, who it is, and who it seems to be while nobody has said."""

    uid: int
    name: str
    email: str
    person: UUID | None
    proposed: Known | None = None
    because: Because | None = None


def ties(plan: engine.Plan, team: Sequence[Known]) -> list[Tie]:
    """Everybody the plan has as a resource; somebody is proposed for one of them at most."""
    working = [one for one in plan.resources if one.kind is engine.ResourceKind.WORK]
    taken = {pk for one in working if (pk := person_of(one)) is not None}
    free = [one for one in team if one.id not in taken]
    addresses, names = _only(free, "email"), _only(free, "name")
    found, given = [], set()
    alike = Counter(_plain(one.name) for one in working if one.person is None)
    for one in working:
        tie = Tie(one.uid, one.name, one.email, person_of(one))
        known, because = addresses.get(_plain(one.email)), Because.EMAIL
        if known is None and alike[_plain(one.name)] == 1:
            known, because = names.get(_plain(one.name)), Because.NAME
        if tie.person is None and known is not None and known.id not in given and not one.generic:
            given.add(known.id)
            tie = replace(tie, proposed=known, because=because)
        found.append(tie)
    return found


def _only(team: Sequence[Known], field: str) -> dict[str, Known]:
    """By what nobody else has."""
    count = Counter(_plain(getattr(one, field)) for one in team)
    found = {_plain(getattr(one, field)): one for one in team}
    return {words: one for words, one in found.items() if words and count[words] == 1}


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()


def person_of(one: engine.Resource) -> UUID | None:
    """Who a resource is said to be."""
    try:
        return UUID(one.person) if one.person else None
    except ValueError:
        return None


def twice(chosen: Mapping[int, UUID | None]) -> set[int]:
    """The resources that are said to be the same person as another."""
    count = Counter(person for person in chosen.values() if person is not None)
    return {uid for uid, person in chosen.items() if person is not None and count[person] > 1}


def edits(plan: engine.Plan, chosen: Mapping[int, UUID | None]) -> list[engine.ChangeResource]:
    """What makes these resources these people (None: nobody of ours); nothing for the same."""
    return [
        engine.ChangeResource(replace(pricing.unpriced(one), person=str(pk) if pk else None))
        for one in plan.resources
        if one.uid in chosen and (pk := chosen[one.uid]) != person_of(one)
    ]
