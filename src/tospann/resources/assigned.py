"""Which tasks the plans have put a person on, without reading whole plans."""

import json
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Q

import planengine as engine
from tospann.people.models import Person
from tospann.planning.models import PlanPart

Shares = dict[tuple[UUID, int], float]
"""(project, task) → how much of her days it takes, 1.0 being all of them."""


def of_person(person: UUID, projects: Collection[UUID]) -> Shares:
    """As the plans say it is she, else by her e-mail address. Three queries at most."""
    email = Person.objects.filter(pk=person).values_list("email", flat=True).first() or ""
    hers = _resources(person, email.lower(), projects)
    which = Q(pk__in=[])
    for project, uid in hers:
        which |= Q(project=project, content__contains=f'"resource":{uid}')
    found: Shares = {}
    if not hers:
        return found
    rows = PlanPart.objects.filter(which, part="assignment")
    for project, content in rows.values_list("project_id", "content"):
        said = json.loads(content)
        if (project, said.get("resource")) in hers and (units := said.get("units", 1.0)) > 0:
            place = (project, said["activity"])
            found[place] = found.get(place, 0.0) + units
    return found


def _resources(person: UUID, email: str, projects: Collection[UUID]) -> set[tuple[UUID, int]]:
    """What of the plans' resources is she."""
    names = Q(content__contains=str(person))
    if email:
        names |= Q(content__icontains=email)
    rows = PlanPart.objects.filter(names, project__in=list(projects), part="resource")
    return {
        (project, uid)
        for project, uid, content in rows.values_list("project_id", "uid", "content")
        if _is_she(json.loads(content), str(person), email)
    }


def _is_she(said: dict[str, Any], person: str, email: str) -> bool:
    if said.get("kind", engine.ResourceKind.WORK) != engine.ResourceKind.WORK:
        return False
    if said.get("person"):
        return bool(said["person"] == person)
    return bool(email) and said.get("email", "").lower() == email
