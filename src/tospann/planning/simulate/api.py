"""The simulation through the API."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, cast
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from tospann.foundation.records import reference
from tospann.people.actors import ActorRequest
from tospann.planning import queries, store
from tospann.planning.drafts import drafting
from tospann.planning.drafts import queries as drafts
from tospann.planning.projection import day_of
from tospann.planning.simulate import events, running
from tospann.planning.simulate.running import Asked, Simulated, money_of
from tospann.projects.queries import project as project_of

router = Router(tags=["plan"])
Key = Annotated[str, Field(max_length=20, description="The project's key, such as HALL")]


class AskedIn(Schema):
    """How to simulate, and what."""

    draws: Annotated[
        int, Field(ge=0, le=10_000, description="0: as many as answer within a second")
    ] = 0
    spread: Annotated[
        bool, Field(description="Let tasks without an estimate vary by −10 to +30 per cent")
    ] = False
    draft: Annotated[UUID | None, Field(description="A draft instead of the plan")] = None


class DayOut(Schema):
    """A day, and how certain it is, in per cent."""

    percent: int
    day: date


class SumOut(Schema):
    """An amount, and how certain it is that no more is needed, in per cent."""

    percent: int
    amount: Decimal


class MilestoneOut(Schema):
    """A milestone with its percentiles."""

    uid: int
    name: str
    planned: date | None
    p50: date
    p80: date


class BarOut(Schema):
    """A task or an event, and the finish on average at its shortest and at its longest."""

    uid: int | None
    name: str
    correlation: float
    early: date
    late: date


class CriticalOut(Schema):
    """The share of draws (0–1) in which a task lies on the critical path."""

    uid: int
    name: str
    share: float


class SimulatedOut(Schema):
    """How certain the plan is. Without anything uncertain, every figure is as planned."""

    revision: int
    draws: int
    seed: int
    is_uncertain: bool
    planned: date | None
    chance_of_plan: float | None
    finish: list[DayOut]
    cost: list[SumOut]
    milestones: list[MilestoneOut]
    tornado: list[BarOut]
    critical: list[CriticalOut]
    standing_still: list[int] = Field(description="Tasks a fixed date holds against their links")


class EventOut(Schema):
    """An event that simulations draw; `delay` in working days and `cost`, three points each."""

    reference: str
    version: int
    id: UUID
    name: str
    probability: int
    activity_uid: int | None
    delay: list[float]
    cost: list[float]
    risk_number: int | None


@router.get(
    "/projects/{key}/plan/simulate", response=SimulatedOut, summary="How certain the plan is"
)
def simulate(request: HttpRequest, key: Key, asked: Query[AskedIn]) -> dict[str, Any]:
    """Percentiles of the finish and the cost, milestones, tornado and criticality."""
    actor = cast(ActorRequest, request).actor
    project = project_of(actor, key)
    head = queries.existing_plan(project)
    loaded, risks = store.load(head), list(events.events(project.pk))
    size = len(loaded.rows)
    if asked.draft is not None:
        loaded = drafting.tried(head, drafts.draft(actor, project, asked.draft)).after
    how = Asked(asked.draws, asked.spread)
    if not loaded.rows or not running.is_uncertain(loaded, risks, how):
        return _certain(head.revision, head.finish)
    known = money_of(project)
    forecast = known.forecast if known else None
    return _shown(head.revision, running.run(head, loaded, risks, how, size, forecast))


def _certain(revision: int, planned: date | None) -> dict[str, Any]:
    nothing: dict[str, Any] = {
        name: [] for name in ("finish", "cost", "milestones", "tornado", "critical")
    }
    return {
        **nothing, "revision": revision, "draws": 0, "seed": 0, "is_uncertain": False,
        "planned": planned, "chance_of_plan": None, "standing_still": [],
    }  # fmt: skip


def _shown(revision: int, found: Simulated) -> dict[str, Any]:
    return {
        "revision": revision,
        "draws": found.result.samples,
        "seed": found.result.seed,
        "is_uncertain": True,
        "planned": found.planned,
        "chance_of_plan": found.chance_of_plan,
        "finish": [{"percent": share, "day": day} for share, day in found.finishes],
        "cost": [{"percent": share, "amount": amount} for share, amount in found.costs],
        "milestones": [
            {"uid": row.uid, "name": row.name, "planned": row.finish, "p50": p50, "p80": p80}
            for row, p50, p80 in found.milestones
        ],
        "tornado": [
            {
                "uid": bar.uid,
                "name": bar.name,
                "correlation": bar.correlation,
                "early": day_of(bar.early),
                "late": day_of(bar.late),
            }
            for bar in found.tornado
        ],
        "critical": [
            {"uid": one.row.uid, "name": one.row.name, "share": one.share} for one in found.decisive
        ],
        "standing_still": list(found.result.pinned),
    }


@router.get(
    "/projects/{key}/plan/events", response=list[EventOut], summary="The events simulations draw"
)
def listed(request: HttpRequest, key: Key) -> list[dict[str, Any]]:
    """What may happen, how likely it is, and what it then does to the plan."""
    project = project_of(cast(ActorRequest, request).actor, key)
    names = EventOut.model_fields.keys() - {"reference"}
    return [
        {**{name: getattr(one, name) for name in names}, "reference": reference(one)}
        for one in events.events(project.pk)
    ]
