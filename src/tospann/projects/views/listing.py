"""The list of projects; with three doors where there is none yet."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from tospann.foundation.authority import Power, rule
from tospann.foundation.ids import ORGANISATION_SCOPE
from tospann.people.actors import ActorRequest
from tospann.people.pages import signed_in
from tospann.projects import page_queries, queries
from tospann.projects.register import REGISTER, rows
from tospann.ui.jinja import maybe_url
from tospann.ui.pages import page


@signed_in
def projects(request: ActorRequest) -> HttpResponse:
    found = queries.visible_projects(request.actor)
    may_start = not rule(request.actor, Power.START_PROJECT, ORGANISATION_SCOPE).is_refused
    new = maybe_url("new_project") if may_start else None
    if not request.GET and not page_queries.has_any(found):
        return page(request, "projects/doors.html", new=new)
    crumbs = [(_("Projects"), None)]
    may_keep = not rule(request.actor, Power.EDIT_PACKS, ORGANISATION_SCOPE).is_refused
    shown: dict[str, Any] = {"new": new, "packs": maybe_url("packs") if may_keep else None}
    return REGISTER.respond(
        request, rows(found), template="projects/list.html", breadcrumbs=crumbs, **shown
    )
