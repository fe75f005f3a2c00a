"""A document to take along: as PDF, as Word, and as the organisation's own Word file."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from tospann.blanks import files, queries, word
from tospann.blanks.models import Edition, Filled
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import problem
from tospann.ui.pdf import Busy


@project_page
def filled_pdf(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    """As it stands, or ``?version=2``."""
    found, edition = _asked(request, project, number)
    try:
        made = files.pdf(found, edition)
    except Busy:
        return problem(request, 503, _("Many reports are being made. Try again in a moment."))
    return _answer(made, "application/pdf", files.name_of(found, edition, "pdf"))


@project_page
def filled_docx(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    """In the organisation's own Word file when there is one, else in ours."""
    found, edition = _asked(request, project, number)
    made = files.docx(found, edition)
    return _answer(made, word.MEDIA_TYPE, files.name_of(found, edition, "docx"))


def _asked(request: ProjectRequest, project: Project, number: int) -> tuple[Filled, Edition | None]:
    found = queries.written(project, number)
    version = request.GET.get("version", "")
    edition = queries.edition(found, int(version)) if version.isdigit() else None
    if edition is not None:
        edition.filled = found
    return found, edition


def _answer(made: bytes, media_type: str, name: str) -> HttpResponse:
    answer = HttpResponse(made, content_type=media_type)
    answer["Content-Disposition"] = content_disposition_header(True, name) or ""
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
