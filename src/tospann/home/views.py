"""MIN SIDE, OVERSIKT, search and help: ask the queries, show."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from tospann.home import desk as desks
from tospann.home import overview as overviews
from tospann.home import search as searches
from tospann.people.actors import ActorRequest
from tospann.people.pages import signed_in
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import page

HIDDEN = "tospann_started"
A_YEAR = 365 * 24 * 3600


@signed_in
def home(request: ActorRequest) -> HttpResponse:
    return page(request, "home/desk.html", desk=desks.desk(request.actor))


@project_page
def overview(request: ProjectRequest, project: Project) -> HttpResponse:
    shown = overviews.overview(request.actor, project)
    steps = [] if request.COOKIES.get(HIDDEN) or not shown.keeps_project else shown.first_steps
    return page(request, "home/overview.html", project=project, overview=shown, steps=steps)


@project_page
def hide_first_steps(request: ProjectRequest, project: Project) -> HttpResponse:
    address = reverse("overview", args=[project.key])
    response = HttpResponseRedirect(address)
    response.set_cookie(
        HIDDEN, "hidden", max_age=A_YEAR, path=address, httponly=True, samesite="Lax"
    )
    return response


@signed_in
def search(request: ActorRequest) -> HttpResponse:
    asked = request.GET.get("q", "").replace("\x00", "").strip()[: searches.LONGEST]
    found = searches.search(request.actor, asked)
    return page(request, "home/search.html", asked=asked, found=found)


@signed_in
def guide(request: ActorRequest) -> HttpResponse:
    return page(request, "home/help.html", title=_("Help"))
