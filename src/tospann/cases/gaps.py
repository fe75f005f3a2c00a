"""Rows of the authority matrix that nobody could decide by, as the team is now."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from tospann.cases import reading
from tospann.cases.models import AuthorityRule
from tospann.foundation.authority import Deciders, Role, decides_as, who_text
from tospann.projects.models import Membership, Project

Team = Mapping[UUID, frozenset[Role]]


def of_project(project: Project) -> list[str]:
    """A sentence for each gap; none when everything has somebody who may decide it."""
    people = team(project)
    rows = AuthorityRule.objects.filter(project=project).exclude(valid_to__lt=timezone.localdate())
    return [said for row in rows if (said := of_rule(row, people))]


def team(project: Project) -> Team:
    """Who takes part now, from the inside, with their roles."""
    now = Q(until__isnull=True) | Q(until__gte=timezone.localdate())
    held = Membership.objects.filter(now, project=project).exclude(role=Role.GUEST)
    found: dict[UUID, frozenset[Role]] = {}
    for person, role in held.filter(person__is_active=True).values_list("person_id", "role"):
        found[person] = found.get(person, frozenset()) | {Role(role)}
    return found


def of_rule(row: AuthorityRule, people: Team) -> str:
    """Why nobody can decide by this row, if that is so."""
    who = reading.rule(row).who
    why = _why(who, people)
    if not why:
        return ""
    values = {"what": reading.what(row), "when": reading.when(row), "why": why}
    return gettext("%(what)s, %(when)s: %(why)s") % values


def _why(who: Deciders, people: Team) -> str:
    able = {one for one, held in people.items() if decides_as(held, one, who) is not None}
    gone = [one.name for one in who.people if one.id not in people]
    if not able:
        return gettext("nobody here is %(who)s.") % {"who": who_text(**_shown(who))}
    if who.mode == "all" and gone:
        return gettext("%(names)s takes no part any more.") % {"names": ", ".join(gone)}
    if who.mode == "quorum" and len(able) < who.quorum:
        return gettext("%(quorum)s must say yes, and only %(able)s may.") % {
            "quorum": who.quorum,
            "able": len(able),
        }
    if who.four_eyes and len(able) == 1 and not _somebody_else_prepares(able, people):
        return gettext("four eyes are asked for, and there is only one person.")
    return ""


def _shown(who: Deciders) -> dict[str, Any]:
    names: Sequence[str] = [one.name for one in who.people]
    return {"roles": who.roles, "people": names, "mode": "any"}


def _somebody_else_prepares(able: set[UUID], people: Team) -> bool:
    return any(one not in able for one in people)
