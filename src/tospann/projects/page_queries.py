"""What the pages of a project show: goals by level, the team by role, powers, tolerances."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.http import Http404

from tospann.foundation.authority import (
    POWER_LABELS,
    PROJECT_ROLES,
    ROLE_LABELS,
    Actor,
    Power,
    Role,
    rule,
)
from tospann.foundation.models import AuditEntry
from tospann.people.models import Person
from tospann.projects.models import (
    ChoiceList,
    CriterionKind,
    GateCriterion,
    Goal,
    GoalLevel,
    Membership,
    Project,
    SuccessCriterion,
    Tolerance,
)

_R = TypeVar("_R")
IN_PROJECTS = tuple(
    power
    for power in Power
    if power
    not in {
        *(Power.START_PROJECT, Power.RUN_ORGANISATION, Power.EDIT_PACKS, Power.OWN_ACCOUNT),
        *(Power.HAND_IN_IDEAS, Power.WEIGH_IDEAS),
    }
)


def has_any(projects: QuerySet[Project]) -> bool:
    return projects.exists()


@dataclass(frozen=True)
class Level:
    """A level of goals under the name the project's pack gives it."""

    key: str
    name: str
    description: str
    goals: tuple[Goal, ...]


def goals_by_level(of: Project) -> list[Level]:
    """Levels of the pack, with their goals; levels it does not use only when they hold some."""
    rows = choice_values(of, "goal_levels")  # through the API, anything may be kept in a list
    named = {row["key"]: row for row in rows if isinstance(row.get("key"), str)}
    found: dict[str, list[Goal]] = {}
    for goal in Goal.objects.filter(project=of).prefetch_related("success_criteria"):
        found.setdefault(goal.level, []).append(goal)
    return [
        Level(
            key=level.value,
            name=named.get(level.value, {}).get("name") or str(level.label),
            description=named.get(level.value, {}).get("description", ""),
            goals=tuple(found.get(level.value, ())),
        )
        for level in GoalLevel
        if level.value in found or level.value in named or not named
    ]


def choice_values(of: Project, key: str) -> list[dict[str, Any]]:
    """The values of one of the project's lists, empty when it has none."""
    found = ChoiceList.objects.filter(project=of, key=key).values_list("values", flat=True).first()
    return list(found or [])


def pack_name(of: Project) -> str:
    """The pack the project was started from, by the name it had then."""
    settings = choice_values(of, "pack_settings") if of.pack_key else []
    return str(settings[0].get("pack_name") or of.pack_key) if settings else of.pack_key


def goal(of: Project, pk: uuid.UUID) -> Goal:
    return _found(Goal.objects.filter(project=of, pk=pk).first())


def success_criterion(of: Project, pk: uuid.UUID) -> SuccessCriterion:
    return _found(SuccessCriterion.objects.filter(project=of, pk=pk).first())


def membership(of: Project, pk: uuid.UUID) -> Membership:
    return _found(Membership.objects.filter(project=of, pk=pk).select_related("person").first())


def tolerances(of: Project) -> QuerySet[Tolerance]:
    return Tolerance.objects.filter(project=of)


def tolerance(of: Project, area: str) -> Tolerance:
    return _found(Tolerance.objects.filter(project=of, area=area).first())


def _found(record: _R | None) -> _R:
    if record is None:
        raise Http404
    return record


@dataclass(frozen=True)
class Holders:
    """Everybody with one role, now and (when it has ended) before."""

    role: str
    label: str
    members: tuple[Membership, ...]


def team(of: Project) -> list[Holders]:
    """Roles somebody holds, in the order of rank, with the people in them."""
    by_role: dict[str, list[Membership]] = {}
    for one in Membership.objects.filter(project=of).select_related("person"):
        by_role.setdefault(one.role, []).append(one)
    return [
        Holders(
            role=str(role),
            label=role_label(of, role),
            members=tuple(sorted(by_role[role], key=lambda one: one.person.name)),
        )
        for role in PROJECT_ROLES
        if role in by_role
    ]


def role_label(of: Project, role: Role) -> str:
    """What the project calls a role."""
    return of.role_labels.get(str(role)) or str(ROLE_LABELS[role])


def role_descriptions(of: Project) -> list[dict[str, Any]]:
    """What the project's pack says about each role."""
    return choice_values(of, "roles")


def people_to_appoint() -> list[tuple[str, str]]:
    """Active people, with their organisation where it is another."""
    found = Person.objects.filter(is_active=True).order_by("name", "id")
    return [
        (str(pk), f"{name} ({company})" if external and company else name)
        for pk, name, company, external in found.values_list("pk", "name", "company", "is_external")
    ]


@dataclass(frozen=True)
class Powers:
    """What an actor may do in a project by roles alone; limits may still send it higher."""

    decides: tuple[Power, ...]
    proposes: tuple[Power, ...]

    @property
    def decided(self) -> list[str]:
        return [str(POWER_LABELS[power]) for power in self.decides]

    @property
    def proposed(self) -> list[str]:
        return [str(POWER_LABELS[power]) for power in self.proposes]


def powers(actor: Actor, of: Project) -> Powers:
    """Read from the table of powers; no query."""
    rulings = {power: rule(actor, power, of.pk) for power in IN_PROJECTS}
    return Powers(
        decides=tuple(power for power, ruling in rulings.items() if ruling.may_decide),
        proposes=tuple(power for power, ruling in rulings.items() if ruling.may_propose),
    )


def may_assess(actor: Actor, of: Project) -> bool:
    """Whether success criteria are the actor's to assess."""
    return rule(actor, Power.KEEP_REGISTERS, of.pk).may_decide


def needed_documents(of: Project) -> list[dict[str, Any]]:
    """The documents that gates ask for, in the order they are asked for (one query)."""
    rows = (
        GateCriterion.objects.filter(project=of, kind=CriterionKind.DOCUMENT)
        .order_by("gate__position", "position")
        .values(
            "text", "document_key", "state", "evidence", "gate__code", "gate__name", "gate__due_on"
        )
    )
    return [{**row} for row in rows]


def who_acted(of: Project) -> list[tuple[str, str]]:
    """Everybody who has done something in the project."""
    acted = AuditEntry.objects.filter(scope_id=of.pk, person_id__isnull=False)
    found = Person.objects.filter(pk__in=acted.values("person_id")).order_by("name")
    return [(str(pk), name) for pk, name in found.values_list("pk", "name")]


@dataclass(frozen=True)
class HistoryFilter:
    """Which acts of the history are asked for. Anything unknown in the address is ignored."""

    person: uuid.UUID | None
    whole: bool

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "HistoryFilter":
        try:
            person = uuid.UUID(query.get("person", ""))
        except ValueError:
            person = None
        return cls(person, query.get("parts") != "1")

    @property
    def narrowing(self) -> dict[str, Any]:
        """As fields of the audit log; parts of larger acts are left out unless asked for."""
        by = {"person_id": self.person} if self.person else {}
        return {**by, "parent": None} if self.whole else by

    @property
    def address(self) -> str:
        """What a link to another page of the same selection carries along."""
        parts = [f"person={self.person}"] if self.person else []
        return "".join(f"{part}&" for part in [*parts, *([] if self.whole else ["parts=1"])])
