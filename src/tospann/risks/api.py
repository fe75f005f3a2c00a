"""Reading risks, problems and deviations through the REST API.

Changes go through the commands (config/expose.py).
"""

from datetime import date, datetime
from typing import IO, Annotated, Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import File, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field

from tospann.foundation.authority import Actor
from tospann.foundation.errors import NotAllowed
from tospann.projects import queries as projects
from tospann.projects.models import Project
from tospann.risks import commands, imports, matrix, queries, sheets
from tospann.risks.models import (
    Deviation,
    DeviationState,
    Problem,
    ProblemState,
    Risk,
    RiskKind,
    RiskState,
)

router = Router(tags=["risks"])
Limit = Annotated[int, Field(ge=1, le=200)]
Offset = Annotated[int, Field(ge=0, le=1_000_000)]


class Kept(Schema):
    """What risks, problems and deviations have in keeping."""

    id: UUID
    number: int
    title: str
    owner_id: UUID | None
    raised_by_id: UUID | None
    due_on: date | None
    state: str
    case_id: UUID | None
    born_in: str
    created_at: datetime
    moved_at: datetime
    version: int


class RiskShown(Kept):
    """A risk or an opportunity: cause, event and effect, and how it is assessed.

    Levels are the keys of the project's own matrix cells, before and after measures.
    """

    kind: str
    cause: str
    event: str
    effect: str
    probability: int | None
    impact: int | None
    level: str | None
    residual_probability: int | None
    residual_impact: int | None
    residual_level: str | None
    proximity: str
    strategy: str
    reason: str


class ProblemShown(Kept):
    """Something that has happened and must be dealt with."""

    description: str
    solution: str


class DeviationShown(Kept):
    """A plan, budget or quality that cannot be kept."""

    cause: str
    consequence: str
    corrective_action: str


class RiskList(Schema):
    """A page of risks, and how many there are."""

    items: list[RiskShown]
    count: int


class ProblemList(Schema):
    """A page of problems, and how many there are."""

    items: list[ProblemShown]
    count: int


class DeviationList(Schema):
    """A page of deviations, and how many there are."""

    items: list[DeviationShown]
    count: int


class LevelShown(Schema):
    """A level that cells may have."""

    key: str
    word: str
    rank: int
    response: str


class MatrixShown(Schema):
    """A 5 × 5 matrix: rows are probability, columns impact, both from the lowest."""

    kind: str
    probability: list[str]
    impact: list[str]
    cells: list[list[str]]
    levels: list[LevelShown]


class FaultShown(Schema):
    """What is wrong with a spreadsheet, and where."""

    row: int
    column: str
    what: str


class SheetShown(Schema):
    """What a spreadsheet would bring in, or what is wrong with it.

    Give ``staged`` and ``content_hash`` to the command ``risks.import_risks`` to bring it in.
    """

    staged: UUID | None
    content_hash: str | None
    new: int
    changed: int
    same: int
    not_read: list[str]
    fault_count: int
    faults: list[FaultShown]


class MovedShown(Schema):
    """A row that came, moved or was closed: new, up, down, changed, closed or reopened."""

    kind: str
    number: int
    title: str
    direction: str
    state: str
    before: dict[str, Any]
    after: dict[str, Any]
    moved_at: datetime


def _project(request: HttpRequest, key: str) -> Project:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # authentication set it
    return projects.project(actor, key)


def _listed(rows: Any, state: str | None, owner: UUID | None, limit: int, offset: int) -> Any:
    if state is not None:
        rows = rows.filter(state=state)
    if owner is not None:
        rows = rows.filter(owner_id=owner)
    listed = rows.order_by(*queries.BY_URGENCY)[offset : offset + limit]
    return {"items": list(listed), "count": rows.count()}


def _levelled(project: Project, rows: list[Risk]) -> list[Risk]:
    """Each risk with the keys of its cells, for the schema to read."""
    scales = matrix.of_project(project)
    for row in rows:
        of: Any = scales.of(row.kind)
        now = of.level(row.probability, row.impact)
        after = of.level(row.residual_probability, row.residual_impact)
        shown: Any = row
        shown.level = now.key if now else None
        shown.residual_level = after.key if after else None
    return rows


