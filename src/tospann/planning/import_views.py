"""Bringing a plan in: upload, read what was kept and what was not, then apply or propose."""

from typing import IO
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tospann.jobs import confined, incoming
from tospann.people.pages import answer, go, require
from tospann.planning import commands, imports, queries
from tospann.planning.forms import ConfirmForm, UploadForm
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.projects.uploads import upload_page
from tospann.ui.jinja import language
from tospann.ui.pages import page


def _may(request: ProjectRequest, project: Project) -> None:
    commands.require_editor(request.actor, queries.existing_plan(project))


def _shown(
    request: ProjectRequest, project: Project, form: UploadForm, *, status: int
) -> HttpResponse:
    limit = incoming.most_bytes() // confined.MEGABYTE
    template = "planning/upload.html"
    return page(request, template, status=status, project=project, form=form, limit=limit)


def _received(
    request: ProjectRequest, project: Project, file: IO[bytes], name: str
) -> HttpResponse:
    staged = imports.stage(request.actor, project, file, name)
    return go(request, reverse("import_report", args=[project.key, staged.pk]))


upload = upload_page(UploadForm, may=_may, shown=_shown, received=_received)


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
