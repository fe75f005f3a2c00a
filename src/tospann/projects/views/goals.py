"""MÅL: goals by level, and the success criteria they are judged by."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tospann.foundation.commands import submit
from tospann.foundation.ids import new_id
from tospann.people.pages import answer
from tospann.projects import commands, page_queries
from tospann.projects.forms import GoalForm, ResultForm, SuccessCriterionForm
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.projects.verdicts import verdict
from tospann.projects.views.changing import ask
from tospann.ui.pages import page


def _here(project: Project) -> str:
    return reverse("goals", args=[project.key])


@project_page
def goals(request: ProjectRequest, project: Project) -> HttpResponse:
    actor = request.actor
    return page(
        request,
        "projects/goals.html",
        project=project,
        levels=page_queries.goals_by_level(project),
        change=verdict(commands.add_goal, actor, project),
        assess=commands.assess_success_criterion.needs
        in page_queries.powers(actor, project).decides,
    )


@project_page
def new_goal(request: ProjectRequest, project: Project) -> HttpResponse:
    start = {"level": request.GET.get("level", "output_goal")}
    form = GoalForm(request.POST or None, initial=start)
    return ask(
        request,
        project,
        form,
        commands.add_goal,
        project,
        title=_("New goal"),
        to=_here(project),
        known={"id": new_id()},
    )


@project_page
def edit_goal(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    goal = page_queries.goal(project, pk)
    start = {"level": goal.level, "description": goal.description}
    form = GoalForm(request.POST or None, initial=start, version=goal.version)
    title, to = _("Change the goal"), _here(project)
    return ask(request, project, form, commands.change_goal, goal, title=title, to=to)


@require_POST
@project_page
def remove_goal(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    goal = page_queries.goal(project, pk)
    outcome = submit(request.actor, commands.remove_goal.on(goal))
    return answer(request, outcome, _here(project), _("The goal is removed."))


@project_page
def new_criterion(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    goal = page_queries.goal(project, pk)
    return ask(
        request,
        project,
        SuccessCriterionForm(request.POST or None),
        commands.add_success_criterion,
        goal,
        title=_("New success criterion"),
        to=_here(project),
        known={"id": new_id()},
    )


@project_page
def edit_criterion(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    found = page_queries.success_criterion(project, pk)
    start = {"text": found.text, "target": found.target}
    form = SuccessCriterionForm(request.POST or None, initial=start, version=found.version)
    what, title = commands.change_success_criterion, _("Change the success criterion")
    return ask(request, project, form, what, found, title=title, to=_here(project))


@project_page
def assess_criterion(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    found = page_queries.success_criterion(project, pk)
    start = {"result": found.result}
    form = ResultForm(request.POST or None, initial=start, version=found.version)
    what, title = commands.assess_success_criterion, _("Assess the success criterion")
    return ask(request, project, form, what, found, title=title, to=_here(project))


@require_POST
@project_page
def remove_criterion(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    found = page_queries.success_criterion(project, pk)
    outcome = submit(request.actor, commands.remove_success_criterion.on(found))
    return answer(request, outcome, _here(project), _("The success criterion is removed."))
