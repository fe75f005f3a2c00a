"""A report to take along: the signed PDF, the slides, and whether a file is the signed one."""

import hashlib

from django.http import HttpResponse
from django.utils.translation import gettext as _

from tospann.documents.uploads import takes_at_most
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.reports import mailing, pdf, queries, signing, slides
from tospann.reports.drafting import draft
from tospann.reports.models import ReportState, StatusReport
from tospann.reports.views.status import pdf_answer
from tospann.ui.pages import page, problem

PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
MOST_BYTES = 30_000_000


@project_page
def report_pdf(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    """What was signed, byte for byte; before that, a preview that says it is a draft."""
    found = queries.report(project, number)
    if found.state == ReportState.SIGNED:
        signed = queries.signed(project, number)
        return pdf_answer(queries.pdf_of(signed), mailing.file_name(signed))
    try:
        made = signing.render(_content(found))
    except pdf.Busy:
        return problem(request, 503, _("Many reports are being made. Try again in a moment."))
    return pdf_answer(made, f"{project.key}-status-{number}-draft.pdf")


def _content(report: StatusReport) -> draft.Data:
    """What the report says now: frozen once it waits for signature."""
    if report.state == ReportState.SUBMITTED:
        return dict(report.evidence)
    return draft.content(draft.ground(report))


@project_page
def report_slides(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    """Two slides of a signed report."""
    signed = queries.signed(project, number)
    answer = HttpResponse(slides.slides(signed.content), content_type=PPTX)
    name = mailing.file_name(signed, "pptx")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@takes_at_most(lambda: MOST_BYTES)
@project_page
def check_report(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    """Whether a file somebody holds is the one that was signed, and whether ours still is."""
    signed = queries.signed(project, number)
    return page(
        request,
        "reports/check.html",
        project=project,
        signed=signed,
        is_whole=queries.is_whole(signed, queries.pdf_of(signed)),
        theirs=_theirs(request),
    )


def _theirs(request: ProjectRequest) -> str:
    """The checksum of what was uploaded, or the one that was typed."""
    file = request.FILES.get("file")
    if file is not None and (file.size or 0) <= MOST_BYTES:
        made = hashlib.sha256()
        for chunk in file.chunks():
            made.update(chunk)
        return made.hexdigest()
    return "".join(request.POST.get("sha256", "").split()).lower()[:64]
