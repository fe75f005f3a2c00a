"""The matrices, the timeline and the form of the cells."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tospann.foundation.errors import NotAllowed
from tospann.people.pages import answer, try_submit
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.risks import commands, matrix, pictures, register
from tospann.risks.forms import CellsForm
from tospann.risks.models import RiskKind
from tospann.ui.pages import page


@project_page
def matrices(request: ProjectRequest, project: Project) -> HttpResponse:
    """Now and after measures side by side, with the rows as a table below."""
    scales, asked = matrix.of_project(project), request.GET.get("kind", "")
    kind = asked if asked in RiskKind.values else RiskKind.THREAT.value
    of = scales.of(kind)
    return page(
        request,
        "risks/matrix.html",
        project=project,
        tab="matrix",
        kind=kind,
        of=of,
        now=pictures.rows(project, of),
        after=pictures.rows(project, of, "residual_"),
        listed=pictures.worst(project, scales, kind),
        chip=register.chip,
        may_edit=not commands.set_cells.ruling(request.actor, project).is_refused,
    )


@project_page
def timeline(request: ProjectRequest, project: Project) -> HttpResponse:
    scales, asked = matrix.of_project(project), request.GET.get("by", "")
    way = asked if asked in pictures.WAYS else "proximity"
    groups = pictures.timeline(project, scales, way)
    return page(
        request,
        "risks/timeline.html",
        project=project,
        tab="timeline",
        way=way,
        groups=groups,
        is_cut=sum(len(rows) for _heading, rows in groups) == pictures.MOST,
        most=pictures.MOST,
        scales=scales,
        chip=register.chip,
    )


@project_page
def cells(request: ProjectRequest, project: Project) -> HttpResponse:
    """Which level each cell has, one menu a cell."""
    ruling = commands.set_cells.ruling(request.actor, project)
    if ruling.is_refused:
        raise NotAllowed(str(ruling))
    scales = matrix.of_project(project)
    form = CellsForm(request.POST or None, scales=scales)
    if form.is_valid():
        chosen = {"threats": form.cells("threat"), "opportunities": form.cells("opportunity")}
        outcome = try_submit(request, form, commands.set_cells.on(project), **chosen)
        if outcome:
            to = reverse("risk_matrix", args=[project.key])
            return answer(request, outcome, to, _("The matrices are changed."))
    status = 422 if form.errors else 200
    shown = {"project": project, "form": form, "scales": scales, "tab": "matrix"}
    return page(request, "risks/cells.html", status=status, **shown)
