"""Reading status reports: of a project, and what waits for somebody across projects."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.http import Http404
from django.utils import timezone

from tospann.foundation.audit import canonical, digest
from tospann.foundation.authority import Actor, Power, Role, rule
from tospann.projects.models import Project, ProjectState
from tospann.reports.models import (
    OPEN_STATES,
    Reporting,
    ReportSending,
    ReportState,
    SignedReport,
    StatusReport,
)

Row = dict[str, Any]
SOON = 7
"""A report shows up at whoever prepares it this many days before it is due."""


def latest_state(project_ids: Iterable[UUID]) -> dict[UUID, tuple[str, str, date]]:
    """State, trend and date of each project's last signed report: one query."""
    newer = SignedReport.objects.filter(project=OuterRef("project"), number__gt=OuterRef("number"))
    rows = SignedReport.objects.filter(~Exists(newer), project__in=list(project_ids))
    shown = rows.values_list("project_id", "state", "trend", "signed_on")
    return {project: (state, trend, on) for project, state, trend, on in shown}


def due(actor: Actor) -> list[Row]:
    """Reports the actor prepares that are due within a week or overdue, one query.

    ``project_key, project_name, due_on, is_overdue, number (of the draft, or None), state``
    """
    mine = [
        project
        for project in actor.roles
        if actor.roles_in(project) & {Role.COORDINATOR, Role.MANAGER}
        and rule(actor, Power.DRAFT_REPORT, project).may_decide
    ]
    if not mine:
        return []
    today = timezone.localdate()
    begun = StatusReport.objects.filter(project=OuterRef("project"), state__in=OPEN_STATES)
    rows = Reporting.objects.filter(
        project__in=mine, next_due_on__lte=today + timedelta(days=SOON)
    ).exclude(project__state=ProjectState.CLOSED)
    found = rows.annotate(
        number=Subquery(begun.values("number")[:1]), state=Subquery(begun.values("state")[:1])
    ).values(
        "number",
        "state",
        due_on=F("next_due_on"),
        project_key=F("project__key"),
        project_name=F("project__name"),
    )
    listed = found.order_by("next_due_on", "project__key")
    return [
        {**row, "is_overdue": row["due_on"] < today}
        for row in listed
        if row["state"] != ReportState.SUBMITTED
    ]


def to_sign(actor: Actor) -> list[Row]:
    """Reports that wait for the actor's signature, the longest waiting first: one query.

    ``number, project_key, project_name, submitted_at, prepared_by``
    """
    mine = [p for p in actor.roles if rule(actor, Power.PUBLISH_REPORT, p).may_decide]
    if not mine:
        return []
    rows = StatusReport.objects.filter(project__in=mine, state=ReportState.SUBMITTED)
    shown = rows.order_by("submitted_at").values(
        "number",
        "submitted_at",
        "due_on",
        project_key=F("project__key"),
        project_name=F("project__name"),
        prepared_by_name=F("submitted_by__name"),
    )
    return [dict(row) for row in shown]


def reports(project: Project) -> QuerySet[StatusReport]:
    found = StatusReport.objects.filter(project=project)
    return found.select_related("project", "prepared_by", "submitted_by")


def report(project: Project, number: int) -> StatusReport:
    """One report of the project, or 404."""
    found = reports(project).filter(number=number).first()
    if found is None:
        raise Http404
    return found


def under_way(project: Project) -> StatusReport | None:
    """The one report that is not signed yet."""
    return reports(project).exclude(state=ReportState.SIGNED).first()


def signed_reports(project: Project) -> QuerySet[SignedReport]:
    """Newest first, without the PDF."""
    found = SignedReport.objects.filter(project=project).defer("pdf")
    return found.select_related("signed_by").order_by("-number")


def signed(project: Project, number: int) -> SignedReport:
    """What was signed under this number, without its PDF; 404."""
    found = signed_reports(project).filter(number=number).first()
    if found is None:
        raise Http404
    return found


def of_reports(found: Iterable[StatusReport]) -> list[SignedReport]:
    """What was signed of these, without the PDFs: one query."""
    wanted = [one.pk for one in found if one.state == ReportState.SIGNED]
    return list(SignedReport.objects.filter(report__in=wanted).defer("pdf")) if wanted else []


def sent(signed: Iterable[SignedReport]) -> set[UUID]:
    """Which of these have been mailed to somebody."""
    wanted = [one.pk for one in signed]
    rows = ReportSending.objects.filter(signed__in=wanted)
    return set(rows.values_list("signed_id", flat=True)) if wanted else set()


def last_signed(project: Project) -> SignedReport | None:
    return signed_reports(project).first()


def pdf_of(signed: SignedReport) -> bytes:
    """The file exactly as it was signed."""
    return bytes(SignedReport.objects.values_list("pdf", flat=True).get(pk=signed.pk))


def is_whole(signed: SignedReport, pdf: bytes) -> bool:
    """Whether content and PDF are exactly as they were signed."""
    content = digest(canonical(signed.content))
    return hashlib.sha256(pdf).hexdigest() == signed.pdf_sha256 and content == signed.content_hash


def faults() -> Iterator[str]:
    """Every signed report that is no longer as it was signed, for ``verify-audit``."""
    for one in SignedReport.objects.select_related("project").iterator(chunk_size=20):
        if not is_whole(one, bytes(one.pdf)):
            yield f"report {one.number} of {one.project.key}: not as it was signed"


def neighbours(signed: SignedReport) -> tuple[int | None, int | None]:
    """The numbers of the report before and the report after (one query)."""
    numbers = list(
        SignedReport.objects.filter(project=signed.project_id)
        .order_by("number")
        .values_list("number", flat=True)
    )
    place = numbers.index(signed.number)
    before = numbers[place - 1] if place else None
    return before, numbers[place + 1] if place + 1 < len(numbers) else None


def sendings(signed: SignedReport) -> QuerySet[ReportSending]:
    found = ReportSending.objects.filter(signed=signed).select_related("sent_by")
    return found.order_by("-sent_at")


def reporting(project: Project) -> Reporting | None:
    """How the project reports, if anybody has said."""
    return Reporting.objects.filter(project=project).first()
