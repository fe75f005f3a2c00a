"""OPPGAVER: everything somebody owes, and the page of one action."""

from urllib.parse import urlsplit

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tospann.actions import commands, queries, register
from tospann.actions.forms import ActionForm, DropForm, HandOverForm, QuickForm
from tospann.actions.models import Action
from tospann.foundation.authority import Ruling
from tospann.foundation.commands import Done, submit
from tospann.foundation.ids import new_id
from tospann.people.audit_trail import history
from tospann.people.pages import answer, try_submit
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import form_page, page, with_toast


@project_page
def tasks(request: ProjectRequest, project: Project) -> HttpResponse:
    team = queries.team(project)
    give = commands.add_action.ruling(request.actor, project)
    own = commands.add_own_action.ruling(request.actor, project)
    form = QuickForm(request.POST or None, team=None if give.is_refused else team)
    if form.is_valid():
        outcome = _add(request, project, form, give)
        if outcome:
            return outcome
    listed = register.of_project(project, request.actor, team)
    return listed.respond(
        request,
        queries.of_project(project),
        template="actions/list.html",
        quick_add=None if own.is_refused else form,
        may_add=not own.is_refused,
        project=project,
    )


def _add(
    request: ProjectRequest, project: Project, form: ActionForm | QuickForm, give: Ruling
) -> HttpResponse | None:
    """Add for anybody, or for oneself when that is all one may."""
    typed, to = form.cleaned_data, reverse("tasks", args=[project.key])
    typed = {name: value for name, value in typed.items() if name != "version"}
    if give.is_refused:
        outcome = try_submit(
            request, form, commands.add_own_action.on(project), id=new_id(), **typed
        )
    else:
        outcome = try_submit(request, form, commands.add_action.on(project), id=new_id(), **typed)
    return answer(request, outcome, to, _("The action was added.")) if outcome else None


@project_page
def new_action(request: ProjectRequest, project: Project) -> HttpResponse:
    give = commands.add_action.ruling(request.actor, project)
    ruling = commands.add_own_action.ruling(request.actor, project) if give.is_refused else give
    team = None if give.is_refused else queries.team(project)
    form = ActionForm(request.POST or None, team=team)
    if form.is_valid():
        outcome = _add(request, project, form, give)
        if outcome:
            return outcome
    return form_page(
        request,
        form,
        title=_("New action"),
        submit=_save(ruling),
        decides="" if ruling.may_decide else str(ruling),
        cancel=reverse("tasks", args=[project.key]),
        project=project,
    )


def _save(ruling: Ruling) -> str:
    return _("Propose change") if ruling.may_propose else _("Save")


def _address(action: Action) -> str:
    return reverse("action", args=[action.project.key, action.number])


@project_page
def action(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.action(project, number)
    actor = request.actor
    return page(
        request,
        "actions/action.html",
        project=project,
        action=found,
        is_overdue=queries.is_overdue(found.due_on, found.state),
        history=history(found, found.created_at),
        change=commands.change_action.ruling(actor, found),
        complete=commands.complete_action.ruling(actor, found),
        hand_over=commands.hand_over_action.ruling(actor, found),
        drop=commands.drop_action.ruling(actor, found),
        states=register.STATES,
    )


@project_page
def edit_action(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.action(project, number)
    ruling = commands.change_action.ruling(request.actor, found)
    form = ActionForm.of(found, request.POST or None)
    if form.is_valid():
        typed = dict(form.cleaned_data)
        bound = commands.change_action.on(found, typed.pop("version", None))
        outcome = try_submit(request, form, bound, **typed)
        if outcome:
            return answer(request, outcome, _address(found))
    return form_page(
        request,
        form,
        title=_("Change the action"),
        submit=_save(ruling),
        decides="" if ruling.may_decide else str(ruling),
        cancel=_address(found),
        project=project,
    )


@project_page
def hand_over(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.action(project, number)
    start = {"owner": found.owner_id}
    form = HandOverForm(request.POST or None, team=queries.team(project), initial=start)
    if form.is_valid():
        bound = commands.hand_over_action.on(found)
        outcome = try_submit(request, form, bound, owner=form.cleaned_data["owner"])
        if outcome:
            return answer(request, outcome, _address(found), _("The action was handed over."))
    return form_page(
        request,
        form,
        title=_("Hand over the action"),
        submit=_("Hand over"),
        cancel=_address(found),
        project=project,
    )


@project_page
def drop(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.action(project, number)
    form = DropForm(request.POST or None)
    if form.is_valid():
        bound = commands.drop_action.on(found)
        outcome = try_submit(request, form, bound, reason=form.cleaned_data["reason"])
        if outcome:
            return answer(request, outcome, _address(found), _("The action was dropped."))
    return form_page(
        request,
        form,
        title=_("Drop the action"),
        submit=_("Drop the action"),
        cancel=_address(found),
        danger=True,
        project=project,
    )


@require_POST
@project_page
def complete(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.action(project, number)
    outcome = submit(request.actor, commands.complete_action.on(found))
    return answer(request, outcome, _address(found), _("The action is done."))


@require_POST
@project_page
def reopen(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.action(project, number)
    outcome = submit(request.actor, commands.reopen_action.on(found))
    return answer(request, outcome, _address(found), _("The action is open again."))


@require_POST
@project_page
def toggle(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    """From the list: complete or reopen, and answer with the list as it was narrowed there."""
    found = queries.action(project, number)
    wanted = request.POST.get("to")
    what = commands.complete_action if wanted == "done" else commands.reopen_action
    outcome = None if found.state == wanted else submit(request.actor, what.on(found))
    shown = QueryDict(urlsplit(request.headers.get("HX-Current-URL", "")).query)
    request.GET = shown  # the address of the list, not of the button
    listed = register.of_project(project, request.actor, queries.team(project))
    answered = listed.respond(request, queries.of_project(project), project=project)
    if not isinstance(outcome, Done):
        return answered
    said = _("The action is done.") if wanted == "done" else _("The action is open again.")
    return with_toast(answered, said, undo=reverse("undo", args=[outcome.entry.pk]))
