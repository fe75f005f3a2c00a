"""Reading projects through the API: phases, gates, goals, members, tolerances and what happened."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any, TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from tospann.foundation.authority import Actor
from tospann.foundation.models import AuditEntry
from tospann.foundation.paging import Limit, Offset, Page, page
from tospann.foundation.records import reference
from tospann.people.veils import veil
from tospann.projects import queries
from tospann.projects.models import (
    Gate,
    GateCriterion,
    Goal,
    Membership,
    Phase,
    Project,
    ProjectState,
    SuccessCriterion,
    Tolerance,
)

router = Router(tags=["projects"])
T = TypeVar("T")
Key = Annotated[str, Field(max_length=20, description="The project's key, such as HALL")]


class Paging(Schema):
    """Which part of a list."""

    limit: Limit = 50
    offset: Offset = 0
    count: bool = False


class ProjectSearch(Paging):
    """Which projects."""

    state: ProjectState | None = None
    q: Annotated[str, Field(max_length=100, description="Part of the name or key")] = ""


class EntrySearch(Paging):
    """Which audit entries."""

    command: Annotated[str, Field(max_length=80)] = ""
    after: Annotated[int, Field(ge=0, le=2**62, description="Only entries numbered higher")] = 0


class RecordOut(Schema):
    """What every record has: a reference to name it by in commands, and a version."""

    id: UUID
    reference: str
    version: int


class ProjectOut(RecordOut):
    key: str
    name: str
    purpose: str
    state: str
    start: date
    finish: date
    language: str
    pack: str


class PhaseOut(RecordOut):
    position: int
    key: str
    name: str
    description: str
    state: str
    starts_on: date | None
    ends_on: date | None


class CriterionOut(RecordOut):
    position: int
    kind: str
    text: str
    document_key: str
    rule: str
    parameters: dict[str, str]
    state: str
    reason: str
    evidence: str


class GateOut(RecordOut):
    position: int
    code: str
    name: str
    state: str
    ends: UUID | None
    opens: UUID | None
    deciders: list[str]
    is_binding: bool
    outcomes: list[str]
    due_on: date | None
    decided_at: datetime | None
    criteria: list[CriterionOut]


class SuccessCriterionOut(RecordOut):
    text: str
    target: str
    result: str


class GoalOut(RecordOut):
    position: int
    level: str
    description: str
    success_criteria: list[SuccessCriterionOut]


class MemberOut(RecordOut):
    person: UUID
    name: str
    role: str
    until: date | None


class ToleranceOut(RecordOut):
    area: str
    allowed: str
    days: int | None
    percent: int | None
    most: int | None


class EntryOut(Schema):
    """One act of the audit log."""

    number: int
    parent: int | None
    at: datetime
    by: str
    authority: str
    command: str
    subject: str
    hash: str
    arguments: Any
    changes: Any


@router.get("", response=Page[ProjectOut], summary="Projects")
def projects(request: HttpRequest, search: Query[ProjectSearch]) -> Page[ProjectOut]:
    """The projects one may see, by name."""
    found = queries.visible_projects(_actor(request)).order_by("name", "id")
    if search.state:
        found = found.filter(state=search.state)
    if words := search.q.replace("\x00", "").strip():
        found = found.filter(Q(name__icontains=words) | Q(key__icontains=words))
    return _page(request, found, _project, search)


@router.get("/{key}", response=ProjectOut, summary="A project")
def project(request: HttpRequest, key: Key) -> ProjectOut:
    """One project."""
    return _project(_of(request, key))


@router.get("/{key}/phases", response=Page[PhaseOut], summary="Phases")
def phases(request: HttpRequest, key: Key, paging: Query[Paging]) -> Page[PhaseOut]:
    """The project's phases in order."""
    return _page(request, queries.phases(_of(request, key)), _phase, paging)


@router.get("/{key}/gates", response=Page[GateOut], summary="Gates")
def gates(request: HttpRequest, key: Key, paging: Query[Paging]) -> Page[GateOut]:
    """The project's gates in order, each with its checklist."""
    found = queries.gates_with_criteria(_of(request, key))
    return _page(request, found, _gate, paging)


