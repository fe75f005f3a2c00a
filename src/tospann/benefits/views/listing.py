"""The lists of benefits, measurements and changes in the line, and the map of them all."""

from django.http import HttpResponse

from tospann.benefits import commands, queries, register
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import is_fragment, page


@project_page
def benefits(request: ProjectRequest, project: Project) -> HttpResponse:
    whole = not is_fragment(request) and "format" not in request.GET
    return register.benefits(project).respond(
        request,
        queries.benefits(project),
        template="benefits/list.html",
        project=project,
        tab="benefits",
        add=commands.add_benefit.ruling(request.actor, project),
        standing=queries.standing(project) if whole else None,
    )


@project_page
def measurements(request: ProjectRequest, project: Project) -> HttpResponse:
    return register.measurements(project, request.actor).respond(
        request,
        queries.all_measurements(project),
        template="benefits/list.html",
        project=project,
        tab="measurements",
    )


@project_page
def line_changes(request: ProjectRequest, project: Project) -> HttpResponse:
    return register.changes(project).respond(
        request,
        queries.changes(project),
        template="benefits/list.html",
        project=project,
        tab="line_changes",
        add=commands.plan_change.ruling(request.actor, project),
    )


@project_page
def benefit_map(request: ProjectRequest, project: Project) -> HttpResponse:
    return page(
        request,
        "benefits/map.html",
        project=project,
        tab="benefit_map",
        branches=queries.map_of(project),
        states=register.STATES,
        change_states=register.CHANGE_STATES,
    )
