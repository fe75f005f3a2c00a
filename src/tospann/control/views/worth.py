"""Nåverdi: what yearly amounts are worth today. The address holds what is asked."""

from django.http import HttpResponse

from tospann.control.forms import WorthForm
from tospann.control.worth import worth
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
