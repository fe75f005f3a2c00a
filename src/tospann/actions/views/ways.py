"""The same tasks in other ways: a board, by person, by week, and who owes whom what."""

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tospann.actions import commands, grouping, queries, register, sources
from tospann.foundation.commands import Done, submit
from tospann.people.pages import go
from tospann.projects import queries as projects
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import fragment, is_fragment, page, with_toast
from tospann.ui.register import Chosen


def _chosen(request: ProjectRequest, project: Project, team: list[tuple[str, str]]) -> Chosen:
    """The list's filters apart from the state, which a board shows in columns."""
    kept = ("q", "kind", "owner", "mine", "overdue")
    known = [one for one in register.filters(request.actor, team) if one.key in kept]
    return Chosen(register.replace_filters(known), request.GET)


@project_page
def board(request: ProjectRequest, project: Project) -> HttpResponse:
    chosen = _chosen(request, project, projects.team(project))
    rows: Any = sources.of_project(project)
    narrowed: Any = chosen.narrow(rows)
    shown: dict[str, Any] = {
        "project": project,
        "chosen": chosen,
        "register": chosen.register,
        "columns": grouping.board(narrowed, project.key),
        "view": "board",
    }
    if is_fragment(request):
        return fragment(request, "actions/_board.html", **shown)
    return page(request, "actions/board.html", **shown)


@require_POST
@project_page
def move(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    """From the board: to another column, and the board as it has become."""
    found = queries.action(project, number)
    to: Any = request.POST.get("to", "")
    what = commands.move_action.on(found)
    outcome = None if found.stage == to else submit(request.actor, what, to=to)
    if not is_fragment(request):
        return go(request, reverse("tasks_board", args=[project.key]))
    there = urlsplit(request.headers.get("HX-Current-URL", "")).query
    request.GET = QueryDict(there)  # the address of the board, not of the button
    answered = board(request, project.key)
    if not isinstance(outcome, Done):
        return answered
    said = _("Moved to “%(column)s”.") % {"column": outcome.result.stage.label}
    return with_toast(answered, said, undo=reverse("undo", args=[outcome.entry.pk]))


@project_page
def people(request: ProjectRequest, project: Project) -> HttpResponse:
    return _grouped(request, project, grouping.by_person, "people")


@project_page
def weeks(request: ProjectRequest, project: Project) -> HttpResponse:
    return _grouped(request, project, grouping.by_week, "weeks")


def _grouped(request: ProjectRequest, project: Project, group: Any, view: str) -> HttpResponse:
    found = group(project, request.GET.get("page", ""))
    return page(request, "actions/grouped.html", project=project, found=found, view=view)


@project_page
def owes(request: ProjectRequest, project: Project) -> HttpResponse:
    may = commands.remind_overdue.ruling(request.actor, project).may_decide
    return page(
        request,
        "actions/owes.html",
        project=project,
        lines=grouping.who_owes_whom(project),
        to_remind=queries.to_be_reminded(project).count() if may else None,
        view="owes",
    )
