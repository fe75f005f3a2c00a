"""Taking a project that is deleted out of what the portfolio keeps."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from tospann.portfolio.models import Idea, IdeaState, Scenario, ScenarioProject, ScenarioState


def leave(project_id: UUID) -> None:
    """The idea it came from is an accepted one again; scenarios go on about the others.

    One that waits is computed from all its projects, so it is withdrawn.
    """
    came_from = Idea.objects.filter(project=project_id)
    QuerySet.update(came_from, project=None, state=IdeaState.ACCEPTED)
    touched = ScenarioProject.objects.filter(project=project_id)
    for one in Scenario.objects.filter(pk__in=touched.values("scenario")):
        values: dict[str, Any] = {
            name: [each for each in getattr(one, name) if each["project"] != str(project_id)]
            for name in ("choices", "effects")
        }
        values["operations"] = []
        if one.is_open:
            values["state"] = ScenarioState.WITHDRAWN
        QuerySet.update(Scenario.objects.filter(pk=one.pk), **values)
    touched.delete()