@router.get("/{key}/goals", response=Page[GoalOut], summary="Goals")
def goals(request: HttpRequest, key: Key, paging: Query[Paging]) -> Page[GoalOut]:
    """The project's goals, each with its success criteria."""
    return _page(request, queries.goals(_of(request, key)), _goal, paging)


@router.get("/{key}/members", response=Page[MemberOut], summary="Members")
def members(request: HttpRequest, key: Key, paging: Query[Paging]) -> Page[MemberOut]:
    """Who holds which role, by name."""
    found = queries.members(_of(request, key)).order_by("person__name", "id")
    return _page(request, found, _member, paging)


@router.get("/{key}/tolerances", response=Page[ToleranceOut], summary="Tolerances")
def tolerances(request: HttpRequest, key: Key, paging: Query[Paging]) -> Page[ToleranceOut]:
    """What may deviate how far before the owner must be asked."""
    return _page(request, queries.tolerances(_of(request, key)), _tolerance, paging)


@router.get("/{key}/audit", response=Page[EntryOut], summary="The audit log")
def audit(request: HttpRequest, key: Key, search: Query[EntrySearch]) -> Page[EntryOut]:
    """Who did what, when and on whose authority; oldest first.

    What an act says of records that are not the caller's to see is left out.
    """
    command = search.command.replace("\x00", "")
    found = queries.entries(_of(request, key), after=search.after, command=command)
    asked: Page[Any] = _page(request, found, lambda entry: entry, search)
    shown = [_entry(one) for one in veil(_actor(request), asked.items)]
    return Page(items=shown, next=asked.next, count=asked.count)


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # authentication set it
    return actor


def _of(request: HttpRequest, key: str) -> Project:
    return queries.project(_actor(request), key.replace("\x00", ""))


def _page(
    request: HttpRequest, found: QuerySet[Any], shown: Callable[[Any], T], paging: Paging
) -> Page[T]:
    return page(request, found, shown, limit=paging.limit, offset=paging.offset, count=paging.count)


def _common(record: Any) -> dict[str, Any]:
    return {"id": record.pk, "reference": reference(record), "version": record.version}


def _same(record: Any, *names: str) -> dict[str, Any]:
    return {**_common(record), **{name: getattr(record, name) for name in names}}


def _project(one: Project) -> ProjectOut:
    names = ("key", "name", "purpose", "state", "start", "finish", "language")
    return ProjectOut(**_same(one, *names), pack=one.pack_key)


def _phase(one: Phase) -> PhaseOut:
    names = ("position", "key", "name", "description", "state", "starts_on", "ends_on")
    return PhaseOut(**_same(one, *names))


def _gate(one: Gate) -> GateOut:
    names = (
        "position", "code", "name", "state", "deciders", "is_binding", "outcomes", "due_on",
        "decided_at",
    )  # fmt: skip
    criteria = sorted(one.criteria.all(), key=lambda criterion: criterion.position)
    return GateOut(
        **_same(one, *names),
        ends=one.ends_id,
        opens=one.opens_id,
        criteria=[_criterion(criterion) for criterion in criteria],
    )


def _criterion(one: GateCriterion) -> CriterionOut:
    names = (
        "position", "kind", "text", "document_key", "rule", "parameters", "state", "reason",
        "evidence",
    )  # fmt: skip
    return CriterionOut(**_same(one, *names))


def _goal(one: Goal) -> GoalOut:
    criteria = [_success_criterion(criterion) for criterion in one.success_criteria.all()]
    return GoalOut(**_same(one, "position", "level", "description"), success_criteria=criteria)


def _success_criterion(one: SuccessCriterion) -> SuccessCriterionOut:
    return SuccessCriterionOut(**_same(one, "text", "target", "result"))


def _member(one: Membership) -> MemberOut:
    return MemberOut(**_same(one, "role", "until"), person=one.person_id, name=one.person.name)


def _tolerance(one: Tolerance) -> ToleranceOut:
    return ToleranceOut(**_same(one, "area", "allowed", "days", "percent", "most"))


def _entry(one: AuditEntry) -> EntryOut:
    return EntryOut(
        number=one.sequence,
        parent=one.parent,
        at=one.at,
        by=one.detail.actor_name,
        authority=one.authority,
        command=one.command,
        subject=one.subject,
        hash=one.hash,
        arguments=one.detail.arguments,
        changes=one.detail.changes,
    )
