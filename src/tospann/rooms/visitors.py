"""Who is at the door of a room: somebody who came by a link, or a person with an account."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from tospann.foundation.authority import Actor
from tospann.foundation.errors import CommandError
from tospann.people.actors import ActorRequest
from tospann.projects.models import Project
from tospann.rooms import queries
from tospann.sharing import visiting
from tospann.ui.pages import refused

P = ParamSpec("P")
COOKIE = "__Host-room" if settings.HTTPS else "room"
LASTS = int(visiting.LONGEST.total_seconds())


class RoomRequest(HttpRequest):
    """A request in a room: ``actor`` is the visitor."""

    actor: Actor


RoomView = Callable[Concatenate[RoomRequest, Project, P], HttpResponse]


def secret_of(request: HttpRequest) -> str:
    return request.COOKIES.get(COOKIE, "")[:100]


def remember(response: HttpResponse, secret: str) -> HttpResponse:
    """Let the browser keep its secret: for this host alone, and for no script."""
    response.set_cookie(
        COOKIE, secret, max_age=LASTS, secure=settings.HTTPS, httponly=True, samesite="Lax"
    )
    response["Cache-Control"] = "no-store"
    return response


def visitor_of(request: ActorRequest, project: Project) -> Actor | None:
    """Who has come: by a link if she came by one, else the person who is signed in."""
    visits = visiting.visits(secret_of(request))
    visitor = visiting.actor_in(visits, project)
    if visitor is not None:
        visiting.touch(visits)
        return visitor
    return request.actor if request.actor.person_id is not None else None


def room_page(view: RoomView[P]) -> Callable[..., HttpResponse]:
    """Decorator: ``view(request, key, …)`` becomes ``view(request, project, …)`` for a visitor.

    Whoever has nothing here gets 404, as if there were no such room.
    """

    def found(request: ActorRequest, key: str, *args: Any, **kwargs: Any) -> HttpResponse:
        project = queries.project(key)
        visitor = visitor_of(request, project)
        if visitor is None:
            raise Http404
        request.actor = visitor
        try:
            response = view(request, project, *args, **kwargs)  # type: ignore[arg-type]  # a RoomRequest
        except CommandError as error:
            response = refused(request, error)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return update_wrapper(found, view)
