"""The status of today as a page, and to take along. Nothing of it is kept."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override

from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.reports import figures, pdf, status
from tospann.ui.jinja import language
from tospann.ui.pages import page, problem

LANGUAGES = ("nb", "en")


@project_page
def status_now(request: ProjectRequest, project: Project) -> HttpResponse:
    found = figures.figures(project, asked_day(request.GET.get("since", "")))
    data = status.status(found)
    return page(
        request,
        "reports/now.html",
        project=project,
        shown=data,
        bar=status.bar(data),
        since=found.since,
    )


@project_page
def status_pdf(request: ProjectRequest, project: Project) -> HttpResponse:
    found = figures.figures(project, asked_day(request.GET.get("since", "")))
    with override(asked_language(request)):
        data = status.status(found)
    try:
        made = pdf.render("status", data)
    except pdf.Busy:
        return problem(request, 503, _("Many reports are being made. Try again in a moment."))
    return pdf_answer(made, f"{project.key}-status-{found.on}-{data['language']}.pdf")


def pdf_answer(made: bytes, name: str) -> HttpResponse:
    """The file, shown in the browser, never kept by anybody in between."""
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def asked_language(request: HttpRequest) -> str:
    """The language asked for, else the reader's own."""
    asked = request.GET.get("language", "")
    return asked if asked in LANGUAGES else language()


def asked_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
