"""One field of an action changed in its cell of the list: due date, owner, state."""

from typing import Any
from urllib.parse import urlsplit

from django.http import Http404, HttpResponse

from tospann.actions import commands, queries
from tospann.actions.forms import CellForm
from tospann.actions.views.lists import saved
from tospann.foundation.commands import Done
from tospann.people.pages import require, try_submit
from tospann.projects import queries as projects
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import fragment


@project_page
def cell(request: ProjectRequest, project: Project, number: int, what: str) -> HttpResponse:
    """The little form; what is wrong with it is said in its place."""
    found = queries.action(project, number)
    if what not in CellForm.CELLS:
        raise Http404
    if what == "state":
        require(commands.adjust_action.ruling(request.actor, found))
    else:
        require(commands.change_action.ruling(request.actor, found))
    form = CellForm.of(found, request.POST or None, team=projects.team(project)).alone(what)
    if form.is_valid():
        wanted: dict[str, Any] = {"change": [what], what: form.cleaned_data[what]}
        bound = commands.adjust_action.on(found, form.cleaned_data.get("version"))
        outcome = try_submit(request, form, bound, **wanted)
        if isinstance(outcome, Done):
            return saved(request, project, outcome)
    shown = {"form": form, "field": form[what], "what": what, "action": found, "project": project}
    here = urlsplit(request.headers.get("HX-Current-URL", "")).query
    status = 422 if form.is_bound else 200
    return fragment(request, "actions/_cell.html", status=status, here=here, **shown)