@router.get("/projects/{key}/risks", response=RiskList, summary="The project's risks")
def risks(
    request: HttpRequest,
    key: str,
    state: RiskState | None = None,
    kind: RiskKind | None = None,
    owner: UUID | None = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> dict[str, Any]:
    """Threats and opportunities: open ones first, the next to be reviewed at the top."""
    project = _project(request, key)
    rows = queries.risks(project)
    if kind is not None:
        rows = rows.filter(kind=kind)
    found: dict[str, Any] = _listed(rows, state, owner, limit, offset)
    return found | {"items": _levelled(project, found["items"])}


@router.get("/projects/{key}/risks/matrix", response=list[MatrixShown], summary="The risk matrices")
def matrices(request: HttpRequest, key: str) -> list[matrix.Matrix]:
    """The project's own cells and words, for threats and for opportunities."""
    return list(matrix.of_project(_project(request, key)).both)


@router.get("/projects/{key}/risks/moved", response=list[MovedShown], summary="What moved")
def moved(request: HttpRequest, key: str, since: date) -> list[queries.Moved]:
    """Risks, problems and deviations that came, moved or were closed since a day, latest first."""
    return queries.moved_since(_project(request, key), since)


@router.get("/projects/{key}/risks/spreadsheet", summary="The risks as a spreadsheet")
def spreadsheet(request: HttpRequest, key: str) -> HttpResponse:
    """An Excel file with every risk and every column that is read back."""
    return sheets.written(_project(request, key))


@router.post(
    "/projects/{key}/risks/spreadsheet", response=SheetShown, summary="Read a spreadsheet of risks"
)
def read_spreadsheet(request: HttpRequest, key: str, file: File[UploadedFile]) -> dict[str, Any]:
    """Reads and checks it, and keeps it for a day; nothing is brought in by this alone."""
    project = _project(request, key)
    actor: Actor = request.actor  # type: ignore[attr-defined]  # authentication set it
    ruling = commands.import_risks.ruling(actor, project)
    if ruling.is_refused:
        raise NotAllowed(str(ruling))
    sheet, staged = imports.stage(actor, project, cast("IO[bytes]", file.file), file.name or "")
    return {
        **vars(sheet),
        "staged": staged.pk if staged else None,
        "content_hash": staged.content_hash if staged else None,
    }


@router.get("/projects/{key}/risks/{int:number}", response=RiskShown, summary="One risk")
def risk(request: HttpRequest, key: str, number: int) -> Risk:
    """By its number in the project: NF-123 is number 123 of project NF."""
    project = _project(request, key)
    return _levelled(project, [queries.one(Risk, project, number)])[0]


@router.get("/projects/{key}/problems", response=ProblemList, summary="The project's problems")
def problems(
    request: HttpRequest,
    key: str,
    state: ProblemState | None = None,
    owner: UUID | None = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> Any:
    """Open ones first, the longest overdue at the top."""
    return _listed(queries.problems(_project(request, key)), state, owner, limit, offset)


@router.get("/projects/{key}/problems/{int:number}", response=ProblemShown, summary="One problem")
def problem(request: HttpRequest, key: str, number: int) -> Problem:
    """By its number in the project."""
    return queries.one(Problem, _project(request, key), number)


@router.get(
    "/projects/{key}/deviations", response=DeviationList, summary="The project's deviations"
)
def deviations(
    request: HttpRequest,
    key: str,
    state: DeviationState | None = None,
    owner: UUID | None = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> Any:
    """Open ones first, the longest overdue at the top."""
    return _listed(queries.deviations(_project(request, key)), state, owner, limit, offset)


@router.get(
    "/projects/{key}/deviations/{int:number}", response=DeviationShown, summary="One deviation"
)
def deviation(request: HttpRequest, key: str, number: int) -> Deviation:
    """By its number in the project."""
    return queries.one(Deviation, _project(request, key), number)
