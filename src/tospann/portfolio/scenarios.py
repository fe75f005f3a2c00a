"""Scenarios: what they are computed as, who reads them, and what each reader sees of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.utils.dateparse import parse_date

import planengine as engine
from tospann.budget.models import Budget
from tospann.conflicts.queries import LEADING, unseen
from tospann.foundation.audit import canonical, digest
from tospann.foundation.authority import Actor, Power, rule
from tospann.foundation.commands import Operation
from tospann.foundation.ids import ORGANISATION_SCOPE
from tospann.people.models import Person
from tospann.planning import commands as planning
from tospann.planning.models import Plan
from tospann.portfolio.models import Scenario, ScenarioProject
from tospann.portfolio.what_if import Choice, Effect, Moved, Outcome, outcome, sees_money, strained
from tospann.projects import commands as projects
from tospann.projects.models import Gate, Project
from tospann.projects.queries import SEES_EVERY_PROJECT, visible_projects

SCHEME = 1
"""Raised when the same inputs begin to give other operations."""


# ---- computed ----


@dataclass(frozen=True)
class Computed:
    """What is kept of a scenario until the plans it was computed on change."""

    operations: list[dict[str, Any]]
    effects: list[dict[str, Any]]
    people: list[dict[str, Any]]
    inputs_hash: str


def compute(choices: Sequence[Choice]) -> Computed:
    """The commands in every project, and what they do there."""
    found = [outcome(one, sees_money=True) for one in choices]
    operations = [one.to_json() for each in found for one in _operations(each)]
    people = [
        {"person": str(one.person), "before": one.before, "after": one.after}
        for one in strained(found)
    ]
    return Computed(operations, [_effect(one) for one in found], people, inputs_of(choices))


def inputs_of(choices: Sequence[Choice]) -> str:
    """The hash of all it is computed from: plans, gates and budgets of its projects."""
    wanted = sorted(one.project.pk for one in choices)
    told: list[Any] = [SCHEME, [[str(one.project.pk), one.weeks] for one in choices]]
    plans = Plan.objects.filter(project__in=wanted).order_by("project")
    told.append([[str(pk), *rest] for pk, *rest in plans.values_list("project", "content_hash")])
    for kind in (Gate, Budget):
        rows = kind.objects.filter(project__in=wanted).order_by("pk").values_list("pk", "version")
        told.append([[str(pk), version] for pk, version in rows])
    return digest(canonical(told))


def _operations(found: Outcome) -> list[Operation]:
    made = []
    if found.tried and found.tried.edits:
        head = Plan.objects.select_related("project").get(project=found.choice.project)
        stored = [engine.edit_to_json(edit) for edit in found.tried.edits]
        said: dict[str, Any] = {"base_revision": head.revision, "edits": stored}
        made.append(planning.apply_edits.operation(head, said))
    later = {one.gate: one.after for one in found.gates if one.after}
    gates = Gate.objects.select_related("project").filter(pk__in=later).order_by("pk")
    made += [projects.move_gate.operation(one, {"due_on": later[one.pk]}) for one in gates]
    return [_unbound(one) for one in made]


def _unbound(one: Operation) -> Operation:
    """The inputs' hash says what it was computed on; the record's own version need not."""
    return Operation(one.command, one.subject, one.arguments, None, one.schema_version)


def _effect(found: Outcome) -> dict[str, Any]:
    return {
        "project": str(found.choice.project.pk),
        "weeks": found.choice.weeks,
        "has_plan": found.has_plan,
        "dropped": found.dropped,
        "finish": [_iso(day) for day in found.finish],
        "days": found.days,
        "costs": str(found.costs),
        "frees": str(found.frees),
        "gates": [
            [str(one.gate), one.name, _iso(one.before), _iso(one.after)] for one in found.gates
        ],
        "benefits": [
            [one.title, None if one.per_year is None else str(one.per_year), one.currency, one.days]
            for one in found.benefits
        ],
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def choices_of(one: Scenario) -> list[Choice]:
    """What was chosen, of the projects that are still there."""
    wanted = [UUID(each["project"]) for each in one.choices]
    known = Project.objects.in_bulk(wanted)
    return [
        Choice(known[UUID(each["project"])], each["weeks"])
        for each in one.choices
        if UUID(each["project"]) in known
    ]


def content_hash(one: Scenario) -> str:
    """What names a scenario as it is computed now: a decision is of what was read."""
    return digest(canonical(one.plain))


# ---- read ----


@dataclass(frozen=True)
class Seen:
    """What a scenario does to a project, as this reader sees it."""

    choice: "SeenChoice"
    has_plan: bool
    dropped: int
    finish: tuple[date | None, date | None]
    days: int
    costs: Decimal | None
    frees: Decimal | None
    gates: tuple[Moved, ...]
    benefits: tuple[Effect, ...]


@dataclass(frozen=True)
class SeenChoice:
    """The project as this reader sees it: without a key where she does not."""

    project: "SeenProject"
    weeks: int | None


@dataclass(frozen=True)
class SeenProject:
    """Key and name; no key where the reader does not see it."""

    key: str
    name: str


@dataclass(frozen=True)
class SeenPerson:
    """Hours beyond what somebody has, before and after."""

    name: str
    before: float
    after: float


def may_propose(actor: Actor, about: Sequence[UUID]) -> bool:
    """Those who lead all of the projects propose, and whoever decides about the portfolio."""
    if rule(actor, Power.DECIDE_PORTFOLIO, ORGANISATION_SCOPE).may_decide:
        return True
    return bool(about) and all(actor.roles_in(pk) & LEADING for pk in about)


def visible(actor: Actor) -> QuerySet[Scenario]:
    """Those about projects the reader leads, her own, or all for whoever sees every project."""
    if actor.kind == "system" or actor.organisation_roles & SEES_EVERY_PROJECT:
        return Scenario.objects.all()
    led = [pk for pk, held in actor.roles.items() if {one.role for one in held} & LEADING]
    about = ScenarioProject.objects.filter(project__in=led).values("scenario")
    mine = Scenario.objects.filter(proposed_by=actor.person_id)
    return Scenario.objects.filter(pk__in=about) | mine


def scenario(actor: Actor, number: int) -> Scenario:
    """One scenario, or nothing there."""
    found = visible(actor).select_related("proposed_by", "decided_by").filter(number=number)
    one = found.first()
    if one is None:
        raise Http404
    return one


def is_stale(one: Scenario) -> bool:
    """Whether what it was computed on has changed while it waits."""
    return one.is_open and inputs_of(choices_of(one)) != one.inputs_hash


def effects(actor: Actor, one: Scenario) -> list[Seen]:
    """What it does, project by project; nothing of those the reader does not see."""
    wanted = [UUID(each["project"]) for each in one.effects]
    seen = visible_projects(actor).in_bulk(wanted)
    return [_seen(actor, each, seen.get(UUID(each["project"]))) for each in one.effects]


def _seen(actor: Actor, told: Mapping[str, Any], project: Project | None) -> Seen:
    if project is None:
        hidden = SeenChoice(SeenProject("", unseen()), None)
        return Seen(hidden, False, 0, (None, None), 0, None, None, (), ())
    money = sees_money(actor, project)
    first, last = (_day(day) for day in told["finish"])
    return Seen(
        choice=SeenChoice(SeenProject(project.key, project.name), told["weeks"]),
        has_plan=told["has_plan"],
        dropped=told["dropped"],
        finish=(first, last),
        days=told["days"],
        costs=Decimal(told["costs"]) if money else None,
        frees=Decimal(told["frees"]) if money else None,
        gates=tuple(Moved(UUID(pk), name, _day(a), _day(b)) for pk, name, a, b in told["gates"]),
        benefits=tuple(
            Effect(title, None if year is None else Decimal(year), currency, days)
            for title, year, currency, days in told["benefits"]
        ),
    )


def _day(told: str | None) -> date | None:
    return parse_date(told) if told else None


def people(one: Scenario) -> list[SeenPerson]:
    """Who is wanted for too much, as it is or as it would be."""
    names = dict(
        Person.objects.filter(pk__in=[each["person"] for each in one.people]).values_list(
            "pk", "name"
        )
    )
    return [
        SeenPerson(names[UUID(each["person"])], each["before"], each["after"])
        for each in one.people
        if UUID(each["person"]) in names
    ]
