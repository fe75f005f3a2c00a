"""Bringing a file of costs in: upload, say what the columns are, see what would come, record."""

from typing import IO
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tospann.budget import commands, jobs
from tospann.budget.forms import MappingForm, UploadForm
from tospann.budget.importing import staging
from tospann.budget.queries import costs
from tospann.budget.views.costs import line_choices
from tospann.foundation.errors import Invalid
from tospann.jobs import confined, incoming
from tospann.people.pages import go, require_decides
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.projects.uploads import upload_page
from tospann.ui.jinja import language
from tospann.ui.pages import page


def _may(request: ProjectRequest, project: Project) -> None:
    require_decides(commands.import_costs.ruling(request.actor, project))


def _shown(
    request: ProjectRequest, project: Project, form: UploadForm, *, status: int
) -> HttpResponse:
    limit = incoming.most_bytes() // confined.MEGABYTE
    template = "budget/upload.html"
    return page(request, template, status=status, project=project, form=form, limit=limit)


def _received(
    request: ProjectRequest, project: Project, file: IO[bytes], name: str
) -> HttpResponse:
    staged = staging.stage(request.actor, project, file, name)
    return go(request, reverse("cost_import", args=[project.key, staged.pk]))


upload = upload_page(UploadForm, may=_may, shown=_shown, received=_received)


@project_page
def tried(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    """What the file would record, or the cells that stand in the way; nothing is written."""
    require_decides(commands.import_costs.ruling(request.actor, project))
    staged = costs.staged(project, pk)
    form = MappingForm(staged, request.POST or None, lines=line_choices(project))
    if form.is_valid():
        staging.remap(staged, form.mapping())
        return go(request, reverse("cost_import", args=[project.key, staged.pk]))
    shown = {"project": project, "staged": staged, "form": form, **staging.figures(staged)}
    return page(request, "budget/tried.html", status=422 if form.errors else 200, **shown)


@require_POST
@project_page
def record(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    """Put it in the queue and show how far it has come."""
    require_decides(commands.import_costs.ruling(request.actor, project))
    staged = costs.staged(project, pk)
    if not staged.report.get("rows") or staged.report.get("problems"):
        raise Invalid(_("There is something to put right in the file first."))
    return go(request, jobs.begin(request.actor, staged, language()))
