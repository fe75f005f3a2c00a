"""Toleranser: how each area stands, its deviation, and the exception report."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tospann.foundation.commands import Done, submit
from tospann.foundation.ids import new_id
from tospann.people.pages import answer
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.reports import queries
from tospann.reports.tolerances import standing
from tospann.reports.tolerances.commands import write_exception_report
from tospann.reports.tolerances.queries import raised
from tospann.ui.pages import page


@project_page
def tolerances(request: ProjectRequest, project: Project) -> HttpResponse:
    kept = queries.reporting(project)
    return page(
        request,
        "reports/tolerances.html",
        project=project,
        standings=standing.of_project(project, kept.thresholds if kept else None),
        raised=raised(project),
        write=write_exception_report.ruling(request.actor, project),
    )


@require_POST
@project_page
def exception_report(request: ProjectRequest, project: Project, area: str) -> HttpResponse:
    made: UUID = new_id()
    bound: Any = write_exception_report.on(project)
    outcome = submit(request.actor, bound, id=made, area=area)
    to = reverse("tolerances", args=[project.key])
    if isinstance(outcome, Done):
        to = reverse("case", args=[project.key, outcome.result.number])
    said = _("The exception report is begun as a case. Complete it and submit it.")
    return answer(request, outcome, to, said)
