"""What every project page shares: the project the actor may see, or 404."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse

from tospann.people.actors import ActorRequest
from tospann.people.pages import signed_in
from tospann.projects import queries
from tospann.projects.models import Project

P = ParamSpec("P")


class ProjectRequest(ActorRequest):
    """A request for a page of a project."""

    project: Project


ProjectView = Callable[Concatenate[ProjectRequest, Project, P], HttpResponse]


def project_page(view: ProjectView[P]) -> Callable[Concatenate[HttpRequest, str, P], HttpResponse]:
    """Decorator: ``view(request, key, …)`` becomes ``view(request, project, …)``."""

    @signed_in
    @wraps(view)
    def wrapper(request: ActorRequest, key: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        project = queries.project(request.actor, key)
        request.project = project  # type: ignore[attr-defined]  # it becomes a ProjectRequest
        return view(request, project, *args, **kwargs)  # type: ignore[arg-type]  # just became one

    return wrapper
