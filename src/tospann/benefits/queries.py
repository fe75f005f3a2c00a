"""Reading benefits of a project the actor sees: the plan for them, and how they stand."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from tospann.benefits.measuring import HUNDRED, Measured, Reading, attained, reading, whole
from tospann.benefits.models import (
    Benefit,
    BenefitState,
    Change,
    ChangeState,
    Effect,
    Indicator,
    Measurement,
    Moment,
)
from tospann.foundation.authority import Actor, Power, rule
from tospann.people.models import Person
from tospann.projects.models import Goal, Project

OPEN = (BenefitState.PLANNED, BenefitState.REALISING)
ORE = Decimal("0.01")
Row = dict[str, Any]


def benefits(project: Project) -> QuerySet[Benefit]:
    return Benefit.objects.filter(project=project)


def benefit(project: Project, number: int) -> Benefit:
    """One benefit of the project, or 404."""
    found = benefits(project).filter(number=number).select_related("project", "goal", "owner")
    one = found.first()
    if one is None:
        raise Http404
    return one


def changes(project: Project) -> QuerySet[Change]:
    return Change.objects.filter(project=project)


def change(project: Project, pk: UUID) -> Change:
    """One change in the line, or 404."""
    found = changes(project).filter(pk=pk).select_related("project", "responsible").first()
    if found is None:
        raise Http404
    return found


def indicator(project: Project, pk: UUID) -> Indicator:
    """One indicator, or 404."""
    found = Indicator.objects.filter(project=project, pk=pk)
    one = found.select_related("benefit__project").first()
    if one is None:
        raise Http404
    return one


def measurement(project: Project, pk: UUID) -> Measurement:
    """One measurement, planned or made, or 404."""
    found = Measurement.objects.filter(project=project, pk=pk)
    one = found.select_related("indicator__benefit__project").first()
    if one is None:
        raise Http404
    return one


def indicators(of: Iterable[Benefit]) -> dict[UUID, list[Indicator]]:
    """The indicators of each benefit with their measurements: two queries."""
    found = Indicator.objects.filter(benefit__in=list(of)).select_related("responsible")
    found = found.prefetch_related("measurements__measured_by").order_by("created_at", "pk")
    by_benefit: dict[UUID, list[Indicator]] = defaultdict(list)
    for one in found:
        by_benefit[one.benefit_id].append(one)
    return by_benefit


def measured(of: Indicator) -> Reading:
    """Where an indicator is; its measurements are fetched."""
    rows = [Measured(m.moment, m.due_on, m.value, m.measured_on) for m in of.measurements.all()]
    return reading(of.target, rows)


def percents(project_ids: Iterable[UUID]) -> dict[UUID, dict[UUID, int | None]]:
    """How far each benefit of these projects has come, by project and benefit: one query."""
    rows = (
        Measurement.objects.filter(project__in=list(project_ids), value__isnull=False)
        .order_by()
        .values_list(
            "project_id",
            "indicator__benefit_id",
            "indicator_id",
            "indicator__target",
            "moment",
            "due_on",
            "value",
            "measured_on",
        )
    )
    found: dict[tuple[UUID, UUID, UUID, Decimal], list[Measured]] = defaultdict(list)
    for project, of, which, target, moment, due_on, value, on in rows:
        found[project, of, which, target].append(Measured(moment, due_on, value, on))
    readings: dict[tuple[UUID, UUID], list[Reading]] = defaultdict(list)
    for (project, of, _which, target), values in found.items():
        readings[project, of].append(reading(target, values))
    by_project: dict[UUID, dict[UUID, int | None]] = defaultdict(dict)
    for (project, of), told in readings.items():
        by_project[project][of] = attained(told)
    return by_project


@dataclass(frozen=True)
class Standing:
    """A project's benefits in numbers: for reports, closing and the portfolio.

    Money is in NOK a year at full effect; benefits in other currencies are counted, not added.
    ``attained_percent`` weighs priced benefits by their value, and all alike when none is priced.
    """

    benefits: int = 0
    realised: int = 0
    given_up: int = 0
    without_owner: int = 0
    without_indicator: int = 0
    handed_over: int = 0
    measurements_due: int = 0
    next_due_on: date | None = None
    expected_per_year: Decimal = Decimal(0)
    attained_per_year: Decimal = Decimal(0)
    attained_percent: int | None = None

    @property
    def is_empty(self) -> bool:
        return not self.benefits


def standing(project: Project) -> Standing:
    """How the benefits of a project stand: four queries."""
    return standings([project.pk]).get(project.pk, Standing())


def standings(project_ids: Sequence[UUID]) -> dict[UUID, Standing]:
    """The same for many projects at once, in as many queries."""
    names = ("project_id", "pk", "state", "owner_id", "value_per_year", "currency")
    found = Benefit.objects.filter(project__in=project_ids)
    rows = found.order_by().values(*names, "handed_over_at", shown=Count("indicators"))
    by_project: dict[UUID, list[Row]] = defaultdict(list)
    for row in rows:
        by_project[row["project_id"]].append(row)
    if not by_project:
        return {}
    told, due = percents(by_project), _due(by_project)
    return {
        pk: _standing(rows_, told.get(pk, {}), due.get(pk, [])) for pk, rows_ in by_project.items()
    }


def _due(project_ids: Iterable[UUID]) -> dict[UUID, list[date]]:
    """The days of what is still to be measured, of benefits that are not settled."""
    left = Measurement.objects.filter(project__in=list(project_ids), value__isnull=True)
    left = left.filter(indicator__benefit__state__in=OPEN).order_by("due_on")
    found: dict[UUID, list[date]] = defaultdict(list)
    for project, day in left.values_list("project_id", "due_on"):
        found[project].append(day)
    return found


def _standing(rows: list[Row], told: dict[UUID, int | None], due: list[date]) -> Standing:
    counted = [row for row in rows if row["state"] != BenefitState.GIVEN_UP]
    open_ones = [row for row in counted if row["state"] in OPEN]
    today = timezone.localdate()
    priced = [row for row in counted if row["value_per_year"] and row["currency"] == "NOK"]
    expected = sum((row["value_per_year"] for row in priced), Decimal(0))
    worth = sum((row["value_per_year"] * (told.get(row["pk"]) or 0) for row in priced), Decimal(0))
    return Standing(
        benefits=len(counted),
        realised=sum(row["state"] == BenefitState.REALISED for row in counted),
        given_up=len(rows) - len(counted),
        without_owner=sum(row["owner_id"] is None for row in open_ones),
        without_indicator=sum(not row["shown"] for row in open_ones),
        handed_over=sum(row["handed_over_at"] is not None for row in counted),
        measurements_due=sum(day <= today for day in due),
        next_due_on=due[0] if due else None,
        expected_per_year=expected,
        attained_per_year=(worth / HUNDRED).quantize(ORE),
        attained_percent=_attained_in_all(counted, priced, told, expected, worth),
    )


def _attained_in_all(
    counted: list[Row],
    priced: list[Row],
    told: dict[UUID, int | None],
    expected: Decimal,
    worth: Decimal,
) -> int | None:
    """None until something can be told of any of them."""
    if not any(told.get(row["pk"]) is not None for row in counted):
        return None
    if priced and expected and any(told.get(row["pk"]) is not None for row in priced):
        return whole(worth / expected)
    return whole(Decimal(sum(told.get(row["pk"]) or 0 for row in counted)) / len(counted))


def of_person(person: UUID) -> tuple[QuerySet[Benefit], QuerySet[Change], QuerySet[Indicator]]:
    """What somebody owns, is to change and measures, that is not settled."""
    return (
        Benefit.objects.filter(owner=person, state__in=OPEN),
        Change.objects.filter(responsible=person).exclude(state=ChangeState.DONE),
        Indicator.objects.filter(responsible=person, benefit__state__in=OPEN),
    )


def open_count(person: Person) -> int:
    return sum(found.count() for found in of_person(person.pk))


def to_measure(until: date) -> QuerySet[Measurement]:
    """What is to be measured until a day, wherever, also in projects that are closed."""
    left = Measurement.objects.filter(value__isnull=True, due_on__lte=until)
    return left.filter(indicator__benefit__state__in=OPEN)


def whose(person: UUID) -> Q:
    """Conditions on measurements: this person measures; the owner does where nobody is named."""
    nobody = Q(indicator__responsible__isnull=True)
    return Q(indicator__responsible=person) | (nobody & Q(indicator__benefit__owner=person))


def not_handed_over(project: Project) -> QuerySet[Benefit]:
    """Open benefits that the line has not taken over, or that nobody owns or is to measure then.

    One that is given up says why, and is not among them.
    """
    planned = Measurement.objects.filter(indicator__benefit=OuterRef("pk"), moment=Moment.AFTER)
    settled = Q(handed_over_at__isnull=False, owner__isnull=False) & Exists(planned)
    return benefits(project).filter(state__in=OPEN).exclude(settled).order_by("kind", "number")


def measured_after(of: Iterable[Benefit]) -> dict[UUID, list[date]]:
    """The days after the project on which each of these benefits is measured: one query."""
    rows = Measurement.objects.filter(indicator__benefit__in=list(of), moment=Moment.AFTER)
    found: dict[UUID, list[date]] = defaultdict(list)
    pairs = rows.order_by("due_on").values_list("indicator__benefit", "due_on").distinct()
    for pk, day in pairs:
        found[pk].append(day)
    return found


def add_standing(project: Project, rows: list[Row]) -> None:
    """Adds to rows of benefits how far they have come and when they are measured next."""
    told = percents([project.pk]).get(project.pk, {}) if rows else {}
    left = Measurement.objects.filter(project=project, value__isnull=True)
    found = left.order_by().values_list("indicator__benefit_id")
    first = dict(found.annotate(day=Min("due_on"))) if rows else {}
    for row in rows:
        row["attained"], row["next"] = told.get(row["pk"]), first.get(row["pk"])


def add_effects(rows: list[Row]) -> None:
    """Adds to rows of changes the codes of the benefits they lead to."""
    found = Effect.objects.filter(change__in=[row["pk"] for row in rows])
    codes: dict[UUID, list[str]] = defaultdict(list)
    for change_id, code in found.order_by("benefit__number").values_list(
        "change_id", "benefit__code"
    ):
        codes[change_id].append(code)
    for row in rows:
        row["leads_to"] = ", ".join(codes[row["pk"]])


def all_measurements(project: Project) -> QuerySet[Measurement]:
    return Measurement.objects.filter(project=project)


def leads_to(found: Change) -> list[Benefit]:
    """The benefits a change leads to."""
    return list(Benefit.objects.filter(effects__change=found).order_by("kind", "number"))


def changes_for(found: Benefit) -> list[Change]:
    """The changes that lead to a benefit."""
    rows = Change.objects.filter(effects__benefit=found).select_related("responsible")
    return list(rows.order_by(F("due_on").asc(nulls_last=True), "title", "pk"))


@dataclass(frozen=True)
class Branch:
    """A goal (None: no goal is named) with the benefits that lead to it, and what leads to them."""

    goal: Goal | None
    rows: list[tuple[Benefit, list[Change], int | None]]


def map_of(project: Project) -> list[Branch]:
    """The benefit map: goal ← benefit ← change, in four queries."""
    found = list(benefits(project).select_related("goal", "owner").order_by("kind", "number"))
    effects = Effect.objects.filter(project=project).select_related("change")
    by_benefit: dict[UUID, list[Change]] = defaultdict(list)
    for effect in effects.order_by("change__due_on", "change__title"):
        by_benefit[effect.benefit_id].append(effect.change)
    told = percents([project.pk]).get(project.pk, {})
    goals: dict[UUID | None, Branch] = {}
    for one in sorted(found, key=lambda one: one.goal is None):
        branch = goals.setdefault(one.goal_id, Branch(one.goal, []))
        branch.rows.append((one, by_benefit[one.pk], told.get(one.pk)))
    return list(goals.values())


def goal_choices(project: Project) -> list[tuple[str, str]]:
    goals = Goal.objects.filter(project=project).order_by("position", "pk")
    return [(str(one.pk), str(one)) for one in goals]


def benefit_choices(project: Project) -> list[tuple[str, str]]:
    return [(str(one.pk), str(one)) for one in benefits(project).order_by("kind", "number")]


def measured_by(actor: Actor, of: Benefit, indicators: Iterable[Indicator]) -> set[UUID]:
    """The indicators this actor may record what was found of."""
    powers = (Power.KEEP_REGISTERS, Power.EDIT_BENEFITS)
    if any(rule(actor, power, of.project_id).may_decide for power in powers):
        return {one.pk for one in indicators}
    if actor.person_id is None:
        return set()
    return {one.pk for one in indicators if actor.person_id in (one.responsible_id, of.owner_id)}
