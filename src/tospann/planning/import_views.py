"""Bringing a plan in: upload, read what was kept and what was not, then apply or propose."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from tospann.foundation.errors import Invalid
from tospann.people.pages import answer, go, require
from tospann.planning import commands, imports, queries
from tospann.planning.forms import ConfirmForm, UploadForm
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.jinja import language
from tospann.ui.pages import page

SLACK = 64 * 1024
"""What a form adds around its file."""


@csrf_exempt
def upload(request: HttpRequest, key: str) -> HttpResponse:
    """A body that is too large is refused before any of it is read (even by the CSRF check)."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    too_large = not length.isdigit() or int(length) > imports.most_bytes() + SLACK
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
    commands.require_editor(request.actor, queries.existing_plan(project))
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            staged = imports.stage(request.actor, project, file.file, file.name)
        except Invalid as error:
            form.add_error("file", error.message)
        else:
            return go(request, reverse("import_report", args=[project.key, staged.pk]))
    return _upload_page(request, project, form, status=422 if form.errors else 200)


def _upload_page(
    request: ProjectRequest, project: Project, form: UploadForm, *, status: int
) -> HttpResponse:
    limit = imports.most_bytes() // imports.MEGABYTE
    template = "planning/upload.html"
    return page(request, template, status=status, project=project, form=form, limit=limit)


@project_page
def report(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    """What was kept, what was not; and one button."""
    staged = queries.staged(project, pk)
    head = queries.existing_plan(project)
    require(ruling := imports.assess(request.actor, head, staged))
    form = ConfirmForm(request.POST or None, initial={"base_revision": head.revision})
    if form.is_valid():
        base = form.cleaned_data["base_revision"]
        outcome = imports.submit_import(request.actor, head, staged, base)
        return answer(request, outcome, reverse("plan", args=[project.key]), _("The plan is in."))
    return page(
        request,
        "planning/report.html",
        project=project,
        head=head,
        staged=staged,
        preview=queries.preview(staged),
        said=staged.report["nb" if language().startswith("n") else "en"],
        form=form,
        ruling=ruling,
    )
