"""The events of a project, to show and to draw."""

from collections.abc import Container, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

import planengine as engine
from planengine.risk import Distribution, Fixed, Triangular
from tospann.foundation.errors import Gone
from tospann.planning.simulate.models import UncertainEvent
from tospann.projects.models import Project


def events(project_id: UUID) -> QuerySet[UncertainEvent]:
    return UncertainEvent.objects.filter(project=project_id)


def event(project: Project, pk: UUID) -> UncertainEvent:
    """One event of the project, or 404."""
    found = events(project.pk).filter(pk=pk).select_related("project").first()
    if found is None:
        raise Gone
    return found


def inputs(found: Sequence[UncertainEvent]) -> list[list[Any]]:
    """What a simulation is made from, to be hashed."""
    return [
        [str(one.pk), one.probability, one.activity_uid, one.delay, one.cost]
        for one in sorted(found, key=lambda one: str(one.pk))
    ]


def drawn(
    found: Sequence[UncertainEvent], plan: engine.Plan, leaves: Container[int]
) -> tuple[engine.RiskEvent, ...]:
    """The events as the engine draws them; a delay of a task that is gone is left out."""
    made = []
    for one in sorted(found, key=lambda one: str(one.pk)):
        delayed = one.delay and one.activity_uid in leaves
        delay = _spread(one.delay, plan.minutes_per_day * 60) if delayed else None
        cost = _spread(one.cost, 100) if one.cost else None
        impact = engine.Impact(one.activity_uid if delayed else None, delay, cost)
        if delay or cost:
            made.append(engine.RiskEvent(str(one.pk), one.probability / 100, (impact,), one.name))
    return tuple(made)


def _spread(points: Sequence[float], scale: int) -> Distribution:
    low, likely, high = (float(point) * scale for point in points)
    return Fixed(likely) if low == high else Triangular(low, likely, high)
