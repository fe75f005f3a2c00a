"""The page of one benefit with its gauges, and of one change in the line."""

from uuid import UUID

from django.http import HttpResponse

from tospann.benefits import commands, queries, register
from tospann.benefits.measuring import attained
from tospann.people.audit_trail import history
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import page


@project_page
def benefit(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.benefit(project, number)
    indicators = queries.indicators([found])[found.pk]
    readings = [queries.measured(one) for one in indicators]
    return page(
        request,
        "benefits/benefit.html",
        project=project,
        benefit=found,
        gauges=list(zip(indicators, readings, strict=True)),
        attained=attained(readings),
        may_measure=queries.measured_by(request.actor, found, indicators),
        changes=queries.changes_for(found),
        change=commands.change_benefit.ruling(request.actor, found),
        states=register.STATES,
        change_states=register.CHANGE_STATES,
        history=history(found, found.created_at),
    )


@project_page
def line_change(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    found, actor = queries.change(project, pk), request.actor
    return page(
        request,
        "benefits/change.html",
        project=project,
        change=found,
        benefits=queries.leads_to(found),
        revise=commands.revise_change.ruling(actor, found),
        tell=commands.set_change_state.ruling(actor, found),
        states=register.CHANGE_STATES,
        history=history(found, found.created_at),
    )
