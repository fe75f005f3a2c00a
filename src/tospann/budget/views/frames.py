"""The steering frame and the cost frame, the cut list, and who pays."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tospann.budget import commands, queries
from tospann.budget.forms import CutForm, FramesForm, FundingForm
from tospann.budget.queries import frames as framed
from tospann.budget.veiling import veil
from tospann.budget.views.lines import head_of
from tospann.foundation.commands import submit
from tospann.foundation.ids import new_id
from tospann.people.pages import answer, change_by_form
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import page


@project_page
def frames(request: ProjectRequest, project: Project) -> HttpResponse:
    head, cuts = queries.budget(project), framed.cuts(project)
    return page(
        request,
        "budget/frames.html",
        project=project,
        tab="money_frames",
        frames=framed.frames(head, cuts),
        sums=queries.sums(project, veil(request.actor, project.pk)),
        cuts=cuts,
        fundings=framed.fundings(project),
        has_budget=head is not None,
        may_set=head and commands.set_frames.ruling(request.actor, head),
        may=commands.add_cut.ruling(request.actor, project),
    )


@project_page
def set_frames(request: ProjectRequest, project: Project) -> HttpResponse:
    head = head_of(project)
    form = FramesForm.of(head, request.POST or None)
    return _change(request, project, form, commands.set_frames, head, _("Set the frames"))


@project_page
def new_cut(request: ProjectRequest, project: Project) -> HttpResponse:
    form, known = CutForm.new(request.POST or None), {"id": new_id()}
    what = commands.add_cut
    return _change(request, project, form, what, project, _("Add to the cut list"), known=known)


@project_page
def change_cut(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    found = framed.cut(project, pk)
    form = CutForm.of(found, request.POST or None)
    return _change(request, project, form, commands.change_cut, found, _("Change the cut"))


@project_page
def new_funding(request: ProjectRequest, project: Project) -> HttpResponse:
    form, known = FundingForm(request.POST or None), {"id": new_id()}
    what = commands.add_funding
    return _change(request, project, form, what, project, _("Add a funding source"), known=known)


@project_page
def change_funding(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    found = framed.funding(project, pk)
    form = FundingForm.of(found, request.POST or None)
    title = _("Change the funding source")
    return _change(request, project, form, commands.change_funding, found, title)


@require_POST
@project_page
def remove_funding(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    found = framed.funding(project, pk)
    outcome = submit(request.actor, commands.remove_funding.on(found))
    return answer(request, outcome, _here(project), _("The funding source is removed."))


def _change(
    request: ProjectRequest,
    project: Project,
    form: Any,
    what: Any,
    subject: Any,
    title: str,
    **more: Any,
) -> HttpResponse:
    words = {"title": title, "submit": _("Save"), "project": project, **more}
    return change_by_form(request, form, what, subject, to=_here(project), **words)


def _here(project: Project) -> str:
    return reverse("money_frames", args=[project.key])
