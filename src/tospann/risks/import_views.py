"""Excel in and out: upload, see what would come of it or what is wrong, then confirm."""

from typing import IO
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tospann.jobs import confined
from tospann.people.pages import answer, go, require, try_submit
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.projects.uploads import upload_page
from tospann.risks import commands, imports, sheets
from tospann.risks.forms import UploadForm
from tospann.ui.forms import Form
from tospann.ui.pages import page

SHOWN = 20


def _may(request: ProjectRequest, project: Project) -> None:
    """Everybody takes the register out; the file that comes back must be hers to bring."""
    if request.method == "POST":
        require(commands.import_risks.ruling(request.actor, project))


def _shown(
    request: ProjectRequest,
    project: Project,
    form: UploadForm,
    *,
    status: int,
    sheet: sheets.Sheet | None = None,
) -> HttpResponse:
    return page(
        request,
        "risks/excel.html",
        status=status,
        project=project,
        form=form,
        sheet=sheet,
        ruling=commands.import_risks.ruling(request.actor, project),
        headings=list(sheets.COLUMNS.values()),
        limit=imports.MOST_BYTES // confined.MEGABYTE,
    )


def _received(
    request: ProjectRequest, project: Project, file: IO[bytes], name: str
) -> HttpResponse:
    sheet, staged = imports.stage(request.actor, project, file, name)
    if staged:
        return go(request, reverse("risk_import", args=[project.key, staged.pk]))
    return _shown(request, project, UploadForm(), status=422, sheet=sheet)


excel = upload_page(
    UploadForm, may=_may, shown=_shown, received=_received, most=lambda: imports.MOST_BYTES
)


@project_page
def written(request: ProjectRequest, project: Project) -> HttpResponse:
    """Every risk with every column that can be read back."""
    return sheets.written(project)


@project_page
def confirm(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    """What would be added and changed; and one button."""
    staged = imports.staged(request.actor, project, pk)
    ruling = commands.import_risks.ruling(request.actor, project)
    form = Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        bound = commands.import_risks.on(project)
        checksum = staged.content_hash
        outcome = try_submit(request, form, bound, staged=staged.pk, content_hash=checksum)
        if outcome:
            to = reverse("risks", args=[project.key])
            return answer(request, outcome, to, _("The spreadsheet is in."))
    status = 422 if form.errors else 200
    rows = [row for row in staged.rows if len(row) > len(("number", "version"))]
    shown = {"project": project, "staged": staged, "form": form, "ruling": ruling}
    return page(request, "risks/import.html", status=status, rows=rows[:SHOWN], **shown)
