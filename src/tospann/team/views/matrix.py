"""The responsibility matrix."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tospann.foundation.commands import submit
from tospann.foundation.ids import new_id
from tospann.people.pages import answer, change_by_form, require, try_submit
from tospann.projects import queries as projects
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.team import commands
from tospann.team.forms import ResponsibilityForm
from tospann.team.queries import matrix
from tospann.ui.pages import form_page, page


def _here(project: Project) -> str:
    return reverse("team_responsibilities", args=[project.key])


@project_page
def responsibilities(request: ProjectRequest, project: Project) -> HttpResponse:
    keep = commands.add_responsibility.ruling(request.actor, project)
    shown = matrix.of(project)
    return page(request, "team/matrix.html", project=project, matrix=shown, keep=keep)


@project_page
def new_responsibility(request: ProjectRequest, project: Project) -> HttpResponse:
    require(commands.add_responsibility.ruling(request.actor, project))
    team, tasks = projects.team(project), matrix.tasks(project)
    form = ResponsibilityForm(request.POST or None, team=team, tasks=tasks)
    if form.is_valid():
        typed = {"id": new_id(), **form.cleaned_data}
        typed["title"] = typed["title"] or matrix.task_name(project, typed["task_uid"])[:200]
        outcome = try_submit(request, form, commands.add_responsibility.on(project), **typed)
        if outcome is not None:
            return answer(request, outcome, _here(project), _("The row is added."))
    title, said = _("New row in the responsibility matrix"), _("Add the row")
    return form_page(
        request, form, title=title, submit=said, cancel=_here(project), project=project
    )


@project_page
def edit_responsibility(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    row = matrix.row(project, pk)
    initial = ResponsibilityForm.initial_of(row, matrix.duties(row))
    team = projects.team(project)
    form = ResponsibilityForm(request.POST or None, team=team, initial=initial, version=row.version)
    return change_by_form(
        request,
        form,
        commands.change_responsibility,
        row,
        to=_here(project),
        title=_("Change the row: %(row)s") % {"row": row},
        submit=_("Save"),
        project=project,
    )


@require_POST
@project_page
def remove_responsibility(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    row = matrix.row(project, pk)
    outcome = submit(request.actor, commands.remove_responsibility.on(row))
    return answer(request, outcome, _here(project), _("The row was removed."))
