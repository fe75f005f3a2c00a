"""Excel in and out: upload, see what would come of it or what is wrong, then confirm."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from tospann.foundation.errors import Invalid, NotAllowed
from tospann.people.pages import answer, go, try_submit
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.risks import commands, imports, sheets
from tospann.risks.forms import UploadForm
from tospann.ui.forms import Form
from tospann.ui.pages import page

SLACK = 64 * 1024
"""What a form adds around its file."""
SHOWN = 20


@csrf_exempt
def excel(request: HttpRequest, key: str) -> HttpResponse:
    """A body that is too large is refused before any of it is read (even by the CSRF check)."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    too_large = not length.isdigit() or int(length) > imports.MOST_BYTES + SLACK
    view: Callable[..., HttpResponse] = _refuse_large if too_large else _upload
    return view(request, key)


@project_page
def _refuse_large(request: ProjectRequest, project: Project) -> HttpResponse:
    form = UploadForm()
    form.errors["file"] = form.error_class([imports.too_large().message])
    return _upload_page(request, project, form, status=413)


@csrf_protect
@project_page
def _upload(request: ProjectRequest, project: Project) -> HttpResponse:
    ruling = commands.import_risks.ruling(request.actor, project)
    if request.method == "POST" and ruling.is_refused:
        raise NotAllowed(str(ruling))
    form = UploadForm(request.POST or None, request.FILES or None)
    sheet = None
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            sheet, staged = imports.stage(request.actor, project, file.file, file.name)
        except Invalid as error:
            form.add_error("file", error.message)
        else:
            if staged:
                return go(request, reverse("risk_import", args=[project.key, staged.pk]))
    status = 422 if form.errors or sheet else 200
    return _upload_page(request, project, form, status=status, sheet=sheet)


def _upload_page(
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
        limit=imports.MOST_MEGABYTES,
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
