"""The load of the plan and levelling it, through the API."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, cast
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from tospann.foundation.errors import Invalid
from tospann.people.actors import ActorRequest
from tospann.planning import commands, store
from tospann.planning import queries as plans
from tospann.planning.drafts import desk as desks
from tospann.planning.load import levelling, moves
from tospann.planning.load.levelling import Asked
from tospann.planning.load.team import team as people_of
from tospann.planning.load.tying import ties
from tospann.planning.load.weeks import lines
from tospann.projects.queries import project as project_of

router = Router(tags=["plan"])
Key = Annotated[str, Field(max_length=20, description="The project's key, such as HALL")]


class LoadWeek(Schema):
    """A week of somebody in the plan."""

    monday: date
    wanted: float = Field(description="Hours the plan asks for")
    available: float = Field(description="Hours there are")
    over: float = Field(description="Hours that collide")


class LoadLine(Schema):
    """A person or another resource of the plan."""

    name: str
    person: UUID | None
    weeks: list[LoadWeek]


class PlanResource(Schema):
    """A resource of the plan that is somebody: who, or who it seems to be and why."""

    uid: int
    name: str
    person: UUID | None
    proposed: UUID | None
    because: str | None = Field(description="name or email")


class LevellingIn(Schema):
    """How to level. ``best`` searches as long as a request may take."""

    which: Literal["fast", "best"] = "fast"
    order: Literal["standard", "priority", "id"] = "standard"
    within_slack: bool = False


class LevellingMove(Schema):
    """A task that waits, and what that costs."""

    uid: int
    number: str
    name: str
    starts: tuple[date | None, date | None]
    finishes: tuple[date | None, date | None]
    days: int = Field(description="Working days later")
    beyond: int = Field(description="Working days that no slack absorbs")
    overdue: int = Field(description="Working days after its deadline")
    waits_for: list[str]
    cost: Decimal


class LevellingOut(Schema):
    """The draft that was made, and what it does. Nothing in the plan has changed."""

    draft: UUID
    finishes: tuple[date | None, date | None]
    days: int
    cost: Decimal
    over: tuple[float, float] = Field(description="Hours beyond what there is, before and after")
    moves: list[LevellingMove]
    left: list[str] = Field(description="What is still too much, and why")


@router.get("/projects/{key}/plan/load", response=list[LoadLine], summary="The load of the plan")
def load(request: HttpRequest, key: Key) -> list[dict[str, Any]]:
    """What the plan asks of everybody in it, week by week from now on."""
    head = plans.existing_plan(project_of(cast(ActorRequest, request).actor, key))
    of = levelling.of_plan(head)
    names = moves.names_of(of)
    found = lines(of, moves.weeks_of(store.load(head)))
    return [
        {"name": names[one.resource], "person": one.person, "weeks": list(map(vars, one.weeks))}
        for one in found
    ]


@router.get(
    "/projects/{key}/plan/resources", response=list[PlanResource], summary="Who is who in the plan"
)
def resources(request: HttpRequest, key: Key) -> list[dict[str, Any]]:
    """The people among the plan's resources. ``planning.apply_edits`` says who they are."""
    project = project_of(cast(ActorRequest, request).actor, key)
    found = ties(store.load(plans.existing_plan(project)).plan, people_of(project))
    return [{**vars(one), "proposed": one.proposed and one.proposed.id} for one in found]


@router.post("/projects/{key}/plan/levelling", response=LevellingOut, summary="Level into a draft")
def level(request: HttpRequest, key: Key, body: LevellingIn) -> dict[str, Any]:
    """Make a draft in which nobody is wanted for more than there is, as far as that is possible."""
    actor = cast(ActorRequest, request).actor
    head = plans.existing_plan(project_of(actor, key))
    commands.require_editor(actor, head)
    made = levelling.draft(actor, head, Asked(body.which, body.order, body.within_slack))
    desk = desks.open_on(actor, head, made.pk)
    if desk.tried is None:
        raise Invalid(desk.wrong)
    found = moves.of_change(head, desk.tried)
    return {
        "draft": made.pk,
        "finishes": found.finishes,
        "days": found.days,
        "cost": found.cost,
        "over": found.over,
        "moves": [vars(one) for one in found.moves],
        "left": list(found.left),
    }
