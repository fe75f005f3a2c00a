"""The document templates of a project, and what each asks for."""

from django.http import HttpResponse
from django.utils.translation import get_language

from tospann.blanks import queries
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import page


@project_page
def templates(request: ProjectRequest, project: Project) -> HttpResponse:
    found = queries.blanks(project)
    return page(request, "blanks/templates.html", project=project, blanks=found)


@project_page
def template(request: ProjectRequest, project: Project, name: str) -> HttpResponse:
    found = queries.blank(project, name)
    parts = queries.parts(found, get_language() or project.language)
    return page(request, "blanks/template.html", project=project, blank=found, parts=parts)
