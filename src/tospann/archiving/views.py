"""The archive page of a project: make a package, fetch it."""

from typing import Any

from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from tospann.archiving import queries
from tospann.archiving.jobs import make_package
from tospann.documents import blobs
from tospann.foundation.authority import Power, Sentence, rule
from tospann.foundation.errors import NotAllowed
from tospann.jobs import progress
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import page


@project_page
def packages(request: ProjectRequest, project: Project) -> HttpResponse:
    return page(
        request,
        "archiving/packages.html",
        project=project,
        packages=[queries.shown(one) for one in queries.packages(request.actor, project)],
        ruling=rule(request.actor, Power.CLOSE_PROJECT, project.pk),
        may_make=queries.may_make(request.actor, project),
    )


@require_POST
@project_page
def make(request: ProjectRequest, project: Project) -> HttpResponse:
    if not queries.may_make(request.actor, project):
        raise NotAllowed(str(rule(request.actor, Power.CLOSE_PROJECT, project.pk)))
    person = request.actor.person_id
    assert person is not None
    work = progress.begin(person, Sentence(gettext_noop("Making the archive package")))
    make_package.enqueue(project=str(project.pk), person=str(person), work=str(work.pk))
    return redirect(progress.address(work))


@project_page
def fetch(request: ProjectRequest, project: Project, pk: int) -> HttpResponse:
    found = queries.package(request.actor, project, pk)
    name = f"{project.key}-arkiv-{found.made_at:%Y-%m-%d}.zip"
    answer: Any = FileResponse(blobs.opened(found.sha256), as_attachment=True, filename=name)
    answer["Cache-Control"] = "private, no-store"
    whole: HttpResponse = answer
    return whole
