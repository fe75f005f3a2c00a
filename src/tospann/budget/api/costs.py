"""Costs through the REST API: what has been used, recording more, and trying a file."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import File, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from tospann.budget import commands, jobs
from tospann.budget.commands.costs import CostRows, Source
from tospann.budget.importing import staging
from tospann.budget.queries import costs as found_in
from tospann.budget.veiling import veil
from tospann.foundation import parts
from tospann.foundation.authority import Actor
from tospann.foundation.errors import Invalid, NotAllowed
from tospann.foundation.ids import new_id
from tospann.projects import queries as projects
from tospann.projects.models import Project

router = Router(tags=["budget"])
Limit = Annotated[int, Field(ge=1, le=1000)]
Offset = Annotated[int, Field(ge=0, le=10_000_000)]


class CostShown(Schema):
    """One cost. ``amount`` is without VAT in its currency; ``amount_nok`` counts on the line."""

    id: int
    line_id: UUID
    batch_id: UUID
    booked_on: date
    amount: Decimal
    vat: Decimal
    currency: str
    amount_nok: Decimal
    text: str
    supplier: str
    person_id: UUID | None
    hours: Decimal | None
    source: str
    external_id: str
    is_late: bool


class CostList(Schema):
    """A page of costs, how many there are, and what those the caller may not see come to."""

    items: list[CostShown]
    count: int
    hidden: Decimal


class BatchShown(Schema):
    """Costs that were recorded together."""

    id: UUID
    number: int
    source: str
    file_name: str
    rows: int
    total: Decimal
    first_on: date
    last_on: date
    late_rows: int
    created_at: datetime


class CostsToRecord(Schema):
    """Costs to record, all or none of them."""

    rows: CostRows
    source: Source = "api"


class Trouble(Schema):
    """A cell that stands in the way, and why."""

    cell: str
    why: str


class CostsTried(Schema):
    """What a file would record; nothing while there are problems. ``batch`` when it was done."""

    rows: int
    total: Decimal
    already: int
    problems: list[Trouble]
    problem_count: int
    batch: BatchShown | None


class CommitmentShown(Schema):
    """Money that is ordered, and what is left of it."""

    id: UUID
    line_id: UUID
    text: str
    supplier: str
    source: str
    amount: Decimal
    used: Decimal
    left: Decimal
    due_on: date | None
    is_closed: bool
    version: int


def _project(request: HttpRequest, key: str) -> tuple[Actor, Project]:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # authentication set it
    return actor, projects.project(actor, key)


@router.get("/projects/{key}/costs", response=CostList, summary="The project's costs")
def costs(
    request: HttpRequest,
    key: str,
    line: UUID | None = None,
    since: date | None = None,
    until: date | None = None,
    supplier: str = "",
    source: str = "",
    late: bool = False,
    limit: Limit = 100,
    offset: Offset = 0,
) -> dict[str, Any]:
    """The newest first. Who may not see rates is not given rows of people's hours, only their sum
    where it is several people's."""
    actor, project = _project(request, key)
    is_lifted = found_in.sees_people(actor, project)
    asked: dict[str, Any] = {"line_id": line, "booked_on__gte": since, "booked_on__lte": until}
    asked |= {"supplier": _plain(supplier), "source": _plain(source), "is_late": late}
    asked = {name: value for name, value in asked.items() if value}
    found = found_in.shown(project, is_lifted=is_lifted).filter(**asked)
    count = _count(found) if asked else found_in.how_many(project, is_lifted=is_lifted)
    rows = parts.part(found.order_by("-booked_on", "-id"), offset, offset + limit, count)
    hidden = found_in.hidden(veil(actor, project.pk))
    return {"items": rows, "count": count, "hidden": hidden}


def _plain(text: str) -> str:
    return text.replace("\x00", "")


def _count(found: Any) -> int:
    return int(found.order_by().count())


@router.post("/projects/{key}/costs", response={201: BatchShown}, summary="Record costs")
def record(request: HttpRequest, key: str, body: CostsToRecord) -> Status[Any]:
    """All of them or none. A number (``external_id``) that is recorded before is refused."""
    actor, project = _project(request, key)
    what = commands.record_costs
    batch = what(actor, project, id=new_id(), rows=body.rows, source=body.source)
    return Status(201, batch)


@router.post("/projects/{key}/costs/import", response=CostsTried, summary="Import costs")
def import_file(
    request: HttpRequest, key: str, file: File[UploadedFile], dry_run: bool = True
) -> dict[str, Any]:
    """Try a workbook or text file, its columns known by their headings; record it unless dry."""
    actor, project = _project(request, key)
    ruling = commands.import_costs.ruling(actor, project)
    if not ruling.may_decide:
        raise NotAllowed(str(ruling))
    staged = staging.stage(actor, project, file.file, file.name or "")  # type: ignore[arg-type]  # a file
    said = staged.report
    if "missing" in said:
        raise Invalid(said["missing"], "file")
    clean = said["rows"] and not said["problem_count"]
    batch = jobs.record(actor, staged) if clean and not dry_run else None
    problems = [{"cell": cell, "why": why} for cell, why in said["problems"]]
    return {**said, "problems": problems, "batch": batch}


@router.get("/projects/{key}/cost-batches", response=list[BatchShown], summary="Batches of costs")
def batches(request: HttpRequest, key: str, limit: Limit = 100, offset: Offset = 0) -> list[Any]:
    """The newest first; for those who keep costs."""
    actor, project = _project(request, key)
    ruling = commands.record_costs.ruling(actor, project)
    if ruling.is_refused:
        raise NotAllowed(str(ruling))
    return list(found_in.batches(project)[offset : offset + limit])


@router.get("/projects/{key}/commitments", response=list[CommitmentShown], summary="Commitments")
def commitments(request: HttpRequest, key: str, source: str = "") -> list[Any]:
    """What is ordered, and what is left of each."""
    _actor, project = _project(request, key)
    found = found_in.commitments(project)
    return list(found.filter(source=_plain(source)) if source else found)
