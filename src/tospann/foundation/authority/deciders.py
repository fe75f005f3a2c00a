"""Who decides a matter: roles or named people, how many of them, in which order, how soon."""

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tospann.foundation.authority.powers import RANK, Role

NAMED_RANK = RANK[Role.MANAGER]
"""A named person counts as high as the project manager: who outranks her may decide for her."""


@dataclass(frozen=True)
class Named:
    """A person named in the authority matrix, with the name she had when it was written."""

    id: uuid.UUID
    name: str


@dataclass(frozen=True)
class Deciders:
    """Who decides, and how. ``mode`` is ``any`` of them, ``all`` of them, or a ``quorum``."""

    roles: tuple[Role, ...] = ()
    people: tuple[Named, ...] = ()
    mode: str = "any"
    quorum: int = 0
    in_order: bool = False
    four_eyes: bool = False
    within_days: int | None = None
    escalates_to: tuple[Role, ...] = ()

    @property
    def rank(self) -> int:
        """How high the decision goes: the lowest that is enough, or the highest where all must."""
        ranks = [RANK.get(role, 0) for role in self.roles] + [NAMED_RANK] * bool(self.people)
        return (max if self.mode == "all" else min)(ranks, default=0)

    @property
    def is_one(self) -> bool:
        """Whether one person's decision is enough, also on what she prepared herself."""
        return self.mode == "any" and not self.four_eyes

    def shown(self) -> str:
        """As the value of a sentence: translated, with the names, when it is shown."""
        if not self.people and self.mode == "any":
            return "role:" + "+".join(self.roles)
        said = {"roles": list(self.roles), "people": [one.name for one in self.people]}
        return "who:" + json.dumps({**said, "mode": self.mode, "quorum": self.quorum})

    def to_json(self) -> dict[str, Any]:
        return {
            "roles": [str(role) for role in self.roles],
            "people": [{"id": str(one.id), "name": one.name} for one in self.people],
            "mode": self.mode,
            "quorum": self.quorum,
            "in_order": self.in_order,
            "four_eyes": self.four_eyes,
            "within_days": self.within_days,
            "escalates_to": [str(role) for role in self.escalates_to],
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Deciders":
        people = (Named(uuid.UUID(one["id"]), one["name"]) for one in stored.get("people", ()))
        return cls(
            tuple(Role(role) for role in stored.get("roles", ())),
            tuple(people),
            stored.get("mode", "any"),
            stored.get("quorum", 0),
            stored.get("in_order", False),
            stored.get("four_eyes", False),
            stored.get("within_days"),
            tuple(Role(role) for role in stored.get("escalates_to", ())),
        )


def may_decide_for(roles: Iterable[Role], deciders: Sequence[Role]) -> Role | None:
    """The role by which somebody with these roles may decide what belongs to ``deciders``."""
    held = set(roles)
    for role in deciders:
        if role in held:
            return role
    lowest = min((RANK.get(role, 9) for role in deciders), default=9)
    return _above(held, lowest)


def decides_as(roles: Iterable[Role], person: uuid.UUID | None, who: Deciders) -> str | None:
    """By what somebody decides for ``who``: a role; ``person`` when named; None: she may not."""
    held = set(roles)
    if by := next((role for role in who.roles if role in held), None):
        return by
    if any(person == one.id for one in who.people):
        return "person"
    ranks = [RANK.get(role, 9) for role in who.roles] + [NAMED_RANK] * bool(who.people)
    return _above(held, min(ranks, default=9))


def _above(held: Iterable[Role], lowest: int) -> Role | None:
    above = [role for role in held if RANK.get(role, -1) > lowest]
    return max(above, key=lambda role: RANK[role], default=None)


def strictest(found: Sequence[Deciders]) -> Deciders:
    """One that satisfies them all: the highest decide; equals must agree; four eyes stay four."""
    top = max(one.rank for one in found)
    kept, *others = [one for one in found if one.rank == top]
    for other in others:
        kept = _both(kept, other)
    return replace(kept, four_eyes=any(one.four_eyes for one in found))


def _both(one: Deciders, other: Deciders) -> Deciders:
    if (one.roles, one.people) == (other.roles, other.people):
        return _stricter_way(one, other)
    roles = tuple(role for role in one.roles if role in other.roles)
    people = tuple(who for who in one.people if who in other.people)
    if one.mode == other.mode == "any" and (roles or people):
        return replace(_stricter_way(one, other), roles=roles, people=people)
    return replace(
        _stricter_way(one, other),
        roles=(*one.roles, *(role for role in other.roles if role not in one.roles)),
        people=(*one.people, *(who for who in other.people if who not in one.people)),
        mode="all",
    )


def _stricter_way(one: Deciders, other: Deciders) -> Deciders:
    """The same deciders, in the stricter of the two ways, by the nearer of the two days."""
    ways = ("any", "quorum", "all")
    first, second = sorted(
        (one, other), key=lambda who: (ways.index(who.mode), who.quorum), reverse=True
    )
    days = [who.within_days for who in (one, other) if who.within_days is not None]
    return replace(
        first,
        in_order=one.in_order or other.in_order,
        within_days=min(days, default=None),
        escalates_to=first.escalates_to or second.escalates_to,
    )
