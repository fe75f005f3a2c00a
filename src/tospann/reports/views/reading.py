"""The list of a project's reports with their history, and the page of one report."""

from typing import Any

from django.http import HttpResponse

from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.reports import commands, difference, printing, queries, trend
from tospann.reports.drafting import draft
from tospann.reports.forms import DraftForm
from tospann.reports.models import ReportState, SignedReport, StatusReport
from tospann.ui.pages import page

LISTED = 60


@project_page
def reports(request: ProjectRequest, project: Project) -> HttpResponse:
    signed = list(queries.signed_reports(project)[:LISTED])
    return page(
        request,
        "reports/list.html",
        project=project,
        signed=signed,
        open=queries.under_way(project),
        kept=queries.reporting(project),
        trend=trend.history(signed),
        may_draft=commands.start_report.ruling(request.actor, project),
    )


@project_page
def report(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.report(project, number)
    if found.state == ReportState.SIGNED:
        return _signed(request, queries.signed(project, number))
    if found.is_writable and commands.submit_report.ruling(request.actor, found).may_decide:
        return editor(request, found)
    return waiting(request, found)


def editor(
    request: ProjectRequest, found: StatusReport, *, status: int = 200, **more: Any
) -> HttpResponse:
    """The draft as a form: computed texts to correct, and the facts beside them."""
    content = draft.content(draft.ground(found))
    return page(
        request,
        "reports/draft.html",
        status=status,
        project=found.project,
        report=found,
        content=content,
        form=DraftForm(content, more.get("typed")),
        shown=printing.printed(content),
        bases=bases(content),
        fingerprint=draft.fingerprint,
        sign=commands.sign_report.ruling(request.actor, found),
        **more,
    )


def bases(content: dict[str, Any]) -> dict[str, str]:
    """Field → fingerprint of what the page shows in it."""
    made = {row["key"]: row["text"] for row in content["sections"]}
    for light in [content["overall"], *content["areas"]]:
        chosen = light["light"] if light["light"] != light["proposed"] else ""
        made[draft.CHOSEN + light["area"]] = chosen
        made[draft.NOTE + light["area"]] = light["note"]
    return {key: draft.fingerprint(text) for key, text in made.items()}


def waiting(request: ProjectRequest, found: StatusReport) -> HttpResponse:
    """A report that waits for signature, or a draft for whoever may not write in it."""
    is_frozen = found.state == ReportState.SUBMITTED
    content = found.evidence if is_frozen else draft.content(draft.ground(found))
    return page(
        request,
        "reports/report.html",
        project=found.project,
        report=found,
        content=content,
        shown=printing.printed(content),
        moved=difference.since_submission(found) if is_frozen else [],
        sign=commands.sign_report.ruling(request.actor, found),
        take_back=commands.take_back_report.ruling(request.actor, found),
    )


def _signed(request: ProjectRequest, found: SignedReport) -> HttpResponse:
    before, after = queries.neighbours(found)
    return page(
        request,
        "reports/report.html",
        project=request.project,
        report=queries.report(request.project, found.number),
        signed=found,
        content=found.content,
        shown=printing.printed(found.content),
        moved=[],
        before=before,
        after=after,
        sendings=queries.sendings(found),
        send=commands.send_report.ruling(request.actor, found),
    )
