"""Reading cases, decisions and the authority matrix in the REST API."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import Field

from tospann.cases import (
    bundles,
    commands,
    comparing,
    gates,
    parts,
    queries,
    rules,
    seeing,
    verdicts,
)
from tospann.cases.consequences import Consequences
from tospann.cases.models import Alternative, Bundle, Case, CaseState, Decision
from tospann.foundation.authority import Actor
from tospann.foundation.commands import Done, submit
from tospann.projects import queries as projects
from tospann.projects.models import Project

router = Router(tags=["cases"])


class Page(Schema):
    """Which part of a list: at most 200 rows from `offset`."""

    offset: int = Field(0, ge=0, le=1_000_000)
    limit: int = Field(50, ge=1, le=200)


class CaseOut(Schema):
    """A case as a line: number, state and who decides it."""

    id: UUID
    reference: str
    number: int
    version: int
    kind: str
    title: str
    state: str
    situation: str
    recommendation: str
    recommended: str
    deciders: list[str]
    mode: str
    why: str
    need_by: date | None
    submitted_at: datetime | None
    prepared_by: str


class PartOut(Schema):
    """Something of an alternative that can be approved by itself."""

    key: str
    sentences: list[str]


class AlternativeOut(Schema):
    """One way to decide: the commands it holds, who decides it and why, what it divides into."""

    key: str
    title: str
    description: str
    operations: list[dict[str, Any]]
    verdict: dict[str, Any]
    why: str
    parts: list[PartOut]
    consequences: Consequences | None = Field(description="Empty until they are computed")
    computed_at: datetime | None


class GatePointOut(Schema):
    """A point of a gate as it is now: what its rule says, and why it is waived, if it is."""

    id: UUID
    kind: str
    text: str
    is_met: bool
    is_waived: bool
    said: str = Field(description="What the rule says; empty for points ticked off by hand")
    link: str
    reason: str = Field(description="Why it is waived")


class RuleKindOut(Schema):
    """A data rule that a gate's criterion may name, and what it wants to be told."""

    key: str
    label: str
    help: str
    parameters: list[dict[str, Any]]


class BundleOut(Schema):
    """A case's papers put together into one file."""

    id: UUID
    reference: str
    state: str
    send_on: date | None
    sent_at: datetime | None
    made_at: datetime | None
    pages: int
    sha256: str
    papers: list[dict[str, Any]]
    changed: list[str] = Field(description="Papers that are other ones now than in the file")


class CaseDetail(CaseOut):
    """A case with its alternatives. Send `seen` back with the decision."""

    points: list[GatePointOut] = Field(description="The points of the gate it is about")

    people: list[dict[str, str]]
    decide_by: datetime | None
    seen: str
    alternatives: list[AlternativeOut]


class DecisionIn(Schema):
    """What is decided: the key of an alternative, whole or in parts."""

    alternative: str = Field(min_length=1, max_length=20, description="“0” leaves it as it is")
    reason: str = Field("", max_length=20_000)
    part: list[str] | None = Field(None, max_length=5000, description="Keys of parts; none: whole")
    conditions: list[dict[str, Any]] = Field(
        default_factory=list, max_length=50, description="title, owner and due_on: become actions"
    )
    seen: str = Field("", max_length=20_000, description="As the case gave it when it was read")
    version: int | None = Field(None, ge=0, le=2_147_483_647)


class DecidedOut(Schema):
    """What came of it: decided, or noted while others must say yes too."""

    outcome: str
    decision: int | None = None


class CasesOut(Schema):
    """A page of cases, and how many there are."""

    items: list[CaseOut]
    count: int


class DecisionOut(Schema):
    """A decision: what, by whom, on what authority."""

    id: UUID
    number: int
    title: str
    outcome: str
    chosen: str
    reason: str
    authority: str
    decided_by: str
    body: str
    body_reference: str
    text: str
    born_in: str
    born_label: str
    born_link: str
    decided_on: date
    evidence_hash: str
    operations_hash: str


class DecisionsOut(Schema):
    """A page of the decision log."""

    items: list[DecisionOut]
    count: int


class RuleOut(Schema):
    """A row of the authority matrix."""

    id: UUID
    reference: str
    version: int
    kind: str
    measure: str
    operator: str
    limit: Decimal | None
    deciders: list[str]
    people: list[dict[str, str]] = Field(description="People named beside the roles: id and name")
    mode: str = Field(description="any, all or quorum")
    quorum: int
    in_order: bool
    four_eyes: bool
    within_days: int | None
    escalates_to: list[str]
    valid_from: date | None
    valid_to: date | None
    phase_id: UUID | None


def _project(request: HttpRequest, key: str) -> Project:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # authentication set it
    return projects.project(actor, key)


def _case(case: Case) -> dict[str, Any]:
    names = CaseOut.model_fields.keys() - {"reference", "why", "prepared_by"}
    return {
        **{name: getattr(case, name) for name in names},
        "reference": f"cases.case:{case.pk}",
        "why": queries.why(case),
        "prepared_by": case.prepared_by.name,
    }


def _decision(decision: Decision) -> dict[str, Any]:
    names = DecisionOut.model_fields.keys() - {"decided_by"}
    shown = {name: getattr(decision, name) for name in names}
    return {**shown, "decided_by": decision.decided_by.name if decision.decided_by else ""}


@router.get("/projects/{key}/cases", response=CasesOut)
def list_cases(
    request: HttpRequest, key: str, page: Query[Page], state: CaseState | None = None
) -> Any:
    """The project's cases, newest first."""
    rows = queries.cases(_project(request, key))
    rows = rows.filter(state=state) if state else rows
    shown = rows[page.offset : page.offset + page.limit]
    return {"items": [_case(row) for row in shown], "count": rows.count()}


