"""Ideas in the REST API. They are changed through their commands."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, cast

from django.http import Http404, HttpRequest
from ninja import Router, Schema
from pydantic import Field

from tospann.people.actors import ActorRequest
from tospann.portfolio import ideas
from tospann.portfolio.models import Idea

router = Router(tags=["portfolio"])
Number = Annotated[int, Field(ge=1, le=2**31 - 1)]
State = Annotated[str, Field(pattern="^(new|review|accepted|rejected|project)$")]


class IdeaShown(Schema):
    """An idea; ``project`` is the key of what it became, empty where the caller does not see it."""

    id: str
    number: int
    version: int
    title: str
    solves: str
    asked_by: str
    wished_end: date | None
    rough_cost: Decimal | None
    state: str = Field(description="new, review, accepted, rejected or project")
    score: Decimal = Field(description="Weighted mean from 1 to 5, 0 while it is not scored")
    scores: dict[str, int]
    reason: str
    handed_in_by: str
    project: str


class IdeaCriterion(Schema):
    """Something ideas are scored on."""

    key: str
    name: str
    weight: int


@router.get("/portfolio/ideas", response=list[IdeaShown], summary="Ideas, the best score first")
def listed(
    request: HttpRequest,
    state: State | None = None,
    offset: Annotated[int, Field(ge=0, le=1_000_000)] = 0,
    limit: Annotated[int, Field(ge=1, le=200)] = 100,
) -> list[dict[str, Any]]:
    """What people ask for; empty for guests."""
    actor = cast(ActorRequest, request).actor
    found = ideas.visible(actor).select_related("handed_in_by")
    if state:
        found = found.filter(state=state)
    rows = list(found.order_by("-score", "number")[offset:][:limit])
    keys = ideas.keys_of(actor, rows)
    return [_shown(one, keys) for one in rows]


@router.get("/portfolio/ideas/criteria", response=list[IdeaCriterion], summary="Their criteria")
def criteria(request: HttpRequest) -> list[Any]:
    """What ideas are scored on, and how much each weighs."""
    if not ideas.is_inside(cast(ActorRequest, request).actor):
        raise Http404
    return list(ideas.scale())


@router.get("/portfolio/ideas/{number}", response=IdeaShown, summary="One idea")
def one(request: HttpRequest, number: Number) -> dict[str, Any]:
    """An idea with its scores and its answer."""
    actor = cast(ActorRequest, request).actor
    found = ideas.idea(actor, number)
    return _shown(found, ideas.keys_of(actor, [found]))


def _shown(one: Idea, keys: dict[Any, str]) -> dict[str, Any]:
    fields = IdeaShown.model_fields.keys() - {"id", "handed_in_by", "project"}
    return {
        **{name: getattr(one, name) for name in fields},
        "id": str(one.pk),
        "handed_in_by": one.handed_in_by.name,
        "project": keys.get(one.project_id, ""),
    }
