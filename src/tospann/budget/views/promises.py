"""What is ordered and what is accrued: on one page, each with its form."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tospann.budget import commands, queries
from tospann.budget.forms import AccrualForm, CommitmentForm, ReleaseAccrualForm
from tospann.budget.queries import costs
from tospann.budget.veiling import veil
from tospann.budget.views.costs import line_choices
from tospann.foundation.ids import new_id
from tospann.people.pages import answer, change_by_form, require, try_submit
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import form_page, page


@project_page
def promised(request: ProjectRequest, project: Project) -> HttpResponse:
    commitments = list(costs.commitments(project))
    return page(
        request,
        "budget/commitments.html",
        project=project,
        tab="money_commitments",
        opened=[one for one in commitments if one.left > 0],
        done=[one for one in commitments if one.left <= 0],
        accruals=list(costs.accruals(project)),
        sums=queries.sums(project, veil(request.actor, project.pk)),
        may=commands.record_costs.ruling(request.actor, project),
    )


@project_page
def new_commitment(request: ProjectRequest, project: Project) -> HttpResponse:
    form = CommitmentForm.new(request.POST or None, line_choices(project))
    words = {"title": _("Record a commitment"), "submit": _("Record the commitment")}
    return _on_a_line(request, project, form, commands.commit, words)


@project_page
def new_accrual(request: ProjectRequest, project: Project) -> HttpResponse:
    form = AccrualForm(request.POST or None, lines=line_choices(project))
    words = {"title": _("Record an accrual"), "submit": _("Record the accrual")}
    return _on_a_line(request, project, form, commands.accrue, words)


def _on_a_line(
    request: ProjectRequest, project: Project, form: Any, what: Any, words: dict[str, Any]
) -> HttpResponse:
    """A form whose ``line`` is the command's subject."""
    require(commands.record_costs.ruling(request.actor, project))
    if form.is_valid():
        typed = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        line = queries.lines(project).get(pk=typed.pop("line"))
        if outcome := try_submit(request, form, what.on(line), id=new_id(), **typed):
            return answer(request, outcome, _here(project))
    return form_page(request, form, cancel=_here(project), project=project, **words)


@project_page
def change_commitment(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    found = costs.commitment(project, pk)
    return change_by_form(
        request,
        CommitmentForm.of(found, request.POST or None),
        commands.change_commitment,
        found,
        to=_here(project),
        title=_("Change the commitment"),
        submit=_("Save"),
        lead=str(found.line),
        project=project,
    )


@project_page
def release_accrual(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    found = costs.accrual(project, pk)
    return change_by_form(
        request,
        ReleaseAccrualForm(request.POST or None),
        commands.release_accrual,
        found,
        to=_here(project),
        said=_("The accrual is released."),
        title=_("Release the accrual"),
        submit=_("Release the accrual"),
        lead=str(found),
        project=project,
    )


def _here(project: Project) -> str:
    return reverse("money_commitments", args=[project.key])
