"""Another person: somebody who knows the same and has time takes over what collides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID

from django.utils import timezone

import planengine as engine
from planengine.edits import Edit
from tospann.conflicts.finding import ahead
from tospann.conflicts.sides import Side, Task, score, total
from tospann.conflicts.ways.later import colliding
from tospann.people.models import Person
from tospann.resources import capacity, load, rates
from tospann.resources.models import HOURS_PER_DAY, PersonSkill, SkillLevel
from tospann.resources.weeks import Weeks, days_between

MOST_PEOPLE = 200


@dataclass(frozen=True)
class Taken:
    """Somebody who takes over tasks in one project."""

    sides: list[Side]
    side: Side
    person: UUID
    name: str
    tasks: tuple[Task, ...]
    hours: Decimal
    labour: Decimal


def taken_over(sides: Sequence[Side], full: float) -> Taken | None:
    """The best of those who could; None when nobody can."""
    weeks = ahead()
    tried = [found for one in sides if (found := _in(sides, one, full, weeks)) is not None]
    return min(tried, key=lambda one: (*score(one.sides, full), one.labour)) if tried else None


def _in(sides: Sequence[Side], one: Side, full: float, weeks: Weeks) -> Taken | None:
    others = total(other.busy() for other in sides if other is not one)
    tasks = colliding(one, others, full, begun=True)
    if not tasks:
        return None
    needed = _hours(tasks, weeks)
    able = _free(_skilled(one.person), needed, weeks)
    if not able:
        return None
    hours = Decimal(str(round(sum(needed), 1)))
    prices = rates.of(one.project.pk, [one.person, *able], timezone.localdate())
    labour = {pk: _more(prices, one.person, pk, hours) for pk in able}
    best = min(able, key=lambda pk: (labour[pk], able[pk]))
    changed = one.changed(_given(one.head_plan, one.person, best, able[best], tasks))
    return Taken(
        [changed if other is one else other for other in sides],
        changed, best, able[best], tuple(tasks), hours, labour[best],
    )  # fmt: skip


def _hours(tasks: Sequence[Task], weeks: Weeks) -> list[float]:
    """What the tasks take in each week."""
    return [
        sum(
            days_between(week, one.first, one.last) * one.share * float(HOURS_PER_DAY)
            for one in tasks
        )
        for week in weeks
    ]


def _skilled(person: UUID) -> dict[UUID, str]:
    """Colleagues who know something she knows, at least as well as to work on their own.

    Where nobody has said what she knows: those with her title.
    """
    colleagues = Person.objects.filter(is_active=True, is_external=False).exclude(pk=person)
    hers = PersonSkill.objects.filter(person=person, level__gte=SkillLevel.ABLE)
    skills = list(hers.values_list("skill_id", flat=True))
    if skills:
        able = PersonSkill.objects.filter(skill__in=skills, level__gte=SkillLevel.ABLE)
        colleagues = colleagues.filter(pk__in=able.values("person"))
    else:
        title = Person.objects.filter(pk=person).values_list("title", flat=True).first()
        if not title:
            return {}
        colleagues = colleagues.filter(title__iexact=title)
    return dict(colleagues.order_by("name").values_list("pk", "name")[:MOST_PEOPLE])


def _free(people: dict[UUID, str], needed: list[float], weeks: Weeks) -> dict[UUID, str]:
    """Those of them who have the time in every week it takes."""
    wanted = load.planned(list(people), weeks)
    there = capacity.of_people(list(people), weeks)
    return {
        pk: name
        for pk, name in people.items()
        if all(
            not hours or wanted[pk][place] + hours <= there[pk][place] + 0.5
            for place, hours in enumerate(needed)
        )
    }


def _more(prices: Mapping[UUID, rates.Price], was: UUID, now: UUID, hours: Decimal) -> Decimal:
    """What it costs more, or less, that somebody else works those hours, where both are priced."""
    one, other = prices.get(was), prices.get(now)
    if one is None or other is None or one.currency != other.currency:
        return Decimal(0)
    return (other.amount - one.amount) * hours


def _given(plan: engine.Plan, was: UUID, now: UUID, name: str, tasks: Sequence[Task]) -> list[Edit]:
    """The edits that give the tasks to somebody else."""
    uids = {one.uid for one in tasks}
    hers = {one.uid for one in plan.resources if one.person == str(was)}
    edits: list[Edit] = [
        engine.SetResponsible(one.uid, str(now))
        for one in plan.activities
        if one.uid in uids and one.responsible == str(was)
    ]
    assigned = [one for one in plan.assignments if one.activity in uids and one.resource in hers]
    if not assigned:
        return edits
    known = next((one.uid for one in plan.resources if one.person == str(now)), None)
    if known is None:
        known = max((one.uid for one in plan.resources), default=0) + 1
        edits.append(engine.AddResource(engine.Resource(known, name, person=str(now))))
    return edits + [engine.ChangeAssignment(replace(one, resource=known)) for one in assigned]
