"""Everything that changes a report. The coordinator prepares; the manager signs."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from pydantic import BaseModel, ConfigDict, Field

from tospann.foundation.arguments import Hash, OptionalText, Text
from tospann.foundation.audit import canonical, digest
from tospann.foundation.authority import Actor, Power, Sentence, rule
from tospann.foundation.commands import command
from tospann.foundation.errors import CommandError, Invalid
from tospann.foundation.ids import new_id
from tospann.projects.models import Project
from tospann.reports import queries, schedule
from tospann.reports.drafting import draft
from tospann.reports.models import (
    WRITABLE,
    Cadence,
    Reporting,
    ReportSending,
    ReportState,
    SignedReport,
    StagedSignature,
    StatusReport,
)

_MANAGER_SIGNS = gettext_noop(
    "Only the project manager signs reports. Send it for signature instead."
)
Form = Literal["small", "full"]
Thresholds = dict[
    Annotated[str, Field(pattern=r"^[a-z_]{1,40}$")], Annotated[int, Field(ge=0, le=1000)]
]


class Recipient(BaseModel):
    """A role of the project, a person or a contact that gets the report by mail."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    kind: Literal["role", "person", "contact"]
    value: Annotated[str, Field(max_length=60)]


class Receiver(BaseModel):
    """Somebody the report was mailed to: name and address, as they were then."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    name: Annotated[str, Field(max_length=200)]
    email: Annotated[str, Field(max_length=254)]


def may_sign(actor: Actor, report: StatusReport) -> Sentence | None:
    """Signing is never proposed: whoever may not, sends the report to whoever may."""
    ruling = rule(actor, Power.PUBLISH_REPORT, report.scope_id)
    return None if ruling.may_decide or ruling.is_refused else Sentence(_MANAGER_SIGNS)


@command(needs=Power.DRAFT_REPORT)
def set_reporting(
    actor: Actor,
    project: Project,
    *,
    kind: Form,
    cadence: Cadence,
    next_due_on: date | None = None,
    thresholds: Thresholds | None = None,
    expected_version: int | None = None,
) -> Reporting:
    """Set how the project reports"""
    kept = queries.reporting(project) or Reporting(project=project)
    if expected_version is not None and kept.version != expected_version:
        raise Invalid(gettext("This was changed in the meantime. Look at it and try again."))
    kept.form, kept.cadence = kind, cadence
    due = next_due_on or schedule.first_due(cadence, timezone.localdate())
    kept.next_due_on = None if cadence == Cadence.NONE else due
    if thresholds is not None:
        kept.thresholds = dict(thresholds)
    kept.save()
    return kept


@command(needs=Power.DRAFT_REPORT, undoable=False)
def start_report(actor: Actor, project: Project, *, id: UUID) -> StatusReport:
    """Start a status report"""
    if queries.under_way(project) is not None:
        raise Invalid(gettext("A report is already under way. Finish it first."))
    kept = queries.reporting(project)
    last = StatusReport.objects.filter(project=project).aggregate(last=Max("number"))["last"]
    report = StatusReport(
        id=id,
        project=project,
        number=(last or 0) + 1,
        form=kept.form if kept else usual_form(project),
        since=draft.begins(project, timezone.localdate()),
        due_on=kept.next_due_on if kept else None,
        prepared_by_id=actor.person_id,
        created_at=timezone.now(),
    )
    report.save()
    return report


def usual_form(project: Project) -> Form:
    """The small form where the pack has no areas of its own, the full one elsewhere."""
    named = draft.area_names(project)
    return "full" if len(set(named) - {draft.OVERALL}) > 1 else "small"


@command(needs=Power.DRAFT_REPORT, undoable=False)
def submit_report(actor: Actor, report: StatusReport) -> StatusReport:
    """Send a report for signature"""
    _must_be(report, *WRITABLE)
    frozen = draft.content(draft.ground(report))
    if wanting := draft.overrides_without_reason(frozen):
        words = gettext("Write why the state differs from the proposed one: %(areas)s.")
        raise Invalid(words % {"areas": ", ".join(wanting)})
    report.state, report.return_reason = ReportState.SUBMITTED, ""
    report.evidence, report.evidence_hash = frozen, digest(canonical(frozen))
    report.submitted_at, report.submitted_by_id = timezone.now(), actor.person_id
    report.save()
    return report


@command(needs=Power.DRAFT_REPORT, undoable=False)
def take_back_report(actor: Actor, report: StatusReport) -> StatusReport:
    """Take a report back for more work"""
    _must_be(report, ReportState.SUBMITTED)
    return _opened(report, ReportState.DRAFT, "")


@command(needs=Power.PUBLISH_REPORT, only_if=may_sign, undoable=False)
def return_report(actor: Actor, report: StatusReport, *, reason: Text) -> StatusReport:
    """Return a report to whoever prepared it"""
    _must_be(report, ReportState.SUBMITTED)
    return _opened(report, ReportState.RETURNED, reason)


def _opened(report: StatusReport, state: ReportState, reason: str) -> StatusReport:
    report.state, report.return_reason = state, reason
    report.evidence, report.evidence_hash = {}, ""
    report.save()
    return report


@command(needs=Power.DRAFT_REPORT, undoable=False)
def discard_report(actor: Actor, report: StatusReport) -> None:
    """Discard the draft of a report"""
    _must_be(report, *WRITABLE)
    StagedSignature.objects.filter(report=report).delete()
    report.delete()


@command(needs=Power.PUBLISH_REPORT, only_if=may_sign, undoable=False, exposed=False)
def sign_report(actor: Actor, report: StatusReport, *, pdf_sha256: Hash) -> SignedReport:
    """Sign a status report"""
    _must_be(report, ReportState.SUBMITTED)
    staged = StagedSignature.objects.filter(report=report, pdf_sha256=pdf_sha256).first()
    if staged is None or staged.version != report.version:
        raise CommandError(gettext("The report was changed while it was being signed. Try again."))
    signed = _signed(actor, report, staged.content, bytes(staged.pdf), pdf_sha256)
    report.state = ReportState.SIGNED
    report.save()
    StagedSignature.objects.filter(report=report).delete()
    _set_next_due(report)
    return signed


def _signed(
    actor: Actor, report: StatusReport, content: Mapping[str, Any], pdf: bytes, sha256: str
) -> SignedReport:
    if actor.person_id is None:
        raise CommandError(gettext("A report is signed by a person."))
    now = timezone.now()
    signed = SignedReport(
        id=new_id(),
        project=report.project,
        report=report,
        number=report.number,
        state=content["overall"]["light"],
        trend=content["trend"],
        since=report.since,
        figures_on=date.fromisoformat(content["facts"]["on"]),
        signed_on=timezone.localtime(now).date(),
        signed_at=now,
        signed_by_id=actor.person_id,
        language=content["language"],
        content=dict(content),
        content_hash=digest(canonical(content)),
        pdf=pdf,
        pdf_size=len(pdf),
        pdf_sha256=sha256,
    )
    signed.save()
    return signed


def _set_next_due(report: StatusReport) -> None:
    kept = queries.reporting(report.project)
    if kept is not None and kept.next_due_on is not None:
        today = timezone.localdate()
        due = schedule.next_due(kept.cadence, kept.next_due_on, today)
        if today >= kept.next_due_on or (kept.next_due_on - today).days <= queries.SOON:
            kept.next_due_on = due
            kept.save()


@command(needs=Power.DRAFT_REPORT, undoable=False, exposed=False)
def send_report(
    actor: Actor,
    signed: SignedReport,
    *,
    id: UUID,
    receivers: Annotated[list[Receiver], Field(min_length=1, max_length=300)],
    remembered: Annotated[list[Recipient], Field(max_length=300)],
    message: OptionalText = "",
) -> ReportSending:
    """Mail a signed report"""
    project = signed.project
    sending = ReportSending(
        id=id,
        project=project,
        signed=signed,
        sent_by_id=actor.person_id,
        sent_at=timezone.now(),
        message=message,
        receivers=[one.model_dump() for one in receivers],
    )
    sending.save()
    _remember(project, [one.model_dump() for one in remembered])
    return sending


def _remember(project: Project, recipients: list[dict[str, str]]) -> None:
    """Whom it was sent to is who gets the next one, unless somebody says otherwise."""
    kept = queries.reporting(project) or Reporting(project=project, form=usual_form(project))
    if kept.recipients != recipients:
        kept.recipients = recipients
        kept.save()


def _must_be(report: StatusReport, *states: str) -> None:
    if report.state not in states:
        words = gettext("This cannot be done with a report that is %(state)s.")
        state = str(ReportState(report.state).label).lower()
        raise Invalid(words % {"state": state})
