"""How the tolerances stand, through the API."""

from typing import Annotated, Any, cast

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from tospann.people.actors import ActorRequest
from tospann.projects.queries import project as project_of
from tospann.reports import queries
from tospann.reports.tolerances import standing
from tospann.reports.tolerances.queries import raised

router = Router(tags=["reports"])
Key = Annotated[str, Field(max_length=20, description="The project's key, such as HALL")]


class StandingOut(Schema):
    """An area: its tolerance, how it stands and why; and the deviation, when it is crossed."""

    area: str
    allowed: str
    light: str
    why: list[str]
    is_crossed: bool
    is_already: bool
    deviation: int | None


@router.get(
    "/projects/{key}/standing", response=list[StandingOut], summary="How the tolerances stand"
)
def read_standing(request: HttpRequest, key: Key) -> list[dict[str, Any]]:
    """Those with a number are computed; the state of the others is ``none``."""
    project = project_of(cast(ActorRequest, request).actor, key)
    kept, found = queries.reporting(project), raised(project)
    return [
        {
            "area": one.area,
            "allowed": one.allowed,
            "light": str(one.light),
            "why": one.said,
            "is_crossed": one.is_crossed,
            "is_already": one.is_already,
            "deviation": found[one.area].number if one.area in found else None,
        }
        for one in standing.of_project(project, kept.thresholds if kept else None)
    ]
