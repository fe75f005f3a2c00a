"""The door of a room: the link, the password or code, and leaving."""

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tospann.foundation.errors import CommandError
from tospann.people.actors import ActorRequest
from tospann.projects.models import Project
from tospann.rooms import queries
from tospann.rooms.forms import CodeForm, PasswordForm
from tospann.rooms.visitors import COOKIE, remember, secret_of
from tospann.sharing import mails, visiting
from tospann.sharing.models import Visit
from tospann.ui.pages import page


@require_safe
def room_link(request: HttpRequest, token: str) -> HttpResponse:
    """The link changes into a cookie, and the address no longer holds anything secret."""
    try:
        share = visiting.share_of(request, token)
    except CommandError as error:
        return closed(request, error)
    if share is None or not visiting.works(share):
        return closed(request)
    _visit, secret = visiting.enter(share, secret_of(request))
    to = reverse("room", args=[share.project.key])
    return remember(HttpResponseRedirect(to), secret)


def closed(request: HttpRequest, error: CommandError | None = None) -> HttpResponse:
    """One answer to what never was, has ended, is stopped or deleted."""
    shown = {"problem": error.message if error else ""}
    response = page(request, "rooms/closed.html", status=error.status if error else 404, **shown)
    response["Cache-Control"] = "no-store"
    return response


def waiting_visits(request: HttpRequest, project: Project) -> list[Visit]:
    """The visits to this project that still want a password or a code."""
    found = visiting.visits(secret_of(request))
    mine = [one for one in found if one.share.project_id == project.pk and not one.is_open]
    return [one for one in mine if visiting.works(one.share)]


def gate(
    request: HttpRequest, project: Project, visit: Visit, *, status: int = 200, **more: Any
) -> HttpResponse:
    """Ask for what the share asks for."""
    asks_code = visiting.asks_code(visit.share)
    shown: dict[str, Any] = {
        "place": project,
        "share": visit.share,
        "asks_code": asks_code,
        "is_sent": bool(visit.code_hash),
        "hint": _hint(visit.share.email),
        "form": CodeForm() if asks_code else PasswordForm(),
    }
    response = page(request, "rooms/gate.html", status=status, **(shown | more))
    response["Cache-Control"] = "no-store"
    return response


def _hint(email: str) -> str:
    """k…@kunde.no: enough to know one's own."""
    name, _at, domain = email.partition("@")
    return f"{name[:1]}…@{domain}" if domain else ""


def _first(request: HttpRequest, key: str) -> tuple[Project, Visit]:
    project = queries.project(key)
    waiting = waiting_visits(request, project)
    if not waiting:
        raise Http404
    return project, waiting[-1]


@require_POST
def unlock_room(request: HttpRequest, key: str) -> HttpResponse:
    project, visit = _first(request, key)
    asks_code = visiting.asks_code(visit.share)
    form = CodeForm(request.POST) if asks_code else PasswordForm(request.POST)
    if not form.is_valid():
        return gate(request, project, visit, status=422, form=form)
    try:
        opens = visiting.open_by_code if asks_code else visiting.open_by_password
        is_right = opens(request, visit, form.cleaned_data["code" if asks_code else "password"])
    except CommandError as error:
        return gate(request, project, visit, status=error.status, problem=error.message)
    if not is_right:
        said = _("That is not right, or it is too late. Try again.")
        return gate(request, project, visit, status=422, problem=said)
    return HttpResponseRedirect(reverse("room", args=[project.key]))


@require_POST
def send_room_code(request: HttpRequest, key: str) -> HttpResponse:
    project, visit = _first(request, key)
    if not visiting.asks_code(visit.share):
        raise Http404
    try:
        mails.send_code(visit, visiting.new_code(visit))
    except CommandError as error:
        return gate(request, project, visit, status=error.status, problem=error.message)
    return HttpResponseRedirect(reverse("room", args=[project.key]))


@require_POST
def leave_room(request: HttpRequest) -> HttpResponse:
    visiting.leave(secret_of(request))
    response = page(cast(ActorRequest, request), "rooms/left.html")
    response.delete_cookie(COOKIE)
    return response
