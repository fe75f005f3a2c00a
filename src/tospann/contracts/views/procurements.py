"""Procurements and their steps."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from tospann.contracts import commands, queries, registers
from tospann.contracts.forms.work import (
    EndProcurementForm,
    NewProcurementForm,
    ProcurementForm,
    StepForm,
)
from tospann.contracts.models import Procurement, ProcurementStep
from tospann.contracts.views.answering import changed, listed, rulings, tasks, to
from tospann.foundation.ids import new_id
from tospann.people.audit_trail import history
from tospann.people.pages import change_by_form
from tospann.projects import queries as projects
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import page


@project_page
def procurements(request: ProjectRequest, project: Project) -> HttpResponse:
    register, rows = registers.of_procurements(project), queries.procurements(project)
    return listed(request, project, register, rows, add=commands.start_procurement)


@project_page
def procurement(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    row = queries.one(Procurement, project, number)
    return page(
        request,
        "contracts/procurement.html",
        project=project,
        procurement=row,
        steps=queries.steps(row),
        history=history(row, row.created_at),
        **rulings(request.actor, row, **_ON_PROCUREMENT),
    )


_ON_PROCUREMENT: dict[str, Any] = {
    "change": commands.change_procurement,
    "end": commands.end_procurement,
}


@project_page
def new_procurement(request: ProjectRequest, project: Project) -> HttpResponse:
    form = NewProcurementForm(
        request.POST or None, team=projects.team(project), tasks=tasks(project)
    )
    return change_by_form(
        request,
        form,
        commands.start_procurement,
        project,
        known={"id": new_id()},
        to=to(project, "procurements"),
        said=_("The procurement was started."),
        title=_("New procurement"),
        submit=_("Start"),
        project=project,
    )


@project_page
def edit_procurement(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    row = queries.one(Procurement, project, number)
    form = ProcurementForm.of(row, request.POST or None, team=projects.team(project))
    title, what = _("Change the procurement"), commands.change_procurement
    return changed(request, row, form, what, title, _("Save"))


@project_page
def edit_step(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    step = queries.kept(ProcurementStep, project, pk)
    form = StepForm.of(step, request.POST or None, tasks=tasks(project))
    back = step.procurement.get_absolute_url()
    return changed(request, step, form, commands.change_step, str(step), _("Save"), to=back)


@project_page
def end_procurement(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    row = queries.one(Procurement, project, number)
    contracts = queries.contract_choices(project)
    form = EndProcurementForm(request.POST or None, contracts=contracts)
    title, what = _("End the procurement"), commands.end_procurement
    return changed(request, row, form, what, title, _("End it"))
