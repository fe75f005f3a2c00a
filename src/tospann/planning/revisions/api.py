"""The revisions of a plan through the API: two of them side by side."""

from datetime import date, datetime
from typing import Annotated, Any, cast

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from tospann.foundation.paging import Limit, Offset, Page, following
from tospann.people.actors import ActorRequest
from tospann.planning import queries
from tospann.planning.projection import Row
from tospann.planning.revisions import choices, points
from tospann.planning.revisions.comparing import Compared, Differs
from tospann.projects.queries import project as project_of

router = Router(tags=["plan"])
Key = Annotated[str, Field(max_length=20, description="The project's key, such as HALL")]
Asked = Annotated[
    str,
    Field(max_length=40, description="“now”, a revision's number, or a date such as 2026-11-22"),
]


class Ends(Schema):
    """What to compare with what, and which part of it."""

    before: Asked = ""
    after: Asked = ""
    what: Annotated[str, Field(pattern="^(|milestones|added|removed|moved)$")] = ""
    limit: Limit = 100
    offset: Offset = 0


class PointOut(Schema):
    """A revision of the plan."""

    number: int
    kind: str
    at: datetime
    by: str
    content_hash: str


class SideOut(Schema):
    """An activity at one of the two."""

    start: date | None
    finish: date | None
    percent: float
    state: str


class DiffersOut(Schema):
    """An activity that is not as it was."""

    uid: int
    number: str
    name: str
    kind: str
    change: str = Field(description="added, removed or changed")
    days: int = Field(description="Working days its finish moved; later is positive")
    before: SideOut | None
    after: SideOut | None
    sentences: list[str]


class ComparedOut(Schema):
    """What differs between two revisions."""

    before: PointOut
    after: PointOut
    finish_before: date | None
    finish_after: date | None
    finish_days: int = Field(description="Working days; later is positive")
    cost_change: int = Field(description="Hundredths of the currency")
    critical_entered: list[str]
    critical_left: list[str]
    sentences: list[str] = Field(description="What is about the plan as a whole")
    activities: Page[DiffersOut]


@router.get(
    "/projects/{key}/plan/compare", response=ComparedOut, summary="Two revisions side by side"
)
def compare(request: HttpRequest, key: Key, ends: Query[Ends]) -> dict[str, Any]:
    """What differs between two revisions of the plan, deleted activities among it.

    Without `before`, what is compared with now is the frozen plan, or the revision before.
    """
    actor = cast(ActorRequest, request).actor
    head = queries.existing_plan(project_of(actor, key))
    asked = choices.asked(head, ends.before, ends.after)
    before, after = (points.point(head, one) for one in asked)
    found = points.compare(head, before, after)
    rows = found.only(ends.what)
    part = rows[ends.offset : ends.offset + ends.limit]
    activities = {
        "items": [_row(row) for row in part],
        "next": following(request, ends.offset, ends.limit, len(rows)),
        "count": len(rows),
    }
    return {**_whole(found), "before": before, "after": after, "activities": activities}


def _whole(found: Compared) -> dict[str, Any]:
    return {
        "finish_before": found.finish_before,
        "finish_after": found.finish_after,
        "finish_days": found.finish_days,
        "cost_change": found.cost_change,
        "critical_entered": list(found.critical_entered),
        "critical_left": list(found.critical_left),
        "sentences": list(found.plan_sentences),
    }


def _row(row: Differs) -> dict[str, Any]:
    plain = ("uid", "number", "name", "kind", "change", "days")
    sides = {"before": _side(row.before), "after": _side(row.after)}
    return {
        **{name: getattr(row, name) for name in plain},
        **sides,
        "sentences": list(row.sentences),
    }


def _side(row: Row | None) -> dict[str, Any] | None:
    if row is None:
        return None
    return {
        "start": row.start,
        "finish": row.finish,
        "percent": row.percent,
        "state": row.state,
    }
