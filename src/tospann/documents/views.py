"""DOKUMENTER: the folders, and the documents that gates ask for."""

from django.http import HttpResponse

from tospann.documents import queries
from tospann.projects.models import Project
from tospann.projects.page_queries import needed_documents
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import page


@project_page
def documents(request: ProjectRequest, project: Project) -> HttpResponse:
    return page(
        request,
        "documents/documents.html",
        project=project,
        folders=queries.folders(project),
        needed=needed_documents(project),
    )
