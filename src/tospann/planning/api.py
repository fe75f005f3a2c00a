"""The plan through the API: activities, milestones, revisions, edits and imports."""

from datetime import date, datetime
from typing import IO, Annotated, Any, cast
from uuid import UUID

from django.http import HttpRequest
from ninja import File, Query, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from tospann.foundation.authority import Actor
from tospann.foundation.commands import Done, Proposed, submit
from tospann.foundation.paging import Limit, Offset, Page, following
from tospann.foundation.records import reference
from tospann.people.actors import ActorRequest
from tospann.planning import commands, imports, queries
from tospann.planning.angles.api import router as angles
from tospann.planning.consequences.api import router as trying
from tospann.planning.drafts.api import router as drafting
from tospann.planning.load.api import router as loading
from tospann.planning.models import Kind, Plan, Revision
from tospann.planning.pending.api import router as waiting
from tospann.planning.queries import Filters
from tospann.planning.reserve import reserve_uids
from tospann.planning.revisions.api import router as past
from tospann.planning.shorten.api import router as shortening
from tospann.planning.simulate.api import router as simulating
from tospann.projects.models import Project
from tospann.projects.queries import project as project_of
from tospann.ui.jinja import language

router = Router(tags=["plan"])
router.add_router("", angles)
router.add_router("", past)
router.add_router("", waiting)
router.add_router("", trying)
router.add_router("", simulating)
router.add_router("", drafting)
router.add_router("", loading)
router.add_router("", shortening)
Key = Annotated[str, Field(max_length=20, description="The project's key, such as HALL")]
Uid = Annotated[int, Field(ge=1, le=2**31 - 1, description="The activity's own number")]


class Search(Schema):
    """Which activities."""

    limit: Limit = 100
    offset: Offset = 0
    q: Annotated[str, Field(max_length=200, description="Part of the name")] = ""
    kind: Kind | None = None
    state: Annotated[str, Field(pattern=r"^(|late|open|critical|not_started|under_way|done)$")] = ""
    responsible: UUID | None = None
    under: Annotated[Uid | None, Field(description="Only what lies under this activity")] = None


class Part(Schema):
    """Which part of a list."""

    limit: Limit = 50
    offset: Offset = 0


class ActivityOut(Schema):
    """A row of the plan."""

    uid: int
    parent_uid: int | None
    number: str
    level: int
    name: str
    kind: str
    start: date | None
    finish: date | None
    duration: int = Field(description="Seconds of working time")
    percent: float
    state: str
    is_late: bool
    is_critical: bool | None = Field(description="On the critical path; null: not known yet")
    deadline: date | None
    baseline_start: date | None
    baseline_finish: date | None
    responsible_id: UUID | None
    responsible: str


class BaselineOut(Schema):
    """A revision that is kept by name, to measure the plan against; the last is in force."""

    revision: int
    name: str
    on: date
    slot: int | None = Field(default=None, description="Number of the baseline in a file")


class PlanOut(Schema):
    """The head of the plan: which revision counts, and what it adds up to."""

    reference: str
    version: int
    name: str
    revision: int
    content_hash: str
    start: date | None
    finish: date | None
    percent: float
    task_count: int
    done_count: int
    milestone_count: int
    baseline_revision: int | None
    baselines: list[BaselineOut]
    activities: Page[ActivityOut]


class ActivityDetail(ActivityOut):
    """One activity, with its content as the engine keeps it."""

    content: dict[str, Any]


class RevisionOut(Schema):
    """One change of the plan."""

    number: int
    kind: str
    at: datetime
    by: str
    entry: int = Field(description="Number of the audit entry")
    sentences: list[str]


class EditsIn(Schema):
    """Edits of the engine, applied in order, all or nothing (docs/api.md)."""

    base_revision: int = Field(ge=0, le=2**31 - 1)
    edits: list[dict[str, Any]] = Field(min_length=1, max_length=5000)


class ReserveIn(Schema):
    """How many numbers are wanted for new activities."""

    count: int = Field(1, ge=1, le=5000)


class ReservedOut(Schema):
    """The first of the numbers; the others follow it."""

    first: int


class PlanOutcome(Schema):
    """What came of a change of the plan."""

    outcome: str = Field(description="done, or proposed: it awaits a decision")
    revision: int | None = None
    case: str | None = None
    because: str | None = None
    report: dict[str, list[str]] | None = Field(default=None, description="Of an import")


def _asked(request: HttpRequest, key: str) -> tuple[Actor, Project]:
    actor = cast(ActorRequest, request).actor
    return actor, project_of(actor, key)


