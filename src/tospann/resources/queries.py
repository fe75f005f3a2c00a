"""Reading requests, offers and agreements. Rates are blanked here for whoever may not see them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from tospann.foundation.authority import Actor, Power, Role, rule
from tospann.foundation.ids import ORGANISATION_SCOPE
from tospann.people.models import Person
from tospann.projects.models import Membership, Project
from tospann.resources import line, rates
from tospann.resources.models import (
    STILL_OPEN,
    Absence,
    Agreement,
    Employment,
    Offer,
    PersonSkill,
    Rate,
    Request,
    Skill,
    Unit,
)

MOST = 500
AT_ONCE = 100
"""People on one page of the units."""
Choices = list[tuple[str, str]]


def _blanked(rows: Iterable[Any], *, shown: bool) -> list[Any]:
    """The same rows; without the right to see them, their rates are not there."""
    found = list(rows)
    for row in found:
        if not shown:
            row.rate = None
    return found


# A project's


def requests(project: Project) -> QuerySet[Request]:
    """The latest first."""
    found = Request.objects.filter(project=project).order_by("-number")
    return found.select_related("person", "skill", "unit", "asked_by")


def request(project: Project, number: int) -> Request:
    found = requests(project).select_related("unit__manager").filter(number=number).first()
    if found is None:
        raise Http404
    found.project = project
    return found


def offers(actor: Actor, request: Request) -> list[Offer]:
    """Every offer on a request in order, with rates for whoever sees them."""
    found = Offer.objects.filter(request=request).select_related("person", "made_by")
    shown = rates.may_see(actor, request.project_id)
    return _blanked(found.order_by("created_at", "pk"), shown=shown)


def agreements(actor: Actor, project: Project) -> list[Agreement]:
    """Those that run or are to come first, then the ended ones: one query."""
    found = Agreement.objects.filter(project=project).select_related("person")
    listed = _blanked(found.order_by("-ends_on", "number"), shown=rates.may_see(actor, project))
    today = timezone.localdate()
    for one in listed:
        one.project = project
    return sorted(listed, key=lambda one: (one.is_over(today), one.starts_on, one.number))


def agreement(actor: Actor, project: Project, number: int) -> Agreement:
    found = Agreement.objects.filter(project=project, number=number)
    row = found.select_related("person", "offer__request").first()
    if row is None:
        raise Http404
    row.project = project
    if not rates.may_see(actor, project):
        row.rate = None
    return row


def state_of(agreement: Agreement, today: date) -> str:
    """``over``, ``coming`` or ``running``."""
    if agreement.is_over(today):
        return "over"
    return "coming" if agreement.starts_on > today else "running"


def team(project: Project) -> list[dict[str, Any]]:
    """Everybody on the team now, guests not among them, once each, by name: one query."""
    today = timezone.localdate()
    held = Membership.objects.filter(project=project, person__is_active=True)
    held = held.exclude(role=Role.GUEST).filter(Q(until__isnull=True) | Q(until__gte=today))
    rows = held.values("person_id", "person__name", "person__title").distinct()
    ordered = rows.order_by("person__name", "person_id")
    return [
        {"id": row["person_id"], "name": row["person__name"], "title": row["person__title"]}
        for row in ordered
    ]


# A line manager's


def requests_for(actor: Actor) -> QuerySet[Request]:
    """What waits for her answer or the project's: for her units, or for any."""
    if not line.is_line_manager(actor):
        return Request.objects.none()
    found = Request.objects.filter(Q(unit__manager=actor.person_id) | Q(unit__isnull=True))
    found = found.filter(state__in=STILL_OPEN)
    return found.select_related("project", "person", "skill", "unit").order_by("starts_on", "pk")


def request_for(actor: Actor, pk: UUID) -> Request:
    """One for her units, also when it is settled."""
    found = Request.objects.select_related("project", "person", "skill", "unit", "asked_by")
    row = found.filter(pk=pk).first()
    hers = row is not None and (row.unit is None or row.unit.manager_id == actor.person_id)
    if row is None or not hers or not line.is_line_manager(actor):
        raise Http404
    return row


def offers_to_line(actor: Actor, request: Request) -> list[Offer]:
    """Every offer on a request she answers, with the rates of her own people."""
    found = Offer.objects.filter(request=request).select_related("person", "made_by")
    hers = set(line.people_of(actor))
    rows = list(found.order_by("created_at", "pk"))
    return [one for row in rows for one in _blanked([row], shown=row.person_id in hers)]


def agreements_of(people: Iterable[UUID]) -> QuerySet[Agreement]:
    """What these people are promised to now and to come."""
    today = timezone.localdate()
    found = Agreement.objects.filter(person__in=list(people), ends_on__gte=today)
    return found.select_related("person", "project").order_by("person__name", "starts_on", "pk")


def agreement_of_hers(actor: Actor, pk: UUID) -> Agreement:
    found = Agreement.objects.filter(pk=pk).select_related("person", "project").first()
    if found is None or not line.manages(actor, found.person_id):
        raise Http404
    return found


def names(people: Iterable[UUID]) -> list[dict[str, Any]]:
    """Active people by name: one query."""
    rows = Person.objects.filter(pk__in=list(people), is_active=True).order_by("name", "pk")
    return [dict(row) for row in rows.values("id", "name", "title")]


# Everybody's time


