"""Drafts through the API: prepare a change in steps, see who decides it, apply or submit it."""

from datetime import date, datetime
from typing import Annotated, Any, Literal, cast
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from tospann.foundation.errors import Gone
from tospann.foundation.records import reference
from tospann.people.actors import ActorRequest
from tospann.people.pages import require
from tospann.planning import commands
from tospann.planning import queries as plans
from tospann.planning.drafts import applying, drafting, queries, showing
from tospann.planning.drafts.desk import Desk, open_on
from tospann.planning.drafts.models import Draft, DraftState
from tospann.planning.models import Plan
from tospann.projects.queries import project as project_of

router = Router(tags=["plan"])
Key = Annotated[str, Field(max_length=20, description="The project's key, such as HALL")]
DRAFTS = "/projects/{key}/plan/drafts"
ONE = f"{DRAFTS}/{{draft}}"
Edits = Annotated[list[dict[str, Any]], Field(max_length=5000)]


class DraftIn(Schema):
    """A new draft, with edits of the engine (docs/api.md) it begins with."""

    name: Annotated[str, Field(min_length=1, max_length=200)]
    is_shared: bool = False
    edits: Edits = []


class DraftEditsIn(Schema):
    """One step more, on the version of the draft that was read."""

    version: Annotated[int, Field(ge=1, le=2**31 - 1)]
    edits: Annotated[Edits, Field(min_length=1)]


class FreezingIn(Schema):
    """Whether the plan becomes the new baseline as the draft makes it, and what that is called."""

    freezes: bool
    frozen_as: Annotated[str, Field(max_length=80)] = ""


class ChoicesIn(Schema):
    """What counts where draft and plan meet, by the keys of the conflicts."""

    choices: dict[str, Literal["mine", "theirs"]]


class CaseIn(Schema):
    """A case to make of the draft, or the one it becomes an alternative of."""

    case: UUID | None = None
    title: Annotated[str, Field(max_length=200)] = ""
    situation: Annotated[str, Field(max_length=20_000)] = ""
    recommendation: Annotated[str, Field(max_length=20_000)] = ""
    need_by: date | None = None
    at_once: Annotated[bool, Field(description="Submit it too")] = True
    freeze: Annotated[bool, Field(description="Freeze the plan as it then is")] = False


class DraftRow(Schema):
    """A draft in the list."""

    id: UUID
    name: str
    state: DraftState
    is_shared: bool
    opened_by: str
    changed_at: datetime
    count: int = Field(description="Edits that count")


class DraftStepOut(Schema):
    """A change in the draft."""

    number: int
    counts: bool
    sentences: list[str]
    by: str
    at: datetime


class ConflictOut(Schema):
    """Something both the draft and the plan have changed, or an edit that fits no longer."""

    key: str
    kind: str
    row: str
    field: str
    base: str
    mine: str
    theirs: str
    sentence: str
    may_keep: bool


class DraftOut(Schema):
    """A draft on the plan as it is now. ``because`` says who decides it, and why."""

    id: UUID
    name: str
    state: DraftState
    is_shared: bool
    opened_by: str
    version: int
    base_revision: int
    edits: list[dict[str, Any]]
    freezes: bool
    frozen_as: str
    steps: list[DraftStepOut]
    conflicts: list[ConflictOut]
    problem: str
    may_decide: bool | None
    because: str
    case: str | None
    revision: int | None


class EndOut(Schema):
    """What became of the draft."""

    outcome: str
    revision: int | None = None
    case: str | None = None
    alternative: str = ""


def _head(request: HttpRequest, key: str) -> Plan:
    return plans.existing_plan(project_of(cast(ActorRequest, request).actor, key))


def _desk(request: HttpRequest, key: str, draft: UUID, *, to_change: bool = True) -> Desk:
    desk = open_on(cast(ActorRequest, request).actor, _head(request, key), draft)
    if to_change:
        require(desk.editing)
    return desk


def _shown(desk: Desk) -> dict[str, Any]:
    draft, tried = desk.draft, desk.tried
    ruling = applying.ruling(desk.actor, desk.head, draft) if tried else None
    return {
        **{name: getattr(draft, name) for name in ("id", "name", "state", "is_shared", "version")},
        **{name: getattr(draft, name) for name in ("freezes", "frozen_as")},
        "opened_by": draft.opened_by.name,
        "base_revision": draft.base_revision,
        "edits": draft.edits,
        "steps": [one._asdict() for one in showing.changes(draft, tried)] if tried else [],
        "conflicts": [one.to_json() for one in desk.clashes],
        "problem": desk.wrong,
        "may_decide": ruling.may_decide if ruling else None,
        "because": str(ruling) if ruling else "",
        "case": reference(draft.case) if draft.case else None,
        "revision": draft.revision,
    }


@router.get(DRAFTS, response=list[DraftRow], summary="Drafts of the plan")
def drafts(request: HttpRequest, key: Key) -> list[dict[str, Any]]:
    """One's own drafts and those that are shared, open ones first."""
    head = _head(request, key)
    rows = queries.listed(cast(ActorRequest, request).actor, head.project)
    return [{**row, "opened_by": row["opened_by__name"]} for row in rows]


