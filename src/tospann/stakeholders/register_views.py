"""INTERESSENTER: the register, the matrix, and the page of one."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tospann.foundation.commands import Command
from tospann.people.audit_trail import history
from tospann.people.pages import change_by_form, require
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.stakeholders import commands, communicating, lists, queries, registered
from tospann.stakeholders.forms import RemoveForm
from tospann.stakeholders.models import Degree
from tospann.stakeholders.register_forms import JudgementForm, StakeholderForm
from tospann.ui.pages import page


def _contacts(project: Project) -> list[tuple[str, str]]:
    return [(str(pk), label) for pk, label in queries.contact_names(project)]


@project_page
def stakeholders(request: ProjectRequest, project: Project) -> HttpResponse:
    return lists.stakeholders(project, request.actor).respond(
        request,
        registered.stakeholders(project),
        template="stakeholders/register.html",
        project=project,
        tab="stakeholders",
        add=commands.add_stakeholder.ruling(request.actor, project),
    )


@project_page
def stakeholder_matrix(request: ProjectRequest, project: Project) -> HttpResponse:
    require(commands.add_stakeholder.ruling(request.actor, project))
    return page(
        request,
        "stakeholders/matrix.html",
        project=project,
        rows=registered.matrix(request.actor, project),
        degrees=dict(Degree.choices),
        left=registered.stakeholders(project).filter(is_active=True, judgement=None).count(),
    )


@project_page
def stakeholder(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found, actor = registered.stakeholder(project, number), request.actor
    judged, may = registered.judgement(actor, found), registered.may_judge(actor, project)
    rows = history(found, found.created_at)
    hidden = ("stakeholders.judge_stakeholder", "stakeholders.forget_judgement")
    if not may:
        rows = tuple(replace(row, changes=()) if row.command in hidden else row for row in rows)
    return page(
        request,
        "stakeholders/stakeholder.html",
        project=project,
        stakeholder=found,
        judged=judged,
        strategy=registered.strategy(judged.influence, judged.interest) if judged else None,
        received=registered.received(found),
        items=communicating.items_for(found),
        change=commands.change_stakeholder.ruling(actor, found),
        history=rows,
    )


@project_page
def new_stakeholder(request: ProjectRequest, project: Project) -> HttpResponse:
    start = {"name": request.GET.get("name", "")}
    return change_by_form(
        request,
        StakeholderForm(request.POST or None, contacts=_contacts(project), initial=start),
        commands.add_stakeholder,
        project,
        to=reverse("stakeholders", args=[project.key]),
        said=_("The stakeholder was added."),
        title=_("New stakeholder"),
        submit=_("Save"),
        project=project,
    )


@project_page
def edit_stakeholder(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = registered.stakeholder(project, number)
    return change_by_form(
        request,
        StakeholderForm.of(found, _contacts(project), request.POST or None),
        commands.change_stakeholder,
        found,
        to=found.get_absolute_url(),
        title=_("Change the stakeholder"),
        submit=_("Save"),
        project=project,
    )


@project_page
def judge_stakeholder(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = registered.stakeholder(project, number)
    return change_by_form(
        request,
        JudgementForm.of(registered.judgement(request.actor, found), request.POST or None),
        commands.judge_stakeholder,
        found,
        to=found.get_absolute_url(),
        title=_("Judge %(name)s") % {"name": found.name},
        lead=_(
            "Write nothing you could not show to whoever it is about: they may ask to read it. "
            "The project's coordinators and managers read this, and nobody else."
        ),
        submit=_("Save"),
        project=project,
    )


@project_page
def forget_judgement(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    text = _("Influence, interest and how you meet them are removed. The rest stays.")
    words = (_("Forget what you thought of %(name)s"), _("Forget the judgement"), text)
    return _with_button(request, project, number, commands.forget_judgement, words)


@project_page
def remove_stakeholder(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    text = _("What they have received is kept. The judgement is forgotten.")
    words = (_("Remove %(name)s"), _("Remove the stakeholder"), text)
    return _with_button(request, project, number, commands.remove_stakeholder, words)


def _with_button(
    request: ProjectRequest,
    project: Project,
    number: int,
    what: Command[Any, Any, Any],
    words: tuple[str, str, str],
) -> HttpResponse:
    found = registered.stakeholder(project, number)
    return change_by_form(
        request,
        RemoveForm(request.POST if request.method == "POST" else None),
        what,
        found,
        to=found.get_absolute_url(),
        title=words[0] % {"name": found.name},
        submit=words[1],
        lead=words[2],
        danger=True,
        project=project,
    )
