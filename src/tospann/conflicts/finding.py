"""Who is wanted by several projects for more than there is: from the load that is kept."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from tospann.resources import capacity
from tospann.resources.models import Load
from tospann.resources.weeks import Weeks, monday, sunday, weeks_from

AHEAD = 26
"""Weeks that are looked at, from this one on."""
LEAST = 1.0
"""Hours beyond what there is that somebody hardly notices."""
Wanted = dict[UUID, list[float]]
"""Project → hours in each week."""


@dataclass(frozen=True)
class Found:
    """Somebody wanted for too much: by which projects, in which weeks, by how many hours."""

    person: UUID
    weeks: tuple[dict[str, Any], ...]
    starts_on: date
    ends_on: date
    over: float
    projects: dict[UUID, float]


def ahead() -> Weeks:
    return weeks_from(timezone.localdate(), AHEAD)


def wanted_of(people: Collection[UUID], weeks: Weeks) -> dict[UUID, Wanted]:
    """What each project wants of each person: as its plan says; else as was agreed. One query."""
    rows = Load.objects.filter(
        person__in=list(people), week__gte=weeks[0], week__lte=weeks[-1]
    ).values_list("person_id", "project_id", "week", "planned", "agreed")
    both: dict[tuple[UUID, UUID], list[list[float]]] = defaultdict(
        lambda: [[0.0] * len(weeks), [0.0] * len(weeks)]
    )
    for person, project, week, planned, agreed in rows:
        for kind, minutes in enumerate((planned, agreed)):
            both[person, project][kind][week - weeks[0]] = minutes / 60
    found: dict[UUID, Wanted] = {pk: {} for pk in people}
    for (person, project), (as_planned, as_agreed) in both.items():
        found[person][project] = as_planned if any(as_planned) else as_agreed
    return found


def find(people: Collection[UUID]) -> dict[UUID, Found]:
    """The conflicts there are about these people: three queries, however many they are."""
    weeks = ahead()
    wanted = wanted_of(people, weeks)
    several = [pk for pk, projects in wanted.items() if len(projects) > 1]
    there = capacity.of_people(several, weeks)
    found = {pk: _found(pk, wanted[pk], there[pk], weeks) for pk in several}
    return {pk: one for pk, one in found.items() if one is not None}


def over(wanted: Wanted, there: list[float]) -> list[float]:
    """Hours beyond what there is in each week; nothing where one project alone wants too much."""
    found = []
    for place, hours in enumerate(there):
        asked = [row[place] for row in wanted.values() if row[place] > 0]
        beyond = sum(asked) - hours
        found.append(round(beyond, 1) if beyond >= LEAST and len(asked) > 1 else 0.0)
    return found


def _found(person: UUID, wanted: Wanted, there: list[float], weeks: Weeks) -> Found | None:
    beyond = over(wanted, there)
    places = [place for place, hours in enumerate(beyond) if hours]
    if not places:
        return None
    first, last = places[0], places[-1]
    involved = {
        project: round(sum(row[first : last + 1]), 1)
        for project, row in wanted.items()
        if any(row[place] for place in places)
    }
    return Found(
        person=person,
        weeks=tuple(
            _week(weeks[place], place, wanted, there, beyond) for place in range(first, last + 1)
        ),
        starts_on=monday(weeks[first]),
        ends_on=sunday(weeks[last]),
        over=round(sum(beyond), 1),
        projects=involved,
    )


def _week(
    week: int, place: int, wanted: Wanted, there: list[float], beyond: list[float]
) -> dict[str, Any]:
    asked = {str(pk): round(row[place], 1) for pk, row in wanted.items() if row[place]}
    return {
        "monday": monday(week).isoformat(),
        "there": round(there[place], 1),
        "wanted": asked,
        "over": beyond[place],
    }
