"""The files: the cost report as PDF and as a workbook, the budget and the timesheets."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from tospann.budget.veiling import veil
from tospann.control import printing, queries
from tospann.control.report import Report
from tospann.control.workbooks import making
from tospann.foundation.authority import Power, rule
from tospann.foundation.errors import NotAllowed
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.exports import KINDS
from tospann.ui.pages import problem

PDF = "application/pdf"


@project_page
def cost_report_pdf(request: ProjectRequest, project: Project) -> HttpResponse:
    try:
        made = printing.pdf(project, _report(request, project))
    except printing.Busy:
        return problem(request, 503, _("Many reports are being made. Try again in a moment."))
    return _file(made, PDF, f"{project.key} cost report {timezone.localdate()}.pdf", inline=True)


@project_page
def cost_report_workbook(request: ProjectRequest, project: Project) -> HttpResponse:
    made = making.cost_report(project, _report(request, project))
    return _workbook(made, project, "cost report")


@project_page
def budget_workbook(request: ProjectRequest, project: Project) -> HttpResponse:
    made = making.budget(project, veil(request.actor, project.pk))
    return _workbook(made, project, "budget")


@project_page
def timesheets_workbook(request: ProjectRequest, project: Project) -> HttpResponse:
    ruling = rule(request.actor, Power.APPROVE_HOURS, project.pk)
    if not ruling.may_decide:
        raise NotAllowed(str(ruling))
    return _workbook(making.timesheets(project), project, "timesheets")


def _report(request: ProjectRequest, project: Project) -> Report:
    found = queries.report(project, request.actor)
    if found is None:
        raise Http404
    return found


def _workbook(made: bytes, project: Project, what: str) -> HttpResponse:
    name = f"{project.key} {what} {timezone.localdate()}.xlsx"
    return _file(made, KINDS["xlsx"], name)


def _file(made: bytes, kind: str, name: str, *, inline: bool = False) -> HttpResponse:
    response = HttpResponse(made, content_type=kind)
    how = "inline" if inline else "attachment"
    response["Content-Disposition"] = f'{how}; filename="{name}"'
    return response
