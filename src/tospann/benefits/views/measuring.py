"""Forms of indicators, and of when and what is measured."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from tospann.benefits import commands, queries
from tospann.benefits.forms import IndicatorForm, MeasureForm, MoveForm, PlanForm, RemoveForm
from tospann.foundation.ids import new_id
from tospann.people.pages import change_by_form
from tospann.projects import queries as projects
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page


@project_page
def new_indicator(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.benefit(project, number)
    return change_by_form(
        request,
        IndicatorForm(request.POST or None, team=projects.team(project)),
        commands.add_indicator,
        found,
        known={"id": new_id()},
        to=found.get_absolute_url(),
        title=_("New indicator"),
        submit=_("Save"),
        project=project,
    )


@project_page
def edit_indicator(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    found = queries.indicator(project, pk)
    return change_by_form(
        request,
        IndicatorForm.of(found, request.POST or None, team=projects.team(project)),
        commands.change_indicator,
        found,
        to=found.benefit.get_absolute_url(),
        title=_("Change the indicator"),
        submit=_("Save"),
        project=project,
    )


@project_page
def remove_indicator(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    found = queries.indicator(project, pk)
    return change_by_form(
        request,
        RemoveForm(request.POST if request.method == "POST" else None),
        commands.remove_indicator,
        found,
        to=found.benefit.get_absolute_url(),
        title=_("Remove %(name)s") % {"name": found.name},
        submit=_("Remove"),
        danger=True,
        project=project,
    )


@project_page
def plan_measurement(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    found = queries.indicator(project, pk)
    return change_by_form(
        request,
        PlanForm(request.POST or None, initial={"moment": "after"}),
        commands.plan_measurement,
        found,
        known={"id": new_id()},
        to=found.benefit.get_absolute_url(),
        title=_("Plan a measurement: %(name)s") % {"name": found.name},
        submit=_("Save"),
        project=project,
    )


@project_page
def measure(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    found = queries.measurement(project, pk)
    is_new = found.value is None
    return change_by_form(
        request,
        MeasureForm(request.POST or None, of=found),
        commands.record_measurement if is_new else commands.correct_measurement,
        found,
        to=found.indicator.benefit.get_absolute_url(),
        said=_("The measurement is recorded."),
        title=found.indicator.name,
        lead=found.indicator.method,
        submit=_("Save"),
        project=project,
    )


@project_page
def move_measurement(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    found = queries.measurement(project, pk)
    start = {"due_on": found.due_on}
    return change_by_form(
        request,
        MoveForm(request.POST or None, initial=start, version=found.version),
        commands.move_measurement,
        found,
        to=found.indicator.benefit.get_absolute_url(),
        title=_("Move the measurement"),
        submit=_("Save"),
        project=project,
    )


@project_page
def remove_measurement(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    found = queries.measurement(project, pk)
    return change_by_form(
        request,
        RemoveForm(request.POST if request.method == "POST" else None),
        commands.remove_measurement,
        found,
        to=found.indicator.benefit.get_absolute_url(),
        title=_("Remove the planned measurement"),
        submit=_("Remove"),
        danger=True,
        project=project,
    )
