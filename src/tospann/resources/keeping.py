"""Whose absence and skills somebody keeps: her own, her people's, those of the teams she leads."""

from collections.abc import Collection
from uuid import UUID

from tospann.foundation.authority import Actor, Power, Role, rule
from tospann.people import queries as people
from tospann.projects.models import Membership
from tospann.resources import line


def may_keep(actor: Actor, person: UUID) -> bool:
    return person in whose(actor, [person])


def whose(actor: Actor, ids: Collection[UUID]) -> set[UUID]:
    """Of these people: two queries at most."""
    if people.runs_organisation(actor):
        return set(ids)
    found = {pk for pk in ids if pk == actor.person_id} | set(line.people_of(actor))
    leads = [pk for pk in actor.roles if rule(actor, Power.KEEP_TEAM, pk).may_decide]
    if leads:
        on_team = Membership.objects.filter(project__in=leads, person__in=list(ids))
        found |= set(on_team.exclude(role=Role.GUEST).values_list("person_id", flat=True))
    return found & set(ids)
