"""The portfolio in the REST API."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from tospann.foundation.authority import Actor
from tospann.portfolio import queries
from tospann.portfolio.ideas_api import router as ideas_router
from tospann.portfolio.scenarios_api import router as scenarios_router

router = Router(tags=["portfolio"])
router.add_router("", ideas_router)
router.add_router("", scenarios_router)
HEALTH = {queries.ON_TRACK: "green", queries.WATCH: "amber", queries.NEEDS_ACTION: "red"}
Health = Literal["green", "amber", "red"]


class PhaseShown(Schema):
    """A phase: done, current or future."""

    name: str
    state: str


class NextGate(Schema):
    """The next gate that is not decided, and how much of its checklist is settled."""

    code: str
    name: str
    due_on: date | None
    settled: int
    total: int


class ProjectInPortfolio(Schema):
    """Where one project stands."""

    key: str
    name: str
    state: str = Field(description="founding, active or closed")
    health: Health = Field(
        description="What the last signed report says, else what the portal computes"
    )
    reported_on: date | None = Field(description="When the last report was signed")
    trend: str = Field(description="first, better, same or worse; empty without a report")
    phases: list[PhaseShown]
    next_gate: NextGate | None
    waiting: int = Field(description="Cases that wait for a decision")
    finish: date = Field(description="The project's end date")
    planned_finish: date | None = Field(description="When the plan ends")
    progress: float | None = Field(description="Per cent of the plan, by duration")
    milestones_late: int
    manager: str


class Portfolio(Schema):
    """A page of the portfolio, and how many projects there are."""

    items: list[ProjectInPortfolio]
    count: int


_SHOWN = ("pk", "key", "name", "state", "health", "gate_on", "waiting", "planned", "progress")
_ALSO = ("finish", "late")


@router.get("/portfolio", response=Portfolio, summary="The portfolio")
def portfolio(
    request: HttpRequest,
    health: Health | None = None,
    phase: Annotated[str, Field(max_length=200)] = "",
    pack: Annotated[str, Field(max_length=60)] = "",
    manager: UUID | None = None,
    closed: bool = False,
    limit: Annotated[int, Field(ge=1, le=200)] = 100,
    offset: Annotated[int, Field(ge=0, le=1_000_000)] = 0,
) -> dict[str, Any]:
    """The projects the caller may see, those that need action first."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # authentication set it
    found = queries.table(actor)
    if not closed:
        found = queries.not_closed(found)
    if health is not None:
        found = found.filter(health__in=[k for k, word in HEALTH.items() if word == health])
    if phase:
        found = queries.in_phase(found, phase.replace("\x00", ""))
    if pack:
        found = found.filter(pack_key=pack.replace("\x00", ""))
    if manager is not None:
        found = queries.managed_by(found, manager)
    rows = list(found.order_by(*queries.RED_FIRST, "pk").values(*_SHOWN, *_ALSO)[offset:][:limit])
    queries.complete(rows)
    return {"items": [_shown(row) for row in rows], "count": found.order_by().count()}


def _shown(row: queries.Row) -> dict[str, Any]:
    gate = {
        "code": row["gate"],
        "name": row["gate_name"],
        "due_on": row["gate_on"],
        "settled": row["total"] - row["left"],
        "total": row["total"],
    }
    return {
        **row,
        "health": HEALTH[row["health"]],
        "phases": [{"name": name, "state": state} for name, state in row["phases"]],
        "next_gate": gate if row["gate"] else None,
        "planned_finish": row["planned"],
        "milestones_late": row["late"],
        "manager": row["manager"] or "",
    }
