"""The cheapest way to finish earlier, through the API."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, cast
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from tospann.people.actors import ActorRequest
from tospann.planning import commands
from tospann.planning import queries as plans
from tospann.planning.shorten import cheapest
from tospann.planning.shorten.cheapest import MOST_TASKS, Choice
from tospann.projects.queries import project as project_of

router = Router(tags=["plan"])
Key = Annotated[str, Field(max_length=20, description="The project's key, such as HALL")]


class ShorteningChoice(Schema):
    """A task that has not begun, its fewest working days, and kroner for each day saved."""

    uid: int
    least: Decimal = Field(ge=0, le=10_000)
    cost: Decimal = Field(ge=0, le=1_000_000_000)


class ShorteningIn(Schema):
    """The day to finish by, and what can be shortened."""

    finish: date
    tasks: list[ShorteningChoice] = Field(max_length=MOST_TASKS)


class ShorteningOut(Schema):
    """The draft that was made. Nothing in the plan has changed."""

    draft: UUID
    finish: date | None
    cost: Decimal = Field(description="Kroner for all days saved")
    days: dict[int, int] = Field(description="Working days saved, by the task's uid")


@router.post(
    "/projects/{key}/plan/shortening", response=ShorteningOut, summary="Finish earlier, in a draft"
)
def shorten(request: HttpRequest, key: Key, body: ShorteningIn) -> dict[str, Any]:
    """Make a draft with the cheapest way to finish by a day. 422 when there is none."""
    actor = cast(ActorRequest, request).actor
    head = plans.existing_plan(project_of(actor, key))
    commands.require_editor(actor, head)
    choices = [Choice(one.uid, one.least, one.cost) for one in body.tasks]
    found = cheapest.draft(actor, head, choices, body.finish)
    return {**vars(found), "draft": found.draft.pk}