def sees_everybody(actor: Actor) -> bool:
    """Whoever decides between projects sees the capacity of all."""
    return rule(actor, Power.DECIDE_PORTFOLIO, ORGANISATION_SCOPE).may_decide


def people_for_capacity(
    actor: Actor, unit: UUID | None = None, skill: UUID | None = None
) -> QuerySet[Person]:
    """Those whose capacity she sees, narrowed to a unit or a skill; 404 when it is nobody."""
    today = timezone.localdate()
    found = Person.objects.filter(is_active=True, is_external=False)
    if not sees_everybody(actor):
        if not line.is_line_manager(actor):
            raise Http404
        found = found.filter(pk__in=line.people_of(actor))
    if unit is not None:
        now = Employment.objects.filter(unit=unit, starts_on__lte=today)
        now = now.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today))
        found = found.filter(pk__in=now.values("person"))
    if skill is not None:
        found = found.filter(pk__in=PersonSkill.objects.filter(skill=skill).values("person"))
    return found.order_by("name", "pk")


def skills() -> Choices:
    return [
        (str(pk), name)
        for pk, name in Skill.objects.filter(is_active=True).values_list("pk", "name")
    ]


def units() -> Choices:
    return [(str(pk), name) for pk, name in Unit.objects.values_list("pk", "name")]


def units_with_managers() -> QuerySet[Unit]:
    return Unit.objects.select_related("manager").order_by("name", "pk")


def unit(pk: UUID) -> Unit:
    found = Unit.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def employed_now(units: Iterable[UUID]) -> QuerySet[Employment]:
    """Who works in these units now or later, by name."""
    today = timezone.localdate()
    found = Employment.objects.filter(unit__in=list(units))
    found = found.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today))
    return found.select_related("person").order_by("person__name", "starts_on")


@dataclass(frozen=True)
class Units:
    """A page of the units and who works in them; a large unit goes on over several pages."""

    units: Sequence[Unit]
    by_unit: Mapping[UUID | None, Sequence[Employment]]
    number: int
    pages: int


def units_with_people(page: str) -> Units:
    """A hundred people at a time; units without anybody come first (three queries, else four)."""
    listed = list(units_with_managers())
    every = employed_now([one.pk for one in listed])
    ordered = every.order_by("unit__name", "unit", "person__name", "starts_on", "pk")
    shown = Paginator(ordered, AT_ONCE).get_page(page)
    by_unit: dict[UUID | None, list[Employment]] = {}
    for one in shown:
        by_unit.setdefault(one.unit_id, []).append(one)
    empty = {one.pk for one in listed if shown.number == 1 and one.pk not in by_unit}
    if empty and shown.has_next():
        empty.difference_update(every.order_by().values_list("unit_id", flat=True).distinct())
    here = [one for one in listed if one.pk in by_unit or one.pk in empty]
    return Units(here, by_unit, shown.number, shown.paginator.num_pages)


def employment(pk: UUID) -> Employment:
    found = Employment.objects.filter(pk=pk).select_related("person").first()
    if found is None:
        raise Http404
    return found


def line_managers() -> Choices:
    rows = Person.objects.filter(pk__in=line.line_managers()).order_by("name")
    return [(str(pk), name) for pk, name in rows.values_list("pk", "name")]


def everybody() -> Choices:
    """Active people by name, for a form."""
    rows = Person.objects.filter(is_active=True).order_by("name", "pk")
    return [(str(pk), name) for pk, name in rows.values_list("pk", "name")]


def skills_of(people: Iterable[UUID]) -> dict[UUID, list[PersonSkill]]:
    """What each knows, best first: one query."""
    found: dict[UUID, list[PersonSkill]] = {}
    rows = PersonSkill.objects.filter(person__in=list(people)).select_related("skill")
    for row in rows.order_by("-level", "skill__name"):
        found.setdefault(row.person_id, []).append(row)
    return found


def absences_of(people: Iterable[UUID], days: int = 180) -> dict[UUID, list[Absence]]:
    """When each is away from today on: one query."""
    today = timezone.localdate()
    found: dict[UUID, list[Absence]] = {}
    rows = Absence.objects.filter(person__in=list(people), ends_on__gte=today)
    for row in rows.filter(starts_on__lte=today + timedelta(days=days)).order_by("starts_on"):
        found.setdefault(row.person_id, []).append(row)
    return found


def shares_of(people: Iterable[UUID]) -> dict[UUID, int]:
    """Per cent of full time that each works today, of those who have an employment: one query."""
    today = timezone.localdate()
    rows = Employment.objects.filter(person__in=list(people), starts_on__lte=today)
    rows = rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today))
    return dict(rows.values_list("person_id", "percent"))


def absence(pk: UUID) -> Absence:
    found = Absence.objects.filter(pk=pk).select_related("person").first()
    if found is None:
        raise Http404
    return found


def person_skill(pk: UUID) -> PersonSkill:
    found = PersonSkill.objects.filter(pk=pk).select_related("person", "skill").first()
    if found is None:
        raise Http404
    return found


def prices_of(people: Iterable[UUID]) -> dict[UUID, Rate]:
    """What an hour of each costs today by her own rate: one query. Ask ``rates`` before showing."""
    today = timezone.localdate()
    rows = Rate.objects.filter(person__in=list(people), valid_from__lte=today)
    return {row.person_id: row for row in rows.order_by("valid_from") if row.person_id}