@router.get("/projects/{key}/cases/{number}", response=CaseDetail)
def get_case(request: HttpRequest, key: str, number: int) -> Any:
    """One case with its alternatives."""
    case = queries.case(_project(request, key), _storable(number))
    listed = list(case.alternatives.select_related("case"))
    actor: Actor = request.actor  # type: ignore[attr-defined]  # authentication set it
    figures = comparing.for_reader([comparing.stored(one) for one in listed], actor)
    alternatives = [_alternative(*both) for both in zip(listed, figures, strict=True)]
    points = gates.checked(case.gate, case) if case.gate else []
    more = {
        "points": [_point(one) for one in points],
        "people": case.people,
        "decide_by": case.decide_by,
        "seen": seeing.seen(case),
    }
    return {**_case(case), **more, "alternatives": alternatives}


def _point(one: gates.Checked) -> dict[str, Any]:
    return {
        "id": one.criterion.pk,
        "kind": one.criterion.kind,
        "text": one.criterion.text,
        "is_met": one.is_met,
        "is_waived": one.waiver is not None,
        "said": one.result.text if one.result else "",
        "link": one.result.link if one.result else "",
        "reason": one.waiver.reason if one.waiver else "",
    }


@router.get("/projects/{key}/gates/{code}/points", response=list[GatePointOut])
def gate_points(request: HttpRequest, key: str, code: str) -> Any:
    """A gate's points with what their rules say of the project now."""
    gate = projects.gate(_project(request, key), code)
    return [_point(one) for one in gates.checked(gate, gates.open_case(gate))]


@router.get("/projects/{key}/rules", response=list[RuleKindOut])
def list_rules(request: HttpRequest, key: str) -> Any:
    """The data rules that criteria of this project's gates may name."""
    project = _project(request, key)
    return [
        {
            "key": rule.key,
            "label": str(rule.label),
            "help": str(rule.help),
            "parameters": [_parameter(one, project) for one in rule.parameters],
        }
        for rule in rules.all_rules()
    ]


def _parameter(one: rules.Parameter, project: Project) -> dict[str, Any]:
    offered = [{"key": key, "label": str(label)} for key, label in one.offered(project)]
    return {
        "name": one.name,
        "label": str(one.label),
        "kind": one.kind,
        "default": one.default,
        "is_required": one.is_required,
        "choices": offered,
    }


@router.get("/projects/{key}/cases/{number}/bundles", response=list[BundleOut])
def list_bundles(request: HttpRequest, key: str, number: int) -> Any:
    """The files a case's papers were put together into, the newest first; those one may open."""
    case = queries.case(_project(request, key), _storable(number))
    actor: Actor = request.actor  # type: ignore[attr-defined]  # authentication set it
    rows = bundles.of_case(case).select_related("case__project")
    return [_bundle(one) for one in rows if bundles.may_open(actor, one.ref)]


def _bundle(one: Bundle) -> dict[str, Any]:
    names = ("id", "state", "send_on", "sent_at", "made_at", "sha256", "papers")
    return {
        **{name: getattr(one, name) for name in names},
        "reference": one.ref,
        "pages": one.page_count,
        "changed": bundles.changed_since(one) if one.sha256 else [],
    }


def _alternative(one: Alternative, figures: Consequences | None) -> dict[str, Any]:
    names = ("key", "title", "description", "operations", "verdict", "computed_at")
    listed = parts.parts_of(verdicts.operations_of(one))
    return {
        **{name: getattr(one, name) for name in names},
        "consequences": figures,
        "why": str(verdicts.because(one) or ""),
        "parts": [{"key": part.key, "sentences": list(part.sentences)} for part in listed],
    }


@router.post("/projects/{key}/cases/{number}/decision", response={200: DecidedOut, 202: DecidedOut})
def decide_case(request: HttpRequest, key: str, number: int, body: DecisionIn) -> Any:
    """Decide a case. 409 when it is decided already or no longer as it was read."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # authentication set it
    case = queries.case(_project(request, key), _storable(number))
    said = body.model_dump(exclude={"version"})
    came = submit(actor, commands.decide.on(case, body.version), **said)
    decision = came.result if isinstance(came, Done) else None
    if decision is None:
        return Status(202, {"outcome": "noted"})
    return {"outcome": decision.outcome, "decision": decision.number}


@router.get("/projects/{key}/decisions", response=DecisionsOut)
def list_decisions(request: HttpRequest, key: str, page: Query[Page]) -> Any:
    """The decision log, newest first."""
    rows = queries.decisions(_project(request, key))
    shown = rows[page.offset : page.offset + page.limit]
    return {"items": [_decision(row) for row in shown], "count": rows.count()}


@router.get("/projects/{key}/decisions/{number}", response=DecisionOut)
def get_decision(request: HttpRequest, key: str, number: int) -> Any:
    """One decision. Its files are under /files, what it promises under /promises."""
    return _decision(queries.decision(_project(request, key), _storable(number)))


@router.get("/projects/{key}/authority", response=list[RuleOut])
def authority_matrix(request: HttpRequest, key: str) -> Any:
    """The authority matrix: who decides what, above which limit."""
    rows = queries.authority_rules(_project(request, key))
    names = RuleOut.model_fields.keys() - {"reference"}
    return [
        {
            **{name: getattr(row, name) for name in names},
            "reference": f"cases.authorityrule:{row.pk}",
        }
        for row in rows
    ]


def _storable(number: int) -> int:
    """A number beyond what a database holds is the number of nothing."""
    return number if 0 <= number < 2**31 else 0
