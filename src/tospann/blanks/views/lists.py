"""The document templates of a project, what each asks for, and what is filled in from it."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tospann.blanks import commands, queries
from tospann.blanks.definition import form
from tospann.blanks.models import BlankKind
from tospann.foundation.commands import Done, submit
from tospann.foundation.ids import new_id
from tospann.people.pages import answer, go, require
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import page

LISTED = 100


@project_page
def templates(request: ProjectRequest, project: Project) -> HttpResponse:
    filled = list(queries.filled_in(project)[:LISTED])
    started = {one.blank_id for one in filled if one.blank.kind == BlankKind.BASELINE}
    return page(
        request,
        "blanks/templates.html",
        project=project,
        blanks=queries.blanks(project),
        filled=filled,
        started=started,
        start=commands.start_filled.ruling(request.actor, project),
    )


@project_page
def template(request: ProjectRequest, project: Project, name: str) -> HttpResponse:
    found = queries.blank(project, name)
    return page(
        request,
        "blanks/template.html",
        project=project,
        blank=found,
        form=form(found, get_language() or project.language),
        filled=queries.filled_in(project).filter(blank=found)[:LISTED],
        start=commands.start_filled.ruling(request.actor, project),
    )


@require_POST
@project_page
def start_filled(request: ProjectRequest, project: Project, name: str) -> HttpResponse:
    """A document of this template; the one there is, where there is only one."""
    found = queries.blank(project, name)
    require(commands.start_filled.ruling(request.actor, project))
    if found.kind == BlankKind.BASELINE and (there := queries.under_way(found)):
        return go(request, reverse("filled", args=[project.key, there.number]))
    what = commands.start_filled.on(project)
    outcome = submit(request.actor, what, id=new_id(), blank=name, title=found.name)
    to = reverse("template", args=[project.key, name])
    if isinstance(outcome, Done):
        to = reverse("filled", args=[project.key, outcome.result.number])
    return answer(request, outcome, to, _("Started. What you write is saved as you go."))