@router.post(DRAFTS, response={201: DraftOut}, summary="Open a draft")
def open_draft(request: HttpRequest, key: Key, body: DraftIn) -> Status[dict[str, Any]]:
    """A draft changes nothing until it is applied or decided."""
    actor, head = cast(ActorRequest, request).actor, _head(request, key)
    commands.require_editor(actor, head)
    made = drafting.open_draft(actor, head, body.name, body.edits)
    if body.is_shared:
        drafting.share(made)
    return Status(201, _shown(open_on(actor, head, made.pk)))


@router.get(ONE, response=DraftOut, summary="A draft")
def one(request: HttpRequest, key: Key, draft: UUID) -> dict[str, Any]:
    """The draft, brought to the plan as it is now where they do not meet."""
    return _shown(_desk(request, key, draft, to_change=False))


@router.post(f"{ONE}/edits", response=DraftOut, summary="Add to a draft")
def add(request: HttpRequest, key: Key, draft: UUID, body: DraftEditsIn) -> dict[str, Any]:
    """One step more; 409 when somebody else has changed the draft."""
    desk = _desk(request, key, draft)
    desk.require_version(body.version)
    desk.require_clear()
    drafting.add(desk.actor, desk.head, desk.draft, body.edits)
    return _again(desk)


@router.post(f"{ONE}/steps/{{number}}/{{to}}", response=DraftOut, summary="Trim a draft")
def trim(
    request: HttpRequest, key: Key, draft: UUID, number: int, to: Literal["out", "back"]
) -> dict[str, Any]:
    """A step out of the draft, with what cannot stand without it; or back into it."""
    desk = _desk(request, key, draft)
    if to == "out":
        drafting.take_out(desk.head, desk.draft, number)
    else:
        drafting.put_back(desk.head, desk.draft, number)
    return _again(desk)


@router.post(f"{ONE}/freezing", response=DraftOut, summary="Freeze with a draft")
def freeze(request: HttpRequest, key: Key, draft: UUID, body: FreezingIn) -> dict[str, Any]:
    """The plan as the draft makes it becomes the new baseline, or does not."""
    desk = _desk(request, key, draft)
    drafting.freeze(desk.draft, body.freezes, body.frozen_as)
    return _again(desk)


@router.post(f"{ONE}/conflicts", response=DraftOut, summary="Choose where draft and plan meet")
def choose(request: HttpRequest, key: Key, draft: UUID, body: ChoicesIn) -> dict[str, Any]:
    """Conflicts nobody has chosen about remain, and the draft stays as it was."""
    desk = _desk(request, key, draft)
    drafting.follow(desk.actor, desk.head, desk.draft, body.choices)
    return _again(desk)


@router.post(f"{ONE}/applied", response=EndOut, summary="Apply a draft")
def apply(request: HttpRequest, key: Key, draft: UUID) -> dict[str, Any]:
    """Make the changes, when they are one's own to decide together; else 403 says who decides."""
    desk = _desk(request, key, draft)
    desk.require_clear()
    applying.apply(desk.actor, desk.head, desk.draft)
    return {"outcome": "applied", "revision": _fresh(desk).revision}


@router.post(f"{ONE}/case", response=EndOut, summary="Submit a draft")
def submit(request: HttpRequest, key: Key, draft: UUID, body: CaseIn) -> dict[str, Any]:
    """As a case of its own, or as an alternative of one that is being prepared."""
    desk = _desk(request, key, draft)
    desk.require_clear()
    _submit(desk, body)
    ended = _fresh(desk)
    case = reference(ended.case) if ended.case else None
    return {"outcome": "submitted", "case": case, "alternative": ended.alternative}


def _submit(desk: Desk, body: CaseIn) -> None:
    actor, head, draft = desk.actor, desk.head, desk.draft
    if body.freeze and not draft.freezes:
        drafting.freeze(draft, True)
    if body.case is None:
        said = body.dict(exclude={"case", "title", "freeze"})
        applying.open_case(actor, head, draft, title=body.title or draft.name, **said)
        return
    case = applying.waiting_cases(actor, head).filter(pk=body.case).first()
    if case is None:
        raise Gone
    applying.add_to_case(actor, head, draft, case)


@router.delete(ONE, response={204: None}, summary="Discard a draft")
def discard(request: HttpRequest, key: Key, draft: UUID) -> Status[None]:
    """Put it away; its author may take it up again."""
    desk = _desk(request, key, draft)
    queries.require_hers(desk.actor, desk.draft)
    drafting.discard(desk.draft)
    return Status(204, None)


@router.post(f"{ONE}/{{turn}}", response=DraftOut, summary="Undo or redo in a draft")
def turn(
    request: HttpRequest, key: Key, draft: UUID, turn: Literal["undo", "redo"]
) -> dict[str, Any]:
    """The latest step no longer counts, or counts again."""
    desk = _desk(request, key, draft)
    (drafting.undo if turn == "undo" else drafting.redo)(desk.head, desk.draft)
    return _again(desk)


def _again(desk: Desk) -> dict[str, Any]:
    return _shown(open_on(desk.actor, desk.head, desk.draft.pk))


def _fresh(desk: Desk) -> Draft:
    return queries.draft(desk.actor, desk.head.project, desk.draft.pk)
