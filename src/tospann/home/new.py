"""+ New from a page that belongs to no project: the form at once, with the project above it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse

from tospann.foundation.authority import Actor
from tospann.foundation.models import AuditEntry
from tospann.home.kinds import KINDS, Kind
from tospann.home.queries.desk import own_projects
from tospann.people.actors import ActorRequest
from tospann.people.pages import signed_in
from tospann.projects.models import Project, ProjectState
from tospann.ui.pages import fragment, is_fragment, page

LAST = "tospann_project"
A_YEAR = 365 * 24 * 3600


@signed_in
def new(request: ActorRequest, what: str) -> HttpResponse:
    """Asks which project, the last used first; where there is only one, it goes on at once."""
    kind = KINDS.get(what)
    if kind is None or not kind.is_for(request.actor):
        raise Http404
    offered = _offered(request.actor, kind)
    if not offered:
        raise Http404
    if len(offered) == 1:
        return _on_to(kind, offered[0]["key"])
    shown: dict[str, Any] = {
        "what": what,
        "kind": kind,
        "projects": offered,
        "chosen": _last_used(request, offered),
    }
    if is_fragment(request):
        return fragment(request, "home/_new.html", **shown)
    return page(request, "home/new.html", title=str(kind.title), **shown)


@signed_in
def form(request: ActorRequest, what: str) -> HttpResponse:
    """On to the form of the project that was chosen, which is remembered."""
    kind, key = KINDS.get(what), request.GET.get("project", "")
    if kind is None or key not in {one["key"] for one in _offered(request.actor, kind)}:
        raise Http404
    response = _on_to(kind, key)
    response.set_cookie(LAST, key, max_age=A_YEAR, httponly=True, samesite="Lax")
    return response


def _on_to(kind: Kind, key: str) -> HttpResponse:
    """To the project's form; by 307, which a dialog follows unseen and gets the form of."""
    address = kind.address(key) or reverse("overview", args=[key])
    return HttpResponse(status=307, headers={"Location": address})


def _offered(actor: Actor, kind: Kind) -> list[dict[str, Any]]:
    """The projects the actor may begin it in, by name (one query)."""
    mine = [pk for pk in own_projects(actor) if kind.is_for(actor, pk)]
    found = Project.objects.filter(pk__in=mine).exclude(state=ProjectState.CLOSED)
    return [dict(row) for row in found.order_by("name", "key").values("id", "key", "name")]


def _last_used(request: ActorRequest, offered: list[dict[str, Any]]) -> str:
    """Where she last began something from here, else where she last did anything at all."""
    keys = {one["id"]: one["key"] for one in offered}
    remembered = request.COOKIES.get(LAST, "")
    if remembered in keys.values():
        return remembered
    acts = AuditEntry.objects.filter(person_id=request.actor.person_id, scope_id__in=list(keys))
    scope = acts.order_by("-id").values_list("scope_id", flat=True).first()
    return str(keys[scope]) if scope else str(offered[0]["key"])
