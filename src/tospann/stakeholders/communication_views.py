"""KOMMUNIKASJON: the plan, one line of it, and what each has received."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tospann.foundation.commands import submit
from tospann.people.audit_trail import history
from tospann.people.pages import answer, change_by_form
from tospann.projects import queries as projects
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.stakeholders import commands, communicating, lists, registered
from tospann.stakeholders.register_forms import CommunicationForm, ResumeForm, ToldForm
from tospann.ui.pages import page


def _choices(project: Project) -> dict[str, Any]:
    return {"stakeholders": registered.choices(project), "team": projects.team(project)}


@project_page
def communication(request: ProjectRequest, project: Project) -> HttpResponse:
    return lists.communication(project, request.actor).respond(
        request,
        communicating.items(project),
        template="stakeholders/register.html",
        project=project,
        tab="communication",
        add=commands.plan_communication.ruling(request.actor, project),
    )


@project_page
def communication_log(request: ProjectRequest, project: Project) -> HttpResponse:
    return lists.log(project).respond(
        request,
        communicating.log(project),
        template="stakeholders/register.html",
        project=project,
        tab="communication_log",
    )


@project_page
def communication_item(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found, actor = communicating.item(project, number), request.actor
    return page(
        request,
        "stakeholders/communication.html",
        project=project,
        item=found,
        audience=communicating.audience(found),
        times=communicating.times(found),
        is_overdue=communicating.is_overdue(found.next_on),
        tell=commands.record_communication.ruling(actor, found),
        change=commands.change_communication.ruling(actor, found),
        history=history(found, found.created_at),
    )


@project_page
def new_communication(request: ProjectRequest, project: Project) -> HttpResponse:
    start = {"stakeholders": request.GET.getlist("to")}
    return change_by_form(
        request,
        CommunicationForm(request.POST or None, initial=start, **_choices(project)),
        commands.plan_communication,
        project,
        to=reverse("communication", args=[project.key]),
        said=_("It is on the communication plan."),
        title=_("New line of the communication plan"),
        submit=_("Save"),
        project=project,
    )


@project_page
def edit_communication(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = communicating.item(project, number)
    who = [str(one.pk) for one in communicating.audience(found)]
    return change_by_form(
        request,
        CommunicationForm.of(found, who, request.POST or None, **_choices(project)),
        commands.change_communication,
        found,
        to=found.get_absolute_url(),
        title=_("Change the line"),
        submit=_("Save"),
        project=project,
    )


@project_page
def record_communication(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = communicating.item(project, number)
    who = [
        (str(one.pk), registered.named(one.name, one.organisation))
        for one in communicating.audience(found)
    ]
    return change_by_form(
        request,
        ToldForm(request.POST or None, who=who),
        commands.record_communication,
        found,
        to=found.get_absolute_url(),
        said=_("It is noted what they received."),
        title=found.title,
        submit=_("It has been told"),
        project=project,
    )


@require_POST
@project_page
def end_communication(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = communicating.item(project, number)
    outcome = submit(request.actor, commands.end_communication.on(found))
    return answer(request, outcome, found.get_absolute_url(), _("Nothing more is told here."))


@project_page
def resume_communication(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = communicating.item(project, number)
    return change_by_form(
        request,
        ResumeForm(request.POST or None, version=found.version),
        commands.resume_communication,
        found,
        to=found.get_absolute_url(),
        title=_("Resume: %(name)s") % {"name": found.title},
        submit=_("Save"),
        project=project,
    )
