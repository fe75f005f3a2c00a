"""The page of one action, and everything one may do there."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tospann.actions import commands, queries, register
from tospann.actions.forms import (
    ActionForm,
    CommentForm,
    DropForm,
    HandOverForm,
)
from tospann.actions.models import Action
from tospann.actions.views.adding import add
from tospann.foundation.authority import Ruling
from tospann.foundation.commands import submit
from tospann.people.audit_trail import history
from tospann.people.pages import answer, change_by_form, require
from tospann.projects import queries as projects
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import form_page, page

BULK = ("actions.edit_actions", "actions.hand_over_of", "foundation.undo")


@project_page
def new_action(request: ProjectRequest, project: Project) -> HttpResponse:
    give = commands.add_action.ruling(request.actor, project)
    ruling = commands.add_own_action.ruling(request.actor, project) if give.is_refused else give
    require(ruling)
    team = None if give.is_refused else projects.team(project)
    form = ActionForm(request.POST or None, team=team)
    if form.is_valid():
        outcome = add(request, project, form, give)
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
        history=history(found, found.created_at, in_bulk=BULK),
        **_talk(request, found),
        change=commands.change_action.ruling(actor, found),
        complete=commands.complete_action.ruling(actor, found),
        hand_over=commands.hand_over_action.ruling(actor, found),
        drop=commands.drop_action.ruling(actor, found),
        remind=commands.remind.ruling(actor, found),
        help=commands.answer_stuck.ruling(actor, found),
        me=actor.person_id,
        stage=register.STAGES["stuck" if found.stuck_since else found.stage],
    )


def _talk(request: ProjectRequest, found: Action) -> dict[str, Any]:
    """Comments, links and reminders, with the forms for more of them."""
    may = commands.comment_on.ruling(request.actor, found).may_decide
    return {
        "comments": queries.comments(found),
        "links": queries.links(found),
        "reminders": queries.reminders(found),
        "keeps": commands.remind.ruling(request.actor, found).may_decide,
        "comment_form": CommentForm() if may else None,
    }


@project_page
def edit_action(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.action(project, number)
    return change_by_form(
        request,
        ActionForm.of(found, request.POST or None),
        commands.change_action,
        found,
        to=_address(found),
        title=_("Change the action"),
        submit=_save(commands.change_action.ruling(request.actor, found)),
        project=project,
    )


@project_page
def hand_over(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.action(project, number)
    return change_by_form(
        request,
        HandOverForm(
            request.POST or None,
            team=projects.team(project),
            initial={"owner": found.owner_id},
        ),
        commands.hand_over_action,
        found,
        to=_address(found),
        said=_("The action was handed over."),
        title=_("Hand over the action"),
        submit=_("Hand over"),
        project=project,
    )


@project_page
def drop(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.action(project, number)
    return change_by_form(
        request,
        DropForm(request.POST or None),
        commands.drop_action,
        found,
        to=_address(found),
        said=_("The action was dropped."),
        title=_("Drop the action"),
        submit=_("Drop the action"),
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
