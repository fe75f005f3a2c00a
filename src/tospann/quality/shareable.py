"""Deliverables as things that can be shared: whoever is asked to accept one must see it."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from tospann.foundation.authority import Actor
from tospann.foundation.records import reference
from tospann.projects.models import Project
from tospann.projects.queries import sees_project
from tospann.quality import queries
from tospann.quality.models import Deliverable
from tospann.sharing.things import Thing, things_come_from, things_listed_by

LABEL = "quality.deliverable"


def deliverable_things(pks: Sequence[UUID]) -> list[Thing]:
    return _as_things(Deliverable.objects.filter(pk__in=pks).select_related("project"))


def seen_by(actor: Actor, project: Project) -> list[Thing]:
    """All of them for whoever sees the project, at most five hundred."""
    if not sees_project(actor, project.pk):
        return []
    found = queries.deliverables(project).select_related("project").order_by("number")
    return _as_things(found[:500])


def _as_things(found: Iterable[Deliverable]) -> list[Thing]:
    return [
        Thing(
            project_id=one.project_id,
            reference=reference(one),
            title=one.title,
            link=one.get_absolute_url(),
        )
        for one in found
    ]


def register() -> None:
    things_come_from(LABEL, deliverable_things)
    things_listed_by(seen_by)
