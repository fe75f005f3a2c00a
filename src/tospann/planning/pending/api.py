"""The decisions the plan waits for, through the API."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, cast

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from tospann.people.actors import ActorRequest
from tospann.planning.pending import queries
from tospann.projects.queries import project as project_of

router = Router(tags=["plan"])
Key = Annotated[str, Field(max_length=20, description="The project's key, such as HALL")]


class PendingOut(Schema):
    """A case that is open: what waits for it, by when, and what a week's delay does."""

    case: int
    title: str
    state: str
    deciders: list[str]
    waits: list[int]
    need_by: date | None
    lead_days: int
    slip_days: int
    cost_per_week: Decimal


@router.get(
    "/projects/{key}/plan/pending",
    response=list[PendingOut],
    summary="Decisions the plan waits for",
)
def pending(request: HttpRequest, key: Key) -> list[dict[str, Any]]:
    """The first needed first; those that nothing waits for have no date."""
    project = project_of(cast(ActorRequest, request).actor, key)
    return [
        {
            "case": row["case__number"],
            "title": row["case__title"],
            "state": row["case__state"],
            "deciders": row["case__deciders"],
            "waits": row["uids"],
            **{name: row[name] for name in ("need_by", "lead_days", "slip_days", "cost_per_week")},
        }
        for row in queries.pending(project)
    ]
