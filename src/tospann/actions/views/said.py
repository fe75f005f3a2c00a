"""What is said of an action: comments, links, late, stuck, and reminders."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tospann.actions import commands, queries
from tospann.actions.forms import CommentForm, HelpForm, LateForm, LinkForm, StuckForm
from tospann.foundation.authority import Ruling
from tospann.foundation.commands import submit
from tospann.foundation.ids import new_id
from tospann.people.pages import answer, change_by_form, require, try_submit
from tospann.projects import queries as projects
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import form_page


@require_POST
@project_page
def comment(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found, form = queries.action(project, number), CommentForm(request.POST)
    if form.is_valid():
        bound = commands.comment_on.on(found)
        outcome = try_submit(request, form, bound, id=new_id(), text=form.cleaned_data["text"])
        if outcome:
            return answer(request, outcome, f"{found.get_absolute_url()}#comments", _("Said."))
    return form_page(
        request,
        form,
        title=_("Comment on the action"),
        submit=_("Say it"),
        cancel=found.get_absolute_url(),
        project=project,
    )


@project_page
def add_link(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found, form = queries.action(project, number), LinkForm(request.POST or None)
    require(commands.add_link.ruling(request.actor, found))
    if form.is_valid():
        bound, typed = commands.add_link.on(found), form.cleaned_data
        outcome = try_submit(
            request, form, bound, id=new_id(), title=typed["title"], address=typed["address"]
        )
        if outcome:
            return answer(request, outcome, found.get_absolute_url(), _("The link was added."))
    return form_page(
        request,
        form,
        title=_("Add a link"),
        submit=_("Add the link"),
        cancel=found.get_absolute_url(),
        project=project,
    )


@require_POST
@project_page
def remove_link(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    found = queries.link(project, pk)
    outcome = submit(request.actor, commands.remove_link.on(found))
    return answer(request, outcome, found.action.get_absolute_url(), _("The link was removed."))


@project_page
def late(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.action(project, number)
    return change_by_form(
        request,
        LateForm(request.POST or None),
        commands.report_late,
        found,
        to=found.get_absolute_url(),
        said=_("Said that it will be late."),
        title=_("It will be late"),
        submit=_("Say that it will be late"),
        lead=_what_follows(commands.change_action.ruling(request.actor, found)),
        project=project,
    )


def _what_follows(ruling: Ruling) -> str:
    if ruling.may_decide:
        return _("The due date moves by this.")
    return _("Whoever gave you the action is asked for a later due date.")


@project_page
def stuck(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.action(project, number)
    return change_by_form(
        request,
        StuckForm(request.POST or None, team=_others(request, project)),
        commands.report_stuck,
        found,
        to=found.get_absolute_url(),
        said=_("Said that it is stuck."),
        title=_("I am stuck"),
        lead=_("Whoever you name is asked at once; nobody named, whoever gave it to you is."),
        submit=_("Say that I am stuck"),
        project=project,
    )


def _others(request: ProjectRequest, project: Project) -> list[tuple[str, str]]:
    return [one for one in projects.team(project) if one[0] != str(request.actor.person_id)]


@project_page
def help_out(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    """The answer of whoever was asked."""
    found = queries.action(project, number)
    return change_by_form(
        request,
        HelpForm(request.POST or None),
        commands.answer_stuck,
        found,
        to=f"{found.get_absolute_url()}#comments",
        said=_("Your answer is given."),
        known={"id": new_id()},
        title=_("Help with “%(what)s”") % {"what": found.title},
        lead=found.stuck_text,
        submit=_("Give the answer"),
        project=project,
    )


@require_POST
@project_page
def unstuck(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.action(project, number)
    outcome = submit(request.actor, commands.release_stuck.on(found))
    return answer(request, outcome, found.get_absolute_url(), _("It is going again."))


@require_POST
@project_page
def answer_late(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.action(project, number)
    accept = request.POST.get("accept") == "yes"
    outcome = submit(request.actor, commands.answer_late.on(found), accept=accept)
    said = _("The due date was moved.") if accept else _("The due date stays.")
    return answer(request, outcome, found.get_absolute_url(), said)


@require_POST
@project_page
def begin(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.action(project, number)
    outcome = submit(request.actor, commands.move_action.on(found), to="under_way")
    return answer(request, outcome, found.get_absolute_url(), _("The action is under way."))


@require_POST
@project_page
def remind(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.action(project, number)
    outcome = submit(request.actor, commands.remind.on(found))
    return answer(request, outcome, found.get_absolute_url(), _("The owner was reminded."))
