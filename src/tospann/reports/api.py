"""Status reports in the REST API, and the status of today as data and as a PDF."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, override
from ninja import Router, Schema, Status
from ninja.errors import HttpError
from pydantic import Field

from tospann.foundation.authority import Actor
from tospann.foundation.commands import submit
from tospann.foundation.errors import Invalid
from tospann.foundation.ids import new_id
from tospann.projects import queries as projects
from tospann.reports import commands, figures, pdf, queries, recipients, signing, slides, status
from tospann.reports.checkpoints.api import router as checkpoints
from tospann.reports.drafting import autosave, draft
from tospann.reports.editions.api import router as editions
from tospann.reports.models import ReportState, SignedReport, StatusReport
from tospann.reports.tolerances.api import router as standing

router = Router(tags=["reports"])
router.add_router("", standing)
router.add_router("", checkpoints)
router.add_router("", editions)
Language = Literal["nb", "en"]
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


class State(Schema):
    """How the project is, as computed, and why."""

    tone: Literal["success", "warning", "danger"]
    word: str
    why: str


class PhaseLine(Schema):
    """A phase, and the gate that ends it."""

    name: str
    state: Literal["done", "now", "next"]
    word: str
    percent: int
    gate: str


class Figure(Schema):
    """A computed figure in words."""

    label: str
    value: str
    note: str


class Criterion(Schema):
    """A success criterion and how it is assessed."""

    text: str
    target: str
    word: str


class GoalLine(Schema):
    """A goal with its success criteria."""

    level: str
    text: str
    criteria: list[Criterion]


class MilestoneLine(Schema):
    """A milestone of the period or to come."""

    name: str
    date: str
    responsible: str
    word: str


class DecisionLine(Schema):
    """A decision of the period."""

    id: str
    title: str
    date: str
    word: str
    by: str


class OpenPoint(Schema):
    """A case that waits, or an action that is overdue."""

    id: str
    title: str
    who: str
    date: str


class StatusShown(Schema):
    """The status page, in the language asked for."""

    language: str
    title: str
    key: str
    name: str
    date: Annotated[list[int], Field(description="Year, month and day of the figures")]
    state: State
    phases: list[PhaseLine]
    figures: list[Figure]
    goals: list[GoalLine]
    milestones: list[MilestoneLine]
    decisions: list[DecisionLine]
    cases: list[OpenPoint]
    actions: list[OpenPoint]
    gaps: list[str]


def _data(request: HttpRequest, key: str, language: Language, since: date | None) -> dict[str, Any]:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # authentication set it
    found = figures.figures(projects.project(actor, key), since)
    with override(language):
        return status.status(found)


@router.get("/projects/{key}/status", response=StatusShown, summary="Status of the project")
def read_status(
    request: HttpRequest, key: str, language: Language = "nb", since: date | None = None
) -> dict[str, Any]:
    """Phases, goals, milestones, decisions since a day, and open points."""
    return _data(request, key, language, since)


@router.get("/projects/{key}/status.pdf", summary="Status page as PDF", response={200: None})
def read_status_pdf(
    request: HttpRequest, key: str, language: Language = "nb", since: date | None = None
) -> HttpResponse:
    """The same as a tagged PDF (PDF/UA-1)."""
    data = _data(request, key, language, since)
    try:
        made = pdf.render("status", data)
    except pdf.Busy:
        raise HttpError(
            503, gettext("Many reports are being made. Try again in a moment.")
        ) from None
    return HttpResponse(made, content_type="application/pdf")


class Light(Schema):
    """The state of the project or an area: by rule, as set, and why."""

    area: str
    label: str
    proposed: Literal["green", "amber", "red", "none"]
    light: Literal["green", "amber", "red", "none"]
    word: str
    is_override: bool
    note: str
    why: list[str]
    before: str


class SectionText(Schema):
    """A text of the report, and whether it is still as the portal computed it."""

    key: str
    title: str
    text: str
    is_computed: bool


class ReportLine(Schema):
    """A report in the list; the state fields are those of a signed one."""

    number: int
    state: str
    form: str
    since: date
    due_on: date | None
    light: str | None = None
    trend: str | None = None
    figures_on: date | None = None
    signed_on: date | None = None
    pdf_sha256: str | None = None
    is_sent: bool = False


class ReportList(Schema):
    """The project's reports, newest first, and when the next is due."""

    items: list[ReportLine]
    count: int
    next_due_on: date | None


class ReportShown(ReportLine):
    """A report as it stands: frozen once it is sent for signature, final once it is signed."""

    overall: Light
    areas: list[Light]
    sections: list[SectionText]
    facts: dict[str, Any] = Field(description="What it rests on, as of its date")
    content_hash: str | None = None
    version: int


class Typed(Schema):
    """Texts and choices of a draft; those left out stay as they are."""

    texts: dict[str, str] = Field(
        description="Section (needed, done, next, problems), state_AREA or note_AREA → text"
    )
    bases: dict[str, str] = Field(
        default_factory=dict,
        description="Field → the text last read there: somebody else's change is then kept",
    )


class KeptOut(Schema):
    """What came of it: fields that somebody else had changed are named with their text."""

    saved_at: datetime | None
    clashes: dict[str, str]


class SignedOut(Schema):
    """The report is signed."""

    number: int
    pdf_sha256: str
    content_hash: str


