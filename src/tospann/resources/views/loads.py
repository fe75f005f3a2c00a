"""TEAM, load: how full the weeks of everybody on the team are, other projects included."""

from django.http import HttpResponse
from django.utils import timezone

from tospann.people.actors import ActorRequest
from tospann.people.pages import signed_in
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.resources import loads
from tospann.ui.pages import page


@project_page
def team_load(request: ProjectRequest, project: Project) -> HttpResponse:
    weeks = loads.weeks_asked(request.GET, timezone.localdate(), loads.TEAM_WEEKS)
    return page(
        request,
        "resources/load.html",
        project=project,
        shown_=loads.of_team(request.actor, project, weeks),
        weeks_said=loads.said_of_weeks,
    )


@signed_in
def capacity(request: ActorRequest) -> HttpResponse:
    asked = loads.Asked.of(request.GET, timezone.localdate())
    return page(
        request,
        "resources/capacity.html",
        everybody=loads.of_all(request.actor, asked),
        weeks_said=loads.said_of_weeks,
    )
