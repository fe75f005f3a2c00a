"""TEAM: who holds which role, for how long, and what each may do."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tospann.foundation.commands import submit
from tospann.people.pages import answer
from tospann.projects import commands, page_queries
from tospann.projects.forms import AppointForm, TermForm
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.projects.verdicts import verdict
from tospann.projects.views.changing import ask
from tospann.ui.pages import page


def _here(project: Project) -> str:
    return reverse("team", args=[project.key])


@project_page
def team(request: ProjectRequest, project: Project) -> HttpResponse:
    return page(
        request,
        "projects/team.html",
        project=project,
        groups=page_queries.team(project),
        roles=page_queries.role_descriptions(project),
        powers=page_queries.powers(request.actor, project),
        change=verdict(commands.appoint, request.actor, project),
    )


@project_page
def appoint(request: ProjectRequest, project: Project) -> HttpResponse:
    form = AppointForm(
        request.POST or None,
        people=page_queries.people_to_appoint(),
        labels=project.role_labels,
        initial={"role": request.GET.get("role", "member")},
    )
    title, to = _("Give somebody a role"), _here(project)
    return ask(request, project, form, commands.appoint, project, title=title, to=to)


@project_page
def set_term(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    found = page_queries.membership(project, pk)
    form = TermForm(request.POST or None, initial={"until": found.until}, version=found.version)
    title, to = _("How long: %(membership)s") % {"membership": found}, _here(project)
    return ask(request, project, form, commands.set_term, found, title=title, to=to)


@require_POST
@project_page
def release(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    found = page_queries.membership(project, pk)
    outcome = submit(request.actor, commands.release.on(found))
    return answer(request, outcome, _here(project), _("Released from the role."))
