"""Why a date, and how milestones have moved, through the API; and the plan as a file."""

from dataclasses import asdict
from datetime import date
from typing import Annotated, Any, Literal, cast

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from tospann.foundation.errors import Gone
from tospann.people.actors import ActorRequest
from tospann.planning import queries, store
from tospann.planning.angles import trend
from tospann.planning.angles import why as reasons
from tospann.planning.exports import files
from tospann.planning.exports.choosing import Choice
from tospann.planning.exports.taken import taken
from tospann.planning.models import Plan
from tospann.projects.queries import project as project_of
from tospann.ui.jinja import language
from tospann.ui.pdf import Busy

router = Router(tags=["plan"])
Key = Annotated[str, Field(max_length=20, description="The project's key, such as HALL")]


class Which(Schema):
    """Which of an activity's dates."""

    end: Literal["start", "finish", "late_start", "late_finish"] = "start"


class File(Schema):
    """Which file, and of drawings: what they show."""

    format: Literal["pdf", "svg", "png", "xlsx", "csv", "xml"] = "pdf"
    what: Literal["all", "open", "critical", "phases"] = "all"
    levels: Annotated[int, Field(ge=0, le=50, description="0 is every level")] = 0
    first: date | None = None
    last: date | None = None
    baseline: bool = True
    links: bool = True
    paper: Literal["a3", "a4"] = "a3"


class WhyStepOut(Schema):
    """A date and what it comes from, in a sentence; ``uid`` is none for the project's own ends."""

    uid: int | None
    number: str
    name: str
    sentence: str


class WhyOut(Schema):
    """The chain behind a date, from the date itself to where it begins."""

    end: str
    day: date
    steps: list[WhyStepOut] = Field(description="The first steps, and last where the chain begins")
    left_out: int = Field(description="Steps between that are not among them")
    total_days: float = Field(description="Working days it can wait before the project does")
    free_days: float = Field(description="Working days it can wait before what follows does")
    is_critical: bool


class TrendPointOut(Schema):
    """What was said of a milestone on a day."""

    on: date
    said: date


class TrendOut(Schema):
    """A milestone through time."""

    uid: int
    name: str
    first: date
    now: date
    days: int = Field(description="Working days later now than first said")
    moves: int
    points: list[TrendPointOut]


def _head(request: HttpRequest, key: str) -> Plan:
    return queries.existing_plan(project_of(cast(ActorRequest, request).actor, key))


@router.get(
    "/projects/{key}/plan/activities/{int:uid}/why", response=WhyOut, summary="Why this date?"
)
def why(request: HttpRequest, key: Key, uid: int, which: Query[Which]) -> dict[str, Any]:
    """What a date of an activity comes from, step by step."""
    head = _head(request, key)
    queries.activity(head.project, uid)
    found = reasons.why(store.load(head), uid, which.end, language())
    if found is None:
        raise Gone
    return {**asdict(found), "steps": [asdict(one) for one in (*found.steps, found.root)]}


@router.get(
    "/projects/{key}/milestones/trend", response=list[TrendOut], summary="How milestones moved"
)
def milestone_trend(request: HttpRequest, key: Key) -> list[dict[str, Any]]:
    """Every milestone with the dates said of it, by the day they were said."""
    head = _head(request, key)
    return [
        {
            **{name: getattr(one, name) for name in ("uid", "name", "first", "now", "days")},
            "moves": one.moves,
            "points": [{"on": on, "said": said} for on, said in one.points],
        }
        for one in trend.lines(head, queries.milestones(head.project))
    ]


@router.get("/projects/{key}/plan/export", summary="The plan as a file", response={200: None})
def export(request: HttpRequest, key: Key, file: Query[File]) -> HttpResponse:
    """Sheets for the wall (PDF), a drawing (SVG, PNG), a table (XLSX, CSV), or Microsoft Project
    XML.
    """
    head = taken(_head(request, key))
    if file.format not in files.MOST:
        return files.table(head, file.format, language())
    choice = Choice(**file.model_dump(exclude={"format"}))
    try:
        return files.drawing(head, file.format, choice, language())
    except Busy:
        return HttpResponse(status=503, headers={"Retry-After": "5"})
