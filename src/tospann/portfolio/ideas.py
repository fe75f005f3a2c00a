"""What ideas are scored on, and what the scores come to. Reads; changes nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from tospann.foundation.authority import Actor, Power, rule
from tospann.foundation.ids import ORGANISATION_SCOPE
from tospann.portfolio.models import Idea, IdeaScale, IdeaState
from tospann.projects.queries import visible_projects

LOWEST, HIGHEST = 1, 5


@dataclass(frozen=True)
class Criterion:
    """Something ideas are scored on, and how much it weighs beside the others."""

    key: str
    name: str
    weight: int


def standard() -> list[Criterion]:
    """What they are scored on until the organisation says otherwise."""
    return [
        Criterion("benefit", _("Benefit"), 4),
        Criterion("strategy", _("Fits our strategy"), 3),
        Criterion("urgency", _("Urgency"), 2),
        Criterion("feasible", _("Feasible with the people we have"), 2),
    ]


def scale() -> list[Criterion]:
    """The criteria in force, in their order. One query."""
    kept = IdeaScale.objects.values_list("criteria", flat=True).first()
    return [Criterion(**one) for one in kept] if kept else standard()


def weighted(scores: Mapping[str, Any], criteria: Iterable[Criterion]) -> Decimal:
    """The weighted mean of what was scored, 0 while nothing is."""
    given = [(one.weight, int(scores[one.key])) for one in criteria if scores.get(one.key)]
    weight = sum(one for one, _score in given)
    if not weight:
        return Decimal(0)
    return (Decimal(sum(one * score for one, score in given)) / weight).quantize(Decimal("0.01"))


def is_inside(actor: Actor) -> bool:
    """Ideas are read by everybody in the organisation, and by nobody else."""
    return not rule(actor, Power.HAND_IN_IDEAS, ORGANISATION_SCOPE).is_refused


def visible(actor: Actor) -> QuerySet[Idea]:
    """The ideas somebody may read."""
    return Idea.objects.all() if is_inside(actor) else Idea.objects.none()


def idea(actor: Actor, number: int) -> Idea:
    """One idea, or nothing there."""
    found = visible(actor).select_related("handed_in_by", "project").filter(number=number).first()
    if found is None:
        raise Http404
    return found


def project_of(actor: Actor, one: Idea) -> tuple[str, str] | None:
    """Key and name of the project it became, where the reader sees it."""
    if one.project_id is None:
        return None
    return visible_projects(actor).filter(pk=one.project_id).values_list("key", "name").first()


def behind(actor: Actor, project: Any) -> Idea | None:
    """The idea a project came from, for whoever reads ideas."""
    return visible(actor).filter(project=project, state=IdeaState.PROJECT).first()


def count_waiting() -> int:
    """How many wait for an answer."""
    return Idea.objects.filter(state__in=(IdeaState.NEW, IdeaState.REVIEW)).count()


def keys_of(actor: Actor, rows: Iterable[Idea]) -> dict[Any, str]:
    """The keys of the projects they became, of those the reader sees. One query, none for none."""
    wanted = [one.project_id for one in rows if one.project_id]
    if not wanted:
        return {}
    return dict(visible_projects(actor).filter(pk__in=wanted).values_list("pk", "key"))
