"""What every project page shares: the project the actor may see, or 404."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, Concatenate, ParamSpec

from django.http import HttpResponse

from tospann.people.actors import ActorRequest
from tospann.people.pages import signed_in
from tospann.projects import queries
from tospann.projects.models import Project

P = ParamSpec("P")


class ProjectRequest(ActorRequest):
    """A request for a page of a project."""

    project: Project


ProjectView = Callable[Concatenate[ProjectRequest, Project, P], HttpResponse]


def project_page(view: ProjectView[P]) -> Callable[..., HttpResponse]:
    """Decorator: ``view(request, key, …)`` becomes ``view(request, project, …)``."""

    def found(request: ActorRequest, key: str, *args: Any, **kwargs: Any) -> HttpResponse:
        project = queries.project(request.actor, key)
        request.project = project  # type: ignore[attr-defined]  # it becomes a ProjectRequest
        return view(request, project, *args, **kwargs)  # type: ignore[arg-type]  # see above

    return update_wrapper(signed_in(found), view)