def _head(request: HttpRequest, key: str) -> tuple[Actor, Project, Plan]:
    actor, project = _asked(request, key)
    return actor, project, queries.existing_plan(project)


@router.get("/projects/{key}/plan", response=PlanOut, summary="The plan")
def plan(request: HttpRequest, key: Key, search: Query[Search]) -> dict[str, Any]:
    """The plan's head and a part of its activities in outline order."""
    _actor, project, head = _head(request, key)
    filters = Filters(
        text=search.q.replace("\x00", ""),
        kind=str(search.kind or ""),
        state=search.state,
        responsible=search.responsible,
        under=search.under,
    )
    rows, total = queries.part(project, filters, search.offset, search.limit)
    next_part = following(request, search.offset, search.limit, total)
    shown = {name: getattr(head, name) for name in PlanOut.model_fields if hasattr(head, name)}
    found = {"items": rows, "next": next_part, "count": total}
    return {**shown, "reference": reference(head), "activities": found}


@router.get(
    "/projects/{key}/plan/activities/{int:uid}", response=ActivityDetail, summary="One activity"
)
def activity(request: HttpRequest, key: Key, uid: int) -> dict[str, Any]:
    """One activity with everything the plan knows of it."""
    _actor, project, _plan = _head(request, key)
    found = queries.activity(project, uid)
    return {**found.row, "content": queries.content_json(found.content)}


@router.get("/projects/{key}/milestones", response=list[ActivityOut], summary="The milestones")
def milestones(request: HttpRequest, key: Key) -> list[dict[str, Any]]:
    """Every milestone by date."""
    _actor, project = _asked(request, key)
    return queries.milestones(project)


@router.get(
    "/projects/{key}/plan/revisions", response=Page[RevisionOut], summary="The plan's revisions"
)
def revisions(request: HttpRequest, key: Key, part: Query[Part]) -> dict[str, Any]:
    """What was changed, newest first."""
    _actor, _project, head = _head(request, key)
    rows = queries.revision_part(head, language(), part.offset, part.limit)
    return {
        "items": [
            {
                **row,
                "at": row["created_at"],
                "by": row["actor_name"],
                "entry": row["sequence"],
            }
            for row in rows
        ],
        "next": following(request, part.offset, part.limit, head.revision),
        "count": head.revision,
    }


@router.post(
    "/projects/{key}/plan/numbers",
    response=ReservedOut,
    summary="Reserve numbers for new activities",
)
def reserve(request: HttpRequest, key: Key, body: ReserveIn) -> dict[str, int]:
    """Numbers nobody else will get; those not used are never used again."""
    actor, _project, head = _head(request, key)
    commands.require_editor(actor, head)
    return {"first": reserve_uids(head, body.count)}


@router.post(
    "/projects/{key}/plan/edits",
    response={200: PlanOutcome, 202: PlanOutcome},
    summary="Change the plan",
)
def edits(request: HttpRequest, key: Key, body: EditsIn) -> Status[dict[str, Any]]:
    """Apply edits as one revision, or propose them."""
    actor, _project, head = _head(request, key)
    bound = commands.apply_edits.on(head)
    return _came(submit(actor, bound, base_revision=body.base_revision, edits=body.edits))


@router.post(
    "/projects/{key}/plan/import",
    response={200: PlanOutcome, 202: PlanOutcome},
    summary="Import a plan",
)
def import_plan(request: HttpRequest, key: Key, file: File[UploadedFile]) -> Status[dict[str, Any]]:
    """Read a file of Microsoft Project (XML), Primavera (XER) or a spreadsheet (XLSX, CSV), then
    apply it as one revision or propose it.
    """
    actor, project = _asked(request, key)
    staged = imports.stage(actor, project, cast(IO[bytes], file.file), file.name or "")
    head = queries.existing_plan(project)
    outcome = imports.submit_import(actor, head, staged, head.revision)
    said = staged.report["nb" if language().startswith("n") else "en"]
    return _came(outcome, said)


def _came(
    outcome: Done[Revision] | Proposed, report: dict[str, list[str]] | None = None
) -> Status[dict[str, Any]]:
    said: dict[str, Any] = {"report": report}
    if isinstance(outcome, Proposed):
        said |= {"case": reference(outcome.case), "because": str(outcome.ruling)}
        return Status(202, {"outcome": "proposed", **said})
    return Status(200, {"outcome": "done", "revision": outcome.result.number, **said})
