"""Hours from a file: upload, see what it holds or which cells stand in the way, import it."""

from typing import IO
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import ngettext

from tospann.foundation.commands import Done, submit
from tospann.jobs import confined
from tospann.people.pages import answer, go, require_decides
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.projects.uploads import upload_page
from tospann.timesheets import commands
from tospann.timesheets.forms import FileForm, ImportForm
from tospann.timesheets.importing import checking, staging
from tospann.timesheets.models import StagedHours
from tospann.ui.pages import page

MOST_SHOWN = 200


def _may(request: ProjectRequest, project: Project) -> None:
    require_decides(commands.import_hours.ruling(request.actor, project))


def _shown(
    request: ProjectRequest, project: Project, form: FileForm, *, status: int
) -> HttpResponse:
    limit = staging.MOST_BYTES // confined.MEGABYTE
    template = "timesheets/upload.html"
    return page(request, template, status=status, project=project, form=form, limit=limit)


def _received(
    request: ProjectRequest, project: Project, file: IO[bytes], name: str
) -> HttpResponse:
    staged = staging.stage(request.actor, project, file, name)
    return go(request, reverse("hours_report", args=[project.key, staged.pk]))


upload = upload_page(FileForm, may=_may, shown=_shown, received=_received, most=staging.most_bytes)


@project_page
def report(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    """What the file holds, tried and nothing recorded; or every cell that stands in the way."""
    require_decides(commands.import_hours.ruling(request.actor, project))
    staged = staging.of(request.actor, project, pk)
    found = checking.check(staged.rows, project)
    form = ImportForm(request.POST or None) if found.holidays else None
    if request.method == "POST" and not found.problems and (form is None or form.is_valid()):
        return _import(request, staged, on_holidays=form is not None)
    return page(
        request,
        "timesheets/report.html",
        status=422 if request.method == "POST" else 200,
        project=project,
        staged=staged,
        found=found,
        form=form,
        problems=found.problems[:MOST_SHOWN],
    )


def _import(request: ProjectRequest, staged: StagedHours, *, on_holidays: bool) -> HttpResponse:
    project = request.project
    outcome = submit(
        request.actor,
        commands.import_hours.on(project),
        staged=staged.pk,
        content_hash=staged.content_hash,
        on_holidays=on_holidays,
    )
    return answer(request, outcome, reverse("team_hours", args=[project.key]), _said(outcome))


def _said(outcome: object) -> str:
    n = outcome.result["weeks"] if isinstance(outcome, Done) else 0
    return ngettext("%(n)s week was imported.", "%(n)s weeks were imported.", n) % {"n": n}
