"""The simulation through the API."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, cast
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from planengine.risk import Reading
from tospann.foundation.paging import Limit, Offset, Page, following
from tospann.foundation.records import reference
from tospann.people.actors import ActorRequest
from tospann.planning import queries, store
from tospann.planning.drafts import drafting
from tospann.planning.drafts import queries as drafts
from tospann.planning.projection import day_of
from tospann.planning.simulate import events, running
from tospann.planning.simulate.estimates import Estimate, by_formula, listing
from tospann.planning.simulate.running import Asked, Simulated, money_of
from tospann.projects.queries import project as project_of

router = Router(tags=["plan"])
Key = Annotated[str, Field(max_length=20, description="The project's key, such as HALL")]


READ = (
    "How the three numbers are read. erlang: one in ten lies outside each of the outer two; "
    "the others take those for the outermost"
)


class AskedIn(Schema):
    """How to simulate, and what."""

    draws: Annotated[
        int, Field(ge=0, le=10_000, description="0: as many as answer within a second")
    ] = 0
    spread: Annotated[
        bool, Field(description="Let tasks without an estimate vary by −10 to +30 per cent")
    ] = False
    draft: Annotated[UUID | None, Field(description="A draft instead of the plan")] = None
    reading: Annotated[Reading, Field(description=READ)] = Reading.ERLANG


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


class EstimatesIn(Schema):
    """Which part of the list, and how the numbers are read."""

    limit: Limit = 100
    offset: Offset = 0
    reading: Annotated[Reading, Field(description=READ)] = Reading.ERLANG


class EstimateOut(Schema):
    """A task's three numbers, its mean and its standard deviation, in working days."""

    uid: int
    number: str
    name: str
    low: float
    likely: float
    high: float
    expected: float
    sd: float
    own_reading: Reading | None = Field(description="How these are read whatever is asked for")


class ByFormulaOut(Schema):
    """The finish with every task at its mean, and the deviation along its critical path.

    In working days from where the plan begins. It knows one path: too hopeful where paths meet.
    """

    days: float
    sd: float
    finish: date | None
    path: tuple[int, ...]


class EstimatesOut(Schema):
    """The open tasks with three numbers, unrounded, and what they add up to."""

    reading: Reading
    by_formula: ByFormulaOut | None
    estimates: Page[EstimateOut]


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
    how = Asked(asked.draws, asked.spread, asked.reading)
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
    "/projects/{key}/plan/estimates", response=EstimatesOut, summary="Estimates with three numbers"
)
def estimated(request: HttpRequest, key: Key, part: Query[EstimatesIn]) -> dict[str, Any]:
    """What each estimate and the plan come to on average, by the formula of the reading."""
    actor = cast(ActorRequest, request).actor
    loaded = store.load(queries.existing_plan(project_of(actor, key)))
    known = [one for one in listing(loaded, part.reading) if one.points]
    items = [_estimate(one) for one in known[part.offset : part.offset + part.limit]]
    following_part = following(request, part.offset, part.limit, len(known))
    return {
        "reading": part.reading,
        "by_formula": by_formula(loaded, part.reading),
        "estimates": {"items": items, "next": following_part, "count": len(known)},
    }


def _estimate(one: Estimate) -> dict[str, Any]:
    low, likely, high = one.points or (one.days,) * 3
    return {
        **{name: getattr(one.row, name) for name in ("uid", "number", "name")},
        "low": low,
        "likely": likely,
        "high": high,
        "expected": one.expected,
        "sd": one.sd,
        "own_reading": one.reading,
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
