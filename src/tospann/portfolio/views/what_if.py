"""HVA HVIS: projects later or stopped, and what it would do. Nothing is written."""

from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from tospann.people.actors import ActorRequest
from tospann.people.pages import signed_in
from tospann.portfolio import ideas, what_if
from tospann.portfolio.forms.what_if import WhatIfForm
from tospann.ui.pages import page


@require_safe
@signed_in
def portfolio_what_if(request: ActorRequest) -> HttpResponse:
    """The choices, and below them what they would do."""
    if not ideas.is_inside(request.actor):
        raise Http404
    projects = list(what_if.offered(request.actor)[: what_if.MOST_SHOWN])
    asked = {name for name in request.GET if name.startswith("do_")}
    if asked - {f"do_{one.key}" for one in projects}:
        raise Http404
    form = WhatIfForm(request.GET if asked else None, projects=projects)
    found = what_if.outcomes(request.actor, form.choices()) if form.is_valid() else []
    shown: dict[str, Any] = {"projects": projects, "form": form, "found": found}
    shown["strained"] = what_if.strained(found) if found else []
    status = 422 if form.is_bound and form.errors else 200
    return page(request, "portfolio/what_if.html", status=status, **shown)
