"""Scenarios in the REST API. They are proposed and decided through their commands."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, cast

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from tospann.people.actors import ActorRequest
from tospann.portfolio import scenarios
from tospann.portfolio.models import Scenario

router = Router(tags=["portfolio"])
Number = Annotated[int, Field(ge=1, le=2**31 - 1)]
State = Annotated[str, Field(pattern="^(open|approved|rejected|withdrawn)$")]


class ScenarioListed(Schema):
    """A proposal to the portfolio."""

    id: str
    number: int
    version: int
    title: str
    recommendation: str
    state: str = Field(description="open, approved, rejected or withdrawn")
    proposed_by: str
    proposed_at: datetime
    reason: str


class ScenarioEffect(Schema):
    """What it does to a project; ``project`` is empty where the caller does not see it."""

    project: str
    weeks: int | None = Field(description="Weeks later; null is a stop")
    finish_before: date | None
    finish_after: date | None
    days: int = Field(description="Working days later")
    costs: Decimal | None = Field(description="Kroner more; null where that is not shown")
    frees: Decimal | None = Field(description="Kroner freed; null where that is not shown")


class ScenarioShown(ScenarioListed):
    """A proposal with what it does, and whether that still is so."""

    content_hash: str = Field(description="What a decision names as read (``seen``)")
    is_stale: bool
    effects: list[ScenarioEffect]


@router.get("/portfolio/scenarios", response=list[ScenarioListed], summary="Proposals")
def listed(
    request: HttpRequest,
    state: State | None = None,
    offset: Annotated[int, Field(ge=0, le=1_000_000)] = 0,
    limit: Annotated[int, Field(ge=1, le=200)] = 100,
) -> list[dict[str, Any]]:
    """Projects later or stopped, as it was proposed; those the caller has a part in."""
    found = scenarios.visible(cast(ActorRequest, request).actor).select_related("proposed_by")
    if state:
        found = found.filter(state=state)
    return [_listed(one) for one in found.order_by("-number")[offset:][:limit]]


@router.get("/portfolio/scenarios/{number}", response=ScenarioShown, summary="One proposal")
def one(request: HttpRequest, number: Number) -> dict[str, Any]:
    """A proposal with what it does to each project."""
    actor = cast(ActorRequest, request).actor
    found = scenarios.scenario(actor, number)
    return {
        **_listed(found),
        "content_hash": found.content_hash,
        "is_stale": scenarios.is_stale(found),
        "effects": [_effect(one) for one in scenarios.effects(actor, found)],
    }


def _listed(one: Scenario) -> dict[str, Any]:
    fields = ScenarioListed.model_fields.keys() - {"id", "proposed_by"}
    told = {name: getattr(one, name) for name in fields}
    return {**told, "id": str(one.pk), "proposed_by": one.proposed_by.name}


def _effect(one: scenarios.Seen) -> dict[str, Any]:
    return {
        "project": one.choice.project.key,
        "weeks": one.choice.weeks,
        "finish_before": one.finish[0],
        "finish_after": one.finish[1],
        "days": one.days,
        "costs": one.costs,
        "frees": one.frees,
    }
