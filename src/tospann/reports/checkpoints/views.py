"""KONTROLLPUNKTRAPPORTER: the list, one of them, sending one, answering and asking."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tospann.foundation.commands import submit
from tospann.people.pages import answer, change_by_form
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.reports.checkpoints import commands, queries
from tospann.reports.checkpoints.forms import AnswerForm, CheckpointForm
from tospann.ui.pages import page

LISTED = 100


@project_page
def checkpoints(request: ProjectRequest, project: Project) -> HttpResponse:
    actor = request.actor
    return page(
        request,
        "reports/checkpoints.html",
        project=project,
        listed=list(queries.checkpoints(project)[:LISTED]),
        mine=queries.reportable(actor, project),
        may_send=commands.send_checkpoint.ruling(actor, project).may_decide,
        may_ask=queries.may_report_all(actor, project.pk),
    )


@project_page
def checkpoint(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.checkpoint(project, number)
    return page(
        request,
        "reports/checkpoint.html",
        project=project,
        one=found,
        reply=commands.answer_checkpoint.ruling(request.actor, found),
    )


@project_page
def send_checkpoint(request: ProjectRequest, project: Project) -> HttpResponse:
    """The form, begun for one work package where the address names it."""
    listed = queries.reportable(request.actor, project)
    start = {"activity": request.GET.get("activity", "")}
    form = CheckpointForm(request.POST or None, packages=listed, initial=start)
    return change_by_form(
        request,
        form,
        commands.send_checkpoint,
        project,
        to=reverse("checkpoints", args=[project.key]),
        said=_("The report is sent to the project manager."),
        title=_("Checkpoint report"),
        lead="" if listed else _("You are not responsible for any work package in the plan."),
        submit=_("Send the report"),
        project=project,
    )


@project_page
def answer_checkpoint(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.checkpoint(project, number)
    return change_by_form(
        request,
        AnswerForm(request.POST if request.method == "POST" else None),
        commands.answer_checkpoint,
        found,
        to=reverse("checkpoint", args=[project.key, number]),
        said=_("It is noted that you have read it."),
        title=_("Answer %(name)s") % {"name": found.sent_by.name if found.sent_by else ""},
        submit=_("Noted"),
        project=project,
    )


@require_POST
@project_page
def ask_for_checkpoint(request: ProjectRequest, project: Project, uid: int) -> HttpResponse:
    outcome = submit(request.actor, commands.ask_for_checkpoint.on(project), activity=uid)
    to = reverse("checkpoints", args=[project.key])
    return answer(request, outcome, to, _("Whoever is responsible has been asked."))
