"""Forms that add and change benefits and changes in the line."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tospann.benefits import commands, queries
from tospann.benefits.forms import (
    BenefitForm,
    ChangeForm,
    ChangeStateForm,
    HandOverForm,
    RemoveForm,
    StateForm,
)
from tospann.foundation.ids import new_id
from tospann.people.pages import change_by_form
from tospann.projects import queries as projects
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page


def _choices(project: Project) -> dict[str, Any]:
    return {"team": projects.team(project), "goals": queries.goal_choices(project)}


def _for_changes(project: Project) -> dict[str, Any]:
    return {"team": projects.team(project), "benefits": queries.benefit_choices(project)}


@project_page
def new_benefit(request: ProjectRequest, project: Project) -> HttpResponse:
    return change_by_form(
        request,
        BenefitForm(request.POST or None, **_choices(project)),
        commands.add_benefit,
        project,
        known={"id": new_id()},
        to=reverse("benefits", args=[project.key]),
        said=_("The benefit was added."),
        title=_("New benefit"),
        submit=_("Save"),
        project=project,
    )


@project_page
def edit_benefit(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.benefit(project, number)
    return change_by_form(
        request,
        BenefitForm.of(found, request.POST or None, **_choices(project)),
        commands.change_benefit,
        found,
        to=found.get_absolute_url(),
        title=_("Change the benefit"),
        submit=_("Save"),
        project=project,
    )


@project_page
def benefit_state(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.benefit(project, number)
    start = {"state": found.state, "reason": found.reason}
    return change_by_form(
        request,
        StateForm(request.POST or None, initial=start, version=found.version),
        commands.set_benefit_state,
        found,
        to=found.get_absolute_url(),
        title=_("How the benefit stands"),
        submit=_("Save"),
        project=project,
    )


@project_page
def hand_over_benefit(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.benefit(project, number)
    return change_by_form(
        request,
        HandOverForm(
            request.POST or None,
            team=projects.team(project),
            initial={"owner": found.owner_id},
            version=found.version,
        ),
        commands.hand_over_benefit,
        found,
        to=found.get_absolute_url(),
        said=_("The benefit is handed over to the line."),
        title=_("Hand the benefit over to the line"),
        submit=_("Hand over"),
        project=project,
    )


@project_page
def new_line_change(request: ProjectRequest, project: Project) -> HttpResponse:
    return change_by_form(
        request,
        ChangeForm(
            request.POST or None,
            initial={"benefits": request.GET.getlist("benefit")},
            **_for_changes(project),
        ),
        commands.plan_change,
        project,
        known={"id": new_id()},
        to=reverse("line_changes", args=[project.key]),
        title=_("New change in the line"),
        submit=_("Save"),
        project=project,
    )


@project_page
def edit_line_change(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    found = queries.change(project, pk)
    leads_to = [one.pk for one in queries.leads_to(found)]
    return change_by_form(
        request,
        ChangeForm.of(found, leads_to, request.POST or None, **_for_changes(project)),
        commands.revise_change,
        found,
        to=reverse("line_change", args=[project.key, pk]),
        title=_("Revise the change"),
        submit=_("Save"),
        project=project,
    )


@project_page
def line_change_state(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    found = queries.change(project, pk)
    start = {"state": found.state}
    return change_by_form(
        request,
        ChangeStateForm(request.POST or None, initial=start, version=found.version),
        commands.set_change_state,
        found,
        to=reverse("line_change", args=[project.key, pk]),
        title=_("How far the change has come"),
        submit=_("Save"),
        project=project,
    )


@project_page
def remove_line_change(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    found = queries.change(project, pk)
    return change_by_form(
        request,
        RemoveForm(request.POST if request.method == "POST" else None),
        commands.remove_change,
        found,
        to=reverse("line_changes", args=[project.key]),
        cancel=reverse("line_change", args=[project.key, pk]),
        title=_("Remove %(name)s") % {"name": found.title},
        submit=_("Remove"),
        danger=True,
        project=project,
    )
