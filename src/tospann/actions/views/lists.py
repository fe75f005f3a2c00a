"""The list of everything somebody owes: filtered, edited in its rows, added to, reminded of."""

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tospann.actions import commands, queries, register, sources
from tospann.actions.forms import QuickForm, RowForm
from tospann.actions.models import Action
from tospann.actions.views.adding import add
from tospann.foundation.commands import Done, submit
from tospann.people.pages import answer, require, try_submit
from tospann.projects import queries as projects
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import fragment, with_toast
from tospann.ui.register import Bulk


@project_page
def tasks(request: ProjectRequest, project: Project) -> HttpResponse:
    team = projects.team(project)
    give = commands.add_action.ruling(request.actor, project)
    own = commands.add_own_action.ruling(request.actor, project)
    form = QuickForm(request.POST or None, team=None if give.is_refused else team)
    if form.is_valid():
        outcome = add(request, project, form, give)
        if outcome:
            return outcome
    return _listed(
        request,
        project,
        team,
        quick_add=None if own.is_refused else form,
        may_add=not own.is_refused,
        to_remind=None if give.is_refused else queries.to_be_reminded(project).count(),
    )


def _listed(
    request: ProjectRequest, project: Project, team: list[tuple[str, str]], **shown: Any
) -> HttpResponse:
    """The list, or its rows alone under htmx; those who may change actions can tick rows."""
    may = commands.edit_actions.ruling(request.actor, project).may_decide
    bulk = [Bulk(_("Change the chosen"), reverse("edit_actions", args=[project.key]))]
    rows: Any = sources.of_project(project)
    return register.of_project(project, request.actor, team).respond(
        request,
        rows,
        template="actions/list.html",
        bulk=bulk if may else (),
        project=project,
        view="list",
        **shown,
    )


def rows_again(request: ProjectRequest, project: Project) -> HttpResponse:
    """The rows as they were narrowed where the button was pressed."""
    there = urlsplit(request.headers.get("HX-Current-URL", "")).query
    request.GET = QueryDict(there)  # the address of the list, not of the button
    return _listed(request, project, projects.team(project))


@require_POST
@project_page
def toggle(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    """From the list: complete or reopen, and answer with the list as it was narrowed there."""
    found = queries.action(project, number)
    wanted = request.POST.get("to")
    what = commands.complete_action if wanted == "done" else commands.reopen_action
    outcome = None if found.state == wanted else submit(request.actor, what.on(found))
    answered = rows_again(request, project)
    if not isinstance(outcome, Done):
        return answered
    said = _("The action is done.") if wanted == "done" else _("The action is open again.")
    return with_toast(answered, said, undo=reverse("undo", args=[outcome.entry.pk]))


def saved(request: ProjectRequest, project: Project, outcome: Done[Any]) -> HttpResponse:
    """The whole list anew, for what was changed may now stand elsewhere."""
    answered = rows_again(request, project)
    answered["HX-Retarget"], answered["HX-Reswap"] = "#register-rows", "outerHTML"
    return with_toast(answered, _("Saved."), undo=reverse("undo", args=[outcome.entry.pk]))


@project_page
def row(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    """One action edited in its row of the list; saving answers with the list."""
    found = queries.action(project, number)
    require(commands.adjust_action.ruling(request.actor, found))
    form = row_form(request, found)
    if form.is_valid():
        typed: dict[str, Any] = dict(form.cleaned_data)
        bound = commands.adjust_action.on(found, typed.pop("version", None))
        change: Any = list(typed)
        outcome = try_submit(request, form, bound, change=change, **typed)
        if isinstance(outcome, Done):
            return saved(request, project, outcome)
    status = 422 if form.is_bound else 200
    here = urlsplit(request.headers.get("HX-Current-URL", "")).query
    shown = {"form": form, "action": found, "project": project, "here": here}
    return fragment(request, "actions/_row_edit.html", status=status, **shown)


def row_form(request: ProjectRequest, found: Action) -> RowForm:
    """Only the fields the actor may change; the state is the owner's, too."""
    full = commands.change_action.ruling(request.actor, found).may_decide
    team = projects.team(found.project) if full else None
    return RowForm.of(found, request.POST or None, team=team)


@require_POST
@project_page
def remind_everyone(request: ProjectRequest, project: Project) -> HttpResponse:
    outcome = submit(request.actor, commands.remind_overdue.on(project))
    people = len(outcome.result) if isinstance(outcome, Done) else 0
    said = ngettext("%(n)s person was reminded.", "%(n)s people were reminded.", people)
    nobody = _("Everybody was reminded today already.")
    return answer(
        request,
        outcome,
        reverse("tasks", args=[project.key]),
        said % {"n": people} if people else nobody,
    )