class Mailing(Schema):
    """Whom a signed report is mailed to: roles, people in the project, and its contacts."""

    recipients: Annotated[list[commands.Recipient], Field(min_length=1, max_length=300)]
    message: Annotated[str, Field(max_length=5_000)] = ""


class Mailed(Schema):
    """Who gets it, each as a mail of their own."""

    receivers: list[commands.Receiver]


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # authentication set it
    return actor


def _found(request: HttpRequest, key: str, number: int) -> StatusReport:
    return queries.report(projects.project(_actor(request), key), number)


def _line(report: StatusReport, signed: SignedReport | None, *, is_sent: bool) -> dict[str, Any]:
    line = {name: getattr(report, name) for name in ("number", "state", "form", "since", "due_on")}
    if signed is not None:
        shown = ("trend", "figures_on", "signed_on", "pdf_sha256")
        line |= {name: getattr(signed, name) for name in shown}
        line["light"] = signed.state
    return {**line, "is_sent": is_sent}


@router.get("/projects/{key}/reports", response=ReportList, summary="The project's reports")
def reports(
    request: HttpRequest,
    key: str,
    limit: Annotated[int, Field(ge=1, le=200)] = 100,
    offset: Annotated[int, Field(ge=0, le=1_000_000)] = 0,
) -> dict[str, Any]:
    """Newest first: the one under way, then the signed ones."""
    project = projects.project(_actor(request), key)
    listed = queries.reports(project)
    kept = queries.reporting(project)
    found = list(listed.order_by("-number")[offset : offset + limit])
    signed = {one.report_id: one for one in queries.of_reports(found)}
    sent = queries.sent(signed.values())
    return {
        "items": [
            _line(one, signed.get(one.pk), is_sent=one.pk in signed and signed[one.pk].pk in sent)
            for one in found
        ],
        "count": listed.count(),
        "next_due_on": kept.next_due_on if kept else None,
    }


@router.get("/projects/{key}/reports/{int:number}", response=ReportShown, summary="One report")
def report(request: HttpRequest, key: str, number: int) -> dict[str, Any]:
    """What it says and what it rests on."""
    found = _found(request, key, number)
    signed = next(iter(queries.of_reports([found])), None)
    if signed is not None:
        content = signed.content
    elif found.state == ReportState.SUBMITTED:
        content = found.evidence
    else:
        content = draft.content(draft.ground(found))
    sent = bool(signed and queries.sent([signed]))
    shown = {name: content[name] for name in ("overall", "areas", "sections", "facts")}
    content_hash = signed.content_hash if signed else found.evidence_hash or None
    line = _line(found, signed, is_sent=sent)
    return {**line, **shown, "content_hash": content_hash, "version": found.version}


@router.put("/projects/{key}/reports/{int:number}/draft", response={200: KeptOut, 409: KeptOut},
            summary="Write in a draft")  # fmt: skip
def write_report(request: HttpRequest, key: str, number: int, body: Typed) -> Status[Any]:
    """Each field by itself: 409 names those somebody else changed; the others are saved."""
    bases = {f"base_{name}": draft.fingerprint(text) for name, text in body.bases.items()}
    kept = autosave.keep(_actor(request), _found(request, key, number), {**body.texts, **bases})
    answer = {"saved_at": kept.saved_at, "clashes": kept.clashes}
    return Status(409 if kept.clashes else 200, answer)


@router.post("/projects/{key}/reports/{int:number}/sign", response=SignedOut,
             summary="Sign a report")  # fmt: skip
def sign_report(request: HttpRequest, key: str, number: int) -> SignedReport:
    """Makes the PDF and both final. Only for whoever may publish reports."""
    found = _found(request, key, number)
    try:
        signing.sign(_actor(request), found)
    except pdf.Busy:
        raise HttpError(
            503, gettext("Many reports are being made. Try again in a moment.")
        ) from None
    return queries.signed(found.project, number)


@router.get("/projects/{key}/reports/{int:number}/pdf", summary="The signed PDF",
            response={200: None})  # fmt: skip
def read_report_pdf(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """The bytes exactly as they were signed."""
    signed = queries.signed(projects.project(_actor(request), key), number)
    return HttpResponse(queries.pdf_of(signed), content_type="application/pdf")


@router.get("/projects/{key}/reports/{int:number}/slides", summary="Two slides",
            response={200: None})  # fmt: skip
def read_report_slides(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """A presentation made from the signed report."""
    signed = queries.signed(projects.project(_actor(request), key), number)
    return HttpResponse(slides.slides(signed.content), content_type=PPTX)


@router.post(
    "/projects/{key}/reports/{int:number}/send", response=Mailed, summary="Mail a signed report"
)
def send_report(request: HttpRequest, key: str, number: int, body: Mailing) -> dict[str, Any]:
    """The PDF goes along; the recipients are remembered for the next report."""
    signed = queries.signed(projects.project(_actor(request), key), number)
    chosen = [one.model_dump() for one in body.recipients]
    found = recipients.receivers(signed.project, chosen)
    if not found:
        raise Invalid(gettext("Nobody with a mail address is chosen."))
    submit(
        _actor(request),
        commands.send_report.on(signed),
        id=new_id(),
        receivers=[commands.Receiver.model_validate(one) for one in found],
        remembered=body.recipients,
        message=body.message,
    )
    return {"receivers": found}
