"""Nåverdi and estimates added up: sums of money worked out. The address holds what is asked."""

from django.http import HttpResponse

from tospann.control.forms import ThreePointsForm, WorthForm
from tospann.control.worth import in_ore, worth
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import page


@project_page
def net_present_value(request: ProjectRequest, project: Project) -> HttpResponse:
    form = WorthForm(request.GET or None)
    found = table = None
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data
        table = typed["flows"]
        flows = [float(flow) for flow in table.net]
        whole = not typed["end_of_year"]
        found = worth(flows, float(typed["rate"]), first_counts_whole=whole)
    return page(
        request,
        "control/worth.html",
        status=422 if form.errors else 200,
        project=project,
        tab="money_control",
        form=form,
        worth=found,
        table=table,
    )


@project_page
def three_points(request: ProjectRequest, project: Project) -> HttpResponse:
    form = ThreePointsForm(request.GET or None)
    found = form.together if form.is_bound and form.is_valid() else None
    return page(
        request,
        "control/three_points.html",
        status=422 if form.errors else 200,
        project=project,
        tab="money_control",
        form=form,
        together=found,
        expected=in_ore([row.expected for _one, row in found.amounts]) if found else (),
    )
