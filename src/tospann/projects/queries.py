"""Reading projects. Everything starts from what the actor may see; the rest is 404."""

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from tospann.foundation.authority import PROJECT_ROLES, Actor, Role
from tospann.foundation.models import AuditEntry
from tospann.foundation.statements import One
from tospann.projects.models import (
    CriterionState,
    Gate,
    GateCriterion,
    Goal,
    Membership,
    Phase,
    Project,
    Tolerance,
)

_TEAM = tuple(role for role in PROJECT_ROLES if role is not Role.GUEST)
SEES_EVERY_PROJECT = frozenset({Role.PORTFOLIO_LEADER, Role.AUDITOR})


def memberships_of(
    person_id: uuid.UUID, absent: QuerySet[Any], today: date
) -> QuerySet[Membership]:
    """What a person is today, and what those are whose deputy she is (an actor's roles)."""
    held = Q(person_id=person_id) | Q(person_id__in=absent.values("person_id"))
    return Membership.objects.filter(held, Q(until__isnull=True) | Q(until__gte=today))


def sees_project(actor: Actor, project_id: uuid.UUID) -> bool:
    """Guests see what is published to them (their room), never the project itself."""
    if actor.kind == "system" or actor.organisation_roles & SEES_EVERY_PROJECT:
        return True
    return bool(actor.roles_in(project_id) - {Role.GUEST})


def visible_projects(actor: Actor) -> QuerySet[Project]:
    if actor.kind == "system" or actor.organisation_roles & SEES_EVERY_PROJECT:
        return Project.objects.all()
    mine = [p for p, held in actor.roles.items() if any(h.role is not Role.GUEST for h in held)]
    return Project.objects.filter(pk__in=mine)


_by_project_key = One(Project, "key")


def id_of(key: str) -> uuid.UUID | None:
    """The project with this key, for what is made on nobody's behalf."""
    return Project.objects.filter(key=key).values_list("pk", flat=True).first()


def project(actor: Actor, key: str) -> Project:
    """The project, or 404 when it does not exist or is not the actor's to see."""
    found = _by_project_key(key.upper().replace("\x00", ""))
    if found is None or not sees_project(actor, found.pk):
        raise Http404
    return found


def phases(of: Project) -> QuerySet[Phase]:
    return Phase.objects.filter(project=of).order_by("position")


def gates(of: Project) -> QuerySet[Gate]:
    """With how many criteria there are and how many are settled (done or not relevant)."""
    settled = ~Q(criteria__state=CriterionState.OPEN)
    return (
        Gate.objects.filter(project=of)
        .annotate(criteria_count=Count("criteria"), settled_count=Count("criteria", filter=settled))
        .order_by("position")
    )


def gate(of: Project, code: str) -> Gate:
    found = gates(of).filter(code=code).first()
    if found is None:
        raise Http404
    return found


def criteria(of: Gate) -> QuerySet[GateCriterion]:
    return GateCriterion.objects.filter(gate=of).select_related("settled_by").order_by("position")


def goals(of: Project) -> QuerySet[Goal]:
    return Goal.objects.filter(project=of).prefetch_related("success_criteria")


def members(of: Project) -> QuerySet[Membership]:
    return Membership.objects.filter(project=of).select_related("person").order_by("person__name")


def holders(
    project_id: uuid.UUID, roles: Iterable[Role], on: date | None = None
) -> list[uuid.UUID]:
    """The people who hold one of these roles in the project."""
    today = on or timezone.localdate()
    return list(
        Membership.objects.filter(project_id=project_id, role__in=[str(role) for role in roles])
        .filter(Q(until__isnull=True) | Q(until__gte=today))
        .values_list("person_id", flat=True)
        .distinct()
    )


def on_team(project_id: uuid.UUID) -> list[uuid.UUID]:
    """Everybody on the team, guests not among them: who may own, do or be asked something."""
    return holders(project_id, _TEAM)


def phase_bar(of: Project) -> list[dict[str, Any]]:
    """Each phase with its state, its checklist's progress and the gate that ends it (2 queries)."""
    by_phase: dict[uuid.UUID | None, Gate] = {}
    for one in gates(of):
        by_phase.setdefault(one.ends_id, one)
    bar = []
    for phase in phases(of):
        ending = by_phase.get(phase.pk)
        total = getattr(ending, "criteria_count", 0)
        settled = getattr(ending, "settled_count", 0)
        done = phase.state == "done"
        bar.append(
            {
                "phase": phase,
                "gate": ending,
                "settled": settled,
                "total": total,
                "percent": 100 if done else (100 * settled // total if total else 0),
            }
        )
    return bar


def gates_with_criteria(of: Project) -> QuerySet[Gate]:
    """The gates in order, each with its checklist (2 queries)."""
    found = Gate.objects.filter(project=of).prefetch_related("criteria")
    return found.order_by("position", "id")


def entries(of: Project, *, after: int = 0, command: str = "") -> QuerySet[AuditEntry]:
    """What was done in the project since that number, oldest first."""
    found = AuditEntry.objects.filter(scope_id=of.pk, sequence__gt=after)
    if command:
        found = found.filter(command=command)
    return found.select_related("detail").order_by("sequence")


def tolerances(of: Project) -> QuerySet[Tolerance]:
    return Tolerance.objects.filter(project=of).order_by("id")


def team(project: Project) -> list[tuple[str, str]]:
    """Everybody on the team now, guests not among them, by name: for menus."""
    today = timezone.localdate()
    members = Membership.objects.filter(project=project, person__is_active=True)
    members = members.exclude(role=Role.GUEST).filter(Q(until__isnull=True) | Q(until__gte=today))
    people = members.values_list("person_id", "person__name").distinct()
    return [(str(pk), name) for pk, name in people.order_by("person__name", "person_id")]
